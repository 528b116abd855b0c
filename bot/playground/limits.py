"""What Slack would refuse of a message, a modal or a home tab: shape by shape, and what has to agree in it.

The numbers, here and in slack_limits.toml, are Slack's (docs.slack.dev) but for the two that messages keep.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.messages.blocks import ALL_BLOCK_TEXT, MOST_TEXT, Block, letters

BLOCKS = 50
MOST = {"table": 1, "data_visualization": 2}  # in a message
SHAPES: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("slack_limits.toml").read_text("utf-8"))


class Problem(NamedTuple):
    """One thing Slack would refuse: where, why, and under which of its error names."""

    pointer: str
    message: str
    error: str = "invalid_blocks"


def problems(text: str, blocks: Sequence[Block]) -> list[Problem]:
    """All that Slack would refuse in this message; empty where it would take it."""
    if not isinstance(blocks, list | tuple):
        return [Problem("/blocks", "must be an array")]
    found = [] if text or blocks else [Problem("/text", "a message needs text or blocks", "no_text")]
    if len(text) > MOST_TEXT:
        found.append(Problem("/text", f"must be less than {MOST_TEXT + 1} characters", "msg_too_long"))
    if _count(blocks) > BLOCKS:
        found.append(Problem("/blocks", f"no more than {BLOCKS} items allowed"))
    broken = [each for at, block in enumerate(blocks) for each in _breaches("block", block, f"/blocks/{at}")]
    # What agrees with what is looked at once each block has its form.
    return [*found, *(broken or [*_agreement(blocks, "/blocks"), *_sums(blocks)])]


def view_problems(view: Mapping[str, Any]) -> list[Problem]:
    """All that Slack would refuse in this view; empty where it would take it."""
    if found := list(_breaches("modal or home", view, "/view")):
        return found
    found = list(_agreement(view["blocks"], "/view/blocks"))
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        found.append(Problem("/view/submit", "submit is needed where there is an input block"))
    return found


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
            yield Problem(f"{own}/block_id", f"block_id must be unique: {block_id}")
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
            yield Problem(f"{pointer}{place}", "initial option is not one of the options")


def _section(block: Block, pointer: str) -> Iterator[Problem]:
    if not block.get("text") and not block.get("fields"):
        yield Problem(pointer, "a section needs text or fields")


def _data_table(block: Block, pointer: str) -> Iterator[Problem]:
    head, *rows = block["rows"]
    if any(cell["type"] == "rich_text" for cell in head):
        yield Problem(f"{pointer}/rows/0", "rich_text is not allowed in the header row")
    for line in [at for at, row in enumerate(rows, start=1) if len(row) != len(head)]:
        yield Problem(f"{pointer}/rows/{line}", f"must have {len(head)} cells like the header row")


def _chart(block: Block, pointer: str) -> Iterator[Problem]:
    chart, pointer = block["chart"], f"{pointer}/chart"
    categories = sorted(chart["axis_config"]["categories"])
    if len(set(categories)) != len(categories):
        yield Problem(f"{pointer}/axis_config/categories", "categories must be unique")
    names = [series["name"] for series in chart["series"]]
    for at, series in enumerate(chart["series"]):
        if series["name"] in names[:at]:
            yield Problem(f"{pointer}/series/{at}/name", "series names must be unique")
        if sorted(point["label"] for point in series["data"]) != categories:
            yield Problem(f"{pointer}/series/{at}/data", "must have exactly one point for every category")


RULES: Mapping[str, Callable[[Block, str], Iterator[Problem]]] = {
    "section": _section,
    "data_table": _data_table,
    "data_visualization": _chart,
}


def _sums(blocks: Sequence[Block]) -> Iterator[Problem]:
    for kind, most in MOST.items():
        for at in [at for at, block in enumerate(blocks) if block["type"] == kind][most:]:
            yield Problem(f"/blocks/{at}", f"no more than {most} {kind} allowed in a message")
    if (used := letters(blocks)) > ALL_BLOCK_TEXT:
        message = f"the text of all blocks must be less than {ALL_BLOCK_TEXT + 1} characters, not {used}"
        yield Problem("/blocks", message, "msg_blocks_too_long")


def _breaches(kind: str, value: Any, pointer: str) -> Iterator[Problem]:
    """Yields what is wrong with a value of a kind, as slack_limits.toml writes kinds."""
    word, _, rest = kind.partition(" ")
    if word == "optional":
        yield from () if value is None else _breaches(rest, value, pointer)
    elif word in TEXTS:
        fields = {"text": f"string {rest}"}
        shapes = {name: fields | {flag: "optional truth"} for name, flag in TEXTS[word].items()}
        yield from _typed(shapes, value, pointer)
    elif word == "list":
        yield from _list(rest, value, pointer)
    elif word in PLAIN:
        yield from [Problem(pointer, message)] if (message := _plain(word, rest, value)) else []
    elif isinstance(alias := SHAPES[word], str):
        yield from _breaches(alias, value, pointer)
    elif word[0].isupper():
        yield from _object(alias, value, pointer)
    else:
        yield from _typed({name: SHAPES[name] for name in kind.split(" or ")}, value, pointer)


def _object(fields: Mapping[str, str], value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(pointer, "must be an object")
        return
    for name in value.keys() - fields.keys():
        yield Problem(f"{pointer}/{name}", f"invalid additional property: {name}")
    for name, kind in fields.items():
        if name in value:
            yield from _breaches(kind, value[name], f"{pointer}/{name}")
        elif not SHAPES.get(kind, kind).startswith("optional"):
            yield Problem(pointer, f"missing required field: {name}")


def _typed(shapes: Mapping[str, Mapping[str, str]], value: Any, pointer: str) -> Iterator[Problem]:
    """An object whose field `type` says which of these shapes it has."""
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in shapes:
        yield from _object({"type": f"one of {kind}", **shapes[kind]}, value, pointer)
    else:
        yield Problem(pointer, f"unsupported type: {kind}")


def _list(of: str, value: Any, pointer: str) -> Iterator[Problem]:
    size, _, item = of.partition(" ")
    least, most = _bounds(size)
    if not isinstance(value, list | tuple):
        yield Problem(pointer, "must be an array")
    elif len(value) > most:
        yield Problem(pointer, f"no more than {most} items allowed")
    elif len(value) < least:
        yield Problem(pointer, f"no fewer than {least} items allowed")
    for index, each in enumerate(value if isinstance(value, list | tuple) else ()):
        yield from _breaches(item, each, f"{pointer}/{index}")


def _bounds(size: str) -> tuple[int, int]:
    least, _, most = size.rpartition("-")
    return int(least or 1), int(most)


def _plain(word: str, rest: str, value: Any) -> str:
    """Why it is no string, number or truth of that size, or none of a few words; '' where it is."""
    if word == "one":
        words = rest.removeprefix("of ").split()
        return "" if value in words else f"must be one of: {', '.join(words)}"
    name, *kinds = PLAIN[word]
    if type(value) not in kinds:
        return f"must be {name}"
    if not rest:
        return ""
    least, most = _bounds(rest)
    if word == "integer":
        return "" if least <= value <= most else f"must be from {least} to {most}"
    if len(value) > most:
        return f"must be less than {most + 1} characters"
    return f"must be more than {least - 1} characters" if len(value) < least else ""


TEXTS = {"any_text": {"mrkdwn": "verbatim", "plain_text": "emoji"}, "plain_text": {"plain_text": "emoji"}}
PLAIN: Mapping[str, tuple[Any, ...]] = {
    "one": (), "string": ("a string", str), "number": ("a number", int, float), "truth": ("a boolean", bool),
    "integer": ("an integer", int),
}  # fmt: skip
