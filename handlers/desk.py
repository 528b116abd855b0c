"""What every listener works with in one workspace: text or a question in, a reply out."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.feedback import Feedback
from bot.metrics import asked
from bot.people import People
from bot.posts.alerts.alert_service import AlertService
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions
from bot.questions.overheard import Overheard, overheard
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.settings import Settings
from bot.slack.client import Identity
from bot.slack.contexts import Contexts
from bot.slack.inbox import Inbox, Request
from bot.slack.threads import Threads
from bot.words import say, speak
from handlers.answering import Reply, on_record, reply_to, reply_to_text
from handlers.fairness import FairWorker, RateLimit
from handlers.places import Places

NOTHING = Turn()

log = logging.getLogger(__name__)


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
    subscriptions: Subscriptions
    ledger: Ledger
    alerts: AlertService
    feedback: Feedback
    people: People
    worker: FairWorker
    request: Request | None = None

    @property
    def asked(self) -> Request:
        """The request that is worked on."""
        assert self.request
        return self.request

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
        left = self.request is not None and self.request.left
        return left or await self.inbox.is_first_press(self.team, place, button)

    def recalled(self, kept: str) -> tuple[Turn, str]:
        """What a thread keeps, and the sentence for where that cannot be read: then nothing."""
        try:
            turn = Turn.from_json(kept)
            for question in (*turn.shown, *turn.offered):
                on_record(question, self.record)
            return turn, ""
        except StoredValueError:
            log.warning("thread_not_readable", exc_info=True)
            return NOTHING, say("replies.older_thread")

    def overheard(self, text: str) -> Overheard:
        """What a text holds that may not be meant for us."""
        return overheard(text, self.record)


Next = Callable[[], Awaitable[BoltResponse | None]]
# The desk of a workspace; LookupError where there is none.
DeskOf = Callable[[str], Awaitable[Desk]]
