"""Slack's `data_visualization`: a chart that Slack draws, as values; slack_sdk has no class for it."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.messages.message import Block
from bot.messages.safe import visible

Kind = Literal["line", "bar"]
TITLE = AXIS = 50
NAME = 20  # of a series, of a category
WORD_END = re.compile("(?<=[\u4e00-\u9fff])| ")


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of the chart, or its bars of one colour: a value for every category."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with an axis of categories, in their order from left to right."""

    title: str
    kind: Kind
    categories: tuple[str, ...]
    curves: tuple[Curve, ...]
    unit: str

    def block(self) -> Block:
        """The block; each line has exactly one point for each category."""
        return {
            "type": "data_visualization",
            "title": self.title,
            "chart": {
                "type": self.kind,
                "series": [self._series(curve) for curve in self.curves],
                "axis_config": {"categories": list(self.categories), "y_label": self.unit},
            },
        }

    def _series(self, curve: Curve) -> Block:
        points = zip(self.categories, curve.values, strict=True)
        return {"name": curve.name, "data": [{"label": label, "value": value} for label, value in points]}


def fitted(text: str, most: int) -> str:
    """As many whole words as fit, with a sign where some are left out; a Chinese sign is a word."""
    text = visible(text)
    if len(text) <= most:
        return text
    ends = [end.start() for end in WORD_END.finditer(text, 0, most) if 0 < end.start() < most]
    return text[: ends[-1] if ends else most - 1].rstrip(" ,，、") + "…"
