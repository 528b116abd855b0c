"""Runs the real command as a process of its own, in an environment and a folder of the test's making."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("alumina")
SECONDS = 120  # a hang guard: a start takes two or three, on a machine with more to do many times that


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str


async def start(
    *words: str, env: Mapping[str, str] | None = None, folder: Path | None = None, as_module: bool = False
) -> asyncio.subprocess.Process:
    """Starts the command of this tree; nothing of this process's environment reaches it but the path."""
    return await asyncio.create_subprocess_exec(
        *([sys.executable, "-m", "bot"] if as_module else [str(COMMAND)]),
        *words,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(env or {})},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def alumina(*words: str, env: Mapping[str, str] | None = None, folder: Path | None = None) -> Run:
    """The command, run to its end."""
    return await finish(await start(*words, env=env, folder=folder))


async def finish(process: asyncio.subprocess.Process, seconds: float = SECONDS) -> Run:
    """What the process said and its exit status; one that does not end is killed."""
    try:
        out, err = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        raise
    return Run(process.returncode or 0, out.decode(), err.decode())
