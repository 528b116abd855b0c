"""Log lines: an event and its fields, a request's id on all of its lines; no words of people's, no secret."""

import asyncio
import io
import json
import logging
import re
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import OperationalError

from bot.logs import as_request, formatter
from bot.settings import Settings
from tests.hostile import HOSTILE
from tests.tables import looped

WORDS = "what of zirconium"


class Log:
    """A logger of ours, and what it has written."""

    def __init__(self, logger):
        self.logger, self._written = logger, io.StringIO()
        self.handler = logging.StreamHandler(self._written)

    @property
    def text(self):
        return self._written.getvalue()

    @property
    def fields(self):
        """The only line, as JSON."""
        (line,) = self.text.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def written(name, *, terminal=False, **env):
    log = Log(logging.getLogger(name))
    log.handler.setFormatter(formatter(Settings.from_env(env), terminal=terminal))
    log.logger.setLevel(logging.INFO)
    log.logger.addHandler(log.handler)
    log.logger.propagate = False
    yield log
    log.logger.removeHandler(log.handler)
    log.logger.propagate = True


@pytest.fixture
def log():
    with written("bot.tried") as log:
        yield log


def test_a_line_is_an_event_with_its_fields(log):
    given = {"user": "U1", "tries": 2}
    log.logger.warning("owner_not_told", extra=given)
    assert log.fields.pop("timestamp").endswith("Z")
    expected = {"event": "owner_not_told", "level": "warning", "logger": "bot.tried"} | given
    assert expected.items() <= log.fields.items()


@looped(
    ("form", "terminal", "json_line"),
    [("auto", False, True), ("auto", True, False), ("plain", False, False), ("json", True, True)],
)
def test_json_unless_people_read_it(form, terminal, json_line):
    with written("bot.form", terminal=terminal, **({} if form == "auto" else {"ALUMINA_LOG": form})) as log:
        log.logger.info("posted", extra={"edition": "2026-07"})
    assert log.text.startswith("{") is json_line
    assert json_line or " info bot.form posted edition=2026-07" in log.text


async def test_every_line_of_a_request_has_its_id_in_its_tasks_too(log):
    async def later():
        log.logger.info("sent")

    with as_request("Ev1"):
        task = asyncio.create_task(later())
    with as_request():
        log.logger.info("other")
    await task
    log.logger.info("outside")
    other, sent, outside = (json.loads(line) for line in log.text.splitlines())
    assert sent["request"] == "Ev1"
    assert len(other["request"]) == 12
    assert "request" not in outside


def failed(error, cause=None):
    try:
        raise error from cause
    except BaseException as raised:  # noqa: BLE001  # any error is to be logged
        return raised


DATABASE = OperationalError("SELECT 1", {"text": WORDS}, Exception("server closed"), hide_parameters=True)
SAID = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [WORDS]}}
REFUSAL = SlackApiError(f"refused: {WORDS}", SimpleNamespace(data=SAID))
GONE = ConnectionRefusedError("port 5432 refused")
# The machine's own errors, and a refusal of Slack's, say what they are.
ERRORS = [
    (failed(KeyError(WORDS), ValueError(WORDS)), ["ValueError", "test_logs.py", "in failed"]),
    (failed(DATABASE, GONE), ["server closed", "port 5432 refused"]),
    (failed(REFUSAL), ["SlackApiError: invalid_blocks"]),
]


@looped(("error", "told"), ERRORS)
def test_an_error_is_told_with_its_places_and_not_with_words(error, told):
    with written("bot.tried") as log:
        log.logger.error("handler_failed", exc_info=error)
    assert log.fields["error"] == type(error).__name__
    assert [part for part in told if part not in log.fields["traceback"]] == []
    assert "zirconium" not in log.text


def test_where_it_is_wished_errors_speak_for_themselves():
    with written("bot.tried", ALUMINA_LOG_TEXT="on") as log:
        log.logger.error("handler_failed", exc_info=failed(KeyError(WORDS)))
    assert "zirconium" in log.fields["traceback"]


def test_what_a_library_prints_of_a_task_or_a_request_is_cut():
    with written("asyncio") as log:
        log.logger.error(
            f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{WORDS}')>"
        )
    assert log.fields["event"] == "Task exception was never retrieved"


TOKENS = "xoxb-12345-abcDEF xapp-1-A0-77 https://hooks.slack.com/commands/T1/2/3".split()
OURS = ("correct-horse", "postgresql://bot:correct-horse@db/alumina", "signed, sealed")


@looped("secret", [*TOKENS, *OURS])
def test_what_is_or_looks_like_a_secret_is_hidden(secret):
    env = {"DATABASE_URL": "postgresql://bot:correct-horse@db/x", "SLACK_SIGNING_SECRET": "signed, sealed"}
    with written("bot.secret", **env) as log:
        log.logger.error("broken", extra={"why": f"it was {secret} again"})
    assert log.fields["why"].startswith("it was ")
    assert not [part for part in ("12345", "A0-77", "correct-horse", "/2/3", "sealed") if part in log.text]


@looped("form", ["plain", "json"])
def test_no_value_and_no_error_makes_a_line_of_its_own(form):
    with written("bot.tried", ALUMINA_LOG=form, ALUMINA_LOG_TEXT="on") as log:
        for text in HOSTILE:
            log.logger.warning("tried", extra={"why": text})
            log.logger.warning("failed", exc_info=ValueError(text))
    lines = log.text.split("\n")[:-1]
    assert len(lines) == (3 if form == "plain" else 2) * len(HOSTILE)  # an error stands below its record
    assert not re.search("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]", "".join(lines))
