"""Who asks, where and in which words; and what a person pressed or chose, in which message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.questions import words
from bot.questions.condition_reading import ParsedCondition
from bot.questions.question import Question
from bot.slack.transcript import Said, Thread, thread_of
from bot.words import speaking
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Asker:
    """`text`: what they typed, or the words of what they pressed. `thread_ts`: the thread that the answer
    goes into, if any; `strange`: nobody has spoken to us there before. `url`: the response_url, by which they
    alone can be shown something. `trigger_id` opens a modal, for three seconds.

    `last`: the question of their thread. `alert`: what was read of the text already. `spoken`: the text tells
    its language, which otherwise is their own choice.
    """

    team: str
    user: str
    channel: str
    channel_name: str = ""
    text: str = ""
    thread_ts: str | None = None
    url: str = ""
    trigger_id: str = ""
    strange: bool = False
    last: Question | None = None
    alert: ParsedCondition | None = None
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Press(Asker):
    """`value` came through Slack's client: it is parsed and checked. `ts` is the message's, `thread_ts` that
    of the thread it stands in below another message. `shown` is the message as Slack sent it along; empty for
    one that only the presser sees (`alone`). `view`: the home tab or the modal instead.
    """

    action_id: str = ""
    value: str = ""
    ts: str = ""
    alone: bool = False
    shown: Said = field(default_factory=dict)
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def thread(self) -> Thread:
        """The thread of the message, which it may begin itself."""
        return thread_of(self.team, self.channel, self.ts, self.thread_ts)

    async def standing(self, desk: Desk) -> Said | None:
        """The message as it stands now; None where it is gone, is not ours, or only one person sees it."""
        said = None if self.alone else await desk.threads.message(self.thread, self.ts)
        return said if said and said.get("user") == desk.identity.user_id else None


def asker_of(body: Mapping[str, Any], team: str) -> Asker:
    """Who sent a command, pressed something or chose a shortcut, and where."""
    channel = body.get("channel") or {"id": body.get("channel_id", ""), "name": body.get("channel_name", "")}
    return Asker(
        team=team,
        user=body.get("user_id") or body["user"]["id"],
        channel=channel["id"],
        channel_name=channel.get("name", ""),
        url=body.get("response_url", ""),
        trigger_id=body.get("trigger_id", ""),
    )


def press_of(body: Mapping[str, Any], team: str) -> Press:
    """The press that a payload tells of. An ephemeral message has no `message` in it, only its place."""
    [action, *_] = body["actions"]
    container, shown = body.get("container") or {}, body.get("message") or {}
    ts, thread_ts = container.get("message_ts", ""), container.get("thread_ts") or shown.get("thread_ts")
    return Press(
        **asdict(replace(asker_of(body, team), thread_ts=thread_ts if thread_ts != ts else None)),
        action_id=action["action_id"],
        value=str((action.get("selected_option") or action).get("value") or ""),
        ts=ts,
        alone=bool(container.get("is_ephemeral")) or not shown,
        shown=shown,
        view=body.get("view") or {},
    )


def words_of(question: Question, desk: Desk) -> str:
    """The words of a question in its own language."""
    with speaking(question.language):
        return words(question, desk.record.catalogue)


def value_in(message: Said, action_id: str) -> str:
    """The value of the first element of that name in a message; '' for none."""
    elements = (each for block in message.get("blocks") or () for each in block.get("elements") or ())
    found = (each for each in elements if each.get("action_id") == action_id)
    return next((str(each.get("value") or "") for each in found), "")
