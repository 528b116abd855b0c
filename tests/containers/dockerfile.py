"""The Dockerfile, read: its stages and their instructions."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

Instruction = tuple[str, str]  # RUN, and what is run


def instructions(text: str) -> list[Instruction]:
    """Each with what it says, on one line; comments left out."""
    whole = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    pairs = (line.split(maxsplit=1) for line in whole.splitlines() if line.strip())
    return [(name, said) for name, said in pairs]


def stages() -> list[list[Instruction]]:
    """The instructions of each stage; what stands before the first FROM belongs to none."""
    found: list[list[Instruction]] = []
    for instruction in instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        if instruction[0] == "FROM":
            found.append([])
        if found:
            found[-1].append(instruction)
    return found


def said(name: str, stage: list[Instruction]) -> list[str]:
    """What the instructions of that name say."""
    return [text for each, text in stage if each == name]


def health_command() -> list[str]:
    """What the image runs to see whether it is well."""
    [check] = said("HEALTHCHECK", stages()[-1])
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


def ignored_but() -> list[str]:
    """What .dockerignore lets into the build: all else stays out."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert "*" in lines
    return [line[1:] for line in lines if line.startswith("!")]
