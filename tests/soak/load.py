"""People who ask the bot in every way at a steady pace, as far as the machine keeps up."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, cycle
from typing import Literal

from bot.playground import people
from bot.playground.workspace import Channel, User
from tests.soak.tally import Posed

CHANNELS = tuple(f"C_SOAK{number:02}" for number in range(20))
MENTION = f"<@{people.BOT}> "
# With more open questions than these the next one waits: a machine that cannot keep up is not buried. While
# the database is away they cannot be answered, and people ask on all the same for so long.
MOST_OPEN, AWAY_SECONDS = 40, 3.0
LATE_SECONDS = 1.0
WHOLE = 4  # words of a question that says all

Kind = Literal["mention", "direct", "follow-up", "command", "private"]
MIX: dict[Kind, int] = {"mention": 8, "direct": 4, "follow-up": 4, "command": 3, "private": 1}


class Crowd:
    """Asks; what becomes of it is in the tally."""

    def __init__(self, slack, tally, posed, rng):
        self._slack, self._tally, self._rng = slack, tally, rng
        self._most_open = MOST_OPEN
        self._begun = self._pace = 0.0
        self._over, self._stirred = False, asyncio.Event()
        self._posed: Iterator[Posed] = cycle(posed)
        self._numbers = count()
        self._typing: set[asyncio.Task[None]] = set()
        for name in CHANNELS:
            place = Channel(name, name.lower(), "channel", people.STAFF | {people.BOT})
            slack.workspace.channels[name] = place
            slack.workspace._messages[name] = {}

    @property
    def asked(self):
        """How many questions so far."""
        return self._tally.kinds.total()

    async def has_asked(self, questions):
        """Returns once there were so many, or nobody asks any more."""
        while self.asked < questions and not self._over:
            self._stirred.clear()
            await self._stirred.wait()

    @contextmanager
    def patient(self):
        """Within the block they ask on for some seconds at their pace, though nobody is answered."""
        self._pace = self._pace or self._tally.kinds.total() / (time.monotonic() - self._begun)
        self._most_open = MOST_OPEN + round(self._pace * AWAY_SECONDS)
        try:
            yield
        finally:
            self._most_open = MOST_OPEN

    async def ask(self, seconds, rate):
        """So many questions a second for so long; how many a second it came to."""
        begun = due = self._begun = time.monotonic()
        before = self.asked
        while (now := time.monotonic()) < begun + seconds:
            if len(self._tally.open) < self._most_open:
                await self._one(self._rng.choices(list(MIX), list(MIX.values()))[0])
                self._stirred.set()
            due = max(due + 1 / rate, now - LATE_SECONDS)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        self._over = True
        self._stirred.set()
        return (self.asked - before) / (time.monotonic() - begun)

    async def typed(self):
        """Returns once every command has its acknowledgement, or has waited for it in vain."""
        await asyncio.gather(*self._typing)

    async def _one(self, kind):
        posed = next(self._posed)
        if kind == "follow-up":
            kind = await self._follow_up()
        if kind == "mention":
            await self._say(kind, posed, MENTION + posed.text, self._rng.choice(CHANNELS))
        elif kind == "direct":
            while (
                len(posed.text.split()) < WHOLE
            ):  # fewer go on from what was asked before in the conversation
                posed = next(self._posed)
            await self._say(kind, posed, posed.text, self._rng.choice(("D_ANA", "D_BEN")))
        elif kind in ("command", "private"):
            self._type(kind, posed)

    async def _follow_up(self):
        """Asks on in the thread of an answer; where there is none yet, a first question is in its place."""
        while self._tally.answered:
            _, (answer, posed) = self._tally.answered.popitem()
            if posed.then:
                then = self._rng.choice(posed.then)
                await self._say("follow-up", then, then.text, answer.channel, str(answer.thread_ts))
                return "follow-up"
        return "mention"

    async def _say(self, kind, posed, text, channel, thread_ts=None):
        user = people.BEN if channel == "D_BEN" else people.ANA
        ts = await self._slack.say(text, user=user, channel=channel, thread_ts=thread_ts)
        self._tally.ask(ts, kind, posed)

    def _type(self, kind, posed):
        """Each command comes from a person of its own, by whom its answer is known."""
        user = User(f"U_{next(self._numbers):07}", "somebody", "Somebody", people.TEAM)
        self._slack.workspace.users[user.id] = user
        task = asyncio.create_task(self._command(kind, posed, user.id))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    async def _command(self, kind, posed, user):
        self._tally.ask(user, kind, posed)
        text = f"private {posed.text}" if kind == "private" else posed.text
        reply = await self._slack.command(text, user=user, channel=self._rng.choice(CHANNELS))
        if reply.failure:
            self._tally.refused(user)
