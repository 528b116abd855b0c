"""Figures as lines of a CSV file, as a code block shows them: base units, changes in percent, one header."""

import csv
from collections.abc import Sequence
from io import StringIO

from bot.answers.answer import Answer
from bot.dataset.model import Figure

HEADER = (
    "period,kind,commodity,flow,partner,measure,value,unit,low,high,derived,yoy_pct,mom_pct,status,scope,source"
).split(",")


def sheet(answer: Answer) -> tuple[str, ...]:
    """The header and a line a figure; nothing where no file was asked for."""
    if not answer.question or answer.question.view != "export" or not answer.figures:
        return ()
    return (_line(HEADER), *(_line(_cells(figure)) for figure in answer.figures))


def _line(cells: Sequence[object]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _cells(figure: Figure) -> list[object]:
    series, (low, high) = figure.series, figure.range or (None, None)
    sources = "+".join(dict.fromkeys(item.row.source for item in figure.inputs))
    return [
        figure.period.label, figure.period.kind, series.commodity, series.flow, series.partner,
        series.measure, _plain(figure.value), figure.unit, _plain(low), _plain(high),
        "yes" if figure.derived else "no", _rounded(figure.growth.pct),
        _rounded(figure.move.pct) if figure.move else "", figure.status or "", figure.scope, sources,
    ]  # fmt: skip


def _plain(value: float | None) -> object:
    """Whole numbers without a decimal point; nothing where only a change was printed."""
    if value is None:
        return ""
    return int(value) if value == int(value) else round(value, 6)


def _rounded(pct: float | None) -> object:
    return "" if pct is None else round(pct, 2)
