"""What commands, mentions, replies and buttons share: text in, answer out, sent with its question."""

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
from bot.questions.overheard import Overheard, overheard
from bot.questions.question import Question
from bot.settings import Settings
from bot.slack import Identity, send
from bot.threads.context import Threads, question_metadata
from bot.threads.inbox import Asked, Inbox
from handlers.notes import STARTED_OVER
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

    def overheard(self, text: str) -> Overheard:
        """What a text holds that may not be meant for us."""
        return overheard(text, self.dataset.on(self.settings.today()))

    async def reply(self, asked: Asked, text: str, last: str) -> None:
        """Answers a message in its thread, where `last` is the question before it, and writes that down."""
        answer = self.answer(text, last)
        message, question = render(answer), question_words(answer)
        if is_help(answer) and self.overheard(text).reset:
            message, question = STARTED_OVER, ""
        # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
        self.threads.remember(asked.thread, question, asked.ts)
        metadata = question_metadata(question, asked.ts)
        await send(self.client, asked.channel, message, thread_ts=asked.thread_ts, metadata=metadata)
        await self.inbox.answered(asked)


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
