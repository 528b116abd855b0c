"""The one path that commands, mentions and replies share: text in, answer out, sent with its question."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.answer import Answer
from bot.answers.respond import respond as answer_to
from bot.dataset.dataset import Dataset
from bot.errors import InternalError
from bot.messages.blocks import render
from bot.messages.message import Message
from bot.questions import understand, words
from bot.questions.question import Question
from bot.settings import Settings
from bot.slack import Identity, send
from bot.threads.context import Thread, Threads, question_metadata
from bot.threads.inbox import Inbox
from handlers.sharing import Sharing


class ResponseRefusedError(InternalError):
    """Slack did not take what was said to one person: too late, too often, or in a wrong form."""


UNDERSTOOD = ("answered", "no_figure", "outside")


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

    def answer(self, text: str, last: str = "") -> Answer:
        """The answer to a text, read as a follow-up where the thread's last question is given."""
        record = self.dataset.on(self.settings.today())
        before = understand(last, record=record) if last else None
        asked = understand(text, record=record, last=before if isinstance(before, Question) else None)
        return answer_to(asked, record)

    async def post(self, answer: Answer, message: Message, channel: str, thread_ts: str | None = None) -> str:
        """Sends an answer where everybody there can read it, with its question for follow-ups; its ts."""
        question = question_words(answer)
        metadata = question_metadata(question) if question else None
        return await send(self.client, channel, message, thread_ts=thread_ts, metadata=metadata)

    async def reply(self, answer: Answer, thread: Thread) -> None:
        """Sends an answer into a thread and remembers what was asked there."""
        await self.post(answer, render(answer), thread.channel, thread.ts)
        self.threads.remember(thread, question_words(answer))


def understood(answer: Answer) -> bool:
    """Whether the text was a question we know how to take, though there may be no figure for it."""
    return answer.outcome in UNDERSTOOD


def is_help(answer: Answer) -> bool:
    """Whether the answer says how to ask."""
    return answer.question is not None and answer.question.view == "help"


def question_words(answer: Answer) -> str | None:
    """The question that a follow-up builds on; None where the answer has none."""
    return words(answer.question) if answer.question and not is_help(answer) else None


async def whisper(respond: AsyncRespond, message: Message) -> None:
    """Sends a message that only the asker sees, through the command's response_url."""
    answer = await respond(
        text=message.text,
        blocks=list(message.blocks) or None,
        response_type="ephemeral",
        unfurl_links=False,
        unfurl_media=False,
    )
    if answer.status_code != 200:
        raise ResponseRefusedError(f"Slack refuses the answer to a response_url: {answer.body}")
