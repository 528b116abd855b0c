"""From a text to what is told, and a memory of it: a room asks for the same month many times a day."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.messages.message import Message, kept_ready
from bot.messages.render import render
from bot.metrics import stage
from bot.questions import remembered, understand
from bot.questions.offered import kept, recalled, understand_after
from bot.questions.question import Question
from bot.threads.cache import Cache
from bot.words import Language, language, speaking

REMEMBERED = 2_000
LONGEST = 200  # characters of a text that is worth remembering; what is longer is hardly asked twice

# Cheaper to look for than the text is to read, and never short of what it may say.
_OTHER_DAYS = re.compile(
    r"\bas (?:of|at|we|it|they|was|were|known|knew|seen|on|stood|first|initially|originally|pub|rep|pri|rec)"
    r"|said|say|t[eo]l[ld]|quote|report|publish|print|kn[eo]w|revis|vintage|version|correct|restate|since"
    r"|initial|original|first |截|初|修|版|改|说|讲|公布|发布|报",
    re.IGNORECASE,
)
Key = tuple[str, str, date, int, Language]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, its message, and the words that a follow-up builds on (None: it has none; see `offered`)."""

    answer: Answer
    message: Message
    question: str | None

    @property
    def is_help(self) -> bool:
        """Whether it says how to ask."""
        return self.answer.question is not None and self.answer.question.view == "help"

    @property
    def view(self) -> str:
        """The kind of answer that was asked for; '' where that was not understood."""
        return self.answer.question.view if self.answer.question else ""

    @property
    def understood(self) -> bool:
        """Whether the text was a question we know how to take, though there may be no figure for it."""
        return self.answer.understood


class Answers:
    """Answers of one record. The same text after the same question on the same day is told the same."""

    def __init__(self, dataset: Dataset, size: int = REMEMBERED) -> None:
        self._dataset = dataset
        self._known: Cache[Key, Told] = Cache(size)

    async def to(self, text: str, last: str, today: date) -> Told:
        """What is told to a text, where `last` is the question before it in its thread.

        What may rest on another day's knowledge is worked out beside the loop, as that can take longer.
        """
        key = (text, last, today, self._dataset.on(today).record.version, language())
        if known := self._known.get(key):
            return known
        if may_take_long(text, last):
            told = await asyncio.to_thread(self.worked_out, text, last, today)
        else:
            told = self.worked_out(text, last, today)
        if len(text) <= LONGEST:
            told = replace(told, message=kept_ready(told.message))
            self._known.put(key, told)
        return told

    def worked_out(self, text: str, last: str, today: date) -> Told:
        """The same, without the memory."""
        record = self._dataset.on(today)
        before_words, offered = recalled(last)
        before = understand(before_words, record=record) if before_words else None
        known = before if isinstance(before, Question) else None
        with stage("parse"):
            understood = understand_after(text, record=record, last=known, offered=offered)
        with stage("look_up"):
            answer = respond(understood, record)
        with stage("render"):
            message = render(answer)
        return Told(answer, message, _to_remember(answer, before_words))


def may_take_long(text: str, last: str) -> bool:
    """Whether a text, after the last question, may speak of what was known on another day, or be revised."""
    return _OTHER_DAYS.search(f"{text} {last}") is not None


def _to_remember(answer: Answer, before: str) -> str | None:
    """The question, or, where others were offered instead, these after the one before."""
    question = answer.question
    if question is None:
        return kept(before, answer.suggestions) if answer.suggestions else None
    with speaking(answer.language):
        return None if question.view == "help" else remembered(question, answer.catalogue)
