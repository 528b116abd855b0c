"""A workspace's own words for series: taught, listed, taken away."""

from bot.messages.actions import WORD_FORGOTTEN
from bot.messages.message import Message
from bot.messages.own_words import forgotten, refused, taught, unknown, words_listed
from bot.questions.normalise import normalise
from bot.questions.teaching import Lesson, lesson_in, obstacle, series_named
from handlers.asker import Asker, Press
from handlers.delivery import tell
from handlers.desk import Desk


async def show_words(asker: Asker, desk: Desk) -> Message:
    """/alumina words: all of the workspace."""
    return words_listed(await desk.words.all(desk.team), desk.record.catalogue, desk.settings.zone)


async def change_words(asker: Asker, desk: Desk) -> Message:
    """/alumina word AA alumina, or the same in a sentence; /alumina word remove AA."""
    lesson = lesson_in(asker.text, desk.record) or Lesson("teach", "")
    if lesson.verb == "forget":
        return Message(await _forget(lesson.word, desk), ())
    word, names = normalise(lesson.word), desk.record.catalogue
    if found := obstacle(lesson, desk.record):
        return Message(refused(lesson, *found, names), ())
    if not await desk.words.teach(desk.team, word, lesson.word, lesson.series, asker.user):
        return Message(refused(lesson, "full", "", names), ())
    return taught(lesson, word, names)


async def _forget(word: str, desk: Desk) -> str:
    if not (written := await desk.words.forget(desk.team, normalise(word))):
        return unknown(word)
    plain = desk.record.with_words(())
    return forgotten(written, series_named(word, plain), plain.catalogue)


async def press_word(press: Press, desk: Desk) -> None:
    """Undo below what was taught, or a button of the list, which then stands without it."""
    told = await _forget(press.value, desk)
    shown = told if press.action_id == WORD_FORGOTTEN else await show_words(press, desk)
    await tell(press, shown, desk, instead=True)
