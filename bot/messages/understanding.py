"""How a text was read, in words: why it is not answered as it stands, and what was assumed or mended."""

from bot.messages.names import Names
from bot.questions.lexicon import FREQUENT, rank
from bot.questions.reading import Reading, Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, say, speaking
from bot.words.joints import listed, sentences

SHOWN = 40  # letters of what was typed
# Troubles that are told in the words of another.
_TOLD_AS = {
    "weak": "may_be_meant",
    "unread": "may_be_meant",
    "unclear": "may_be_meant",
    "soft": "industry",
    "scope": "code",
    "no_such_time": "time",
    "future_time": "time",
    "wordless": "greeting",
}
_KINDS = frozenset(
    (
        *(
            "price",
            "future",
            "industry",
            "policy",
            "reexport",
            "hypothetical",
            "metal",
            "part",
            "grade",
            "code",
        ),
        *(
            "currency",
            "day",
            "reporter",
            "country",
            "topic",
            "no_flow",
            "time",
            "same_as_what",
            "which_other",
        ),
        *("points_at_nothing", "which_series", "partner_side", "may_be_meant", "nothing_named", "too_long"),
        *("thanks", "greeting"),
    )
)
_ASSUMED = {"fiscal year": "fiscal_year", "same months": "same_months", "from January": "from_january"}
MOST_LEFT = 4


def why(reading: Reading, names: Names) -> list[str]:
    """A sentence for why a text is not answered; none for what is not for us."""
    if reading.reason is None or reading.outcome == "silent":
        return []
    return [worded(reading.reason, names)]


def worded(reason: Reason, names: Names) -> str:
    """The sentence for a kind of trouble, with the words that it is about."""
    said = (reason.words[0] if reason.words else "")[:SHOWN]
    match reason.kind:
        case "command":
            return sentences((say(f"commands.{said}"), say(f"commands.{said}_in_terminal")))
        case "language":
            return _in_both()
        case "reset":
            return say("replies.started_over")
    told = _TOLD_AS.get(reason.kind, reason.kind)
    name = series_words(said, names)
    values = {"said": said, "holdings": say("reading.holdings"), "series": name[:1].upper() + name[1:]}
    kind = told if told in _KINDS else "nothing"
    return say(f"reading.{kind}", **values)


def _in_both() -> str:
    """Which languages are read, in each of them."""
    told = []
    for language in LANGUAGES:
        with speaking(language):
            told.append(say("reading.languages"))
    return " · ".join(told)


def read_as(reading: Reading | None) -> list[str]:
    """A clause for each slip that was mended, each thing that was taken for granted, what was left aside."""
    if reading is None or reading.outcome != "asks":
        return []
    told = [say("reading.read_as", said=said, meant=meant) for said, meant in reading.corrected.items()]
    told += [say(f"reading.taken_{name}") for assumed, name in _ASSUMED.items() if assumed in reading.assumed]
    left = [word for word in reading.left_aside if not word.isascii() or rank(word) >= FREQUENT]
    strange = [word for word in left if word.isascii() and len(word) > 3 and not word[0].isdigit()]
    return [*told, say("reading.left_aside", words=listed(strange[:MOST_LEFT]))] if strange else told
