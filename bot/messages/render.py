"""A Report into a Slack message: lines, list, table, chart, one line of caveats and sources, buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages import limits
from bot.messages.blocks import context, escape, fitting, section, unbroken
from bot.messages.buttons import asked_back, pressed
from bot.messages.message import Block, File, Message
from bot.messages.plain_text import spoken
from bot.messages.report import Cell, Cited, Item, Report, Table, first_words
from bot.messages.reporting import asks_of, reports
from bot.messages.sheet import every_line, file_of
from bot.messages.sourcing import foot, name_of, told
from bot.words import say, say_count, speaking

SECTION_TEXT, ITEMS_TEXT, FOOT_TEXT = 2_800, 3_000, 1_200
TABLE_ROWS, PAGE = 10, 25  # rows that nobody sorts; rows of a page
MOST_ROWS = 99  # Slack's older table takes a hundred with the header
MOST_UNITED = 4  # answers of which a message shows more than the first line
FURTHER_TEXT = 1_200  # letters of what is put beside an answer later: who asked, feedback, a bin
CHART = "data_visualization"


def render(answer: Answer, lead: str = "") -> Message:
    """The message of an answer, within Slack's limits: what does not fit is counted, never cut.

    `lead` stands in the place of its first line, for what says the same and more.
    """
    with speaking(answer.language):
        made = reports(answer)
        if lead:
            tail = "" if made[0].tail in lead else made[0].tail
            made = (replace(made[0], headline=lead, tail=tail), *made[1:])
        return _message(made, answer)


def _message(made: Sequence[Report], answer: Answer) -> Message:
    last = _foot(made)
    below = [*last, *_buttons(made, answer)]
    shown, cut = list[Block](), 0
    for place, report in enumerate(made):
        room = _room([*shown, *below]) // (len(made) - place) if report.table else 0
        blocks, left_out = _shown(report, room, brief=len(made) > MOST_UNITED)
        if any(block["type"] == CHART for block in shown):  # one chart a message
            blocks = [block for block in blocks if block["type"] != CHART]
        shown, cut = [*shown, *blocks], cut + left_out
    file = _file(answer, cut=cut)
    remark = [context(escape(_left_out(cut, file)))] if cut else []
    return Message(escape(spoken(made)), (*shown, *remark, *below), file)


def _room(beside: Sequence[Block]) -> int:
    """The letters that other blocks leave for a table."""
    return limits.ALL_BLOCK_TEXT - FURTHER_TEXT - limits.letters(beside)


def _shown(report: Report, room: int, *, brief: bool) -> tuple[list[Block], int]:
    """What one report shows, and how many rows of its table do not fit."""
    words = [] if brief else list(report.lines)
    blocks = [section("\n".join([_first(report), *fitting(list(map(escape, words)), SECTION_TEXT, "lines")]))]
    if brief:
        return blocks, 0
    if report.items:
        blocks.append(_list(report))
    drawn = report.table if report.posted or not report.chart else None
    table, cut = _table(drawn, room - limits.letters(blocks)) if drawn else (None, 0)
    blocks += [table] if table else []
    blocks += [report.chart.block()] if report.chart else []
    return blocks, cut


def _first(report: Report) -> str:
    """The bold line, and what stands beside it; several sentences are no headline."""
    head = escape(report.headline[:SECTION_TEXT])
    return f"*{head}* · {escape(report.tail)}" if report.tail else f"*{head}*"


def _list(report: Report) -> Block:
    """A list whose lines hang under their text where they wrap."""
    style = "ordered" if report.ordered else "bullet"
    entries = [{"type": "rich_text_section", "elements": _pieces(item)} for item in report.items]
    listed = {"type": "rich_text_list", "style": style, "elements": entries}
    return {"type": "rich_text", "elements": [listed]}


def _pieces(item: Item) -> list[Block]:
    text = unbroken(item.text[:ITEMS_TEXT])
    first = {"type": "link", "url": item.url, "text": text} if item.url else {"type": "text", "text": text}
    bold = {"type": "text", "text": unbroken(item.bold), "style": {"bold": True}}
    return [*([first] if text else []), *([bold] if item.bold else [])]


def _table(table: Table, room: int) -> tuple[Block | None, int]:
    """As many rows as fit: a plain table of a few, one that pages and sorts of a dozen and more."""
    room -= sum(map(len, table.header)) + len(table.caption)
    kept: list[Sequence[Cell]] = []
    for row in table.rows:
        room -= sum(len(cell.text) for cell in row)
        if room < 0 or len(kept) == MOST_ROWS:
            break
        kept.append(row)
    cut = len(table.rows) - len(kept)
    if not kept:
        return None, cut
    return (_few(table, kept) if len(kept) <= TABLE_ROWS else _many(table, kept)), cut


def _few(table: Table, rows: Sequence[Sequence[Cell]]) -> Block:
    settings = [{"align": "left", "is_wrapped": True}, *[{"align": "right"}] * (len(table.header) - 1)]
    texts = [table.header, *([cell.text for cell in row] for row in rows)]
    body = [[{"type": "raw_text", "text": unbroken(text)} for text in row] for row in texts]
    return {"type": "table", "column_settings": settings, "rows": body}


def _many(table: Table, rows: Sequence[Sequence[Cell]]) -> Block:
    """Slack sorts a column by number only where each of its cells holds one."""
    numeric = [all(cell.number is not None for cell in column) for column in zip(*rows, strict=True)]
    header = [{"type": "raw_text", "text": title} for title in table.header]
    body = [[_cell(*each) for each in zip(row, numeric, strict=True)] for row in rows]
    return {
        "type": "data_table",
        "caption": table.caption or say("tabulated.caption"),
        "rows": [header, *body],
        "page_size": min(len(rows), PAGE),
        "row_header_column_index": 0,
    }


def _cell(cell: Cell, numeric: bool) -> Block:
    if numeric:
        return {"type": "raw_number", "value": cell.number, "text": unbroken(cell.text)}
    return {"type": "raw_text", "text": unbroken(cell.text)}


def _foot(made: Sequence[Report]) -> list[Block]:
    """One line: caveats, and each publisher once, linked to its own page where there is one."""
    lines = foot(made, _linked, escape)
    return [context(say("report.dot").join(fitting(lines, FOOT_TEXT, "sources")))] if lines else []


def _linked(cited: Cited) -> str:
    beside = told(cited).removeprefix(name_of(cited))
    return link(cited.url, escape(name_of(cited))) + escape(beside)


def link(url: str, shown: str) -> str:
    """The escaped text as a link; the text alone where there is no address."""
    return f"<{escape(url).replace('|', '%7C')}|{shown}>" if url else shown


def _buttons(made: Sequence[Report], answer: Answer) -> Iterator[Block]:
    """Two next questions, Details and the menu below figures; else up to three questions."""
    asks = asks_of(tuple(made))
    first = next((each for each in answer.all if each.question and each.figures), None)
    if first is None or first.question is None:
        yield from asked_back(asks, answer.catalogue)
    else:
        yield from pressed(first.question, asks, first.catalogue)


def _file(answer: Answer, *, cut: int) -> File | None:
    """The figures as a file, where one was asked for, or where some do not fit; a monthly post has none."""
    asked = [
        line
        for each in answer.all
        if each.question and each.question.view == "export"
        for line in every_line(each)
    ]
    return file_of(answer, asked or every_line(answer)) if (asked or cut) and not answer.edition else None


def _left_out(rows: int, file: File | None) -> str:
    more = say_count("render.more_rows", rows)
    return more if file else f"{more} {say('render.ask_for_file')}"


def title_of(answer: Answer) -> str:
    """The first line of an answer, for a heading elsewhere."""
    with speaking(answer.language):
        return first_words(reports(answer)[0])
