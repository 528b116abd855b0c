"""What Slack would refuse of a message, a modal or a home tab: shape by shape, and what has to agree in it.

The numbers, here and in slack_limits.toml, are Slack's (docs.slack.dev) but for two: `TEXT` is what Slack
advises (above it a message may be split), `ALL_BLOCK_TEXT` keeps clear of a sum that it refuses unpublished.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.messages.message import Block

TEXT = 4_000
BLOCKS = 50
ALL_BLOCK_TEXT = 10_000
MOST = {"table": 1, "data_visualization": 2}  # in a message
READ = frozenset({"text", "caption", "title", "name", "label"})
SHAPES: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("slack_limits.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse: where, under which of its error names, and why."""

    pointer: str
    error: str
    message: str


def wrong(pointer: str, message: str, error: str = "invalid_blocks") -> Problem:
    """A problem of the blocks' form, unless told otherwise."""
    return Problem(pointer, error, message)


def problems(text: str, blocks: Sequence[Block]) -> list[Problem]:
    """All that Slack would refuse in this message; empty where it would take it."""
    if not isinstance(blocks, list | tuple):
        return [wrong("/blocks", "must be an array")]
    found = [] if text or blocks else [wrong("/text", "a message needs text or blocks", "no_text")]
    if len(text) > TEXT:
        found.append(wrong("/text", f"must be less than {TEXT + 1} characters", "msg_too_long"))
    if _count(blocks) > BLOCKS:
        found.append(wrong("/blocks", f"no more than {BLOCKS} items allowed"))
    broken = [each for at, block in enumerate(blocks) for each in _breaches("block", block, f"/blocks/{at}")]
    # What agrees with what is looked at once each block has its form.
    return [*found, *(broken or [*_agreement(blocks, "/blocks"), *_sums(blocks)])]


def view_problems(view: Mapping[str, Any]) -> list[Problem]:
    """All that Slack would refuse in this view; empty where it would take it."""
    if found := list(_breaches("modal or home", view, "/view")):
        return found
    found = list(_agreement(view["blocks"], "/view/blocks"))
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        found.append(wrong("/view/submit", "submit is needed where there is an input block"))
    return found


def letters(value: Any) -> int:
    """Characters of everything that is read: each string under one of the names in `READ`, however deep."""
    told, others = 0, [value]
    while others:
        each = others.pop()
        if isinstance(each, dict):
            told += sum([len(each[name]) for name in READ & each.keys() if isinstance(each[name], str)])
            others += each.values()
        elif isinstance(each, (list, tuple)):
            others += each
    return told


def _count(blocks: Sequence[Any]) -> int:
    """How many blocks there are: those inside of a layout count like the others."""
    layouts = [block for block in blocks if isinstance(block, dict) and block.get("type") == "layout"]
    items = [item for block in layouts for row in block.get("rows") or () for item in row.get("items") or ()]
    return len(blocks) + sum(len(item.get("blocks") or ()) for item in items)


def _agreement(blocks: Sequence[Block], pointer: str) -> Iterator[Problem]:
    """What does not agree in and among blocks whose fields have their shapes."""
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        own = f"{pointer}/{at}"
        if (block_id := block.get("block_id")) in seen:
            yield wrong(f"{own}/block_id", f"block_id must be unique: {block_id}")
        seen |= {block_id} if block_id else set()
        yield from _chosen(block, own)
        if rule := RULES.get(block["type"]):
            yield from rule(block, own)


def _chosen(block: Block, pointer: str) -> Iterator[Problem]:
    """What is chosen at first has to be one of the options, word for word."""
    elements = [(f"/elements/{at}", each) for at, each in enumerate(block.get("elements", ()))]
    for place, element in [*elements, ("/element", block.get("element", {}))]:
        first = [element["initial_option"]] if element.get("initial_option") else []
        if any(each not in element["options"] for each in (*first, *element.get("initial_options", ()))):
            yield wrong(f"{pointer}{place}", "initial option is not one of the options")


def _section(block: Block, pointer: str) -> Iterator[Problem]:
    if not block.get("text") and not block.get("fields"):
        yield wrong(pointer, "a section needs text or fields")


def _data_table(block: Block, pointer: str) -> Iterator[Problem]:
    head, *rows = block["rows"]
    if any(cell["type"] == "rich_text" for cell in head):
        yield wrong(f"{pointer}/rows/0", "rich_text is not allowed in the header row")
    for line, row in enumerate(rows, start=1):
        if len(row) != len(head):
            yield wrong(f"{pointer}/rows/{line}", f"must have {len(head)} cells like the header row")


