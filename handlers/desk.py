"""What every listener works with in one workspace: text or a question in, a reply out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset, Taught
from bot.errors import StoredValueError
from bot.feedback import Feedback
from bot.metrics import QUESTIONS, STAGES
from bot.people import People, Person
from bot.posts.order_service import OrderService
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.reply import NOTHING, Reply, reply_to, reply_to_text
from bot.settings import Settings
from bot.slack.client import Identity
from bot.slack.contexts import Contexts
from bot.slack.inbox import Inbox, Request
from bot.slack.threads import Threads
from bot.store.figures import Figures
from bot.taught_words import TaughtWords
from bot.words import say, speak
from bot.worker import Worker
from handlers.places import Places
from handlers.rate_limit import RateLimit

NO_REQUEST = Request("", "", "")

T = TypeVar("T")


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
    worker: Worker
    words: TaughtWords
    taught: Taught = ()  # of this workspace
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
        """The dataset of the day that the bot lives on, in the words of the workspace."""
        return self.dataset.on(self.settings.today()).with_words(self.taught)

    async def answer(self, text: str, user: str, before: Turn = NOTHING, *, addressed: bool = True) -> Reply:
        """Returns the reply to a typed text, read as a follow-up of what the thread keeps."""
        return await self._reply(partial(reply_to_text, text, before, addressed=addressed), user)

    async def answer_question(self, question: Question, user: str) -> Reply:
        """Returns the reply to the question of a button."""
        return await self._reply(partial(reply_to, question), user)

    async def worked_out(self, work: Callable[[Dataset], T], user: str) -> T:
        """Returns what some work on the record comes to, in its turn."""
        return await self.worker.run(user, partial(_spoken, self.taught, work) if self.taught else work)

    async def _reply(self, work: Callable[[Dataset], Reply], user: str) -> Reply:
        """What is said around it from here on is in its language."""
        reply = await self.worked_out(work, user)
        speak(reply.language)
        QUESTIONS(reply.outcome, reply.view).inc()
        for stage, spent in reply.seconds.items():
            STAGES(stage).observe(spent)
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


def _spoken(taught: Taught, work: Callable[[Dataset], T], dataset: Dataset) -> T:
    return work(dataset.with_words(taught))


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
