"""What people do in a dialogue, and Slack: each verb of a step is a method here."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.people import BOT
from bot.playground.workspace import Message
from tests.asked import held
from tests.gear.slack import LocalSlack, archive
from tests.slack.events import change_database, element, elements, forge, in_database, press, settled

ROOM = "C_ALUMINIUM"
Step = dict[str, Any]


@dataclass
class Named:
    """Where something was said, by its channel, thread and ts; and the last answer to it."""

    channel: str
    thread: str | None
    ts: str = ""
    answer: Message | None = None

    @property
    def is_answered(self):
        """True where everybody can read the answer."""
        return bool(self.answer and not self.answer.visible_to)


@dataclass
class Acts:
    """A workspace in which people act; what they do is done by `user`, and what was said is `here`."""

    slack: LocalSlack
    folder: Path
    queries: dict[str, str]
    named: dict[str, Named] = field(default_factory=dict)
    seen: dict[tuple[str, str], Message] = field(default_factory=dict)
    here: Named = field(default_factory=lambda: Named(ROOM, None))
    last: Message | None = None
    user: str = ""

    async def says(self, texts, step):
        """One text, or several one after the other."""
        root = self._root(step)
        for text in [texts] if isinstance(texts, str) else texts:
            await self._say(text, root)
            await self.slack.settle()

    def _root(self, step):
        """The thread: of what was said, or the one that begins with its answer."""
        if "below" in step:
            answer = self.named[step.pop("below")].answer
            return Named(answer.channel, answer.ts) if answer else None
        return self.named[step.pop("under")] if "under" in step else None

    async def _say(self, text, root):
        channel = self.here.channel
        text = re.sub(r"x\*(\d+)", lambda found: "x" * int(found[1]), text)
        if text.startswith("/"):
            reply = await self.slack.command(text[1:], user=self.user, channel=channel)
            assert (reply.status, reply.failure) == (200, "")
            return
        text = mention(text)
        if root:
            self.here = Named(root.channel, root.thread or root.ts)
        thread = self.here.thread
        ts = await self.slack.say(text, user=self.user, channel=self.here.channel, thread_ts=thread)
        direct = channel.startswith("D_")
        self.here = Named(self.here.channel, thread or (None if direct else ts), ts)

    async def edits(self, name, step):
        self.here = self.named[name]
        await self.slack.edit(self.here.channel, self.here.ts, mention(step.pop("to")))

    async def presses(self, action, step):
        """An element by its action_id, or a button by the words of its question."""
        message = self._on(step)
        asking = [each for each in elements(message) if each["action_id"].startswith("ask_")]
        offered = {held(each["value"]): each["action_id"] for each in asking}
        action = offered.get(action, action)
        await press(self.slack, message, action, step.pop("value", None), user=self.user)

    async def forges(self, action, step):
        """A press that no client would send: with a value, or that of an element as it stood when named, of
        another message perhaps; on what somebody said, or on what is gone.
        """
        source = step.pop("from", step.get("at"))
        before = self.named[source].answer if source else self.last
        message = self._on(step)
        value = element(before or message, step.pop("of"))["value"] if "of" in step else step.pop("value")
        await forge(self.slack, message, action, user=self.user, value=value)

    async def removes(self, name, step):
        """The answer is gone."""
        answer = self.named[name].answer
        assert answer
        await self.slack.remove(answer.channel, answer.ts)

    async def chooses(self, name, step):
        """The shortcut of a message."""
        self.here = self.named[name]
        await self.slack.shortcut(self.here.channel, self.here.ts, user=self.user)

    async def fills(self, fields, step):
        for name, value in fields.items():
            await settled(self.slack, self.slack.modals.fill(name, value, user=self.user))

    async def submits(self, _, step):
        await self.slack.modals.submit(user=self.user)

    async def closes(self, _, step):
        self.slack.modals.close(user=self.user)

    async def opens(self, tab, step):
        """The tab of the app: home, or messages."""
        self.slack.home.open(tab, user=self.user)

    async def taps(self, actions, step):
        """A button of the home tab, or several at once."""
        for action in [actions] if isinstance(actions, str) else actions:
            reply = await self.slack.home.press(action, user=self.user)
            assert (reply.status, reply.failure) == (200, "")

    async def workspace(self, call, step):
        getattr(self.slack.workspace, call[0])(*call[1:])

    async def archives(self, channel, step):
        archive(self.slack.workspace, channel)

    async def revokes(self, scope, step):
        self.slack.scopes.discard(scope)

    async def reopens(self, channel, step):
        archive(self.slack.workspace, channel, is_archived=False)

    async def misses(self, blocks, step):
        """The workspace does not have these blocks."""
        self.slack.workspace.lacks = set(blocks)

    async def awaits(self, what, step):
        """So many messages, which come by themselves, or the rows of a query."""
        if isinstance(what, int):
            await self.slack.wait_for(lambda: len(self.new()) >= what)
        else:
            [(name, rows)] = what.items()
            await self.slack.wait_for(lambda: self.rows(name) == rows)

    async def limits(self, how, step):
        self.slack.limit_reading(**how)

    async def fails(self, how, step):
        self.slack.fail(**how)

    async def executes(self, statement, step):
        await change_database(self.folder, statement)

    def shown(self):
        """All that the bot has said and that stands."""
        space = self.slack.workspace
        openly = [each for channel in space.channels for each in space.everything(channel)]
        return {(m.channel, m.ts): m for m in [*openly, *space.ephemerals] if m.user == space.bot}

    def new(self):
        """What was shown or changed since the last step."""
        before = self.seen
        return [each for key, each in self.shown().items() if looks(each) != looks(before.get(key))]

    def rows(self, query):
        return [list(row) for row in in_database(self.folder, self.queries[query])]

    def _on(self, step):
        said = self.named[step.pop("target")] if "target" in step else None
        name = step.pop("at", "")
        message = said or (self.named[name].answer if name else self.last)
        assert message
        found = self.slack.workspace.find(message.channel, message.ts) or message
        assert isinstance(found, Message)
        self.here = Named(found.channel, found.thread_ts if found.is_reply() else None)
        return found


def mention(text):
    return f"<@{BOT}> {text[1:]}" if text.startswith("@") else text


def looks(message):
    return message and (message.text, message.blocks)
