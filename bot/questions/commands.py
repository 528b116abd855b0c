"""What is typed to the bot and asks no question but for something to be done: its words in both languages."""

import re
from typing import Literal, get_args

from bot.questions.language import asked_for, simplified
from bot.questions.lexicon import load, patterns
from bot.questions.times import filled

Command = Literal["subscribe", "subscriptions", "alerts", "next", "schedule", "alert", "words", "word"]

TAUGHT = patterns("teaching")
LONGEST_LESSON = 200  # characters
_TABLES = load("commands")
PIECES = _TABLES["pieces"]
_ENGLISH, _CHINESE, _SCHEDULING = (
    re.compile(filled(_TABLES["forms"][name], PIECES)) for name in ("english", "chinese", "scheduling")
)


def command_in(text: str) -> Command | None:
    """What a text asks for that is no question; "next release" is one, "next" alone is not."""
    asked = simplified(asked_for(text)[1]).casefold()
    if len(asked) <= LONGEST_LESSON and TAUGHT.listed.fullmatch(asked):
        return "words"
    if len(asked) <= LONGEST_LESSON and (TAUGHT.forgotten.fullmatch(asked) or TAUGHT.taught.fullmatch(asked)):
        return "word"
    found = _ENGLISH.match(asked) or (None if asked.isascii() else _CHINESE.search(asked))
    return next(each for each in get_args(Command) if found[each]) if found else None


def channel_in(text: str) -> str:
    """The channel that a text names, by its id, or as it is written where Slack knows none; '' for none."""
    found = re.search(PIECES["CHANNEL"], text, re.IGNORECASE)
    return found[1] or found[2] if found else ""


def without_schedule(text: str) -> str:
    """What is to be posted of a text that wants it after each release; '' where it names nothing."""
    return _SCHEDULING.sub(" ", text.casefold()).strip(" ,.!?，。！？")
