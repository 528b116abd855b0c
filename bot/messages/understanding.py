"""How a text was read, in words: why it is not answered as it stands, and what was assumed or mended."""

from bot.messages.names import Names, upper_first
from bot.questions.condition_reading import ConditionReading
from bot.questions.lexicon import FREQUENT, rank
from bot.questions.reading import Reading, Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, Language, say, say_or, speaking
from bot.words.joints import listed, sentences

SHOWN = 40  # letters of what was typed
# Troubles that are told in the words of another.
_TOLD_AS = {
    **dict.fromkeys(("weak", "unread", "unclear"), "may_be_meant"),
    **dict.fromkeys(("no_such_time", "future_time"), "time"),
    "soft": "industry",
    "scope": "code",
    "wordless": "greeting",
}
_ASSUMED = {"fiscal year": "fiscal_year", "same months": "same_months", "from January": "from_january"}
MOST_LEFT = 4


def worded(reason: Reason, names: Names) -> str:
    """The sentence for a kind of trouble, with the words that it is about."""
    said = (reason.words[0] if reason.words else "")[:SHOWN]
    match reason.kind:
        case "command":
            return sentences((say(f"commands.{said}"), say(f"commands.{said}_in_terminal")))
        case "language":  # which ones are read, in each of them
            return " · ".join(_said_in(language) for language in LANGUAGES)
        case "reset":
            return say("replies.started_over")
    told = _TOLD_AS.get(reason.kind, reason.kind)
    series = upper_first(series_words(said, names))
    values = {"said": said, "holdings": say("reading.holdings"), "series": series}
    return say_or(say("reading.nothing", **values), f"reading.{told}", **values)


def _said_in(language: Language) -> str:
    with speaking(language):
        return say("reading.languages")


def mended(reading: Reading | ConditionReading) -> tuple[str, ...]:
    """A clause for each slip that was set right."""
    slips = reading.corrected.items()
    return tuple(say("reading.read_as", said=typed, meant=meant) for typed, meant in slips)


def read_as(reading: Reading | None) -> list[str]:
    """A clause for each slip that was mended, each thing that was taken for granted, what was left aside."""
    if reading is None or reading.outcome != "asks":
        return []
    told = list(mended(reading))
    told += [say(f"reading.taken_{name}") for assumed, name in _ASSUMED.items() if assumed in reading.assumed]
    left = [word for word in reading.left_aside if not word.isascii() or rank(word) >= FREQUENT]
    strange = [word for word in left if word.isascii() and len(word) > 3 and not word[0].isdigit()]
    return [*told, say("reading.left_aside", words=listed(strange[:MOST_LEFT]))] if strange else told
