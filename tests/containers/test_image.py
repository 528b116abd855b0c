"""The image: what it is made from, who runs in it, and that its parts work; it is not built here."""

import asyncio
import json
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.commandline import ROOT, finish, start_cold
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy

SECRET = re.compile(r"secret|token|password|xox|xapp", re.IGNORECASE)
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


def ignored_but() -> list[str]:
    """What .dockerignore lets into the build: all else stays out."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert "*" in lines
    return [line[1:] for line in lines if line.startswith("!")]


def test_nobody_runs_it_as_root() -> None:
    [user] = said("USER", stages()[-1])
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert stages()[-1].index(("USER", user)) < stages()[-1].index(("CMD", '["serve"]'))


def test_what_is_installed_is_pinned_by_hash_or_made_here() -> None:
    runs = [part for stage in stages() for run in said("RUN", stage) for part in run.split("&&")]
    installs = [each for each in runs if re.search(r"\bpip\b.*\b(install|wheel|download)\b", each)]
    assert len(installs) == 4
    for each in installs:
        assert "--require-hashes" in each or "--no-index" in each, each
        assert "--only-binary :all:" in each or "--no-deps" in each, each
    for name in ("requirements.txt", "requirements-build.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pinned = [line for line in lines if re.match(r"[a-z]", line)]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned), name


def test_no_build_tool_is_left_in_it() -> None:
    last = " ".join(said("RUN", stages()[-1]))
    assert "pip uninstall --yes pip" in last
    assert "apt-get" not in last
    assert said("COPY", stages()[-1]) == ["--from=built /opt/alumina /opt/alumina"]
    assert "python -m venv --without-pip /opt/alumina" in said("RUN", stages()[0])


def test_the_base_is_a_slim_python_that_we_support() -> None:
    whole = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^ARG PYTHON=3\.1[1-9]-slim-[a-z]+$", whole, re.MULTILINE)
    assert {stage[0][1].split()[0] for stage in stages()} == {"python:${PYTHON}"}


def test_no_secret_is_in_it() -> None:
    told = [text for stage in stages() for name, text in stage if name in ("ENV", "ARG", "LABEL", "COPY")]
    assert not [text for text in told if SECRET.search(text)]


def test_what_it_copies_is_there_and_let_through_and_nothing_else_is() -> None:
    copied = {name for text in said("COPY", stages()[0]) for name in text.split()[:-1]}
    assert copied == set(ignored_but())
    assert all((ROOT / name).exists() for name in copied)


async def healthy(port: int) -> bool:
    [check] = said("HEALTHCHECK", stages()[-1])
    _, *words = json.loads(check.partition("CMD ")[2])  # python, and what it is told
    run = await asyncio.create_subprocess_exec(
        sys.executable, *words, env={"PORT": str(port)}, stderr=asyncio.subprocess.DEVNULL
    )
    return await run.wait() == 0


@pytest.mark.parametrize("as_module", [pytest.param(False, marks=pytest.mark.slow), True])
async def test_its_health_is_told_and_nothing_is_written_where_it_runs(
    slack: LocalSlack, tmp_path: Path, free_port: int, as_module: bool
) -> None:
    """As in a container whose root cannot be written: the database's folder is all that changes."""
    folders = {name: tmp_path / name for name in ("here", "home", "tmp", "database")}
    for folder in folders.values():
        folder.mkdir()
    new = f"sqlite:///{folders['database']}/bot.sqlite3"
    env = environment(slack, tmp_path, DATABASE_URL=new, PORT=str(free_port), HOME=str(folders["home"]))
    env |= {"TMPDIR": str(folders["tmp"]), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    words = ("serve", "--host", "127.0.0.1")
    assert not await healthy(free_port)
    process = await start_cold(*words, env=env, folder=folders["here"], as_module=as_module)
    await until_healthy(free_port)
    assert await healthy(free_port)
    slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
    await slack.command("csv of alumina exports since january 2024")  # with a file to upload
    await slack.wait_for(slack.messages)
    await slack.settle()
    process.send_signal(signal.SIGTERM)
    assert (await finish(process)).status == 0
    assert [name for name, folder in folders.items() if any(folder.iterdir())] == ["database"]
