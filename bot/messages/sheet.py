"""Figures as lines of a CSV file: base units, changes in percent, provenance; and the file itself."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from bot.answers.answer import Answer
from bot.dataset.model import Figure, Source
from bot.messages.json_values import as_number
from bot.messages.message import File
from bot.messages.names import upper_first
from bot.messages.safe import visible
from bot.questions import words
from bot.words import say, say_count
from bot.words.countries import CODES

HEADER = (
    "period,kind,commodity,flow,partner,measure,value,unit,low,high,derived,yoy_pct,mom_pct,status,scope,"
    "source,step,yoy_origin,inputs,published,source_title,source_url,yoy_printed_pct,yoy_printed_source,"
    "yoy_computed_pct,yoy_computed_low,yoy_computed_high,yoy_disputed,partner_iso,as_of"
).split(",")
# What a spreadsheet would work out, in full width where it is set to Chinese.
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]")
BYTE_ORDER_MARK = "\ufeff"  # by it a spreadsheet knows that the file is UTF-8
NAME = 80
FILE_WORD = re.compile(" ?csv", re.IGNORECASE)  # of a question for a file, in each language
WORD = re.compile("[a-z0-9\u4e00-\u9fff]+")


def every_line(answer: Answer) -> tuple[str, ...]:
    """The header in the language that is spoken and a line a figure; nothing where there is none."""
    if not answer.figures:
        return ()
    sources = {citation.source.id: citation.source for citation in answer.citations}
    question, known = answer.question, ""
    if question and (question.as_of or question.first):  # on which day's knowledge they rest
        known = str(question.as_of) if question.as_of else "first published"
    rows: list[list[object]] = [[say(f"sheet.{column}") for column in HEADER]]
    rows += [[*_cells(figure, sources), known] for figure in answer.figures]
    return tuple(map(_line, rows))


def file_of(answer: Answer, lines: Sequence[str]) -> File:
    """The lines as a file that a spreadsheet opens with a double click, named after the question."""
    told = words(answer.question, answer.catalogue) if answer.question else say("sheet.figures")
    asked = FILE_WORD.sub("", told, 1)
    content = BYTE_ORDER_MARK + "".join(f"{line}\r\n" for line in lines)
    slug = "-".join(WORD.findall(asked.casefold()))[:NAME].strip("-") or say("sheet.figures")
    note = say_count("render.in_file", len(answer.figures), name=f"{slug}.csv")
    return File(f"{slug}.csv", upper_first(asked), content.encode(), note)


def _line(cells: Sequence[object]) -> str:
    out, row = StringIO(), [_plain_text(each) if isinstance(each, str) else each for each in cells]
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def _plain_text(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = visible(cell)
    return f"'{text}" if FORMULA.match(text) else text


def _cells(figure: Figure, sources: Mapping[str, Source]) -> list[object]:
    series, growth, move = figure.series, figure.growth, figure.move
    edges, reach = figure.range or (None, None), growth.range or (None, None)
    cited = list(dict.fromkeys(item.row.source for item in figure.inputs))
    printed = dict.fromkeys(item.row.published for item in figure.inputs)
    return [
        figure.period.label, figure.period.kind, series.commodity, series.flow, series.partner,
        series.measure, as_number(figure.value), figure.unit, *map(as_number, edges),
        _yes(figure.derived), _rounded(growth.pct), _rounded(move.pct if move else None),
        figure.status or "", figure.scope, "+".join(cited), as_number(figure.step), growth.origin or "",
        _inputs(figure), " + ".join(str(day) for day in printed if day),
        " + ".join(sources[name].title for name in cited), " + ".join(sources[name].url for name in cited),
        _rounded(growth.printed_pct), growth.printed_source or "", _rounded(growth.computed_pct),
        *map(_rounded, reach), _yes(growth.disputed), CODES.get(series.partner, ""),
    ]  # fmt: skip


def _inputs(figure: Figure) -> str:
    """Of a derived figure the printed ones: 2026-04 ytd 1060000 - 2026-04 month 520000."""
    rows = [(item.role, item.row) for item in figure.inputs] if figure.derived else []
    told = [f"{role} {row.period.label} {row.period.kind} {as_number(row.value)}" for role, row in rows]
    return " ".join(told).removeprefix("+ ")


def _rounded(pct: float | None) -> object:
    return "" if pct is None else round(pct, 2)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
