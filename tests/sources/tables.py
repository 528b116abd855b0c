"""Tables of figures as customs' site has laid them out from 2018 to 2026: the same cells in many dresses."""

from collections.abc import Callable, Sequence
from random import Random

from bot.dataset.calendar import MONTH_NAMES
from bot.dataset.model import Measure

from .truth import Block, Sheet

PARTS: tuple[Measure, ...] = ("quantity", "value")
NAMES = {
    "alumina": ("Alumina", "Alumina*", "alumina"),
    "bauxite": ("Aluminium ores and concentrates", "Aluminum ores and  concentrates"),
    "unwrought_aluminium": (
        "Unwrought aluminium and aluminium products",
        "Unwrought aluminum and aluminum products *",
        "Unwrought Aluminium &amp; Aluminium Products",
        "Unwrought aluminum and<br />aluminum products",
    ),
}
INDENTS = ("", "&nbsp;&nbsp;&nbsp;&nbsp;", "&#160;", "\u3000", "  ", "'")
NOTHING = ("-", "—", "–", "－", "-&nbsp;")
OTHERS = ("Rice", "Steel products", "Motor vehicles（including chassis fitted with engines)", "Toys")
SECTIONS = ("Of which:", "", "&nbsp;")
NOTES = (
    'Note: 1. "Agricultural products*", “Mechanical and electrical products*" and "Hi-tech products*" include'
    " relevant products listed in the table.",
    "Notes: * For the scope of commodities listed in this table, please refer to the Catalog.",
)
WEIGHTS = {10_000: ("10000T", "10,000T", "10 000T", "10000 T"), 1: ("T", "Ton", "Tons")}
FLASH_WEIGHTS = ("10,000 Tons", "10,000 Ton", "Ton", "10000 Tons")  # Ton over the same numbers: a misprint
DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    "\n\t\t\t\t<span>{}&nbsp;</span>\n\t\t\t".format,
    "<span><b>{}</b></span>".format,
    '<p class=MsoNormal style="mso-pagination:none"><span lang=EN-US>{}<o:p></o:p></span></p>'.format,
    "<font face=Arial size=2>{}</font>".format,
    "<!-- cell -->{} ".format,
)
ATTRIBUTES = ("", " align=right", ' class="style8" style="border:0.75pt solid windowtext;"', " nowrap x:num")


class Look:
    """What one page's table looks like; drawn once and used for all of its cells."""

    def __init__(self, draw: Random, sheet: Sheet) -> None:
        self.draw = draw
        self.dress = draw.choice(DRESSES)
        self.attributes = draw.choice(ATTRIBUTES)
        self.nothing = draw.choice(NOTHING)
        self.separator = draw.choice((",", ",", "，", ""))
        self.head = draw.choice(("td", "td", "th"))
        self.lead = draw.random() < 0.15  # an empty column before the names
        self.tail = draw.random() < 0.1  # an empty cell behind the last
        self.apart = draw.random() < 0.1  # all quantities, and behind them all values
        # no cell for the unit in any row, and an empty one at the end
        self.unit_lost = sheet.stage == "flash" and draw.random() < 0.1


def table(draw: Random, sheet: Sheet, unit_of_values: str, title: str) -> str:
    """The table with its header, lines of others, empty rows and notes."""
    look = Look(draw, sheet)
    width = 2 + 2 * len(sheet.blocks) + 2 + look.lead + look.tail
    rows = [*_above(draw, width, unit_of_values, title), *header(look, sheet)]
    body = [_line(look, sheet, commodity) for commodity in sheet.commodities]
    body += [_other(look, sheet, name) for name in draw.sample(OTHERS, 3)]
    crude = ["4321", "987654", "54321", "9876543", "50123", "8765432"][: 2 * len(sheet.blocks)]
    body.append(_row(look, "Crude petroleum oils", "10000T", [*crude, "2.1", "-"]))
    draw.shuffle(body)
    body.insert(draw.randrange(len(body)), _section(look, sheet))
    rows += body + [f"<td colspan={width} align=left>{note}</td>" for note in draw.sample(NOTES, 1)]
    opening, closing = draw.choice((("<tbody>", "</tbody>"), ("", ""), ("\n", "\n")))
    row = draw.choice(
        ("<tr>{}</tr>", "\n\t\t<tr>{}\n\t\t</tr>", "<tr height=19 style='height:14.25pt'>{}</tr>")
    )
    style = draw.choice(
        ("", " border=0 cellspacing=0 class=ke-zeroborder", ' style="border-collapse:collapse;"')
    )
    return f"<table{style}>{opening}{''.join(row.format(each) for each in rows)}{closing}</table>"


def _above(draw: Random, width: int, unit: str, title: str) -> list[str]:
    """Rows with the page's title and its unit of values, where they stand inside the table."""
    rows = [f"<td colspan={width}><span><b>{title}</b></span></td>"] if draw.random() < 0.7 else []
    if unit:
        blank = "<td class=style2></td>" * (width - 2)
        whole = f"<td colspan={width} align=right><span><b>{unit}</b></span></td>"
        rows.append(draw.choice((whole, f"{blank}<td colspan=2>{unit}</td>")))
    return rows


