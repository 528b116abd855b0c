"""What a workspace names in its own way: people and channels, Slack's troubles, the words that it taught."""

import datetime as dt
from collections.abc import Sequence

from bot.messages.blocks import TEXT, WORD_FORGOTTEN, Block, Message, fitted, fitting, quoted, section
from bot.messages.buttons import button, button_row
from bot.messages.names import commodity_name
from bot.profile import profile
from bot.questions.commands import LONGEST, Lesson, Obstacle
from bot.questions.named import day_name
from bot.store.tables import FORGOTTEN
from bot.taught_words import MOST, TaughtWord
from bot.words import enumeration, say, say_or


def who(user: str) -> str:
    """A person as Slack shows them; a blank one is the setting ALUMINA_CHANNEL or the bot."""
    if user == FORGOTTEN:
        return say("slack_names.someone")
    return f"<@{user}>" if user else "Alumina"


def place_name(channel: str) -> str:
    """The channel as Slack shows it to whoever can see it; a conversation with the bot has no name."""
    return say("slack_names.this_conversation") if channel.startswith("D") else f"<#{channel}>"


def why_told(why: str) -> str:
    """Why a post could not be delivered and what to do, by the name that is stored; else as Slack says it."""
    told = say_or(why, f"troubles.{why}")
    slacks = ("not_in_channel", "channel_not_found", "is_archived")  # its own name beside our words
    return f"{told} ({why})" if why in slacks else told


def taught(lesson: Lesson, word: str) -> Message:
    """What the word means from now on, and a button that takes it back."""
    told = say("own_words.taught", word=_quoted(lesson.word), series=commodity_name(lesson.series))
    undo = button(WORD_FORGOTTEN, say("own_words.undo"), word)
    return Message(told, (section(told), button_row([undo])))


def refused(lesson: Lesson, obstacle: Obstacle, series: str) -> str:
    """Why a word cannot be taught, and what can be done."""
    values = {"word": _quoted(lesson.word), "named": _quoted(lesson.named), "series": commodity_name(series)}
    known = enumeration(list(map(commodity_name, profile().catalogue)))
    why = "series" if series else obstacle
    return say(f"own_words.not_{why}", known=known, longest=LONGEST, most=MOST, **values)


def forgotten(word: str, meaning: str, *, known: bool = True) -> str:
    """A word is taken away, where it was `known`; `meaning`: the series that it names all the same."""
    told = say("own_words.forgotten" if known else "own_words.unknown", word=_quoted(word))
    return f"{told} {say('own_words.means_still', series=commodity_name(meaning))}" if meaning else told


def words_listed(words: Sequence[TaughtWord], zone: dt.tzinfo | None) -> Message:
    """Each word with its series, who taught it on which day, and a button that takes it away."""
    lines, blocks = [say("own_words.listed" if words else "own_words.none")], list[Block]()
    for number, each in enumerate(words, start=1):
        values = {"series": commodity_name(each.series), "day": day_name(each.at.astimezone(zone).date())}
        lines.append(say("own_words.line", word=_quoted(each.written), who=who(each.by), **values))
        taken = button(f"{WORD_FORGOTTEN}_{number}", say("own_words.take_away"), each.word)
        blocks.append(section(lines[-1]) | {"accessory": taken})
    return Message("\n".join(fitting(lines, TEXT, "lines")), (section(lines[0]), *blocks))


def _quoted(word: str) -> str:
    return quoted(fitted(word, LONGEST))
