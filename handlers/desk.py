"""What every listener works with in one workspace: text or a question in, a reply out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.answer import Answer
from bot.answers.conversation import answer_to, turn_after
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.feedback import Feedback
from bot.messages.message import Message
from bot.messages.render import render
from bot.metrics import asked, stage
from bot.people import People
from bot.posts.courier import Person
from bot.posts.order_service import OrderService
from bot.questions import understand
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.settings import Settings
from bot.slack.client import Identity
from bot.slack.contexts import Contexts
from bot.slack.inbox import Inbox, Request
from bot.slack.threads import Threads
from bot.store.figures import Figures
from bot.words import say, speak
from handlers.fairness import FairWorker, RateLimit
from handlers.places import Places

NOTHING, NO_REQUEST = Turn(), Request("", "", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, its message, and what the thread keeps of it, serialised: None for what it kept before, ''
    where it starts over.
    """

    answer: Answer
    message: Message
    kept: str | None

    @property
    def is_for_all(self) -> bool:
        """Whether it answers a question, though there may be no figure for it, and is no help."""
        is_help = self.answer.question is not None and self.answer.question.view == "help"
        return self.answer.understood and not is_help


@dataclass(frozen=True, slots=True)
class Desk:
    """What a handler works with, in one workspace."""

    settings: Settings
    dataset: Dataset
    client: AsyncWebClient
    identity: Identity
    threads: Threads
    contexts: Contexts
    inbox: Inbox
    rate_limit: RateLimit
    places: Places
    orders: OrderService
    feedback: Feedback
    people: People
    figures: Figures
    owner: Person | None
    worker: FairWorker
    asked: Request = NO_REQUEST  # that is worked on

    @property
    def team(self) -> str:
        """The workspace that the bot sits in."""
        return self.identity.team_id

    def team_of(self, context: AsyncBoltContext) -> str:
        """The workspace that a request comes from; ours where Slack does not say."""
        return context.team_id or self.team

    @property
    def record(self) -> Dataset:
        """The dataset of the day that the bot lives on."""
        return self.dataset.on(self.settings.today())

    async def answer(self, text: str, user: str, before: Turn = NOTHING, *, addressed: bool = True) -> Reply:
        """Returns the reply to a typed text, read as a follow-up of what the thread keeps."""
        work = partial(reply_to_text, text, before, self.record, addressed=addressed)
        return await self._worked_out(work, user)

    async def answer_question(self, question: Question, user: str) -> Reply:
        """Returns the reply to the question of a button."""
        return await self._worked_out(partial(reply_to, question, self.record), user)

    async def _worked_out(self, work: Callable[[], Reply], user: str) -> Reply:
        """What is said around it from here on is in its language."""
        reply = await self.worker.run(user, work)
        speak(reply.answer.language)
        asked(reply.answer.outcome, reply.answer.question.view if reply.answer.question else "")
        return reply

    async def is_first_press(self, place: str, button: str) -> bool:
        """Whether nobody has pressed that button in the last seconds; a press that was left is its own."""
        return self.asked.left or await self.inbox.is_first_press(self.team, place, button)

    def recalled(self, kept: str) -> tuple[Turn, str]:
        """What a thread keeps, and the sentence for where that cannot be read: then nothing."""
        try:
            turn = Turn.from_json(kept)
            for question in (*turn.shown, *turn.offered):
                on_record(question, self.record)
            return turn, ""
        except StoredValueError:
            return NOTHING, say("replies.older_thread")


def reply_to_text(text: str, before: Turn, record: Dataset, *, addressed: bool = True) -> Reply:
    """The reply to a typed text, in a thread that keeps `before`; `addressed`: it was said to us."""
    with stage("parse"):
        reading = understand(text, record=record, shown=before, addressed=addressed)
    with stage("look_up"):
        answer = answer_to(reading, record)
    after = turn_after(reading, answer, before)
    starts_over = reading.reason is not None and reading.reason.kind == "reset"
    kept = after.to_json() if after and after != before else None
    return _rendered(answer, "" if starts_over else kept)


def reply_to(asked: Question, record: Dataset) -> Reply:
    """The reply to the question of a button."""
    with stage("look_up"):
        answer = respond(asked, record)
    shown = (answer.question,) if answer.question and answer.question.pairs else ()
    return _rendered(answer, Turn().answered(shown).to_json() if shown else None)


def _rendered(answer: Answer, kept: str | None) -> Reply:
    with stage("render"):
        return Reply(answer, render(answer), kept)


def pressed_question(value: str, record: Dataset) -> Question:
    """Parses the question of a pressed button; StoredValueError where it is none of ours."""
    return on_record(Question.from_json(value), record)


def on_record(question: Question, record: Dataset) -> Question:
    """The question; StoredValueError where one of its series is not among the record's."""
    if unknown := set(question.commodities) - set(record.catalogue):
        raise StoredValueError(f"There is no series {', '.join(sorted(unknown))} in the data.")
    return question


Next = Callable[[], Awaitable[BoltResponse | None]]
# The desk of a workspace; LookupError where there is none.
DeskOf = Callable[[str], Awaitable[Desk]]
