"""The site's lists into links, titles and dates in its spellings, and what a refresh asks for."""

from datetime import date

import pytest

from bot.dataset.calendar import Month
from bot.errors import SourceError
from bot.sources.markup import document
from bot.sources.titles import Link, links_of, published_on, read_title, wanted
from tests.sources.conftest import saved
from tests.tables import looped, tables

CASES = tables("sources/cases.yaml")
HOST = "http://127.0.0.1:8000"
MONTHLY = f"{HOST}/statics/report/monthly.html"
LIST = saved("monthly.html")


def test_a_row_gives_a_link_for_each_month_that_is_out():
    links = links_of(LIST, MONTHLY)
    wanted = [(flow, month, f"{HOST}/statics/{page}.html") for flow, month, page in CASES["links"]]
    assert [(link.flow, link.month, link.address) for link in links] == wanted
    assert {link.stage for link in links} == {"bulletin"}


def test_the_flash_is_listed_by_its_title():
    links = links_of(saved("preliminary.html"), f"{HOST}/statics/report/preliminary.html")
    assert links[0] == Link(f"{HOST}/statics/f05.html", "flash", "export", 5, 2026)
    assert [link.flow for link in links] == ["export", "import"]


def test_a_list_of_another_layout_is_refused_and_one_of_a_year_that_has_just_begun_has_no_links():
    with pytest.raises(SourceError, match="no line 'Major Export Commodities in Quantity and Value'"):
        links_of(LIST.replace(b"Quantity", b"Number"), MONTHLY)
    words = b"Major Export Commodities in Quantity and Value"
    with pytest.raises(SourceError, match="no line 'Major Export Commodities in Quantity and Value'"):
        links_of(b"<p>" + words + b'</p><ul><li><a href="/e07.html">Jul.</a></li></ul>', MONTHLY)
    assert links_of(LIST.replace(b"<a href", b"<b href"), MONTHLY) == ()


TITLES = (
    "(5) China's Major Exports by Quantity and Value (in CNY)",
    "Major Exports by Quantity &amp; Value (in USD)",
)


@looped("labels", ["Jan. Feb. May.", "January February Sept.", "Jan Mar Dec"])
@looped(("name", "year"), [("preliminary2024", 2024), ("preliminary", None)])
def test_of_a_flash_in_two_currencies_dollars_are_listed(labels, name, year):
    rows = (
        f"<tr><td>{title}</td><td>"
        + "</br>".join(f'<a href="/{at}-{label}html"> {label}</a>' for label in labels.split())
        for at, title in enumerate(TITLES)
    )
    page, address = f"<table>{''.join(rows)}</table>", f"{HOST}/statics/report/{name}.html"
    links = links_of(page.encode("utf-8-sig"), address)
    assert [link.address for link in links] == [f"{HOST}/1-{label}html" for label in labels.split()]
    assert {(link.stage, link.flow, link.year) for link in links} == {("flash", "export", year)}


@looped("href", [b"http://[::1", b"", b"//", b"ftp://127.0.0.1/x", b"\xff\xfe"])
def test_a_link_that_is_none_is_passed_over(href):
    links = links_of(LIST.replace(b"/statics/e01.html", href), MONTHLY)
    assert [link.month for link in links if link.flow == "export"][:1] in ([1], [2])


def link(month, year=None, flow="export", stage="bulletin"):
    return Link(f"{HOST}/{stage}-{flow}-{year}-{month}.html", stage, flow, month, year)  # type: ignore[arg-type]


def test_a_month_without_a_year_is_the_last_one_that_is_over(dataset):
    assert dataset.today == date(2026, 11, 24)
    links = [link(10), link(11), link(12), link(12, 2024)]
    assert wanted(links, dataset, 2024) == [link(12, 2024), link(11), link(12), link(10)]
    assert wanted(links, dataset, 2025) == [link(11), link(12), link(10)]
    assert wanted(links, dataset, 2026) == [link(10)]


def test_the_newest_are_those_not_on_record_and_the_last_two_of_each_table(dataset):
    # On record are bulletins of exports in April, June and July 2026, none of August.
    links = [link(month) for month in (4, 6, 7, 8)]
    assert wanted(links, dataset) == [link(7), link(8)]
    assert wanted([*links, link(9), link(10)], dataset) == [link(8), link(9), link(10)]
    assert wanted([link(10, 2026, "import", "flash")], dataset) == []  # no line of it is ours


def test_a_backfill_goes_on_where_it_ended_the_oldest_first(dataset):
    links = [link(3, 2019), link(2, 2019), link(1, 2019), link(12, 2018), link(12, 2017)]
    taken = {link(12, 2018).address, link(1, 2019).address, link(3, 2019).address}
    assert wanted(links, dataset, 2018, taken) == [link(2, 2019), link(3, 2019)]


@looped(("text", "said"), CASES["titles"])
def test_a_title_is_read_in_every_spelling(text, said):
    title = read_title(text)
    assert (f"{title.stage} {title.period}" if title else None) == said


@looped(("markup", "end", "day"), CASES["dates"])
def test_the_date_is_that_of_the_article(markup, end, day):
    root = document(f"<html><body>{markup}</body></html>".encode())
    found = published_on(root, Month.from_text(end) if end else None)
    assert (str(found) if found else None) == day
