"""The state of one local workspace: people, channels, messages. No HTTP; it tells listeners what changed."""

import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

ChannelKind = Literal["channel", "group", "im"]
Blocks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class User:
    """A person or the bot; `team` differs for people of another company."""

    id: str
    name: str
    real_name: str
    team: str
    is_bot: bool = False
    zone: str = "UTC"
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel, a private one (group) or a direct conversation with the bot (im)."""

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    topic: str = ""
    is_ext_shared: bool = False
    is_archived: bool = False

    @property
    def family(self) -> str:
        """The word by which scopes name such channels."""
        return "im" if self.kind == "im" else f"{self.kind}s"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; `visible_to` names the only reader of an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    metadata: Mapping[str, Any] | None = None
    edited: Mapping[str, str] | None = None
    subtype: str | None = None
    visible_to: str | None = None
    files: Blocks = ()

    def is_reply(self) -> bool:
        """True for a message inside a thread, not for the thread's first one."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_json(self, *, with_payload: bool = False) -> dict[str, Any]:
        """The message as Slack shows it; metadata keeps its payload only where asked for."""
        shown: dict[str, Any] = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        optional = {
            "subtype": self.subtype,
            "blocks": list(self.blocks) or None,
            "files": list(self.files) or None,
            "thread_ts": self.thread_ts,
            "bot_id": self.bot_id,
            "edited": self.edited,
            "metadata": self.metadata,
        }
        if self.metadata and not with_payload:
            optional["metadata"] = {"event_type": self.metadata.get("event_type"), "event_payload": {}}
        return shown | {key: value for key, value in optional.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader would notice, of messages, of who is in a channel, of the prompts offered there."""

    kind: Literal["posted", "changed", "deleted", "shown", "hidden", "membership", "prompts"]
    channel: str
    message: Message | None = None
    previous: Message | None = None


class Workspace:
    """All that is said, by channel and in order; `bot` is a member of `joined`."""

    def __init__(
        self,
        *,
        team: str,
        name: str,
        users: Iterable[User],
        channels: Iterable[Channel],
        bot: str,
        bot_id: str,
        app_id: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.team, self.name, self.bot, self.bot_id, self.app_id = team, name, bot, bot_id, app_id
        self.users = {user.id: user for user in users}
        self.channels = {channel.id: channel for channel in channels}
        self.ephemerals: list[Message] = []
        self.prompts: dict[str, Blocks] = {}
        self.groups = {"S_DESK": "desk"}  # user groups: the handle by the id
        # The types of blocks that this workspace does not have yet.
        self.lacks: set[str] = set()
        self.validates = True  # whether what breaks Slack's limits is refused
        self.listeners: list[Callable[[Change], None]] = []
        self._messages: dict[str, dict[str, Message]] = {channel: {} for channel in self.channels}
        self._replies: dict[tuple[str, str], list[str]] = {}
        self._clock = clock
        self._last_micro = 0
        self._serial = itertools.count(1)

    def find_channel(self, wanted: str) -> Channel | None:
        """By id, by `#name`, or the direct conversation of a user id."""
        if wanted in self.channels:
            return self.channels[wanted]
        for channel in self.channels.values():
            theirs = channel.members - {self.bot} if channel.kind == "im" else ()
            if wanted == f"#{channel.name}" or wanted in theirs:
                return channel
        return None

    def bot_is_in(self, channel: str) -> bool:
        """True where the bot was invited."""
        return self.bot in self.channels[channel].members

    def set_member(self, channel: str, user: str, present: bool) -> None:
        """Adds somebody to a channel or takes them out."""
        place = self.channels[channel]
        members = place.members | {user} if present else place.members - {user}
        self.channels[channel] = replace(place, members=members)
        self._tell(Change("membership", channel))

    def invite(self, channel: str) -> None:
        """Adds the bot to a channel."""
        self.set_member(channel, self.bot, True)

    def kick(self, channel: str) -> None:
        """Takes the bot out of a channel."""
        self.set_member(channel, self.bot, False)

    def suggest(self, channel: str, prompts: Blocks) -> None:
        """Offers prompts above the message box of a conversation with the bot."""
        self.prompts[channel] = prompts
        self._tell(Change("prompts", channel))

    def next_ts(self) -> str:
        """A timestamp later than every earlier one, in Slack's form."""
        self._last_micro = max(self._last_micro + 1, int(self._clock() * 1_000_000))
        return f"{self._last_micro // 1_000_000}.{self._last_micro % 1_000_000:06d}"

    def serial(self, prefix: str) -> str:
        """An id that was not given before, such as Ev00000007."""
        return f"{prefix}{next(self._serial):08d}"

    def find(self, channel: str, ts: str) -> Message | None:
        """The message, an ephemeral one too."""
        found = self._messages[channel].get(ts)
        shown = (each for each in self.ephemerals if each.channel == channel and each.ts == ts)
        return found or next(shown, None)

    def top_level(self, channel: str) -> list[Message]:
        """What stands in the channel itself, oldest first."""
        return [message for message in self._messages[channel].values() if not message.is_reply()]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The replies of a thread, oldest first, without the message they answer."""
        return [self._messages[channel][ts] for ts in self._replies.get((channel, thread_ts), ())]

    def everything(self, channel: str) -> list[Message]:
        """All messages of a channel, replies too, oldest first."""
        return list(self._messages[channel].values())

    def post(self, channel: str, user: str, text: str, **parts: Any) -> Message:
        """A new message for everybody in the channel; `parts` are further fields of `Message`."""
        message = Message(channel, self.next_ts(), user, text, **parts)
        if message.is_reply():
            self._open_thread(message)
        self._messages[channel][message.ts] = message
        self._tell(Change("posted", channel, message))
        return message

    def show(self, channel: str, reader: str, user: str, text: str, **parts: Any) -> Message:
        """A new message that one reader alone sees."""
        message = Message(channel, self.next_ts(), user, text, visible_to=reader, **parts)
        self.ephemerals.append(message)
        self._tell(Change("shown", channel, message))
        return message

    def change(self, message: Message, **parts: Any) -> Message:
        """The message with these fields changed."""
        changed = replace(message, **parts)
        if message.visible_to:
            self.ephemerals[self.ephemerals.index(message)] = changed
            self._tell(Change("shown", message.channel, changed, message))
        else:
            self._messages[message.channel][message.ts] = changed
            self._tell(Change("changed", message.channel, changed, message))
        return changed

    def delete(self, message: Message) -> None:
        """Takes the message away."""
        if message.visible_to:
            self.ephemerals.remove(message)
            self._tell(Change("hidden", message.channel, None, message))
            return
        del self._messages[message.channel][message.ts]
        if message.is_reply():
            self._replies[message.channel, str(message.thread_ts)].remove(message.ts)
        self._tell(Change("deleted", message.channel, None, message))

    def _open_thread(self, reply: Message) -> None:
        key = (reply.channel, str(reply.thread_ts))
        parent = self._messages[reply.channel].get(key[1])
        if parent is not None and parent.thread_ts is None:
            # Slack marks the first message of a thread too, without calling it edited.
            self._messages[reply.channel][key[1]] = replace(parent, thread_ts=parent.ts)
        self._replies.setdefault(key, []).append(reply.ts)

    def _tell(self, change: Change) -> None:
        for listener in self.listeners:
            listener(change)
