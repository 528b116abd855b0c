"""More than a hundred texts that could do something in Slack or a spreadsheet: what comes back is words."""

from tests.tables import tables

KINDS = tables("hostile.yaml")
FORMULAS: list[str] = KINDS["formulas"]
# Half of a pair can be written in no file.
HOSTILE = [text for kind in KINDS.values() for text in kind]
HOSTILE += ["a" * 300 + "<!here>", "a" + "\u0301" * 200, "\ud800"]


def texts(value, kind="", skip=()):
    """Everything that is read in blocks or a view, with the type of its object; but for these types."""
    if isinstance(value, dict) and value.get("type") not in skip:
        for name, inner in value.items():
            if isinstance(inner, str) and name in ("text", "title", "name", "label", "caption"):
                yield value.get("type", kind), inner
            elif name != "value":
                yield from texts(inner, value.get("type", kind), skip)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, kind, skip)
