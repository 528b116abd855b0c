"""What versions of the table brought that the owner hears of: held figures, old numbers that changed."""

from collections import defaultdict
from collections.abc import Collection

from bot.dataset.dataset import Record
from bot.dataset.intake import Changes, Key, key_of, replaced
from bot.dataset.model import Row
from bot.store.figures import SERVED, Contents


def changes_of(base: Record, contents: Contents, versions: Collection[int]) -> Changes:
    """The changes of these versions."""
    vintages: dict[Key, list[Row]] = defaultdict(list)
    for row in base.alike(contents.served):
        vintages[key_of(row)].append(row)
    changed: list[tuple[Row, Row]] = []
    for each in (each for each in contents.rows if each.state in SERVED):
        before = replaced(each.row, vintages[key_of(each.row)])
        if before and each.version in versions:
            changed.append((before, each.row))
        vintages[key_of(each.row)].append(each.row)
    held = [(each.row, each.why) for each in contents.held if each.version in versions]
    return Changes(held, changed)
