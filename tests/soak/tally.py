"""What is asked in a soak, the first line of each right answer, and what came of it."""

import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass

from benchmarks.questions import packaged, questions
from bot.playground.workspace import Message
from bot.questions.turn import Turn
from bot.reply import reply_to_text
from bot.words import say

FOLLOW_UPS = ("and may 2025?", "and a year earlier?", "and imports?")


@dataclass(frozen=True)
class Posed:
    """A text, and how its answer begins. `then` is what can be asked after it, in the same thread."""

    text: str
    says: str
    then: tuple["Posed", ...] = ()


def posed(rng, most):
    """So many different questions, two hundred at most, drawn by `rng`; most of them with follow-ups."""
    dataset = packaged()
    return [_first(dataset, text) for text in rng.sample(questions(dataset), most)]


def _first(dataset, text):
    reply = reply_to_text(text, Turn(), dataset)
    before = Turn.from_json(reply.kept or "")
    then = [(each, reply_to_text(each, before, dataset)) for each in FOLLOW_UPS]
    answered = [(each, after) for each, after in then if after.outcome == "answered"]
    return Posed(text, _line(reply), tuple(Posed(each, _line(after)) for each, after in answered))


def _line(reply):
    return reply.message.text.partition("\n")[0]


ASKED_BY = re.compile(r"<@(\w+)> asked")


@dataclass
class Asked:
    """One question on its way. A command that was not acknowledged in time may come to nothing."""

    kind: str
    posed: Posed
    at: float
    accepted: bool = True
    answers: int = 0


class Tally:
    """Questions by what their answer is known by: the ts of a message, or who typed a command."""

    def __init__(self, slack):
        self._bot = slack.workspace.bot
        self._asked: dict[str, Asked] = {}
        self.open: set[str] = set()
        self.seconds: list[float] = []
        self.wrong: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.answered: dict[str, tuple[Message, Posed]] = {}  # threads in which one can ask on
        slack.workspace.listeners.append(self._notice)

    def ask(self, key, kind, posed):
        """A question is asked now."""
        self._asked[key] = Asked(kind, posed, time.monotonic())
        self.open.add(key)
        self.kinds[kind] += 1

    def refused(self, key):
        """Who typed the command was told to ask again, by us or by Slack."""
        self._asked[key].accepted = False
        self.open.discard(key)

    @property
    def unacknowledged(self):
        return sum(not asked.accepted for asked in self._asked.values())

    @property
    def lost(self):
        return [f"{self._asked[key].kind} {key} has no answer" for key in self.open]

    @property
    def doubled(self):
        return [f"{each.kind} {key}: {each.answers}" for key, each in self._asked.items() if each.answers > 1]

    def told(self):
        """The figures, in two lines."""
        percentiles = statistics.quantiles(self.seconds, n=100, method="inclusive")
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        answered = sum(each.answers > 0 for each in self._asked.values())
        return (
            f"{len(self._asked)} questions ({kinds}), {answered} answered, {len(self.lost)} lost,"
            f" {len(self.doubled)} doubled, {self.unacknowledged} commands not acknowledged in time;"
            f" answered within {percentiles[49] * 1000:.0f} ms (p50), {percentiles[98]:.2f} s (p99),"
            f" {max(self.seconds):.1f} s at most"
        )

    def _notice(self, change):
        message = change.message
        if message is None or message.user != self._bot or change.kind not in ("posted", "shown"):
            return None
        key = _key(message)
        asked = self._asked.get(key)
        if asked and message.text in (say("replies.not_written_down"), say("replies.if_no_answer")):
            return self.refused(key)
        if asked is None or asked.posed.says not in message.text:
            self.wrong.append(f"{asked}: {message.text}")
            return None
        asked.answers += 1
        self.open.discard(key)
        self.seconds.append(time.monotonic() - asked.at)
        if asked.kind == "mention":
            self.answered[key] = (message, asked.posed)
        return None


def _key(message):
    """What an answer says of its question; of what one person sees, who that is."""
    if message.visible_to:
        return message.visible_to
    payload = (message.metadata or {}).get("event_payload") or {}
    found = ASKED_BY.search(message.text)
    return str(payload.get("asked") or (found and found[1]) or "")
