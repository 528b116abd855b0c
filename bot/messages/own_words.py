"""The words that a workspace has taught: what one means now, why one cannot be taught, the list. Pure."""

import datetime as dt
from collections.abc import Sequence

from bot.messages.actions import WORD_FORGOTTEN
from bot.messages.blocks import TEXT, fitting, section
from bot.messages.buttons import button, button_row
from bot.messages.message import Block, Message
from bot.messages.names import Names, commodity_name
from bot.messages.safe import shortened
from bot.messages.slack_names import who
from bot.questions.named import day_name
from bot.questions.teaching import LONGEST, Lesson, Obstacle
from bot.taught_words import MOST, TaughtWord
from bot.words import say
from bot.words.joints import enumeration


def taught(lesson: Lesson, word: str, names: Names) -> Message:
    """What the word means from now on, and a button that takes it back."""
    told = say("own_words.taught", word=_quoted(lesson.word), series=commodity_name(names[lesson.series]))
    undo = button(WORD_FORGOTTEN, say("own_words.undo"), word)
    return Message(told, (section(told), button_row([undo])))


def refused(lesson: Lesson, obstacle: Obstacle, series: str, names: Names) -> str:
    """Why a word cannot be taught, and what can be done."""
    known = enumeration([commodity_name(each) for each in names.values()])
    named = commodity_name(names[series]) if series in names else ""
    values = {"word": _quoted(lesson.word), "named": _quoted(lesson.named), "known": known, "series": named}
    return say(f"own_words.not_{obstacle}", **values, longest=LONGEST, most=MOST)


def forgotten(word: str, meaning: str, names: Names) -> str:
    """A word is taken away; `meaning`: the series that it names all the same."""
    told = say("own_words.forgotten", word=_quoted(word))
    if not meaning:
        return told
    return f"{told} {say('own_words.means_still', series=commodity_name(names[meaning]))}"


def unknown(word: str) -> str:
    """A word was to be taken away that is not there."""
    return say("own_words.unknown", word=_quoted(word))


def words_listed(words: Sequence[TaughtWord], names: Names, zone: dt.tzinfo | None) -> Message:
    """Each word with its series, who taught it on which day, and a button that takes it away."""
    head = say("own_words.listed" if words else "own_words.none")
    lines = [_line(each, names, zone) for each in words]
    blocks: list[Block] = [section(head)]
    for number, (each, line) in enumerate(zip(words, lines, strict=True), start=1):
        taken = button(f"{WORD_FORGOTTEN}_{number}", say("own_words.take_away"), each.word)
        blocks.append(section(line) | {"accessory": taken})
    return Message("\n".join(fitting([head, *lines], TEXT, "lines")), tuple(blocks))


def _line(word: TaughtWord, names: Names, zone: dt.tzinfo | None) -> str:
    series = commodity_name(names[word.series]) if word.series in names else word.series
    values = {"series": series, "who": who(word.by), "day": day_name(word.at.astimezone(zone).date())}
    return say("own_words.line", word=_quoted(word.written), **values)


def _quoted(word: str) -> str:
    return shortened(word, LONGEST)
