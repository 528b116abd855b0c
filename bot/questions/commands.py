"""What is typed to the bot and asks no question but for something to be done, in both languages.

Also a word of a workspace's own for a series: what a text teaches or takes away, and what rules it out.
"""

import re
from typing import Literal, NamedTuple, get_args

from bot.dataset.dataset import Dataset
from bot.questions.language import asked_for, is_foreign, simplified
from bot.questions.lexicon import FUNCTION, FUNCTION_ZH, PLAIN, lexicon_of, load, patterns
from bot.questions.mentions import Scan
from bot.questions.normalise import normalise, unmarked
from bot.questions.spelling import corrected, rank
from bot.questions.times import filled

Command = Literal["subscribe", "subscriptions", "alerts", "next", "schedule", "alert", "words", "word"]
Obstacle = Literal["unfit", "known", "no_series", "full"]

RE = patterns("teaching")
LONGEST_LESSON = 200  # characters
LONGEST, MOST_WORDS = 30, 3  # characters and words of one that is taught
EVERYDAY = 2_000  # so frequent an English word is read as itself
_TABLES = load("commands")
PIECES = _TABLES["pieces"]
_ENGLISH, _CHINESE, _SCHEDULING = (
    re.compile(filled(_TABLES["forms"][name], PIECES)) for name in ("english", "chinese", "scheduling")
)


def command_in(text: str) -> Command | None:
    """What a text asks for that is no question; "next release" is one, "next" alone is not."""
    asked = simplified(asked_for(text)[1]).casefold()
    if len(asked) <= LONGEST_LESSON and RE.listed.fullmatch(asked):
        return "words"
    if len(asked) <= LONGEST_LESSON and (RE.forgotten.fullmatch(asked) or RE.taught.fullmatch(asked)):
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


class Lesson(NamedTuple):
    """A word as it was typed, and the id of its series, or how that was typed; to be taught or forgotten."""

    verb: Literal["teach", "forget"]
    word: str
    series: str = ""
    named: str = ""


def lesson_in(text: str, record: Dataset) -> Lesson | None:
    """What a command teaches or takes away, or a sentence whose other half is the name of a series."""
    if len(text) > LONGEST_LESSON:
        return None
    asked = simplified(unmarked(text)).strip()
    if found := _halves(RE.forgotten.fullmatch(_folded(asked)), asked):
        return Lesson("forget", _bare(found[0]))
    if found := _halves(RE.taught.fullmatch(_folded(asked)), asked):
        return _lesson(found[0], record)
    if found := _halves(RE.said.fullmatch(_folded(asked)), asked):
        word, named = map(_bare, found)
        series = series_named(named, record)
        return Lesson("teach", word, series, named) if series else None
    return None


def _folded(text: str) -> str:
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def _halves(found: re.Match[str] | None, text: str) -> list[str]:
    groups = range(1, found.re.groups + 1) if found else ()
    return [text[slice(*found.span(each))] for each in groups if found and found[each] is not None]


def _bare(text: str) -> str:
    return RE.around.sub("", text)


def _lesson(text: str, record: Dataset) -> Lesson:
    """AA alumina; AA = alumina: the longest end that names a series is one."""
    parted = RE.parted.fullmatch(text)
    words = text.split()
    halves = [(parted[1], parted[2])] if parted else []
    halves += [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    for word, named in halves:
        if series := series_named(_bare(named), record):
            return Lesson("teach", _bare(word), series, _bare(named))
    word, named = halves[0] if halves else (text, "")
    return Lesson("teach", _bare(word), "", _bare(named))


def series_named(text: str, record: Dataset) -> str:
    """The id of the series that a text names and says nothing else; '' where it does not."""
    scan = scanned(text, record)
    names = [mention.value for mention in scan.mentions if mention.kind == "series"]
    alone = len(scan.mentions) == 1 and not scan.left
    return names[0] if alone and names and names[0] in record.catalogue else ""


def scanned(text: str, record: Dataset, *own: str) -> Scan:
    """The words of a text with slips set right, by the vocabulary of these series and `own` files."""
    lexicon = lexicon_of(record.catalogue, *own, taught=record.taught)
    return Scan(corrected(normalise(text), lexicon)[0], lexicon, record.today)


def obstacle(lesson: Lesson, record: Dataset) -> tuple[Obstacle, str] | None:
    """Why the word cannot be taught, with the series that it means already; None where it can."""
    if not (lesson.named and _is_fit(lesson.word)):
        return "unfit", ""
    known = _meaning(lesson, record.with_words(()))
    if known is None:
        known = dict(record.taught).get(normalise(lesson.word))
    if known is not None:
        return "known", known
    return None if lesson.series else ("no_series", "")


def _is_fit(written: str) -> bool:
    word = normalise(written)
    few = 2 <= len(word) <= LONGEST and len(written) <= LONGEST and len(word.split()) <= MOST_WORDS
    plain = all(RE.fit.fullmatch(each) for each in (word, _folded(written)))
    return few and plain and any(map(str.isalpha, word)) and not is_foreign(word)


def _meaning(lesson: Lesson, record: Dataset) -> str | None:
    """The series that it means by itself, '' for anything else; None for nothing, or the lesson's own."""
    for own in ((), ("conditions",)):
        for mention in scanned(lesson.word, record, *own).mentions:
            if mention.kind != "series" or mention.value != lesson.series:
                return str(mention.value) if mention.value in record.catalogue else ""
    terms = {term.casefold() for own in record.terms.values() for term in own}
    if command_in(lesson.word) or normalise(lesson.word) in terms:
        return ""
    for word in normalise(lesson.word).split():
        known = word in FUNCTION or word in PLAIN or FUNCTION_ZH.issuperset(word)
        if not (known or rank(word) < EVERYDAY):
            return None
    return ""
