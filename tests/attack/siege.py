"""A running bot under attack: true requests, and among them what must come to nothing."""

import asyncio
import json
import random
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.people import ANA, TEAM
from bot.playground.serving import serving
from tests.attack.attacks import ATTACKS
from tests.attack.wire import JSON, Answer, Wire, request, signed

ASKED = "alumina exports march 2024"
WORKERS = 16
ONE_TRUE_IN, ONE_EVENT_IN, ONE_REPLAY_IN = 4, 8, 4
# What waits for its answer takes memory: as much in each part of a siege, or growth would say nothing.
MOST_WAITING = 32


@dataclass
class Tally:
    """What was sent and what came of it."""

    asked: set[str] = field(default_factory=set)
    answered: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)  # the ts of messages to the bot
    acknowledged_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def p99_ms(self):
        return sorted(self.acknowledged_ms)[int(len(self.acknowledged_ms) * 0.99)]

    async def all_but(self, count):
        """Returns once every true command has its answer, but for so many."""
        while len(self.asked) - len(self.answered) > count:
            self.changed.clear()
            await self.changed.wait()

    def told_wrongly(self):
        """Answers that should not be, or are there twice, or lack."""
        doubled = [f"{name}: {count} answers" for name, count in self.answered.items() if count != 1]
        return [*self.wrong, *doubled, *sorted(self.asked ^ set(self.answered))]


@asynccontextmanager
async def listening(tally):
    """Stands for Slack's response_url; every answer of a command is counted under the command's name."""

    async def take(http):
        await http.body()
        tally.answered[http.path_params["name"]] += 1
        tally.changed.set()
        return Response("ok")

    async with serving(Starlette(routes=[Route("/{name}", take, methods=["POST"])])) as url:
        yield url


class Siege:
    """Sends to one bot; `response_url` is where it answers commands."""

    def __init__(self, port, response_url, tally, seed=7):
        self._port, self._url, self._tally = port, response_url, tally
        self._random = random.Random(seed)
        self._kinds = self._shuffled()

    async def send(self, count):
        """That many requests, several at a time, in an order drawn from the seed."""
        numbers = iter(range(count))
        await asyncio.gather(*(self._worker(numbers) for _ in range(WORKERS)))

    def true(self, name):
        """A command that is to be answered."""
        self._tally.asked.add(name)
        body = self._command(name)
        return request(body, signed(body))

    async def _worker(self, numbers):
        kept = Wire(self._port)
        for _ in numbers:
            if self._random.randrange(ONE_TRUE_IN):
                await self._attack()
            else:
                await self._be_true(kept)
        await kept.close()

    async def _attack(self):
        name = next(self._kinds)
        attack = ATTACKS[name](self._command(f"attack-{sum(self._tally.sent.values())}"))
        answers = await Wire(self._port).throw(attack.data, hang_up=attack.hang_up)
        self._tally.sent[name] += 1
        if any(not 400 <= answer.status < 500 for answer in answers):
            self._tally.wrong.append(f"{name}: {answers}")

    async def _be_true(self, kept):
        number = len(self._tally.asked) + len(self._tally.said)
        if self._random.randrange(ONE_EVENT_IN) == 0:
            return await self._event(kept)
        await self._tally.all_but(MOST_WAITING)
        name = f"true-{number}"
        data = self.true(name)
        self._check(name, await self._timed(kept, data))
        if self._random.randrange(ONE_REPLAY_IN) == 0:
            await self._replay(name, data)
        return None

    async def _event(self, kept):
        """A direct message; sent again under another event id, as Slack does where it had no answer."""
        ts = f"17640792{len(self._tally.said):02d}.{self._random.randrange(10**6):06d}"
        self._tally.said.append(ts)
        for number in (0, 1):
            body = _message(ts, f"Ev{ts}-{number}")
            again = {"X-Slack-Retry-Num": str(number)} if number else {}
            self._check(ts, await self._timed(kept, request(body, signed(body, JSON) | again)))

    async def _replay(self, name, data):
        self._tally.sent["replayed"] += 1
        other = Wire(self._port)
        self._check(f"{name} replayed", await other.ask(data))
        await other.close()

    async def _timed(self, kept, data):
        since = time.perf_counter()
        answer = await kept.ask(data)
        self._tally.acknowledged_ms.append((time.perf_counter() - since) * 1000)
        return answer

    def _check(self, name, answer):
        if answer != Answer(200):
            self._tally.wrong.append(f"{name}: {answer}")

    def _command(self, name):
        where = {"team_id": TEAM, "channel_id": "C_ALUMINIUM", "channel_name": "aluminium", "user_id": ANA}
        asked = {"command": "/alumina", "text": f"private {ASKED}", "response_url": f"{self._url}/{name}"}
        app = {"token": "verification-token", "api_app_id": "A0ALUMINA", "trigger_id": f"trigger.{name}"}
        return urlencode(where | asked | app).encode()

    def _shuffled(self):
        """Each kind as often as any other."""
        while True:
            yield from self._random.sample(list(ATTACKS), len(ATTACKS))


def _message(ts, event_id):
    where = {"channel": "D_ANA", "channel_type": "im"}
    event = {"type": "message", "user": ANA, "text": ASKED, "ts": ts} | where
    wrapped = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event}
    return json.dumps(wrapped).encode()
