"""Damaged pages: an error or rows of the page as it was; never a crash, never another number."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dataset.dataset import Dataset, Record
from bot.errors import SourceError
from bot.sources.comtrade import answer_of
from bot.sources.index import links_of
from bot.sources.page import read_page
from tests.looped import looped

from .conftest import PAGES, printed, saved
from .test_comtrade import DECEMBER, answer, entry, world

Rows = set[tuple[object, ...]]
Draw = Callable[[st.SearchStrategy[Any]], Any]
Damage = Callable[[str, Draw], bytes]
NAMES = sorted(path.name for path in PAGES.glob("*-20*.html"))
PIECES = re.compile(r"<[^>]*>|[^<]+")  # tags and texts: a damaged number is the guard's to find
TAGS = "td /td tr /tr /table table !-- script /script td_colspan=9 td_rowspan=9 /br p /p b".split()
TEXTS = ["-->", "<a", "&nbsp;", "&#0;", "\0", "\ufeff", "-EndFragment-->", "]]>", "<", ">"]
JUNK = st.sampled_from([f"<{tag.replace('_', ' ')}>" for tag in TAGS] + TEXTS)


@cache
def pieces(name: str) -> list[str]:
    return PIECES.findall(saved(name).decode())


def rows_of(content: bytes, record: Record, known: Dataset) -> Rows | None:
    try:
        return {printed(row) for row in read_page(content, "page.html", record.catalogue, known).rows}
    except SourceError:
        return None


@pytest.fixture(scope="module")
def whole(record: Record, dataset: Dataset) -> dict[str, Rows]:
    found = {name: rows_of(saved(name), record, dataset) for name in NAMES}
    return {name: rows for name, rows in found.items() if rows}


def check(name: str, content: bytes, whole: dict[str, Rows], record: Record, known: Dataset) -> None:
    """Nothing but what the page printed; a change may be left out where others no longer decide it."""
    levels = {row[:5] + row[6:] for row in whole[name]}
    changes = {(row[0], row[1], row[5]) for row in whole[name]}
    for row in rows_of(content, record, known) or ():
        assert row[3] is None or row[:5] + row[6:] in levels
        assert row[5] is None or (row[0], row[1], row[5]) in changes


def thinned(name: str, draw: Draw) -> bytes:
    """Without some of its tags and texts."""
    kept = list(pieces(name))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(kept) - 1))
        del kept[start : start + draw(st.integers(1, 12))]
    return "".join(kept).encode()


def mixed_up(name: str, draw: Draw) -> bytes:
    """With junk and doubled parts."""
    mixed = list(pieces(name))
    for _ in range(draw(st.integers(1, 4))):
        start, length = draw(st.integers(0, len(mixed))), draw(st.integers(0, 12))
        mixed[start:start] = mixed[start : start + length] or [draw(JUNK)]
    return "".join(mixed).encode()


def cut(name: str, draw: Draw) -> bytes:
    content = saved(name)
    return content[: draw(st.integers(0, len(content)))]


@pytest.mark.parametrize("damaged", [thinned, mixed_up, cut])
@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_damaged_page(
    name: str, damaged: Damage, data: st.DataObject, whole: dict[str, Rows], record: Record, dataset: Dataset
) -> None:
    check(name, damaged(name, data.draw), whole, record, dataset)


@looped("name", NAMES)
@looped("written", ["utf-8", "gbk", "utf-16", "latin-1", "big5"])
@looped("ending", ["\n", "\r\n", "\r"])
def test_a_page_in_another_encoding_and_with_other_ends_of_lines(
    name: str, written: str, ending: str, whole: dict[str, Rows], record: Record, dataset: Dataset
) -> None:
    text = saved(name).decode().replace("\n", ending)
    check(name, text.encode(written, "xmlcharrefreplace"), whole, record, dataset)
    check(name, text.encode().decode("gbk", "replace").encode(), whole, record, dataset)


@looped(
    ("first", "second"),
    [((1, 2), (3, 4)), ((1, 3), (2, 4)), ((1, 2), (5, 6)), ((3, 4), (5, 6)), ((1, 5), (2, 6))],
)
@looped("name", ["bulletin-export-2026-07.html", "bulletin-import-2026-07.html"])
def test_columns_that_have_changed_places_below_their_headings_are_refused(
    name: str, first: tuple[int, int], second: tuple[int, int], record: Record, dataset: Dataset
) -> None:
    """Month and total, quantity and value, levels and changes."""

    def moved(row: re.Match[str]) -> str:
        cells = re.findall(r"<td[^>]*>.*?</td>", row[0])
        for one, other in zip(first, second, strict=True):
            cells[one + 1], cells[other + 1] = cells[other + 1], cells[one + 1]
        return "<tr>" + "".join(cells) + "</tr>"

    page = re.sub(r"<tr>(?=<td>&nbsp;).*?</tr>", moved, saved(name).decode())
    assert page != saved(name).decode()
    with pytest.raises(SourceError):
        read_page(page.encode(), "page.html", record.catalogue, dataset)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    for read in (
        lambda: links_of(content, "http://site.example/list.html"),
        lambda: read_page(content, "page.html", {}),
        lambda: answer_of(content, "answer", DECEMBER),
    ):
        with pytest.raises(SourceError):
            read()


ANSWER = answer(world(), entry())


@given(st.integers(0, len(ANSWER) - 1))
def test_an_answer_cut_anywhere_is_refused(end: int) -> None:
    with pytest.raises(SourceError):
        answer_of(ANSWER[:end], "answer", DECEMBER)
