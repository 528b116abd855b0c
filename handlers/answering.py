"""A question answered and rendered, with what its thread keeps of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.answers.conversation import turn_after
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.messages.render import render
from bot.metrics import asked as count_asked
from bot.metrics import stage
from bot.questions import understand
from bot.questions.question import Question, Unresolved
from bot.questions.turn import Turn
from bot.words import speak
from handlers.worker import FairWorker


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, its message, and what the thread keeps of it (None: what it kept before)."""

    answer: Answer
    message: Message
    turn: Turn | None

    @property
    def is_help(self) -> bool:
        """Whether it says how to ask."""
        return self.answer.question is not None and self.answer.question.view == "help"

    @property
    def understood(self) -> bool:
        """Whether it is to a question we know how to take, though there may be no figure for it."""
        return self.answer.understood

    @property
    def kept(self) -> str | None:
        """What the thread keeps, serialised."""
        return self.turn.to_json() if self.turn else None


def reply_to_text(text: str, before: Turn, record: Dataset) -> Reply:
    """The reply to a typed text, in a thread that keeps `before`."""
    with stage("parse"):
        asked = understand(text, record=record, last=before.question, offered=before.offered)
    return reply_to(asked, before, record)


def reply_to(asked: Question | Unresolved, before: Turn, record: Dataset) -> Reply:
    """The reply to a question, or to what did not resolve."""
    with stage("look_up"):
        answer = respond(asked, record)
    with stage("render"):
        message = render(answer)
    return Reply(answer, message, turn_after(answer, before))


async def answered(work: Callable[[], Reply], person: str, worker: FairWorker) -> Reply:
    """Works a reply out beside the loop. What is said around it from here on is in its language."""
    reply = await worker.run(person, work)
    speak(reply.answer.language)
    count_asked(reply.answer.outcome, reply.answer.question.view if reply.answer.question else "")
    return reply


def pressed_question(value: str, record: Dataset) -> Question:
    """Parses the question of a pressed button; StoredValueError where it is none of ours."""
    return on_record(Question.from_json(value), record)


def on_record(question: Question, record: Dataset) -> Question:
    """The question; StoredValueError where one of its series is not among the record's."""
    if unknown := set(question.commodities) - set(record.catalogue):
        raise StoredValueError(f"There is no series {', '.join(sorted(unknown))} in the data.")
    return question
