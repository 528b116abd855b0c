"""Log lines on stderr: an event's fixed name, its fields, and the id of the request that it belongs to.

They say nothing of what people wrote. An error is told with its classes and places; in its own words only
where these speak of the machine. What libraries say is cut before the first thing that they print of ours.
"""

import json
import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from functools import partial
from traceback import format_exception, walk_tb
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

from bot.settings import Settings

OURS = ("bot", "handlers")
# They tell of every start, every page fetched, every call.
TALKATIVE = ("alembic", "httpcore", "httpx", "mcp")
SECRET = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w.-]+"  # tokens
    r"|(?<=://)[^\s/@]+(?=@)"  # who logs in to a database, and with what
    r"|(?<=hooks\.slack\.com/)\S+|(?<=hooks\.slack-gov\.com/)\S+"  # response_urls let anybody answer
)
HIDDEN = "[hidden]"
SHORTEST = 6  # characters; a shorter one would be found in ordinary words
# Errors, by the names of their classes and of these classes' bases, that tell of the machine and of files.
OF_THE_MACHINE = set(
    "DataFileError FetchError InterfaceError OSError OperationalError SettingError SourceError".split()
)
# What would begin a line of its own, colour a terminal or turn the words around.
UNPRINTED = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
LIBRARY_WORDS = re.compile(r"[^({<\n]*")
CONTEXT = 5  # errors behind an error that are told

Fields = MutableMapping[str, Any]
Words = Callable[[BaseException], str]  # what an error says


def log_to_stderr(settings: Settings) -> None:
    """Sets logging up for a command that runs on; no module does this when it is imported."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings, terminal=sys.stderr.isatty()))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for talkative in TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # Without a level of its own, this logger has the SDK spell out every request and answer for nobody.
    logging.getLogger("slack_sdk.web.async_base_client").setLevel(logging.INFO)
    # Bolt warns at each start that it takes our client and not the token that the environment holds.
    unused = "`token` will be unused"
    logging.getLogger("slack_bolt.AsyncApp").addFilter(lambda record: unused not in record.getMessage())


def as_request(name: str = "") -> AbstractContextManager[None]:
    """What is logged within the block, and in tasks begun there, carries this request id, or a new one."""
    return bound_contextvars(request=name or secrets.token_hex(6))


def formatter(settings: Settings, *, terminal: bool) -> logging.Formatter:
    """A line for each record: JSON, or for people where ALUMINA_LOG says so or a terminal is looked at."""
    plain = settings.alumina_log == "plain" or (settings.alumina_log is None and terminal)
    in_own_words = settings.alumina_log_text == "on"
    return _Masked(
        settings.secrets,
        foreign_pre_chain=[
            merge_contextvars,
            add_log_level,
            add_logger_name,
            ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            *([] if in_own_words else [_cut]),
            partial(_tell_error, str if in_own_words else own_words),
            _plain if plain else _json,
        ],
    )


def secret_words(ours: Iterable[str]) -> re.Pattern[str]:
    """Finds whatever looks like a secret, or is one of ours, as it is or as JSON writes it."""
    known = {own for own in ours if len(own) >= SHORTEST}
    known |= {json.dumps(own, ensure_ascii=False)[1:-1] for own in known}
    return re.compile("|".join([*map(re.escape, sorted(known, key=len, reverse=True)), SECRET.pattern]))


def hidden_traceback(error: BaseException, ours: Iterable[str]) -> str:
    """The traceback of what nobody has caught, as Python prints it, without the secrets."""
    return secret_words(ours).sub(HIDDEN, "".join(format_exception(error)))


class _Masked(ProcessorFormatter):
    """Hides in the finished line whatever looks like a secret, or is one of ours."""

    def __init__(self, ours: Iterable[str], **how: Any) -> None:
        super().__init__(**how)
        self._secret = secret_words(ours)

    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub(HIDDEN, super().format(record))


def _cut(_logger: object, _method: str, fields: Fields) -> Fields:
    """What a library prints of its arguments, of a request or a task, may hold what people wrote."""
    fields.pop("color_message", None)  # uvicorn's second form of its event
    if not fields["logger"].startswith(OURS):
        found = LIBRARY_WORDS.match(str(fields["event"]))
        fields["event"] = found[0].strip() if found else ""
    return fields


def _tell_error(words: Words, _logger: object, _method: str, fields: Fields) -> Fields:
    given = fields.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        fields["error"] = type(error).__name__
        fields["traceback"] = "\n".join(_lines(error, words))
    return fields


def _lines(error: BaseException, words: Words) -> Iterator[str]:
    behind: BaseException | None = error
    for _ in range(CONTEXT):
        if behind is None:
            return
        yield f"{type(behind).__qualname__}: {_printed(words(behind))}".removesuffix(": ")
        # The lines themselves are not read: a database that is away makes hundreds of errors a second.
        for frame, line in reversed(list(walk_tb(behind.__traceback__))):
            yield f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_name}"
        behind = behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)


def own_words(error: BaseException) -> str:
    """What an error says of itself, where that holds nothing that people wrote; of a refusal Slack's name."""
    if response := getattr(error, "response", None):
        data = getattr(response, "data", None)
        return str(data.get("error", "")) if isinstance(data, dict) else ""
    names = {base.__name__ for base in type(error).__mro__}
    return " ".join(str(error).split()) if names & OF_THE_MACHINE else ""


def _printed(text: str) -> str:
    """The text on one line, with escapes that JSON knows too."""

    def escaped(found: re.Match[str]) -> str:
        return found[0].encode("unicode_escape").decode().replace(r"\x", r"\u00")

    return UNPRINTED.sub(escaped, text)


def _json(_logger: object, _method: str, fields: Fields) -> str:
    """One object; letters stand as they are, or a secret with other ones than ASCII's would not be found."""
    return _printed(json.dumps(fields, default=str, ensure_ascii=False))


def _plain(_logger: object, _method: str, fields: Fields) -> str:
    """2026-11-25T09:00:00Z warning bot.slack.sending file_not_attached channel=C1, and a traceback."""
    traceback = fields.pop("traceback", None)
    leading = [str(fields.pop(name)) for name in ("timestamp", "level", "logger", "event")]
    line = _printed(" ".join([*leading, *(f"{name}={value}" for name, value in fields.items())]))
    return f"{line}\n{traceback}" if traceback else line
