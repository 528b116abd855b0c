"""What commands, mentions, replies and buttons share: text in, answer out, sent with its question."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import ClientError
from slack_bolt.async_app import AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.feedback import Feedback
from bot.messages.blocks import noted
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.people import People
from bot.posts.alerts.alert_service import AlertService
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions
from bot.questions.overheard import Overheard, overheard
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.settings import Settings
from bot.slack.client import Identity
from bot.slack.errors import error_of
from bot.slack.inbox import Inbox, Request
from bot.slack.once import post_once, retry
from bot.slack.private_answers import PrivateAnswers
from bot.slack.sending import Sent, attach, respond_alone, revise, send, whisper
from bot.slack.threads import Threads
from bot.slack.transcript import UNREAD, Said, Transcript, question_metadata, question_of
from bot.words import say
from handlers.answering import Reply, answered, on_record, reply_to, reply_to_text
from handlers.notes import NO_ENTRY, edited, why_refused
from handlers.pace import Pace
from handlers.sharing import Sharing
from handlers.worker import FairWorker

NOTHING = Turn()
# Of the five times that a response_url may be used; the rest is for an apology.
WHISPER_PAUSES_SECONDS = (1.0, 15.0, 120.0)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a handler works with, in one workspace."""

    settings: Settings
    dataset: Dataset
    client: AsyncWebClient
    identity: Identity
    threads: Threads
    private: PrivateAnswers
    inbox: Inbox
    pace: Pace
    sharing: Sharing
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

    def team_of(self, context: AsyncBoltContext) -> str:
        """The workspace that a request comes from; ours where Slack does not say."""
        return context.team_id or self.identity.team_id

    @property
    def record(self) -> Dataset:
        """The dataset of the day that the bot lives on."""
        return self.dataset.on(self.settings.today())

    async def answer(self, text: str, user: str, before: Turn = NOTHING, *, addressed: bool = True) -> Reply:
        """Returns the reply to a typed text, read as a follow-up of what the thread keeps."""
        work = partial(reply_to_text, text, before, self.record, addressed=addressed)
        return await answered(work, user, self.worker)

    async def answer_question(self, question: Question, user: str) -> Reply:
        """Returns the reply to the question of a button."""
        return await answered(partial(reply_to, question, NOTHING, self.record), user, self.worker)

    async def is_first_press(self, place: str, button: str) -> bool:
        """Whether nobody has pressed that button in the last seconds; a press that was left is its own."""
        team = self.identity.team_id
        left = self.request is not None and self.request.left
        return left or await self.inbox.is_first_press(team, place, button)

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

    async def reply(
        self, user: str, text: str, last: str, thread: Transcript = UNREAD, *, addressed: bool = True
    ) -> None:
        """Answers a user's message in its thread, which keeps `last`; what is not for us stays unanswered."""
        before, unread = self.recalled(last)
        reply = await self.answer(text, user, before, addressed=addressed)
        if reply.is_silent:
            return await self.keep(thread)
        if thread.answer_to(self.asked.ts) and (reply.is_help or not reply.understood):
            return await self.keep(thread)
        message, question = reply.message, reply.kept
        if reply.starts_over:
            message, question = Message(say("replies.started_over"), ()), ""
        message = noted(message, unread) if unread else message
        return await self.put(with_controls(message, user), user, question, thread)

    async def keep(self, thread: Transcript) -> None:
        """Notes below an answer whose message was edited that the text now has none for the thread."""
        if old := thread.answer_to(self.asked.ts):
            await self._revise(old, edited(old), question_of(old), thread)

    async def put(self, shown: Message, user: str, question: str | None, thread: Transcript = UNREAD) -> None:
        """Posts what a message is answered with in its thread, in the place of its answer where one stands
        in the thread as it was read; to its writer alone where the channel is closed to us.
        """
        if old := thread.answer_to(self.asked.ts):
            return await self._revise(old, shown, question, thread)
        try:
            return await self._post(shown, question, thread)
        except SlackApiError as refusal:
            self.threads.forget(self.asked.thread)
            if error_of(refusal) not in NO_ENTRY:
                raise
            note = why_refused(error_of(refusal), "", self.identity.name)
            return await self.tell(user, noted(shown, note))

    async def _revise(self, old: Said, shown: Message, question: str | None, thread: Transcript) -> None:
        asked = self.asked
        metadata = question_metadata(question, asked.ts, thread.edit_of(asked.ts))
        await retry(partial(revise, self.client, asked.channel, old["ts"], shown, metadata=metadata))
        self.threads.revised(asked.thread, {**old, "metadata": metadata})
        await attach(self.client, Sent(asked.channel, old["ts"]), shown, asked.thread.posted_in, metadata)

    async def _post(self, shown: Message, question: str | None, thread: Transcript) -> None:
        asked = self.asked
        metadata = question_metadata(question, asked.ts, thread.edit_of(asked.ts))
        # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
        self.threads.remember(asked.thread, question, asked.ts)
        place = asked.thread.posted_in
        post = partial(send, self.client, asked.channel, shown, thread_ts=place, metadata=metadata)
        # A thread that was read just now needs no second look.
        sent = await post_once(
            post, self._standing, self.inbox.lease, left=asked.left and not thread.messages
        )
        await attach(self.client, sent, shown, place, metadata)

    async def _standing(self) -> Sent | None:
        """Where the answer to the message stands, if it does."""
        answer = (await self.threads.read(self.asked.thread, self.asked.ts)).answer_to(self.asked.ts)
        return Sent(self.asked.channel, str(answer["ts"])) if answer else None

    async def tell(self, user: str, message: Message) -> None:
        """Shows a message's writer alone something beside it; in their conversation with us where that is
        closed too. Nobody can look for it, so it is not sent twice.
        """
        asked = self.asked
        await self.inbox.unseen(asked)
        beside = partial(whisper, self.client, asked.channel, user, message, thread_ts=asked.shown_in)
        try:
            await retry(beside)
        except SlackApiError as refusal:
            if error_of(refusal) not in NO_ENTRY:
                raise
            await retry(partial(send, self.client, user, message))

    async def whisper(
        self, respond: AsyncRespond, message: Message, *, thread_ts: str | None = None, instead: bool = False
    ) -> None:
        """Sends what only the asker sees through the response_url of a command, a press or a shortcut.

        `instead`: in the place of the message that was pressed, which only they saw as well. Nobody can look
        for such a message: where Slack gives no word of it, they are told to ask again if they lack it.
        """
        if message.file:
            message = noted(message, say("replies.file_elsewhere", name=message.file.name))
        if self.request:
            await self.inbox.unseen(self.request)
        url = str(respond.response_url)
        show = partial(respond_alone, self.client, url, message, thread_ts=thread_ts, instead=instead)
        try:
            await retry(show, WHISPER_PAUSES_SECONDS, unsure=False)
        except (ClientError, TimeoutError):
            line = Message(say("replies.if_no_answer"), ())
            await retry(partial(respond_alone, self.client, url, line))


Next = Callable[[], Awaitable[object]]
# The desk of a workspace; LookupError where there is none.
DeskOf = Callable[[str], Awaitable[Desk]]
