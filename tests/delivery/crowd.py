"""People who each ask one question, in one of the ways there are; and what became of each question."""

import asyncio
import re
from collections import Counter
from itertools import cycle
from typing import Literal

from bot.playground import people
from bot.playground.workspace import Message
from tests.delivery.office import ROOM, until

Kind = Literal["command", "mention", "follow-up", "press", "home", "alone"]
PUBLIC: tuple[Kind, ...] = ("command", "mention", "follow-up", "press", "home")
KINDS: tuple[Kind, ...] = (*PUBLIC, "alone")
# What Slack lets nobody look up: an answer to the asker alone, by a response_url.
ALONE = ("private alumina march 2024", "blah blubb", "help")
QUESTION = "alumina exports march 2024"
MENTION = f"<@{people.BOT}> "
AGAIN = re.compile(r"(?i)\b(?:ask|try) (?:it |that )?again\b")
FIGURE = re.compile(r"\d[\s\u00a0\u202f]k?t\b")
PERSON = re.compile(r"<@(U_P\d+)>")


class Tally:
    """Lost is what was acknowledged, and neither answered nor its asker told to ask again.

    What was not acknowledged may be answered or not: its asker saw Slack's own error.
    """

    def __init__(self):
        self.asked, self.acknowledged, self.answered = list[str](), list[str](), list[str]()
        self.doubled, self.lost, self.told = list[str](), list[str](), list[str]()

    def __str__(self):
        return ", ".join(f"{name} {len(those)}" for name, those in vars(self).items())


class Crowd:
    """A person asks once, after what they need for it stands."""

    def __init__(self, office, number):
        self._office = office
        self._free, self._alone_texts = iter(office.settle_people(number)), cycle(ALONE)
        self._roots: dict[str, Message] = {}  # the mention before a follow-up, the answer before a press
        self._before: Counter[str] = Counter()
        self.asked: dict[str, Kind] = {}
        self.acknowledged: set[str] = set()
        self.acknowledgement = asyncio.Event()

    async def gather(self, kinds, each):
        """So many people for each way, with what they need before they can ask in it."""
        wanted = {next(self._free): kind for kind in kinds for _ in range(each)}
        await asyncio.gather(*(self._prepare(user, kind) for user, kind in wanted.items()))
        await self._office.settle()
        self._before = Counter({user: len(found) for user, found in self._shown().items()})
        return wanted

    async def ask(self, user, kind):
        """Returns once Slack knows whether the bot has taken it."""
        self.asked[user] = kind
        if await getattr(self, f"_{kind.replace('-', '_')}")(user):
            self.acknowledged.add(user)
            self.acknowledgement.set()

    async def ask_all(self, asking):
        """All of them at once."""
        await asyncio.gather(*(self.ask(*each) for each in asking.items()))

    def unanswered(self):
        """Who was acknowledged and has no answer."""
        new = self.texts()
        return [user for user in sorted(self.acknowledged) if not _answers(new.get(user, []))]

    async def served(self, within, *, answered=False):
        """Returns once nobody waits any longer for a word, or for an answer."""
        waiting = self.unanswered if answered else lambda: self.acknowledged - self.texts().keys()
        await until(self._office.wait_for(lambda: not waiting(), within))

    def report(self, title):
        """What became of all; printed by way of asking."""
        for kind in dict.fromkeys(self.asked.values()):
            print(f"{title}, {kind}: {self.tally(kind)}")
        return self.tally(*KINDS)

    def tally(self, *kinds):
        """What became of those who asked in these ways."""
        new, tally = self.texts(), Tally()
        for user in (user for user, kind in self.asked.items() if kind in kinds):
            shown, taken = new.get(user, []), user in self.acknowledged
            answers = _answers(shown)
            tally.asked.append(user)
            tally.acknowledged += [user] * taken
            tally.answered += [user] * bool(answers)
            tally.doubled += [user] * (len(answers) > 1)
            tally.lost += [user] * (taken and not shown)
            tally.told += [user] * (len(answers) < len(shown))
        return tally

    def asker(self, text, thread_ts):
        """Whom the bot answers in the room: whom it names there, or who began the thread."""
        root = self._office.workspace.find(ROOM, thread_ts)
        named = PERSON.search(text) or PERSON.search(root.text if root else "")
        return named[1] if named else root.user if root else ""

    def texts(self):
        """By person what they were shown since they asked, where it is anything."""
        shown = {user: found[self._before[user] :] for user, found in self._shown().items()}
        return {user: found for user, found in shown.items() if found}

    def _shown(self):
        """By person what the bot has said to them: alone, under their name, or in a thread of theirs."""
        space, found = self._office.workspace, dict[str, list[str]]()
        placed = [(str(each.visible_to), each) for each in space.ephemerals]
        room = space.everything(ROOM)
        placed += [(self.asker(each.text, each.thread_ts or each.ts), each) for each in room]
        for user in self.asked | self._before:
            placed += [(user, each) for each in space.everything(user.replace("U", "D"))]
        for user, message in sorted(placed, key=lambda each: each[1].ts):
            if message.user == people.BOT and not message.files:
                found.setdefault(user, []).append(message.text)
        return found

    async def _prepare(self, user, kind):
        office = self._office
        if kind == "follow-up":
            ts = await office.say(f"{MENTION}{QUESTION}", user=user)
            await office.wait_for(lambda: office.messages(ROOM, ts))
            self._roots[user] = office._message(ROOM, ts)
        elif kind == "press":
            await office.command(QUESTION, user=user)
            await office.wait_for(lambda: user in self._shown())
            self._roots[user] = next(each for each in office.messages() if f"<@{user}>" in each.text)
        elif kind == "home":
            office.home.open(user=user)
            await office.wait_for(lambda: office.home.shown(user))

    async def _command(self, user, text=""):
        return not (await self._office.command(text or QUESTION, user=user)).failure

    async def _alone(self, user):
        return await self._command(user, next(self._alone_texts))

    async def _mention(self, user):
        return await self._said("app_mention", user, f"{MENTION}{QUESTION}")

    async def _follow_up(self, user):
        return await self._said("message", user, "and imports?", thread_ts=self._roots[user].ts)

    async def _press(self, user):
        return not (await self._office.press(ROOM, self._roots[user].ts, "ask_1", user=user)).failure

    async def _home(self, user):
        return not (await self._office.home.press("home_0", user=user)).failure

    async def _said(self, event, user, text, **where):
        """Whether the event of that type was acknowledged, in the end."""
        ts = await self._office.say(text, user=user, **where)
        await self._office.wait_for(lambda: (event, ts) in self._office.taken)
        return self._office.taken[event, ts]


def _answers(shown):
    """Of what was said, what is no mere word that one should ask again."""
    return [text for text in shown if FIGURE.search(text) or not AGAIN.search(text)]
