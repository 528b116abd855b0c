"""Who asks, where and in which words; and what a person pressed or chose, in which message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.questions import words
from bot.questions.question import Question
from bot.slack.inbox import Request
from bot.slack.transcript import Said, Thread, is_direct, thread_of
from bot.words import speaking
from handlers.desk import Desk

# A reply that is also shown in the channel, or carries a file, is a reply all the same.
SPOKEN = (None, "thread_broadcast", "file_share")


@dataclass(frozen=True, slots=True)
class Asker:
    """`text`: what they typed, or the words of what they pressed. `thread_ts`: the thread that the answer
    goes into, if any; `strange`: it is not known to be ours. `addressed`: they spoke to us. `url`: the
    response_url, by which they alone can be shown something. `trigger_id` opens a modal, for three seconds.
    `last`: the question of their thread.
    """

    team: str
    user: str
    channel: str
    text: str = ""
    thread_ts: str | None = None
    strange: bool = False
    addressed: bool = True
    url: str = ""
    trigger_id: str = ""
    last: Question | None = None


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


def is_persons(said: Said) -> bool:
    """Whether a person wrote a message."""
    return bool(said.get("user")) and not said.get("bot_id") and said.get("subtype") in SPOKEN


def writer_of(message: Said, request: Request, desk: Desk) -> Asker:
    """Who wrote a message that is written down, in which words, and whether to us."""
    text = str(message.get("text") or "")
    return Asker(
        team=request.team,
        user=str(message.get("user", "")),
        channel=request.channel,
        text=without_mention(text, desk),
        thread_ts=request.thread.posted_in,
        addressed=is_direct(request.channel) or desk.identity.mention in text,
    )


def without_mention(text: str, desk: Desk) -> str:
    """Returns the text without the bot's name in it."""
    return text.replace(desk.identity.mention, " ").strip()


def asker_of(body: Mapping[str, Any], team: str) -> Asker:
    """Who sent a command, pressed something or chose a shortcut, and where."""
    return Asker(
        team=team,
        user=body.get("user_id") or body["user"]["id"],
        channel=body.get("channel_id") or (body.get("channel") or {}).get("id", ""),
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
