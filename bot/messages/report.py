"""A Report: what one answer shows, as values; its text, and its sources in one line: each publisher once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from bot.answers.answer import Answer
from bot.dataset.model import COMTRADE, Figure, Source, Status
from bot.messages.blocks import Block, escape, link
from bot.profile import profile
from bot.words import comma, listed, say, sentences
from bot.words.folder import own_name

SPOKEN = 700  # letters of a notification
LISTED = 3
ARROW, SIGNS = re.compile("([▲▼]) (~?)"), {"▲": "+", "▼": "−"}
PRESS, COMTRADE_SITE = "press", "comtrade"
IN_TITLES = {"preliminary": "flash", "query": "query"}  # what a revised row was printed in
MOST = 3
Cited = tuple[str, str, str]  # a publisher, a publication of its, and its page where there is one


class Cell(NamedTuple):
    """What a table shows in a place, and the number that its column sorts by."""

    text: str
    number: float | None = None


class Item(NamedTuple):
    """An entry of a list: plain words, bold ones after them, and where they link to."""

    text: str
    bold: str = ""
    url: str = ""


class Table(NamedTuple):
    """A header and rows of as many cells; the newest rows are the first to stay where not all fit."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Report(NamedTuple):
    """One answer: a bold line with what stands beside it, lines or a list, a table, at most one chart.

    Blank `lines` are not shown. `caveats` are what the reader would else take for something else; `sources`
    are its publications, `rounding` to what they round. Of an answer that is `posted` by itself the table
    stands beside the chart. `file` are the lines of one that was asked for.
    """

    headline: str
    tail: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    ordered: bool = False
    table: Table | None = None
    chart: Block | None = None
    posted: bool = False
    caveats: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    rounding: str = ""
    file: tuple[str, ...] = ()

    @property
    def first_words(self) -> str:
        """The first line as it is read: headline, and what stands beside it."""
        return f"{self.headline} · {self.tail}" if self.tail else self.headline


def spoken(made: Sequence[Report]) -> str:
    """One or two sentences a report, with the numbers and the sources: an arrow is read as its sign."""
    comma, end = say("report.comma"), say("joints.stop")
    told = list[str]()
    for report in made:
        told += (each.replace(" · ", comma) for each in (report.first_words, *report.lines[:LISTED]))
        told += (f"{item.text}{item.bold}".replace(" · ", " ") for item in report.items[:LISTED])
    told += [comma.join(sources)] if (sources := publishers(made)) else []
    every = [line if line.endswith((end, *"?？!！:：")) else line + end for line in told]
    lengths = accumulate(map(len, every))
    kept = [each for each, used in zip(every, lengths, strict=True) if used <= SPOKEN] or every[:1]
    return signed(sentences(kept))


def signed(words: str) -> str:
    """The words with + and − in the place of arrows."""
    return ARROW.sub(lambda found: found[2] + SIGNS[found[1]], words.replace("\u00a0", " "))


def text(made: Sequence[Report]) -> str:
    """All that reports show, line by line; of a table each row as a line."""
    lines = [line for each in made for line in (each.first_words, *each.lines, *in_lines(each))]
    return "\n".join(filter(None, [*lines, last_line(made)]))


def entries(report: Report) -> Iterator[str]:
    """The entries of a list, numbered where it is in an order."""
    for place, item in enumerate(report.items, start=1):
        yield f"{f'{place}.' if report.ordered else '•'} {item.text}{item.bold}"


def in_lines(report: Report) -> list[str]:
    """Those, and each row of the table as a line: Aluminium exports: Mar 2024 510; on year, % ▲ 3.1."""
    lines, table = [*entries(report)], report.table or Table(("",), ())
    unit, *heads = table.header
    for name, *cells in table.rows:
        row = [f"{head} {cell.text}" for head, cell in zip(heads, cells, strict=True)]
        lines.append(say("report.row", name=name.text, told=say("report.semicolon").join(row), unit=unit))
    return lines


def last_line(made: Sequence[Report]) -> str:
    """Caveats and sources; '' where there are none."""
    return say("report.dot").join(foot(made))


def foot(made: Sequence[Report], *, linked: bool = False) -> list[str]:
    """What the last line tells: each caveat once, the sources, and what ~ means; in mrkdwn, `linked`."""
    told, sources = (caveat for report in made for caveat in report.caveats), publishers(made, linked=linked)
    caveats = dict.fromkeys(map(escape, told) if linked else told)
    tables = [table for report in made if (table := report.table)]
    above = [text for each in made for text in (*each[:2], *each.lines, *chain(*each.items))]
    above += [cell.text for table in tables for row in table.rows for cell in row]
    legend = [say("report.legend")] if any("~" in text for text in above) else []
    return [*caveats, *([say("report.and").join(sources)] if sources else []), *legend]


def cited(answer: Answer, figures: Iterable[Figure]) -> tuple[Cited, ...]:
    """The publications behind figures of an answer; of many publishers the first, the rest as others."""
    by_id = {each.source.id: each.source for each in answer.citations}
    rows = dict.fromkeys((row.source, row.status) for figure in figures for row in figure.rows)
    told = [(status, by_id[name]) for name, status in rows if name in by_id]
    found = dict.fromkeys(_published(*each) for each in told)
    named = list(dict.fromkeys(publisher for publisher, *_ in found))
    others = [(say("sourcing.others"), "", "")] if len(named) > MOST else []
    return (*(each for each in found if each[0] in named[:MOST]), *others)


def publishers(made: Sequence[Report], *, linked: bool = False) -> list[str]:
    """Each publisher of reports once, with its rounding where there is one report; in mrkdwn, `linked`."""
    own: dict[str, dict[str, str]] = {}
    for publisher, kind, url in chain(*(report.sources for report in made)):
        pages = own.setdefault(publisher, {})
        pages[kind] = pages.get(kind) or url
    told = [_named(name, [*pages.items()], linked) for name, pages in own.items()]
    if told and len(made) == 1 and made[0].rounding:
        told[-1] = comma([told[-1], made[0].rounding])
    return told


def _named(name: str, pages: Sequence[tuple[str, str]], linked: bool) -> str:
    """The customs, monthly bulletin, query by HS code, each with its page; the customs via trade press."""

    def written(text: str, url: str) -> str:
        return link(url, escape(text)) if linked else text

    kinds = sorted((each for each in pages if each[0]), key=lambda each: each[0] == PRESS)
    if [kind for kind, _ in kinds] == [PRESS]:
        return say("sourcing.via_press", publisher=written(name, ""))
    told = [written(say(f"sourcing.kind_{kind}"), url) for kind, url in kinds[:MOST]]
    named = written(name, "" if told else pages[0][1])
    return say("sourcing.named", publisher=named, kinds=listed(told)) if told else named


def _published(status: Status | None, source: Source) -> Cited:
    """The publisher, in which publication, and its own page: an article quotes the first of them."""
    quoted, official = profile().publisher, source.publisher == profile().publisher
    if quoted and source.publisher not in (quoted, COMTRADE):
        return own_name(quoted), PRESS, ""
    site = profile().publisher_site if official else COMTRADE_SITE if source.publisher == COMTRADE else ""
    told = (kind for word, kind in IN_TITLES.items() if word in source.title.lower())
    stage = status if status in ("flash", "query") else next(told, "bulletin")
    own = site in source.url and source.url.count("/") > 3
    return own_name(source.publisher), stage if official else "", source.url if own else ""
