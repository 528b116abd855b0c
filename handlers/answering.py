"""A question answered and rendered, with what its thread keeps of it."""

from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.answers.conversation import answer_to, turn_after
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.messages.render import render
from bot.metrics import stage
from bot.questions import understand
from bot.questions.question import Question
from bot.questions.turn import Turn


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, its message, and what the thread keeps of it (None: what it kept before)."""

    answer: Answer
    message: Message
    turn: Turn | None

    @property
    def kept(self) -> str | None:
        """What the thread keeps, serialised."""
        return self.turn.to_json() if self.turn else None

    @property
    def is_for_all(self) -> bool:
        """Whether it answers a question, though there may be no figure for it, and is no help."""
        is_help = self.answer.question is not None and self.answer.question.view == "help"
        return self.answer.understood and not is_help

    @property
    def starts_over(self) -> bool:
        """Whether the thread is to be forgotten."""
        reading = self.answer.reading
        return reading is not None and reading.reason is not None and reading.reason.kind == "reset"


def reply_to_text(text: str, before: Turn, record: Dataset, *, addressed: bool = True) -> Reply:
    """The reply to a typed text, in a thread that keeps `before`; `addressed`: it was said to us."""
    with stage("parse"):
        reading = understand(text, record=record, shown=before, addressed=addressed)
    with stage("look_up"):
        answer = answer_to(reading, record)
    after = turn_after(reading, answer, before)
    return Reply(answer, _rendered(answer), after if after != before else None)


def reply_to(asked: Question, record: Dataset) -> Reply:
    """The reply to the question of a button."""
    with stage("look_up"):
        answer = respond(asked, record)
    shown = (answer.question,) if answer.question and answer.question.pairs else ()
    return Reply(answer, _rendered(answer), Turn().answered(shown) if shown else None)


def _rendered(answer: Answer) -> Message:
    with stage("render"):
        return render(answer)


def pressed_question(value: str, record: Dataset) -> Question:
    """Parses the question of a pressed button; StoredValueError where it is none of ours."""
    return on_record(Question.from_json(value), record)


def on_record(question: Question, record: Dataset) -> Question:
    """The question; StoredValueError where one of its series is not among the record's."""
    if unknown := set(question.commodities) - set(record.catalogue):
        raise StoredValueError(f"There is no series {', '.join(sorted(unknown))} in the data.")
    return question
