"""The slots of a message from left to right, cut into wishes where a kind of slot comes again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from bot.questions.draft import STRONG, Draft, Mention
from bot.questions.turn import once

Wish = dict[str, list[Mention]]


@dataclass(slots=True)
class Group:
    """The slots of one wish."""

    series: list[str]
    flows: list[Any]
    times: list[Mention]
    flow_filled: bool


def groups_of(draft: Draft) -> list[Group]:
    """The wishes of a message whose times are tied; a kind of slot that comes again begins a new one."""
    named = any(m.value != "all" for m in draft.live("series"))
    for mention in draft.live("series", "all") if named else ():
        mention.live = False
    sequence = [m for m in draft.slots() if not (m.kind == "time" and m.time.kind == "cumulative")]
    wishes: list[Wish] = [{}]
    for kind, run in groupby(sequence, key=attrgetter("kind")):
        if kind in wishes[-1]:
            wishes.append({})
        wishes[-1][kind] = list(run)
    _fill(wishes)
    return _joined(wishes)


def _fill(wishes: list[Wish]) -> None:
    """Gaps of a wish are filled from the one before, then from the one after."""
    for kind in STRONG:
        for source, wish in (*pairwise(wishes), *((b, a) for a, b in reversed([*pairwise(wishes)]))):
            if kind not in wish and kind in source:
                wish[kind] = source[kind]
                wish.setdefault("filled", []).extend(source[kind] if kind == "flow" else ())


def _joined(wishes: Sequence[Wish]) -> list[Group]:
    """Wishes about the same lines as one, with all their times."""
    found: list[Group] = []
    for wish in wishes:
        series, flows = ([*once([m.value for m in wish.get(kind, ())])] for kind in ("series", "flow"))
        times = wish.get("time", [])
        if found and (found[-1].series, found[-1].flows) == (series, flows):
            found[-1].times += [m for m in times if m not in found[-1].times]
        else:
            found.append(Group(series, flows, list(times), bool(wish.get("filled"))))
    return found
