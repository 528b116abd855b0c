"""More than a hundred texts that could do something in Slack or a spreadsheet: what comes back is words."""

from tests.tables import tables

KINDS = tables("hostile.yaml")
FORMULAS: list[str] = KINDS["formulas"]
# Half of a pair can be written in no file.
HOSTILE = [text for kind in KINDS.values() for text in kind]
HOSTILE += ["a" * 300 + "<!here>", "a" + "\u0301" * 200, "\ud800"]
