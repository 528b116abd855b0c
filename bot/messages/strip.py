"""A strip of figures side by side, with the older block that shows the same in its place."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.messages.blocks import escape, markdown, section
from bot.messages.message import Block
from bot.words import say

A_ROW, MOST_ROWS = 3, 5
FIELDS = 10  # of a section


class Metric(NamedTuple):
    """A figure: of what, how much, and how it has changed."""

    name: str
    level: str
    change: str = ""


def strip(label: str, metrics: Sequence[Metric]) -> Block:
    """The figures in rows of three; `label` is read out."""
    told = [_told(each) for each in metrics[: A_ROW * MOST_ROWS]]
    rows = [
        {"items": [{"blocks": [section(each)]} for each in told[at : at + A_ROW]]}
        for at in range(0, len(told), A_ROW)
    ]
    fields = {"type": "section", "fields": [markdown(each) for each in told[:FIELDS]]}
    return {"type": "layout", "label": label, "rows": rows, "fallback": [fields]}


def _told(metric: Metric) -> str:
    name, level, change = map(escape, metric)
    return say("strip.metric", name=name, level=level) + (f"\n{change}" if change else "")
