"""What a person pressed or chose in a message; and the message itself, as Slack has it now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.questions import words
from bot.questions.question import Question
from bot.slack.transcript import Said, Thread, thread_of
from bot.words import speaking
from handlers.delivery import Asker
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, and where. `value` came through Slack's client: it is parsed and checked.

    `ts` is the message's, `thread_ts` that of the thread it stands in below another message. `shown` is the
    message as Slack sent it along; empty for one that only the presser sees (`alone`).
    """

    team: str
    channel: str
    channel_name: str
    user: str
    ts: str
    thread_ts: str | None
    action_id: str
    value: str
    trigger_id: str
    alone: bool
    shown: Said

    def asking(self, text: str) -> Asker:
        """The presser as one who asks that, in the message's thread or else its channel."""
        return Asker(self.team, self.channel, self.channel_name, self.user, text, self.thread_ts)

    @property
    def thread(self) -> Thread:
        """The thread of the message, which it may begin itself."""
        return thread_of(self.team, self.channel, self.ts, self.thread_ts)

    async def standing(self, desk: Desk) -> Said | None:
        """The message as it stands now; None where it is gone, is not ours, or only one person sees it."""
        said = None if self.alone else await desk.threads.message(self.thread, self.ts)
        return said if said and said.get("user") == desk.identity.user_id else None


def press_of(body: Mapping[str, Any], action: Mapping[str, Any], team: str) -> Press:
    """The press that a payload tells of. An ephemeral message has no `message` in it, only its place."""
    container, shown = body["container"], body.get("message") or {}
    thread_ts = container.get("thread_ts") or shown.get("thread_ts")
    return Press(
        team=team,
        channel=body["channel"]["id"],
        channel_name=body["channel"].get("name", ""),
        user=body["user"]["id"],
        ts=container["message_ts"],
        thread_ts=thread_ts if thread_ts != container["message_ts"] else None,
        action_id=action["action_id"],
        value=_value(action),
        trigger_id=body.get("trigger_id", ""),
        alone=bool(container.get("is_ephemeral")) or not shown,
        shown=shown,
    )


def _value(action: Mapping[str, Any]) -> str:
    return str((action.get("selected_option") or action).get("value") or "")


def words_of(question: Question, desk: Desk) -> str:
    """The words of a question in its own language."""
    with speaking(question.language):
        return words(question, desk.record.catalogue)


def values_in(message: Said, action_id: str) -> set[str]:
    """The values that an element of the message offers."""
    return {value for element in _elements(message, action_id) for value in _offered(element)}


def _elements(message: Said, action_id: str) -> Iterator[Mapping[str, Any]]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if element.get("action_id") == action_id:
                yield element


def _offered(element: Mapping[str, Any]) -> Iterator[str]:
    for option in element.get("options") or (element,):
        yield str(option.get("value") or "")