def header(look: Look, sheet: Sheet) -> list[str]:
    draw, labels = (
        look.draw,
        [*(label(look, sheet, block) for block in sheet.blocks), change(look.draw, sheet)],
    )
    name = draw.choice(("Commodity", "Commodities", "Name of Commodity", "Commodity&nbsp;"))
    unit = draw.choice(("Quantity Unit", "Quantity<br>Unit", "Unit"))
    lead, parts = _empty(look, look.lead), _cells(look, ["Quantity", "Value"] * len(labels))
    tail = _empty(look, look.tail)
    if look.apart:
        both = "".join(f"<td colspan={len(labels)}>{each}</td>" for each in ("Quantity", "Value"))
        reach = "".join(f"<td rowspan=2>{look.dress(each)}</td>" for each in (name, unit))
        return [lead + reach + both + tail, lead + _cells(look, labels * 2) + tail]
    over = "".join(f"<{look.head} colspan=2 align=center>{look.dress(each)}</{look.head}>" for each in labels)
    if draw.random() < 0.25:
        both = _cells(look, [name, unit])
        return [lead + _cells(look, ["", ""]) + over + tail, lead + both + parts + tail]
    reach = "".join(f"<{look.head} rowspan=2>{look.dress(each)}</{look.head}>" for each in (name, unit))
    return [lead + reach + over + tail, lead + parts + tail]


def label(look: Look, sheet: Sheet, block: Block) -> str:
    """What stands over a month, a running total, or that of the year before."""
    draw = look.draw
    number, word = sheet.end.number, MONTH_NAMES[sheet.end.number - 1]
    if block == "month" and sheet.stage == "bulletin":
        blank = ("", "&nbsp;") if sheet.end.number > 1 and not look.apart else ()
        return draw.choice((f"{number}", f"{number:02d}", word, f"{word[:3]}.", *blank))
    if block == "month":
        return draw.choice((f"{number}", word))
    if sheet.stage == "bulletin":
        return draw.choice(
            (f"1to{number}", f"1 to {number}", f"1-{number}", f"1to{number}&nbsp;", f"Jan-{word[:3]}")
        )
    year = sheet.end.year - 1
    spelled = f"Jan-{word[:3]}"
    if block == "base":
        return draw.choice(
            (f"1-{number} Total,{year}", f"1-{number} Total, {year}", f"{spelled} {year} in Total")
        )
    return draw.choice((f"1-{number} Total", f"{spelled} in Total"))


def change(draw: Random, sheet: Sheet) -> str:
    if sheet.stage == "bulletin":
        return draw.choice(
            ("Percentage Change", "Percentage<br>Change", "Percentage</br>Change", "Percentage Change(%)")
        )
    number = sheet.end.number
    spelled = f"Jan-{MONTH_NAMES[number - 1][:3]} Total Year-on-Year <span class=font2>±</span><span>%</span>"
    return draw.choice((f"1-{number} Total, Year-On-Year(%)&nbsp;", spelled))


def _line(look: Look, sheet: Sheet, commodity: str) -> str:
    weight = look.draw.choice(sheet.tonnes(commodity))
    numbers = [
        sheet.printed(block, commodity, part, weight if part == "quantity" else sheet.money)
        for block in sheet.blocks
        for part in PARTS
    ]
    changes = [sheet.change(commodity, part) for part in PARTS]
    name = look.draw.choice(INDENTS) + look.draw.choice(NAMES[commodity])
    units = FLASH_WEIGHTS if sheet.stage == "flash" else WEIGHTS[int(weight)]
    return _row(look, name, look.draw.choice(units), [*numbers, *changes])


def _other(look: Look, sheet: Sheet, name: str) -> str:
    """Another commodity's line: numbers, what a workbook leaves of a broken cell, or dashes."""
    count = 2 * len(sheet.blocks) + 2
    numbers: list[list[str | None]] = [["*REF!"] * count, [None] * count, ["############"] * count]
    amounts = ["12.3", "456.7", "98.7", "3210.9", "99.8", "3300.0"][: count - 2]
    drawn = look.draw.choice([[*amounts, "-4.5", "6.7"], *numbers])
    return _row(look, name, look.draw.choice(("10000N", "-", "—", "T")), drawn)


def _section(look: Look, sheet: Sheet) -> str:
    """A row without figures."""
    return _empty(look, look.lead) + _cells(
        look, [look.draw.choice(SECTIONS)] + [""] * (2 * len(sheet.blocks) + 3)
    )


def _row(look: Look, name: str, unit: str, numbers: Sequence[str | None]) -> str:
    texts = [_number(look, each) for each in ([*numbers[::2], *numbers[1::2]] if look.apart else numbers)]
    cells = [name, *texts, ""] if look.unit_lost else [name, unit, *texts]
    return _empty(look, look.lead) + _cells(look, cells) + _empty(look, look.tail)


def _number(look: Look, text: str | None) -> str:
    if text is None:
        return look.nothing
    whole, point, rest = text.partition(".")
    if whole.lstrip("-").isdigit():
        whole = f"{int(whole):,}".replace(",", look.separator) if whole != "-0" else whole
    return whole + point + rest


def _cells(look: Look, texts: Sequence[str]) -> str:
    return "".join(f"<td{look.attributes}>{look.dress(each) if each else ''}</td>" for each in texts)


def _empty(look: Look, wanted: bool) -> str:
    return "<td></td>" if wanted else ""
