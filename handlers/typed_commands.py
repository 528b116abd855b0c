"""/alumina TEXT, and what a text asks for that is no question; a workspace's own words are served here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.messages.blocks import WORD_FORGOTTEN, Message
from bot.messages.slack_names import forgotten, refused, taught, words_listed
from bot.questions.commands import Command, command_in
from bot.questions.normalise import normalise
from bot.questions.teaching import Lesson, lesson_in, obstacle, series_named
from handlers.alerts import propose, propose_schedule
from handlers.delivery import answer_asker, tell
from handlers.desk import Asker, Desk, Press, asker_of
from handlers.orders import show_list, show_next, subscribe
from handlers.spoken_language import split_private


async def show_words(asker: Asker, desk: Desk) -> Message:
    """/alumina words: all of the workspace."""
    return words_listed(await desk.words.all(desk.team), desk.settings.zone)


async def change_words(asker: Asker, desk: Desk) -> Message:
    """/alumina word AA alumina, or the same in a sentence; /alumina word remove AA."""
    lesson = lesson_in(asker.text, desk.record) or Lesson("teach", "")
    if lesson.verb == "forget":
        return Message(await _forget(lesson.word, desk), ())
    word, found = normalise(lesson.word), obstacle(lesson, desk.record)
    if not (found or await desk.words.teach(desk.team, word, lesson.word, lesson.series, asker.user)):
        found = "full", ""
    return Message(refused(lesson, *found), ()) if found else taught(lesson, word)


async def _forget(word: str, desk: Desk) -> str:
    written = await desk.words.forget(desk.team, normalise(word))
    plain = series_named(word, desk.record.with_words(()))
    return forgotten(written, plain) if written else forgotten(word, "", known=False)


async def press_word(press: Press, desk: Desk) -> None:
    """Undo below what was taught, or a button of the list, which then stands without it."""
    told: Message | str = await _forget(press.value, desk)
    told = told if press.action_id == WORD_FORGOTTEN else await show_words(press, desk)
    await tell(press, told, desk, instead=True)


# Who serves what is no question: what only the asker sees of it, if anything.
SERVES: Mapping[Command, Callable[[Asker, Desk], Awaitable[Message | None]]] = {
    "subscribe": subscribe,
    "subscriptions": show_list,
    "alerts": show_list,
    "next": show_next,
    "alert": propose,
    "schedule": propose_schedule,
    "words": show_words,
    "word": change_words,
}


async def answer_command(command: Mapping[str, str], context: AsyncBoltContext, desk: Desk) -> None:
    """/alumina TEXT: answered in the channel under the asker's name, so that it can carry a thread."""
    private, text = split_private(command.get("text", ""))
    await answer_typed(replace(asker_of(command, desk.team_of(context)), text=text), desk, private=private)


async def answer_typed(asker: Asker, desk: Desk, *, private: bool = False) -> None:
    """Serves what a text asks for, or answers it as a question."""
    if asks := asked_for(asker, desk):
        return await tell(asker, await SERVES[asks](asker, desk), desk)
    reply = await desk.answer(asker.text, asker.user)
    private = private or (reply.outcome == "outside" and not asker.addressed)  # nobody has said it to us
    return await answer_asker(reply, asker, desk, private=private)


def asked_for(asker: Asker, desk: Desk) -> Command | None:
    """What a text asks for that is no question; a word is taught only to us."""
    if command := command_in(asker.text):
        return command if asker.addressed or command != "word" else None
    return "word" if asker.addressed and lesson_in(asker.text, desk.record) else None
