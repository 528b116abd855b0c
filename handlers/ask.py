"""What commands, mentions, replies and buttons share: text in, answer out, sent with its question."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset
from bot.errors import InternalError
from bot.messages.message import Message
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions
from bot.questions.overheard import Overheard, overheard
from bot.settings import Settings
from bot.slack import Identity, send
from bot.threads.context import Threads, question_metadata
from bot.threads.inbox import Asked, Inbox
from handlers.notes import STARTED_OVER
from handlers.sharing import Sharing
from handlers.told import Answers, Told


class ResponseRefusedError(InternalError):
    """Slack did not take what was said to one person: too late, too often, or in a wrong form."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a handler works with; one for the whole app."""

    settings: Settings
    dataset: Dataset
    client: AsyncWebClient
    identity: Identity
    threads: Threads
    inbox: Inbox
    sharing: Sharing
    answers: Answers
    subscriptions: Subscriptions
    ledger: Ledger

    def answer(self, text: str, last: str = "") -> Told:
        """The answer to a text, read as a follow-up where the thread's last question is given."""
        return self.answers.to(text, last, self.settings.today())

    def overheard(self, text: str) -> Overheard:
        """What a text holds that may not be meant for us."""
        return overheard(text, self.dataset.on(self.settings.today()))

    async def reply(self, asked: Asked, text: str, last: str, edited: str = "") -> None:
        """Answers a message in its thread, where `last` is the question before it, and writes that down."""
        told = self.answer(text, last)
        message, question = told.message, told.question
        if told.is_help and self.overheard(text).reset:
            message, question = STARTED_OVER, ""
        # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
        self.threads.remember(asked.thread, question, asked.ts)
        metadata = question_metadata(question, asked.ts, edited)
        await send(self.client, asked.channel, message, thread_ts=asked.thread_ts, metadata=metadata)
        await self.inbox.answered(asked)


async def whisper(respond: AsyncRespond, message: Message) -> None:
    """Sends a message that only the asker sees, through the response_url of a command or a button."""
    answer = await respond(
        text=message.text,
        blocks=list(message.blocks) or None,
        response_type="ephemeral",
        replace_original=False,
        unfurl_links=False,
        unfurl_media=False,
    )
    if answer.status_code != 200:
        raise ResponseRefusedError(f"Slack refuses the answer to a response_url: {answer.body}")
