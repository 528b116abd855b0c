"""Sheets of figures as customs' pages from 2018 to 2026 lay them out: the same cells in many dresses."""

from collections.abc import Callable, Sequence
from random import Random

from bot.dataset.calendar import MONTH_NAMES
from bot.dataset.model import Measure

from .sheets import Block, Sheet

ADDRESS = "http://english.customs.gov.cn/Statics/2d569f57-a86e-4d63-94fb-d3000b039aa7.html"
MARK = f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n"
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
DOLLARS = {
    "flash": ("Unit: USD1 Million", "Value Unit: USD 1 Million", "Unit：USD1 Million"),
    "bulletin": ("Unit:US$1,000", "Unit：US$1,000", "(Unit: US$ 1,000)"),
}
YUAN = ("Unit:RMB￥10,000", "Unit:RMB 10,000", "Unit：RMB ¥10,000")
WEIGHTS = {10_000: ("10000T", "10,000T", "10 000T"), 1: ("T", "Ton", "Tons")}
FLASH_WEIGHTS = ("10,000 Tons", "Ton", "10000 Tons")  # Ton over the same numbers: a misprint
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


def page(draw: Random, sheet: Sheet, *, lying: bool = False) -> bytes:
    """The sheet as one of the many pages that print it; a lying one is headed in yuan over dollars."""
    title, unit = title_of(draw, sheet), draw.choice(YUAN if lying else DOLLARS[sheet.stage])
    inside = draw.random() < 0.6
    mark, window = draw.choice(("", MARK)), draw.choice((title, "Statistics - GACC"))
    content = ("" if inside else f"<p>{unit}</p>") + table(draw, sheet, unit if inside else "")
    text = (
        f'{mark}<html>\n<head><title>{window}</title></head>\n<body><div class="atcl-ttl">{title}</div>\n'
        f'<div class="atcl-date">{date_of(draw, sheet)}</div><div>{content}</div></body></html>\n'
    )
    return text.encode(draw.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), "xmlcharrefreplace")


def title_of(draw: Random, sheet: Sheet) -> str:
    month, year, word = sheet.end.number, sheet.end.year, MONTH_NAMES[sheet.end.number - 1]
    flow = sheet.flow.title()
    if sheet.stage == "flash":
        when = draw.choice((word, f"{word[:3]}.")) if "month" in sheet.blocks else f"Jan-{word[:3]}"
        return f"(5) China's Major {flow}s by Quantity and Value, {when} {year} (in USD)"
    months = draw.choice((f"{month}", f"1-{month}")) if month > 1 else "1"
    comma = draw.choice((",", " , ", "，"))
    return f"（13）Major {flow} Commodities in  Quantity and Value{comma}{months}.{year}"


def date_of(draw: Random, sheet: Sheet) -> str:
    """As the site prints it: the year first, and till 2020 the month."""
    early = sheet.day.year <= 2020 and draw.random() < 0.6
    return f"{sheet.day:%m/%d/%Y}" if early else draw.choice((f"{sheet.day:%Y/%m/%d}", f"{sheet.day} 10:30"))


def table(draw: Random, sheet: Sheet, unit: str) -> str:
    """The table with its header, lines of others, an empty row and a note."""
    dress, nothing, comma = draw.choice(DRESSES), draw.choice(NOTHING), draw.choice((",", "，", ""))
    lead = [""] * (draw.random() < 0.15)  # an empty column before the names
    apart = draw.random() < 0.1  # all quantities, and behind them all values
    labels = [*(label(draw, sheet, block, apart) for block in sheet.blocks), change(draw, sheet)]
    width = len(lead) + 2 + 2 * len(labels)

    def cells(texts: Sequence[str]) -> str:
        return "".join(f"<td>{dress(each) if each else ''}</td>" for each in texts)

    def line(name: str, weight: str, numbers: Sequence[str | None]) -> str:
        texts = [grouped(each, comma) if each else nothing for each in numbers]
        return cells([*lead, name, weight, *(texts[::2] + texts[1::2] if apart else texts)])

    def own(commodity: str) -> str:
        weight = draw.choice(sheet.tonnes(commodity))
        numbers = [
            sheet.printed(block, commodity, part, weight if part == "quantity" else sheet.money)
            for block in sheet.blocks
            for part in PARTS
        ]
        spelled = FLASH_WEIGHTS if sheet.stage == "flash" else WEIGHTS[int(weight)]
        numbers += [sheet.change(commodity, part) for part in PARTS]
        return line(draw.choice(NAMES[commodity]), draw.choice(spelled), numbers)

    names = ["Commodity", draw.choice(("Quantity Unit", "Quantity<br>Unit"))]
    groups, below = (
        (["Quantity", "Value"], labels * 2) if apart else (labels, ["Quantity", "Value"] * len(labels))
    )
    over = "".join(f"<td colspan={len(below) // len(groups)}>{dress(each)}</td>" for each in groups)
    if not apart and draw.random() < 0.25:
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
    above = [f"<td colspan={width} align=right><b>{unit}</b></td>"] if unit else []
    row = draw.choice(ROWS)
    rows = [*above, *header, *body, f"<td colspan={width}>{NOTE}</td>"]
    return f"<table>{''.join(map(row.format, rows))}</table>"


def label(draw: Random, sheet: Sheet, block: Block, apart: bool) -> str:
    """What stands over a month, a running total, or that of the year before."""
    number, word = sheet.end.number, MONTH_NAMES[sheet.end.number - 1]
    if block == "month":
        blank = [""] if sheet.stage == "bulletin" and number > 1 and not apart else []
        return draw.choice([f"{number}", word, *blank])
    if sheet.stage == "bulletin":
        return draw.choice((f"1to{number}", f"1-{number}", f"1to{number}&nbsp;", f"Jan-{word[:3]}"))
    if block == "base":
        year = sheet.end.year - 1
        return draw.choice((f"1-{number} Total, {year}", f"Jan-{word[:3]} {year} in Total"))
    return draw.choice((f"1-{number} Total", f"Jan-{word[:3]} in Total"))


def change(draw: Random, sheet: Sheet) -> str:
    number = sheet.end.number
    spelled = f"Jan-{MONTH_NAMES[number - 1][:3]} Total Year-on-Year <span class=font2>±</span><span>%</span>"
    flash = (f"1-{number} Total, Year-On-Year(%)&nbsp;", spelled)
    return draw.choice(flash if sheet.stage == "flash" else CHANGES)


def grouped(text: str, comma: str) -> str:
    whole, point, rest = text.partition(".")
    is_number = whole.lstrip("-").isdigit() and whole != "-0"
    return (f"{int(whole):,}".replace(",", comma) if is_number else whole) + point + rest
