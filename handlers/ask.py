"""What commands, mentions, replies and buttons share: text in, answer out, sent with its question."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.reading import Reading, read
from bot.dataset.dataset import Dataset
from bot.feedback import Feedback
from bot.messages.blocks import noted
from bot.messages.controls import with_controls
from bot.messages.message import Message
from bot.metrics import asked as count_asked
from bot.people import People
from bot.posts.alerts.keeper import Keeper
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions
from bot.questions.commands import command_in
from bot.questions.overheard import ADDRESSED, Overheard, overheard
from bot.sending import Sent, attach, respond_alone, revise, send
from bot.settings import Settings
from bot.shaping import place_of
from bot.slack import Identity
from bot.threads.context import UNREAD, Transcript, question_metadata, question_of
from bot.threads.inbox import Asked, Inbox
from bot.threads.threads import Threads
from bot.words import say, speak
from handlers.again import WHISPER_WAITS_SECONDS, again, once
from handlers.notes import edited
from handlers.pace import Pace
from handlers.sharing import Sharing
from handlers.told import Answers, Told

ANY = "alumina exports"  # a question that an alert may come after, whichever it is


@dataclass(frozen=True, slots=True)
class Desk:
    """What a handler works with, in one workspace."""

    settings: Settings
    dataset: Dataset
    client: AsyncWebClient
    identity: Identity
    threads: Threads
    inbox: Inbox
    pace: Pace
    sharing: Sharing
    answers: Answers
    subscriptions: Subscriptions
    ledger: Ledger
    alerts: Keeper
    feedback: Feedback
    people: People

    def team_of(self, context: AsyncBoltContext) -> str:
        """The workspace that a request comes from; ours where Slack does not say."""
        return context.team_id or self.identity.team_id

    async def answer(self, text: str, last: str = "") -> Told:
        """The answer to a text, read as a follow-up where the thread's last question is given. What is said
        around it from here on is in its language.
        """
        told = await self.answers.to(text, last, self.settings.today())
        speak(told.answer.language)
        count_asked(told.answer.outcome, told.view)
        return told

    def overheard(self, text: str) -> Overheard:
        """What a text holds that may not be meant for us; what asks for an alert in full is."""
        record = self.dataset.on(self.settings.today())
        if command_in(text) == "alert" and isinstance(read(text, record, ANY), Reading):
            return ADDRESSED
        return overheard(text, record)

    async def reply(self, asked: Asked, user: str, text: str, last: str, thread: Transcript = UNREAD) -> None:
        """Answers a user's message in its thread, where `last` is the question before it, and writes that
        down. A file comes after that: an answer is not sent twice for its sake.
        """
        told = await self.answer(text, last)
        if thread.answer_to(asked.ts) and (told.is_help or not told.understood):
            return await self.keep(asked, thread)
        message, question = told.message, told.question
        if told.is_help and self.overheard(text).reset:
            message, question = Message(say("replies.started_over"), ()), ""
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
        await once(post, partial(self._standing, asked))

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
        await again(respond_once, WHISPER_WAITS_SECONDS)


# The desk of a workspace; LookupError where there is none.
DeskOf = Callable[[str], Awaitable[Desk]]
