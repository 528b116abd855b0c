"""A Report into a Slack message: lines, list, table, chart, one line of caveats and sources, buttons."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from bot.answers.answer import Answer
from bot.messages import blocks as made_of
from bot.messages.blocks import Block, Message, context, escape, fitting, section, unbroken
from bot.messages.buttons import asked_back, next_asks, pressed
from bot.messages.for_programs import file_of
from bot.messages.report import Cell, Report, foot, in_lines, spoken
from bot.messages.reporting import reports
from bot.words import say, say_count, speaking

SECTION_TEXT, ITEMS_TEXT, FOOT_TEXT = 2_800, 3_000, 1_200
TABLE_ROWS, PAGE = 10, 25  # rows that nobody sorts; rows of a page
MOST_ROWS = 99  # Slack's older table takes a hundred with the header
FURTHER_TEXT = 1_200  # letters of what is put beside an answer later: who asked, feedback, a bin


def render(answer: Answer, lead: str = "") -> Message:
    """The message of an answer, within Slack's limits; `lead` stands in the place of its first line."""
    with speaking(answer.language):
        first, *others = reports(answer)
        if lead:
            first = first._replace(headline=lead, tail="" if first.tail in lead else first.tail)
        return _message([first, *others], answer)


def _message(made: Sequence[Report], answer: Answer) -> Message:
    told = spoken(made)
    if len(made) > 4:  # the first line of each
        made = [report._replace(lines=(), items=(), table=None, chart=None) for report in made]
    more = [escape(line) for report in made for line in in_lines(report)]
    made = list(_one_chart(made))
    lines = foot(made, linked=True)
    below = [context(say("report.dot").join(fitting(lines, FOOT_TEXT, "sources")))] if lines else []
    below, shown, cut = [*below, *_buttons(answer)], list[Block](), 0
    for place, report in enumerate(made):
        blocks, left_out = _shown(report, [*shown, *below], len(made) - place)
        shown, cut = [*shown, *blocks], cut + left_out
    if cut:
        shown.append(context(say_count("render.more_rows", cut) + f" {say('render.ask_for_file')}"))
    lines = [line for report in made for line in report.file]
    file = file_of(made[0].headline, lines) if lines else None
    return Message(escape(told), (*shown, *below), file, tuple(more))


def _one_chart(made: Iterable[Report]) -> Iterator[Report]:
    """At most one chart a message, and no table under the numbers that it draws."""
    charted = False
    for report in made:
        if report.chart:
            table = report.table if report.posted and not charted else None
            report, charted = report._replace(table=table, chart=None if charted else report.chart), True
        yield report


def _shown(report: Report, others: Sequence[Block], parts: int) -> tuple[list[Block], int]:
    """What one report shows, and how many rows of its table do not fit into its part of the room."""
    lines = list(map(escape, report.lines))
    first = f"*{escape(report.headline[:SECTION_TEXT])}*"
    first += f" · {escape(report.tail)}" if report.tail else ""
    blocks = [section("\n".join([first, *fitting(lines, SECTION_TEXT, "lines")]))]
    blocks += [_list(report)] if report.items else []
    cut = 0
    if table := report.table:  # as many of its rows as fit into so many letters, and into a table
        free = made_of.ALL_BLOCK_TEXT - FURTHER_TEXT - made_of.letters(others)
        room = free // parts - made_of.letters(blocks)
        room -= sum(map(len, table.header)) + len(say("tabulated.caption"))
        filled = accumulate(sum(len(cell.text) for cell in row) for row in table.rows)
        rows = table.rows[: min(MOST_ROWS, sum(used <= room for used in filled))]
        cut = len(table.rows) - len(rows)
        blocks += [_table(table.header, rows)] if rows else []
    return [*blocks, *([report.chart] if report.chart else [])], cut


def _list(report: Report) -> Block:
    """A list whose lines hang under their text where they wrap."""
    entries = []
    for text, bold, url in report.items:
        kind = {"type": "link", "url": url} if url else {"type": "text"}
        pieces: list[Block] = [kind | {"text": unbroken(text[:ITEMS_TEXT])}] if text else []
        pieces += [{"type": "text", "text": unbroken(bold), "style": {"bold": True}}] if bold else []
        entries.append({"type": "rich_text_section", "elements": pieces})
    style = "ordered" if report.ordered else "bullet"
    listed = {"type": "rich_text_list", "style": style, "elements": entries}
    return {"type": "rich_text", "elements": [listed]}


def _table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """A plain table of a few rows; else one that pages, and sorts by number where each cell holds one."""
    if len(rows) <= TABLE_ROWS:
        settings = [{"align": "left", "is_wrapped": True}, *[{"align": "right"}] * (len(header) - 1)]
        texts = [[cell.text for cell in row] for row in rows]
        return made_of.table_block(header, texts, column_settings=settings)
    numeric = [all(cell.number is not None for cell in column) for column in zip(*rows, strict=True)]
    body = [[_cell(*each) for each in zip(row, numeric, strict=True)] for row in rows]
    head = [{"type": "raw_text", "text": title} for title in header]
    paging = {"page_size": min(len(rows), PAGE), "row_header_column_index": 0}
    return {"type": "data_table", "caption": say("tabulated.caption"), "rows": [head, *body], **paging}


def _cell(cell: Cell, sorts: bool) -> Block:
    kind = {"type": "raw_number", "value": cell.number} if sorts else {"type": "raw_text"}
    return {**kind, "text": unbroken(cell.text)}


def _buttons(answer: Answer) -> list[Block]:
    """Two next questions, Details and the menu below figures; else up to three questions."""
    asks = next_asks(answer.all)
    for each in answer.all:
        if each.question and each.figures:
            return [pressed(each.question, asks, each.catalogue)]
    return asked_back(asks, answer.catalogue)
