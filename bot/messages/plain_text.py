"""A Report as text alone: what a phone's notification says, and all of it for terminals and programs."""

from collections.abc import Iterator, Sequence

from bot.messages.report import Report, Table, first_words
from bot.messages.sourcing import foot, told, united
from bot.words import say
from bot.words.joints import sentences, stop

SPOKEN = 700  # letters of a notification
LISTED = 3
ARROWS = (("▲ ~", "~+"), ("▼ ~", "~−"), ("▲ ", "+"), ("▼ ", "−"))


def spoken(made: Sequence[Report]) -> str:
    """One or two sentences a report, with the numbers and the sources: an arrow is read as its sign."""
    every = [sentence for report in made for sentence in _sentences(report)]
    sources = [told(each) for each in united(made)]
    every += [_ended(say("report.comma").join(sources))] if sources else []
    kept: list[str] = []
    for sentence in every:
        if kept and sum(map(len, kept)) + len(sentence) > SPOKEN:
            break
        kept.append(sentence)
    return signed(sentences(kept))


def signed(words: str) -> str:
    """The words with + and − in the place of arrows."""
    words = words.replace("\u00a0", " ")
    for arrow, sign in ARROWS:
        words = words.replace(arrow, sign)
    return words


def _sentences(report: Report) -> Iterator[str]:
    yield _ended(first_words(report).replace(" · ", say("report.comma")))
    yield from (_ended(line.replace(" · ", say("report.comma"))) for line in report.lines[:LISTED])
    yield from (_ended(f"{item.text}{item.bold}".replace(" · ", " ")) for item in report.items[:LISTED])


def _ended(line: str) -> str:
    return line if line.endswith((stop(), "?", "？", "!", "！", ":", "：")) else f"{line}{stop()}"


def text(made: Sequence[Report]) -> str:
    """All that reports show, line by line; of a table each row as a line."""
    lines = [line for report in made for line in _lines(report)]
    below = foot(made)
    return "\n".join([*lines, *([say("report.dot").join(below)] if below else [])])


def _lines(report: Report) -> Iterator[str]:
    yield first_words(report)
    yield from report.lines
    yield from listed(report)
    if report.table:
        yield from rows(report.table)


def listed(report: Report) -> Iterator[str]:
    """The entries of a list, numbered where it is in an order."""
    for place, item in enumerate(report.items, start=1):
        yield f"{f'{place}.' if report.ordered else '•'} {item.text}{item.bold}"


def rows(table: Table) -> Iterator[str]:
    """Each row as a line: Aluminium exports: Mar 2024 510; on year, % ▲ 3.1."""
    unit, *heads = table.header
    for name, *cells in table.texts:
        row = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        yield say("report.row", name=name, told=say("report.semicolon").join(row), unit=unit)
