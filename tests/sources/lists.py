"""The site's lists of tables, year by year, as it has laid them out since 2018; and the links in them."""

from random import Random

from bot.dataset.model import Flow
from bot.sources.index import Link
from bot.sources.titles import Stage

from .skins import FOOT, NAV

HOST = "http://english.customs.gov.cn"
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May.", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")
LONG = tuple("January February March April May June July August Sept. October Nov Dec".split())
BULLETIN: dict[Flow, tuple[str, ...]] = {
    "export": (
        "（13）Major Export Commodities in Quantity and Value",
        "( 13 ) Major  Export Commodities in Quantity and Value",
    ),
    "import": (
        "（14）Major Import Commodities in Quantity and Value",
        "(14)Major Import Commodities  in Quantity and Value ",
    ),
}
FLASH: dict[Flow, tuple[str, ...]] = {
    "export": ("(5) China's Major Exports by Quantity and Value (in {})",),
    "import": ("(6) China's Major Imports by Quantity and Value (in {})",),
}
OTHERS = (
    "（1）Summary of Imports and Exports  (In USD) B：Monthly",
    "（2）Imports and Exports by Country （Region） of Origin/Destination",
    "（15）Exports by Selected Countries (Regions) and by HS Divisions",
    "（17）Exports of Selected Commodities by Major Customs Regimes",
)


def address_of(stage: Stage, year: int, newest: int) -> str:
    name = "monthly" if stage == "bulletin" else "preliminary"
    return f"{HOST}/statics/report/{name}{'' if year == newest else year}.html"


def listed(draw: Random, stage: Stage, address: str, year: int | None, out: int) -> tuple[bytes, set[Link]]:
    """A list in which `out` months are out, and the links that its reading has to give."""
    labels = draw.choice((MONTHS, LONG))
    first = draw.choice((1, 1, 2)) if out > 1 else 1  # some years January has no page of its own
    links: set[Link] = set()
    rows = []
    for flow in ("export", "import"):
        for currency in ("CNY", "USD") if stage == "flash" else ("",):
            titles = (FLASH if stage == "flash" else BULLETIN)[flow]  # type: ignore[index]
            cells, own = _cells(draw, stage, flow, labels, range(first, out + 1), year, currency)  # type: ignore[arg-type]
            rows.append((draw.choice(titles).format(currency), cells))
            links |= own if currency != "CNY" else set()
    others = {title: f"other-{number}" for number, title in enumerate(OTHERS)}
    months = range(1, out + 1)
    rows += [
        (title, _cells(draw, stage, "export", labels, months, year, mark)[0])
        for title, mark in others.items()
    ]
    draw.shuffle(rows)
    return _document(draw, rows, address), links


def _cells(
    draw: Random, stage: Stage, flow: Flow, labels: tuple[str, ...], out: range, year: int | None, mark: str
) -> tuple[str, set[Link]]:
    quote, between = draw.choice(("", "", '"', "'")), draw.choice(("", "</br>", "<br>", "</br>\n  "))
    links, texts = set(), []
    for number, label in enumerate(labels, 1):
        if number not in out:
            texts.append(f"<span>{label}</span>")
            continue
        target = f"{HOST}/Statics/{stage}-{flow}-{mark}-{year}-{number}.html"
        texts.append(f"<a href={quote}{target}{quote}{draw.choice(('', ' target=_blank'))}> {label}</a>")
        links.add(Link(target, stage, flow, number, year))
    return between.join(texts), links


def _document(draw: Random, rows: list[tuple[str, str]], address: str) -> bytes:
    indent = draw.choice(("", "\n            ", "\n\t\t"))
    body = "".join(
        f"<tr>{indent}<td>{title}</td>{indent}<td>{cells}</td>{indent}</tr>" for title, cells in rows
    )
    options = "".join(f'<option value="{year}">{year}</option>' for year in range(2026, 2017, -1))
    text = (
        '<!DOCTYPE html>\n<html>\n<head><meta charset="UTF-8"><title>News - Newsroom - GACC</title></head>'
        f"<body>{NAV}"
        f'<div class="m-report-title"><span>Year</span><select id="monthlysel">{options}</select></div>'
        f"<table><thead><tr><th>Title</th><th>Month</th></tr></thead><tbody>{body}</tbody></table>{FOOT}"
        "</body></html>"
    )
    return text.encode(draw.choice(("utf-8", "utf-8-sig")))
