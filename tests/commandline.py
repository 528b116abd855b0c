"""Runs the real command, in an environment and a folder of the test's making, at a port of its own."""

import asyncio
import io
import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bot.cli import main
from bot.serving import listening

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("alumina")
# What runs here has the environment, the folder and the streams of this process to itself.
ONE_AT_A_TIME = threading.Lock()
SERVING = ("serve", "worker", "demo")
SECONDS = 120  # a hang guard: a start takes two or three, on a machine with more to do many times that

# Processes are forked from one that has imported everything: an import costs ten times what a command does.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bot.commands.serve", "bot.playground.demo", "tests.crash.worker"])


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str


class Process:
    """A forked command, as asyncio has a subprocess."""

    def __init__(self, forked, out, err):
        self._forked, self.stdout, self.stderr = forked, out, err
        self.pid = forked.pid

    @property
    def returncode(self):
        return self._forked.exitcode

    def send_signal(self, number):
        if self.pid and self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    async def wait(self):
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._forked.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._forked.sentinel)
        return self.returncode

    async def communicate(self):
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, err


async def start(*words, env=None, folder=None):
    """The command, started; nothing of this process's environment reaches it but the path."""
    pipes = [FORKS.Pipe(duplex=False) for _ in range(2)]
    theirs = [write for _, write in pipes]
    forked = FORKS.Process(target=_run, args=(words, _environment(env), folder, *theirs), daemon=True)
    await asyncio.to_thread(_begin, forked)  # the first one waits until all is imported
    for write in theirs:
        write.close()
    return Process(forked, *[await _reader(read) for read, _ in pipes])


def _begin(forked):
    # The first starts the server of forks, which is not to have the folder and the streams of a command.
    with ONE_AT_A_TIME:
        forked.start()


async def start_cold(*words, env=None, folder=None, as_module=False):
    """The same by an interpreter of its own, which has to find and import all that it needs."""
    return await asyncio.create_subprocess_exec(
        *([sys.executable, "-m", "bot"] if as_module else [str(COMMAND)]),
        *words,
        env=_environment(env) | {"PYTHONPATH": str(ROOT)},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def _environment(env):
    return {"PATH": os.environ["PATH"], **(env or {})}


async def _reader(pipe):
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    with pipe:
        file = os.fdopen(os.dup(pipe.fileno()), "rb")
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, file)
    return reader


def _run(words, env, folder, out, err):
    """What the script does, in the fork."""
    multiprocessing.current_process().daemon = False  # it may have a process of its own
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder or ".")
    for pipe, number in ((out, 1), (err, 2)):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    sys.argv = [str(COMMAND), *words]
    raise SystemExit(_status())


async def alumina(*words, env=None, folder=None):
    """The command, run to its end: in a thread of this process unless it is one that serves."""
    if words[0] in SERVING:
        return await finish(await start(*words, env=env, folder=folder))
    return await asyncio.to_thread(_run_here, words, _environment(env), folder)


def _run_here(words, env, folder):
    out, err = (io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2))
    with (
        ONE_AT_A_TIME,
        patch.dict(os.environ, env, clear=True),
        patch.multiple(sys, argv=[str(COMMAND), *words], excepthook=sys.excepthook),
        chdir(folder or "."),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        status = _status()
    printed = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return Run(status, *printed)


def _status():
    """What the script `alumina` exits with."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def worker_of(process):
    """The process that a server has forked."""
    [child] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(child)


async def finish(process, seconds=SECONDS):
    """What the process said and its exit status; one that does not end is killed."""
    try:
        out, err = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        raise
    return Run(process.returncode or 0, out.decode(), err.decode())


@contextmanager
def kept_port():
    """A port that nobody else is given while the block lasts; a bot that is told of it may listen there."""
    # Bound, and nobody listens yet: beside that there is room for one who reuses addresses too.
    with listening("127.0.0.1", 0) as keeper:
        port: int = keeper.getsockname()[1]
        yield port


@contextmanager
def kept_ports(number):
    """As many of them."""
    with ExitStack() as stack:
        yield [stack.enter_context(kept_port()) for _ in range(number)]
