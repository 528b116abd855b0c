"""Text that folds as both languages do: between words, and between Han characters, never inside a number."""

import re

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

# A number with its unit, a Han character or a word of another script, each with the marks that belong to it.
PIECE = re.compile(
    r"[（“]*(?:[-+±]?\d[\d.,±-]*(?:%|万?吨|[年月日])?|万吨|[\u3400-\u9fff]|[^\s\u3400-\u9fff（“，。；：、）”]+)?"
    r"[，。；：、）”†)%,.;:]*\s*"
)


class Folded(Text):
    """The same text, whose lines end between two pieces; one that no line holds is folded within."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Its lines, none wider than so many cells and nothing cut off."""
        lines = self.divide(ends(self.plain, width))
        for line in lines:
            line.rstrip()
        whole = Text("\n").join(lines)
        return whole.wrap(
            console, width, justify=justify, overflow="fold", tab_size=tab_size, no_wrap=no_wrap
        )


def ends(plain: str, width: int) -> list[int]:
    """Where lines of so many cells end."""
    found, filled = [], 0
    for piece in PIECE.finditer(plain):
        if filled and filled + cell_len(piece[0].rstrip()) > width:
            found.append(piece.start())
            filled = 0
        filled += cell_len(piece[0])
    return found
