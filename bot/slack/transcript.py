"""A thread's last question, as it is read from the metadata of the bot's own messages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

QUESTION_EVENT = "alumina_question"

Said = Mapping[str, Any]  # a message as Slack shows it


@dataclass(frozen=True, order=True, slots=True)
class Thread:
    """A thread by the `ts` of its first message; the flow of a direct message by the channel's id."""

    team: str
    channel: str
    ts: str

    @property
    def is_conversation(self) -> bool:
        """Whether it is the flow of a direct message."""
        return self.ts == self.channel

    @property
    def posted_in(self) -> str | None:
        """The ts of the thread that an answer is posted in; None for the channel itself."""
        return None if self.is_conversation else self.ts


def is_direct(channel: str) -> bool:
    """Whether the channel is a conversation between two."""
    return channel.startswith("D")


def thread_of(team: str, channel: str, ts: str, thread_ts: str | None = None) -> Thread:
    """The thread that a message stands in or begins; a direct message goes on the conversation."""
    if thread_ts in (None, ts):
        thread_ts = channel if is_direct(channel) else ts
    return Thread(team, channel, str(thread_ts))


@dataclass(frozen=True, slots=True)
class Context:
    """A thread as of one of its messages, by what was said and asked before that.

    `question`: the last one, as JSON, '' for none; None where it has to be read in the thread. `upto`: the ts
    of the last message that the bot took up. `in_hand`: one of these is being answered, or its answer edited,
    at this moment.
    """

    is_ours: bool
    question: str | None
    our_turn: bool  # nobody has spoken to others since the bot's last word
    upto: str = ""
    in_hand: bool = False


def question_metadata(question: str | None, **known_by: str) -> dict[str, Any]:
    """The metadata of an answer: the question as JSON, for follow-ups, and what the answer is known by.

    Without one the message leaves the thread's last question as it was; '' clears it. `asked` is the ts of
    what it answers, `edited` that of the last edit which it has taken in; `mark`: where no message asked.
    """
    payload = {"question": question} if question else {"start_over": True} if question == "" else {}
    known = {name: told for name, told in known_by.items() if told}
    return {"event_type": QUESTION_EVENT, "event_payload": payload | known}


def is_answer(message: Said) -> bool:
    """Whether it is an answer to a question, and not a monthly post."""
    return (message.get("metadata") or {}).get("event_type") == QUESTION_EVENT


def with_question(message: Said, question: str | None) -> dict[str, Any]:
    """The metadata of an answer that now is to another question, as JSON; the rest of it stays."""
    metadata = dict(message.get("metadata") or {})
    return metadata | {"event_payload": {**_payload(message), **({"question": question} if question else {})}}


@dataclass(frozen=True, slots=True)
class Transcript:
    """A thread as it was read, oldest message first."""

    messages: Sequence[Said]
    bot: str

    def message(self, ts: str) -> Said | None:
        """The message of that ts, if it still stands."""
        return next((said for said in self.messages if said.get("ts") == ts), None)

    def answer_to(self, ts: str) -> Said | None:
        """The bot's answer to the message of that ts."""
        return self.answer({"asked": ts})

    def answer(self, known_by: Mapping[str, str]) -> Said | None:
        """The bot's message that carries this in its metadata."""
        return next((said for said in self._ours if known_by.items() <= _payload(said).items()), None)

    def edit_of(self, ts: str) -> str:
        """The ts of the last edit of the message of that ts; '' where it stands as it was written."""
        message = self.message(ts) or {}
        return str((message.get("edited") or {}).get("ts") or "")

    def is_settled(self, ts: str) -> bool:
        """Whether the message has its answer, to its text as it stands now."""
        answer = self.answer_to(ts)
        return answer is not None and str(_payload(answer).get("edited") or "") == self.edit_of(ts)

    def as_of(self, ts: str) -> Context:
        """The context of the message of that ts: of two questions the one that was asked later counts."""
        before = [said for said in self.messages if said["ts"] < ts]
        # An answer may come after a message and yet be to one that was written before it.
        answers = sorted((said for said in self._ours if asked_in(said) < ts), key=asked_in)
        questions = [asked for said in answers if (asked := question_of(said)) is not None]
        return Context(
            is_ours=bool(answers),
            question=questions[-1] if questions else "",
            our_turn=bool(before) and before[-1].get("user") == self.bot,
            upto=asked_in(answers[-1]) if answers else "",
        )

    @property
    def _ours(self) -> list[Said]:
        return [said for said in self.messages if said.get("user") == self.bot]


UNREAD = Transcript((), "")  # of a message that is new: nothing answers it yet


def asked_in(message: Said) -> str:
    """The ts of the message that an answer is to: its own where nobody wrote one, as for a command."""
    return str(_payload(message).get("asked") or message.get("ts", ""))


def question_of(message: Said) -> str | None:
    """The question in a message's metadata; '' where it starts over, None where it says nothing of one."""
    payload = _payload(message)
    return "" if payload.get("start_over") else str(payload.get("question") or "") or None


def _payload(message: Said) -> Mapping[str, Any]:
    return (message.get("metadata") or {}).get("event_payload") or {}
