"""What commands, mentions, replies and buttons share: text in, answer out, sent with its question."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.reading import ParsedAlert, read
from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.fallback import place_of
from bot.feedback import Feedback
from bot.messages.blocks import noted
from bot.messages.controls import with_controls
from bot.messages.message import Message
from bot.people import People
from bot.posts.alerts.alert_service import AlertService
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions
from bot.questions.commands import command_in
from bot.questions.overheard import ADDRESSED, Overheard, overheard
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.sending import Sent, attach, respond_alone, revise, send
from bot.settings import Settings
from bot.slack import Identity
from bot.threads.context import UNREAD, Transcript, question_metadata, question_of
from bot.threads.inbox import Asked, Inbox
from bot.threads.private import PrivateAnswers
from bot.threads.threads import Threads
from bot.words import say
from handlers.answering import Reply, answered, on_record, reply_to, reply_to_text
from handlers.notes import edited
from handlers.pace import Pace
from handlers.retry import WHISPER_WAITS_SECONDS, post_once, retry
from handlers.sharing import Sharing

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
    private: PrivateAnswers
    inbox: Inbox
    pace: Pace
    sharing: Sharing
    subscriptions: Subscriptions
    ledger: Ledger
    alerts: AlertService
    feedback: Feedback
    people: People

    def team_of(self, context: AsyncBoltContext) -> str:
        """The workspace that a request comes from; ours where Slack does not say."""
        return context.team_id or self.identity.team_id

    @property
    def record(self) -> Dataset:
        """The dataset of the day that the bot lives on."""
        return self.dataset.on(self.settings.today())

    async def answer(self, text: str, before: Turn = NOTHING) -> Reply:
        """The reply to a typed text, read as a follow-up of what the thread keeps."""
        return await answered(partial(reply_to_text, text, before, self.record))

    async def answer_question(self, question: Question) -> Reply:
        """The reply to the question of a button."""
        return await answered(partial(reply_to, question, NOTHING, self.record))

    def recalled(self, kept: str) -> tuple[Turn, str]:
        """What a thread keeps, and the sentence for where that cannot be read: then nothing."""
        try:
            turn = Turn.from_json(kept)
            for question in (turn.question, *turn.offered):
                on_record(question, self.record) if question else None
            return turn, ""
        except StoredValueError:
            log.warning("thread_not_readable", exc_info=True)
            return NOTHING, say("replies.older_thread")

    def overheard(self, text: str) -> Overheard:
        """What a text holds that may not be meant for us; what asks for an alert in full is."""
        if command_in(text) == "alert" and self._is_whole_alert(text):
            return ADDRESSED
        return overheard(text, self.record)

    def _is_whole_alert(self, text: str) -> bool:
        """Whether it holds a condition, after whichever question it comes."""
        name, series = next(iter(self.record.catalogue.items()))
        any_question = Question.of((name,), series.flows[:1], view="trend")
        return isinstance(read(text, self.record, any_question), ParsedAlert)

    async def reply(self, asked: Asked, user: str, text: str, last: str, thread: Transcript = UNREAD) -> None:
        """Answers a user's message in its thread, which keeps `last`, and writes that down. A file comes
        after that: an answer is not sent twice for its sake.
        """
        before, unread = self.recalled(last)
        reply = await self.answer(text, before)
        if thread.answer_to(asked.ts) and (reply.is_help or not reply.understood):
            return await self.keep(asked, thread)
        message, question = reply.message, reply.kept
        if reply.is_help and self.overheard(text).reset:
            message, question = Message(say("replies.started_over"), ()), ""
        message = noted(message, unread) if unread else message
        await self.put(asked, with_controls(message, user), question, thread)
        if message.file:
            await attach(self.client, asked.channel, asked.thread_ts, message.file)
        return None

    async def keep(self, asked: Asked, thread: Transcript) -> None:
        """An answer whose message was edited, where the text now has none for the thread: noted below it."""
        if old := thread.answer_to(asked.ts):
            await self.put(asked, edited(old), question_of(old), thread)

    async def put(
        self, asked: Asked, shown: Message, question: str | None, thread: Transcript = UNREAD
    ) -> None:
        """Posts what a message is answered with in its thread, in the place of its answer where one stands
        in the thread as it was read; and writes that down.
        """
        metadata = question_metadata(question, asked.ts, thread.edit_of(asked.ts))
        if old := thread.answer_to(asked.ts):
            await revise(self.client, asked.channel, old["ts"], shown, metadata=metadata)
            await self.threads.revised(asked.thread, {**old, "metadata": metadata})
        else:
            await self._post(asked, shown, question, metadata)
        await self.inbox.answered(asked)

    async def _post(
        self, asked: Asked, shown: Message, question: str | None, metadata: Mapping[str, Any]
    ) -> None:
        # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
        edited_since = "edited" in metadata["event_payload"]
        self.threads.remember(asked.thread, question, asked.ts, edited=edited_since)
        post = partial(send, self.client, asked.channel, shown, thread_ts=asked.thread_ts, metadata=metadata)
        await post_once(post, partial(self._standing, asked))

    async def _standing(self, asked: Asked) -> Sent | None:
        """Where the answer to a message stands, if it does."""
        answer = (await self.threads.read(asked.thread, asked.ts)).answer_to(asked.ts)
        return Sent(asked.channel, str(answer["ts"])) if answer else None

    async def whisper(
        self, respond: AsyncRespond, message: Message, *, thread_ts: str | None = None, instead: bool = False
    ) -> None:
        """Sends what only the asker sees through the response_url of a command, a press or a shortcut.

        `instead`: in the place of the message that was pressed, which only they saw as well. Nobody can look
        for such a message: where Slack's answer to it is lost, they see it twice rather than not at all.
        """
        if message.file:
            message = noted(message, say("replies.file_elsewhere", name=message.file.name))
        place = place_of(self.client)
        respond_once = partial(respond_alone, respond, message, place, thread_ts=thread_ts, instead=instead)
        await retry(respond_once, WHISPER_WAITS_SECONDS)


# The desk of a workspace; LookupError where there is none.
DeskOf = Callable[[str], Awaitable[Desk]]
