"""Whatever goes wrong, nothing that a command writes, on the screen or on the disk, holds a secret."""

import logging
import os
import re

import pytest

from bot.logs import HIDDEN, formatter, hidden_traceback
from bot.settings import Settings, secrets_in
from tests.commandline import alumina
from tests.tables import looped, tables

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
WRONG_FORMS = (
    *(("DATABASE_URL", url) for url in tables("operations/addresses.yaml")["wrong"]),
    ("SLACK_BOT_TOKEN", "numbat-1"),
    ("SLACK_APP_TOKEN", "potoroo-3"),
    ("ALUMINA_KEY", "bilby, wombat"),
    ("ALUMINA_KEY", SECRETS["ALUMINA_KEY"][4:]),
)


async def test_a_secret_in_the_wrong_form(tmp_path):
    for name, value in WRONG_FORMS:
        run = await alumina("db", "upgrade", env=SECRETS | {name: value}, folder=tmp_path)
        assert (run.status, run.err.startswith(name)) == (78, True), value
        assert not MARKS.search(run.out + run.err), value
        assert "Traceback" not in run.out + run.err
    assert os.listdir(tmp_path) == []


def test_what_nobody_catches_is_told_without_the_secrets():
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
def test_a_secret_with_letters_that_json_escapes_is_hidden_in_a_line(form, secret):
    settings = Settings.from_env({"COMTRADE_API_KEY": secret, "ALUMINA_LOG": form})
    record = logging.makeLogRecord(
        {"name": "bot.tried", "msg": "tried", "why": f"{secret}, 氧化铝\u2028\u202e"}
    )
    line = formatter(settings, terminal=False).format(record)
    assert rf"{HIDDEN}, 氧化铝\u2028\u202e" in line


@pytest.mark.parametrize("many", [False, True])
def test_no_secret_is_left_out(many):
    one = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    env = {name: value for name, value in SECRETS.items() if not many or name not in one}
    settings = Settings.from_env(env | ({"SLACK_CLIENT_ID": "1.2"} if many else {}))
    assert set(settings.secrets) == set(secrets_in(env))
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert MARKS.search(shown) is None
