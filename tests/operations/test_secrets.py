"""Whatever goes wrong, nothing that a command writes, on the screen or on the disk, holds a secret."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.logs import HIDDEN, formatter, hidden_traceback
from bot.settings import Settings, secrets_in
from tests.commandline import Run, alumina
from tests.gear.slack import LocalSlack
from tests.looped import looped
from tests.slack.desk import environment
from tests.tables import tables

CASES = tables("operations/addresses.yaml")

# Each is a secret, and no word of the code, the data or a library.
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-numbat-1",
    "SLACK_SIGNING_SECRET": "bilby-signing-2",
    "SLACK_APP_TOKEN": "xapp-potoroo-3",
    "SLACK_CLIENT_SECRET": "wombat-client-4",
    "COMTRADE_API_KEY": "dunnart-key-5",
    "DATABASE_URL": "postgresql://bot:bettong-6@127.0.0.1:9/alumina",
    "ALUMINA_KEY": "cXVva2thcXVva2thcXVva2thcXVva2thcXVva2thcSE=",
}
MARKS = re.compile("numbat|bilby|potoroo|wombat|dunnart|bettong|cXVva2th", re.IGNORECASE)
COMMANDS = (("serve", "--port", "0"), ("forget", "--user", "U_ANA"))


def told(run: Run, folder: Path) -> list[str]:
    """Each line that holds a secret, of what was printed and of every file that was written."""
    files = [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]
    return [line for text in (run.out, run.err, *files) for line in text.splitlines() if MARKS.search(line)]


async def tried(env: dict[str, str], folder: Path, *commands: tuple[str, ...]) -> list[Run]:
    """Each command in this environment; nothing that it wrote holds a secret, and none of them falls."""
    runs = [await alumina(*words, env=env, folder=folder) for words in commands]
    for words, run in zip(commands, runs, strict=True):
        assert told(run, folder) == [], words
        assert "Traceback" not in run.out + run.err, (words, run)
    return list(runs)


@asynccontextmanager
async def database_that_refuses() -> AsyncIterator[int]:
    """Speaks as PostgreSQL does to a wrong password: asks for it in the clear, and says that it is wrong."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (await _message(reader))[:4] in (b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30"):
            writer.write(b"N")  # no encryption
        writer.write(b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big"))
        await reader.readexactly(1)
        given.append(await _message(reader))
        fields = b'SFATAL\0C28P01\0Mpassword authentication failed for user "bot"\0\0'
        writer.write(b"E" + (4 + len(fields)).to_bytes(4, "big") + fields)
        await writer.drain()
        writer.close()

    given: list[bytes] = []
    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
    assert b"bettong-6\0" in given


async def _message(reader: asyncio.StreamReader) -> bytes:
    size = int.from_bytes(await reader.readexactly(4), "big")
    return await reader.readexactly(size - 4)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    tokens = {"bot_token": SECRETS["SLACK_BOT_TOKEN"], "app_token": SECRETS["SLACK_APP_TOKEN"]}
    async with LocalSlack(signing_secret=SECRETS["SLACK_SIGNING_SECRET"], **tokens) as slack:
        yield slack


def around(slack: LocalSlack, folder: Path, **changed: str) -> dict[str, str]:
    """An environment with every secret in it, none of which anybody takes but Slack."""
    env = environment(slack, folder) | {"COMTRADE_API_KEY": SECRETS["COMTRADE_API_KEY"]}
    return env | {"DATABASE_URL": SECRETS["DATABASE_URL"]} | changed


async def test_a_wrong_password_and_a_database_that_is_not_there(slack: LocalSlack, tmp_path: Path) -> None:
    async with database_that_refuses() as port:
        url = SECRETS["DATABASE_URL"].replace(":9/", f":{port}/")
        runs = await tried(around(slack, tmp_path, DATABASE_URL=url), tmp_path, *COMMANDS)
    assert all("password authentication failed" in run.out + run.err for run in runs)
    env = around(slack, tmp_path, ALUMINA_LOG="plain", ALUMINA_LOG_TEXT="on")
    runs = await tried(env, tmp_path, *COMMANDS, ("doctor",))
    assert all("DATABASE_URL: the database cannot be opened" in run.out + run.err for run in runs)


WRONG_FORMS = (
    *(("DATABASE_URL", url) for url in CASES["wrong"]),
    ("SLACK_BOT_TOKEN", "numbat-1"),
    ("SLACK_APP_TOKEN", "potoroo-3"),
    ("ALUMINA_KEY", "bilby, wombat"),
    ("ALUMINA_KEY", SECRETS["ALUMINA_KEY"][4:]),
)


async def test_a_secret_in_the_wrong_form(slack: LocalSlack, tmp_path: Path) -> None:
    for name, value in WRONG_FORMS:
        [run] = await tried(around(slack, tmp_path, **{name: value}), tmp_path, ("db", "upgrade"))
        assert (run.status, run.err.startswith(name)) == (78, True), value


async def test_a_slack_that_is_not_there_or_takes_no_token(slack: LocalSlack, tmp_path: Path) -> None:
    sqlite = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3"}
    away = around(slack, tmp_path, SLACK_API_URL="http://127.0.0.1:9/", **sqlite)
    wrong = around(slack, tmp_path, SLACK_BOT_TOKEN="xoxb-numbat-2", **sqlite)
    socket = around(slack, tmp_path, SLACK_APP_TOKEN="xapp-potoroo-4", **sqlite)
    post = ("post", "--month", "2026-06", "--channel", "C_DESK")
    for env in (away, wrong):
        assert all(run.status for run in await tried(env, tmp_path, post))
    [refused] = await tried(socket, tmp_path, ("serve",))
    assert "SLACK_APP_TOKEN is not accepted by Slack" in refused.err


def test_what_nobody_catches_is_told_without_the_secrets() -> None:
    hidden = {name: value for name, value in SECRETS.items() if name != "DATABASE_URL"}
    try:
        raise ValueError(f"it was bettong-6, {', '.join(hidden.values())}")
    except ValueError as error:
        text = hidden_traceback(error, secrets_in(SECRETS))
    assert MARKS.search(text) is None
    assert text.splitlines()[-1] == "ValueError: it was " + ", ".join([HIDDEN] * len(SECRETS))
    assert "test_secrets.py" in text


@looped("form", ["plain", "json"])
@looped("secret", ["pässwört", 'quoted"and\\slashed'])
def test_a_secret_with_letters_that_json_escapes_is_hidden_in_a_line(form: str, secret: str) -> None:
    settings = Settings.from_env({"COMTRADE_API_KEY": secret, "ALUMINA_LOG": form})
    record = logging.makeLogRecord(
        {"name": "bot.tried", "msg": "tried", "why": f"{secret}, 氧化铝\u2028\u202e"}
    )
    line = formatter(settings, terminal=False).format(record)
    assert rf"{HIDDEN}, 氧化铝\u2028\u202e" in line


@pytest.mark.parametrize("many", [False, True])
def test_no_secret_is_left_out(many: bool) -> None:
    one = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    env = {name: value for name, value in SECRETS.items() if not many or name not in one}
    settings = Settings.from_env(env | ({"SLACK_CLIENT_ID": "1.2"} if many else {}))
    assert set(settings.secrets) == set(secrets_in(env))
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert MARKS.search(shown) is None
