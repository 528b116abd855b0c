"""The image, which is not built here, and the Procfile: what they start, and that it works."""

import asyncio
import json
import re
import shlex
import signal
import sys

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.commandline import ROOT, finish, start_cold
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy

IMAGE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
PROCFILE = (ROOT / "Procfile").read_text(encoding="utf-8")


def test_nobody_runs_it_as_root_and_what_is_installed_is_pinned_by_hash_or_made_here():
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", IMAGE, re.MULTILINE)
    installs = re.findall(r"\bpip\b[^&\n]* (?:install|wheel|download) [^&\n]*", IMAGE)
    assert len(installs) == 4
    assert all("--require-hashes" in each or "--no-index" in each for each in installs)


def test_each_process_of_the_procfile_is_a_command_of_ours_and_one_listens_to_others():
    hosts = {}
    for name, line in (line.split(": ", 1) for line in PROCFILE.splitlines() if line):
        python, option, package, *words = shlex.split(line)
        assert (python, option, package) == ("python", "-m", "bot")
        told = CliRunner().invoke(app, [*words, "--help"])
        assert (told.exit_code, "Usage: " in told.stdout) == (0, True), line
        hosts[name] = re.findall(r"--host (\S+)", line)
    assert hosts == {"web": ["0.0.0.0"], "worker": ["127.0.0.1"], "release": []}


async def healthy(port):
    [check] = re.findall(r"^HEALTHCHECK .*CMD (.*)$", IMAGE, re.MULTILINE)
    _, *words = json.loads(check)  # python, and what it is told
    run = await asyncio.create_subprocess_exec(
        sys.executable, *words, env={"PORT": str(port)}, stderr=asyncio.subprocess.DEVNULL
    )
    return await run.wait() == 0


@pytest.mark.parametrize("as_module", [pytest.param(False, marks=pytest.mark.slow), True])
async def test_its_health_is_told_and_nothing_is_written_where_it_runs(slack, tmp_path, free_port, as_module):
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
