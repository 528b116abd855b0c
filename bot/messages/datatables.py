"""Slack's `data_table`: rows to page through and to sort, by number where a column has numbers alone."""

from dataclasses import dataclass

from bot.messages.blocks import unbroken
from bot.messages.columns import Cell, Table
from bot.messages.message import Block

ROWS_AT_ONCE = 25  # two years of months: a table of a month or a year is seen whole


@dataclass(frozen=True, slots=True)
class DataTable:
    """A caption that is read out, a header, and rows of as many cells."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_header: int = 0

    @classmethod
    def of(cls, table: Table) -> "DataTable":
        """An answer's table."""
        return cls(table.caption, table.header, table.rows, table.named)

    def block(self) -> Block:
        """The block. Slack sorts a column by number only where each of its cells holds one."""
        numeric = [all(cell.number is not None for cell in column) for column in zip(*self.rows, strict=True)]
        header = [{"type": "raw_text", "text": title} for title in self.header]
        rows = [[_cell(*each) for each in zip(row, numeric, strict=True)] for row in self.rows]
        return {
            "type": "data_table",
            "caption": self.caption,
            "rows": [header, *rows],
            "page_size": min(len(self.rows), ROWS_AT_ONCE),
            "row_header_column_index": self.row_header,
        }


def _cell(cell: Cell, numeric: bool) -> Block:
    if numeric:
        return {"type": "raw_number", "value": cell.number, "text": unbroken(cell.text)}
    return {"type": "raw_text", "text": unbroken(cell.text)}
