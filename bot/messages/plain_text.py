"""A Report as text alone: what a phone's notification says, and all of it for terminals and programs."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from bot.messages.report import Report, Table
from bot.messages.sourcing import publishers
from bot.words import say
from bot.words.joints import sentences, stop

SPOKEN = 700  # letters of a notification
LISTED = 3
ENDS = "?？!！:："  # of a sentence, beside the language's own
ARROWS = (("▲ ~", "~+"), ("▼ ~", "~−"), ("▲ ", "+"), ("▼ ", "−"))


def spoken(made: Sequence[Report]) -> str:
    """One or two sentences a report, with the numbers and the sources: an arrow is read as its sign."""
    comma, end = say("report.comma"), stop()
    told = list[str]()
    for report in made:
        told += (each.replace(" · ", comma) for each in (report.first_words, *report.lines[:LISTED]))
        told += (f"{item.text}{item.bold}".replace(" · ", " ") for item in report.items[:LISTED])
    told += [comma.join(sources)] if (sources := publishers(made)) else []
    every = [line if line.endswith((end, *ENDS)) else line + end for line in told]
    lengths = accumulate(map(len, every))
    kept = [each for each, used in zip(every, lengths, strict=True) if used <= SPOKEN] or every[:1]
    return signed(sentences(kept))


def signed(words: str) -> str:
    """The words with + and − in the place of arrows."""
    words = words.replace("\u00a0", " ")
    for arrow, sign in ARROWS:
        words = words.replace(arrow, sign)
    return words


def text(made: Sequence[Report]) -> str:
    """All that reports show, line by line; of a table each row as a line."""
    lines = [line for report in made for line in (*shown(report), *_rows(report.table))]
    return "\n".join([*lines, *last_line(made)])


def shown(report: Report) -> Iterator[str]:
    """The first line, the others, and the entries of a list, numbered where it is in an order."""
    yield report.first_words
    yield from report.lines
    for place, item in enumerate(report.items, start=1):
        yield f"{f'{place}.' if report.ordered else '•'} {item.text}{item.bold}"


def last_line(made: Sequence[Report]) -> list[str]:
    """Caveats and sources, where there are any."""
    below = foot(made, publishers(made))
    return [say("report.dot").join(below)] if below else []


def foot(made: Sequence[Report], sources: Sequence[str], written: Callable[[str], str] = str) -> list[str]:
    """What the last line of reports tells: each caveat once, as `written`, the sources, and what ~ means."""
    caveats = dict.fromkeys(written(each) for report in made for each in report.caveats)
    legend = [say("report.legend")] if any("~" in text for report in made for text in _texts(report)) else []
    return [*caveats, *([say("report.and").join(sources)] if sources else []), *legend]


def _texts(report: Report) -> Iterator[str]:
    """Every text that stands above the last line."""
    yield from (report.headline, report.tail, *report.lines)
    yield from (text for item in report.items for text in (item.text, item.bold))
    yield from (cell.text for row in (report.table.rows if report.table else ()) for cell in row)


def _rows(table: Table | None) -> Iterator[str]:
    """Each row as a line: Aluminium exports: Mar 2024 510; on year, % ▲ 3.1."""
    unit, *heads = table.header if table else ("",)
    for name, *cells in table.rows if table else ():
        row = [f"{head} {cell.text}" for head, cell in zip(heads, cells, strict=True)]
        yield say("report.row", name=name.text, told=say("report.semicolon").join(row), unit=unit)