def _chart(block: Block, pointer: str) -> Iterator[Problem]:
    chart, pointer = block["chart"], f"{pointer}/chart"
    categories = sorted(chart["axis_config"]["categories"])
    if len(set(categories)) != len(categories):
        yield wrong(f"{pointer}/axis_config/categories", "categories must be unique")
    names = [series["name"] for series in chart["series"]]
    for at, series in enumerate(chart["series"]):
        if series["name"] in names[:at]:
            yield wrong(f"{pointer}/series/{at}/name", "series names must be unique")
        if sorted(point["label"] for point in series["data"]) != categories:
            yield wrong(f"{pointer}/series/{at}/data", "must have exactly one point for every category")


RULES: Mapping[str, Callable[[Block, str], Iterator[Problem]]] = {
    "section": _section,
    "data_table": _data_table,
    "data_visualization": _chart,
}


def _sums(blocks: Sequence[Block]) -> Iterator[Problem]:
    for kind, most in MOST.items():
        for at in [at for at, block in enumerate(blocks) if block["type"] == kind][most:]:
            yield wrong(f"/blocks/{at}", f"no more than {most} {kind} allowed in a message")
    if (used := letters(blocks)) > ALL_BLOCK_TEXT:
        message = f"the text of all blocks must be less than {ALL_BLOCK_TEXT + 1} characters, not {used}"
        yield wrong("/blocks", message, "msg_blocks_too_long")


def _breaches(kind: str, value: Any, pointer: str) -> Iterator[Problem]:
    """Yields what is wrong with a value of a kind, as slack_limits.toml writes kinds."""
    word, _, rest = kind.partition(" ")
    if word == "optional":
        yield from () if value is None else _breaches(rest, value, pointer)
    elif word in TEXTS:
        shapes = {
            name: {"text": f"string {rest}", flag: "optional truth"} for name, flag in TEXTS[word].items()
        }
        yield from _typed(shapes, value, pointer)
    elif word == "list":
        yield from _list(rest, value, pointer)
    elif word in PLAIN:
        yield from [wrong(pointer, message)] if (message := PLAIN[word](rest, value)) else []
    elif isinstance(alias := SHAPES[word], str):
        yield from _breaches(alias, value, pointer)
    elif word[0].isupper():
        yield from _object(alias, value, pointer)
    else:
        yield from _typed({name: SHAPES[name] for name in kind.split(" or ")}, value, pointer)


def _object(fields: Mapping[str, str], value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield wrong(pointer, "must be an object")
        return
    for name in value.keys() - fields.keys():
        yield wrong(f"{pointer}/{name}", f"invalid additional property: {name}")
    for name, kind in fields.items():
        if name in value:
            yield from _breaches(kind, value[name], f"{pointer}/{name}")
        elif not SHAPES.get(kind, kind).startswith("optional"):
            yield wrong(pointer, f"missing required field: {name}")


def _typed(shapes: Mapping[str, Mapping[str, str]], value: Any, pointer: str) -> Iterator[Problem]:
    """An object whose field `type` says which of these shapes it has."""
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in shapes:
        yield from _object({"type": f"one of {kind}", **shapes[kind]}, value, pointer)
    else:
        yield wrong(pointer, f"unsupported type: {kind}")


def _list(of: str, value: Any, pointer: str) -> Iterator[Problem]:
    size, _, item = of.partition(" ")
    least, most = _bounds(size)
    if not isinstance(value, list | tuple):
        yield wrong(pointer, "must be an array")
        return
    if len(value) > most:
        yield wrong(pointer, f"no more than {most} items allowed")
    if len(value) < least:
        yield wrong(pointer, f"no fewer than {least} items allowed")
    for index, each in enumerate(value):
        yield from _breaches(item, each, f"{pointer}/{index}")


def _bounds(size: str) -> tuple[int, int]:
    least, _, most = size.rpartition("-")
    return int(least or 1), int(most)


def _string(size: str, value: Any) -> str:
    least, most = _bounds(size)
    if not isinstance(value, str):
        return "must be a string"
    if len(value) > most:
        return f"must be less than {most + 1} characters"
    return f"must be more than {least - 1} characters" if len(value) < least else ""


def _number(_: str, value: Any) -> str:
    return "" if type(value) in (int, float) else "must be a number"


def _integer(size: str, value: Any) -> str:
    least, most = _bounds(size)
    if type(value) is not int:
        return "must be an integer"
    return "" if least <= value <= most else f"must be from {least} to {most}"


def _one(of: str, value: Any) -> str:
    words = of.removeprefix("of ").split()
    return "" if value in words else f"must be one of: {', '.join(words)}"


def _truth(_: str, value: Any) -> str:
    return "" if isinstance(value, bool) else "must be a boolean"


TEXTS = {"any_text": {"mrkdwn": "verbatim", "plain_text": "emoji"}, "plain_text": {"plain_text": "emoji"}}
PLAIN: Mapping[str, Callable[[str, Any], str]] = {
    "string": _string, "number": _number, "integer": _integer, "one": _one, "truth": _truth,
}  # fmt: skip
