"""What Slack demands inside one block beyond the shape of its fields: what has to agree with what."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.messages.schema import Problem, wrong

Block = Mapping[str, Any]


def in_itself(block: Block, pointer: str) -> Iterator[Problem]:
    """What does not agree in a block whose fields have their shapes."""
    rule = RULES.get(block["type"])
    return rule(block, pointer) if rule else iter(())


def _section(block: Block, pointer: str) -> Iterator[Problem]:
    if not block.get("text") and not block.get("fields"):
        yield wrong(pointer, "a section needs text or fields")


def _actions(block: Block, pointer: str) -> Iterator[Problem]:
    """What is chosen at first has to be one of the options, word for word."""
    for at, element in enumerate(block["elements"]):
        first = element.get("initial_option")
        if first and first not in element["options"]:
            yield wrong(f"{pointer}/elements/{at}", "initial option is not one of the options")


def _data_table(block: Block, pointer: str) -> Iterator[Problem]:
    head, *rows = block["rows"]
    if any(cell["type"] == "rich_text" for cell in head):
        yield wrong(f"{pointer}/rows/0", "rich_text is not allowed in the header row")
    for line, row in enumerate(rows, start=1):
        if len(row) != len(head):
            yield wrong(f"{pointer}/rows/{line}", f"must have {len(head)} cells like the header row")


def _chart(block: Block, pointer: str) -> Iterator[Problem]:
    if block["chart"]["type"] != "pie":
        yield from _plot(block["chart"], f"{pointer}/chart")


def _plot(chart: Block, pointer: str) -> Iterator[Problem]:
    categories = sorted(chart["axis_config"]["categories"])
    if len(set(categories)) != len(categories):
        yield wrong(f"{pointer}/axis_config/categories", "categories must be unique")
    names: set[str] = set()
    for at, series in enumerate(chart["series"]):
        if series["name"] in names:
            yield wrong(f"{pointer}/series/{at}/name", "series names must be unique")
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            yield wrong(f"{pointer}/series/{at}/data", "must have exactly one point for every category")


RULES: Mapping[str, Callable[[Block, str], Iterator[Problem]]] = {
    "section": _section,
    "actions": _actions,
    "data_table": _data_table,
    "data_visualization": _chart,
}
