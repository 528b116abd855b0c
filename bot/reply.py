"""What is said to a text, or to a button's question: pure, and small enough to come from another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter

from bot.answers.answer import Answer, Outcome
from bot.answers.behind import printed
from bot.answers.conversation import answer_to, turn_after
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.messages.blocks import Block, Message
from bot.messages.buttons import next_asks, offered
from bot.messages.details import details_view
from bot.messages.modal import View
from bot.messages.render import render
from bot.questions import understand
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.words import Language

NOTHING = Turn()


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Reply:
    """An answer's message, and what else is asked of the answer once it is worked out.

    `kept` is what the thread keeps of it, serialised: None for what it kept before, '' where it starts over.
    `question` is what it answers, serialised; '' for none.
    `is_for_all`: it answers a question, though there may be no figure for it, and is no help.
    """

    message: Message
    kept: str | None
    outcome: Outcome
    language: Language
    view: str
    question: str
    has_figures: bool
    is_for_all: bool
    seconds: Mapping[str, float] = field(compare=False)


def reply_to_text(text: str, before: Turn, record: Dataset, *, addressed: bool = True) -> Reply:
    """The reply to a typed text, in a thread that keeps `before`; `addressed`: it was said to us."""
    begun = perf_counter()
    reading = understand(text, record=record, shown=before, addressed=addressed)
    read = perf_counter()
    answer = answer_to(reading, record)
    after = turn_after(reading, answer, before)
    starts_over = reading.reason is not None and reading.reason.kind == "reset"
    kept = after.to_json() if after and after != before else None
    kept = "" if starts_over else kept
    return _rendered(answer, kept, {"parse": read - begun, "look_up": perf_counter() - read})


def reply_to(asked: Question, record: Dataset) -> Reply:
    """The reply to the question of a button."""
    begun = perf_counter()
    answer = respond(asked, record)
    shown = (answer.question,) if answer.question and answer.question.pairs else ()
    kept = Turn().answered(shown).to_json() if shown else None
    return _rendered(answer, kept, {"look_up": perf_counter() - begun})


def _rendered(answer: Answer, kept: str | None, seconds: Mapping[str, float]) -> Reply:
    begun, question = perf_counter(), answer.question
    message = render(answer)
    return Reply(
        message,
        kept,
        answer.outcome,
        answer.language,
        question.view if question else "",
        question.to_json() if question else "",
        has_figures=bool(answer.figures),
        is_for_all=answer.understood and not (question and question.view == "help"),
        seconds={**seconds, "render": perf_counter() - begun},
    )


def asks_after(question: Question, record: Dataset) -> list[Block]:
    """Buttons for all that may be asked after the answer to a question."""
    return list(offered(next_asks([respond(question, record)]), record.catalogue))


def explained(question: Question, record: Dataset) -> View | None:
    """The modal that explains the answer to a question; None where that shows no figure."""
    found = printed(respond(question, record), record)
    return details_view(found) if found.answer.figures else None
