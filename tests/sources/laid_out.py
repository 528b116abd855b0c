"""Sheets of figures as tables of customs' bulletins from 2018 to 2026: the same cells in many dresses."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.model import Flow, Measure, Row, Series
from bot.sources.table import Span

TEN_THOUSAND, ONE, THOUSAND_DOLLARS = Decimal(10_000), Decimal(1), Decimal(1_000)


@dataclass(frozen=True)
class Sheet:
    """The figures of one page. `span` is of which period its percentages are."""

    flow: Flow
    end: Month
    day: date
    spans: tuple[Span, ...]
    span: Span
    rows: tuple[Row, ...]
    money = THOUSAND_DOLLARS

    @property
    def has_values(self):
        return any(row.series.measure == "value" for row in self.rows)

    @property
    def commodities(self):
        return tuple(dict.fromkeys(row.series.commodity for row in self.rows))

    def tonnes(self, commodity):
        """The units of weight in which the line can be printed as it is rounded on record."""
        steps = [row.step or 0 for row in self.rows if row.series == Series(commodity, self.flow)]
        return (TEN_THOUSAND, ONE) if steps and max(steps) <= 1 else (TEN_THOUSAND,)

    def printed(self, span, commodity, measure, unit):
        """The number as it stands in its cell, without separators; None where it is not on record."""
        row = self._row(span, commodity, measure)
        if row is None:
            return None
        decimals = max(0, -int((Decimal(str(row.step)) / unit).log10().to_integral_value()))
        return f"{Decimal(str(row.value)) / unit:.{decimals}f}"

    def change(self, commodity, measure):
        row = self._row(self.span, commodity, measure)
        return None if row is None or row.yoy_pct is None else str(row.yoy_pct)

    def _row(self, span, commodity, measure):
        wanted = span, Series(commodity, self.flow, measure=measure)
        return next((row for row in self.rows if (row.period.kind, row.series) == wanted), None)

    def levels(self):
        """The rows that its reading has to give, without their changes."""
        return {(row.series, row.period, row.scope, row.value, row.step) for row in self.rows}

    def changes(self):
        """The changes that its reading may give, each with its period."""
        told = (row for row in self.rows if row.period.kind == self.span and row.yoy_pct is not None)
        return {(row.series, row.period, row.yoy_pct) for row in told}


def sheets_of(record):
    """A page for every month and flow of which a bulletin is on record, once for each reading."""
    found: dict[tuple[Flow, Month], dict[object, Row]] = defaultdict(dict)
    for row in record.rows:
        item = record.catalogue[row.series.commodity]
        if row.status in (None, "bulletin") and item.lines and _fits(row, item.scopes[0]):
            own = found[row.series.flow, row.period.end]
            before = own.get((row.period.kind, row.series))
            if before is None or (before.yoy_pct is None and row.yoy_pct is not None):
                own[row.period.kind, row.series] = row
    for (flow, end), rows in found.items():
        spans: tuple[Span, ...] = ("month", "ytd") if end.number > 1 else ("month",)
        kept = tuple(row for row in rows.values() if row.period.kind in spans)
        for span in spans:
            if any(row.period.kind == span and row.yoy_pct is not None for row in kept):
                day = record.calendar.release(end, "bulletin").day
                yield Sheet(flow, end, day, spans, span, kept)


def _fits(row, scope):
    """Whether the row can stand on such a page: of the world, of the line, rounded as the page rounds."""
    if row.series.partner or row.scope != scope or not row.value or not row.step:
        return False
    unit = THOUSAND_DOLLARS if row.series.measure == "value" else TEN_THOUSAND
    exponent = (Decimal(str(row.step)) / unit).log10()
    whole = Decimal(str(row.value)) % Decimal(str(row.step)) == 0
    return whole and exponent <= 0 and exponent == exponent.to_integral_value()


PARTS: tuple[Measure, ...] = ("quantity", "value")
NAMES = {
    "alumina": ("Alumina", "Alumina*", "&nbsp;&nbsp;alumina"),
    "bauxite": ("Aluminium ores and concentrates", "'Aluminum ores and  concentrates"),
    "unwrought_aluminium": (
        "Unwrought aluminium and aluminium products",
        "\u3000Unwrought Aluminium &amp; Aluminium Products",
        "Unwrought aluminum and<br />aluminum products *",
    ),
}
DOLLARS = ("Unit:US$1,000", "Unit：US$1,000", "(Unit: US$ 1,000)")
YUAN = ("Unit:RMB￥10,000", "Unit:RMB 10,000", "Unit：RMB ¥10,000")
WEIGHTS = {10_000: ("10000T", "10,000T", "10 000T"), 1: ("T", "Ton", "Tons")}
CHANGES = ("Percentage Change", "Percentage</br>Change", "Percentage Change(%)")
NOTHING = ("-", "—", "－", "-&nbsp;")
NOTE = "Notes: * For the scope of commodities listed in this table, please refer to the Catalog."
DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    "\n\t\t\t\t<span>{}&nbsp;</span>\n\t\t\t".format,
    '<p class=MsoNormal style="mso-pagination:none"><span lang=EN-US>{}<o:p></o:p></span></p>'.format,
    "<!-- cell --><font face=Arial size=2><b>{}</b></font> ".format,
)
ROWS = ("<tr>{}</tr>", "\n\t\t<tr>{}\n\t\t</tr>", "<tr height=19 style='height:14.25pt'>{}</tr>")


def page(draw, sheet, *, lying=False):
    """A page with the sheet in one of the many tables that print it; a lying one has yuan over dollars."""
    title = f"Major {sheet.flow.title()} Commodities in Quantity and Value"
    return (
        f'<html><body><div class="atcl-ttl">（13）{title},{sheet.end.number}.{sheet.end.year}</div>'
        f'<div class="atcl-date">{sheet.day:%Y/%m/%d}</div>'
        f"{table(draw, sheet, draw.choice(YUAN if lying else DOLLARS))}</body></html>"
    ).encode()


def table(draw, sheet, unit):
    """The table with its header, lines of others, an empty row and a note."""
    dress, nothing, comma = draw.choice(DRESSES), draw.choice(NOTHING), draw.choice((",", "，", ""))
    lead = [""] * (draw.random() < 0.15)  # an empty column before the names
    labels = [*(label(draw, sheet, span) for span in sheet.spans), draw.choice(CHANGES)]
    width = len(lead) + 2 + 2 * len(labels)

    def cells(texts):
        return "".join(f"<td>{dress(each) if each else ''}</td>" for each in texts)

    def line(name, weight, numbers):
        return cells([*lead, name, weight, *(grouped(each, comma) if each else nothing for each in numbers)])

    def own(commodity):
        weight = draw.choice(sheet.tonnes(commodity))
        numbers = [
            sheet.printed(span, commodity, part, weight if part == "quantity" else sheet.money)
            for span in sheet.spans
            for part in PARTS
        ]
        numbers += [sheet.change(commodity, part) for part in PARTS]
        return line(draw.choice(NAMES[commodity]), draw.choice(WEIGHTS[int(weight)]), numbers)

    names = ["Commodity", draw.choice(("Quantity Unit", "Quantity<br>Unit"))]
    below = ["Quantity", "Value"] * len(labels)
    over = "".join(f"<td colspan=2>{dress(each)}</td>" for each in labels)
    if draw.random() < 0.25:
        header = [cells([*lead, "", ""]) + over, cells([*lead, *names, *below])]
    else:
        reach = "".join(f"<td rowspan=2>{dress(each)}</td>" for each in names)
        header = [cells(lead) + reach + over, cells([*lead, *below])]
    body = [own(commodity) for commodity in sheet.commodities]
    body += [
        line("Rice", "T", ["12.3", "456"] * len(labels)),
        line("Toys", "-", ["*REF!", None] * len(labels)),
    ]
    draw.shuffle(body)
    body.insert(draw.randrange(len(body)), cells(["Of which:", *[""] * (width - 1)]))
    above = f"<td colspan={width} align=right><b>{unit}</b></td>"
    rows = [above, *header, *body, f"<td colspan={width}>{NOTE}</td>"]
    return f"<table>{''.join(map(draw.choice(ROWS).format, rows))}</table>"


def label(draw, sheet, span):
    """What stands over a month, or over a running total."""
    number, word = sheet.end.number, MONTH_NAMES[sheet.end.number - 1]
    if span == "month":
        return draw.choice([f"{number}", word, *([""] if number > 1 else [])])
    return draw.choice((f"1to{number}", f"1-{number}", f"1to{number}&nbsp;", f"Jan-{word[:3]}"))


def grouped(text, comma):
    whole, point, rest = text.partition(".")
    is_number = whole.lstrip("-").isdigit() and whole != "-0"
    return (f"{int(whole):,}".replace(",", comma) if is_number else whole) + point + rest
