"""Damaged pages: an error or rows of the page as it was; never a crash, never another number."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.sources.markup import Unreadable
from bot.sources.page import read_page
from bot.sources.titles import links_of
from tests.sources.conftest import PAGES, printed_rows, saved
from tests.sources.test_comtrade import answer, entry, trade_records, world
from tests.tables import looped

NAMES = sorted(path.name for path in PAGES.glob("*-20*.html"))
PIECES = re.compile(r"<[^>]*>|[^<]+")  # tags and texts: a damaged number is the guard's to find
TAGS = "td /td tr /tr /table table !-- script /script td_colspan=9 td_rowspan=9 /br p /p b".split()
TEXTS = ["-->", "<a", "&nbsp;", "&#0;", "\0", "\ufeff", "-EndFragment-->", "]]>", "<", ">"]
JUNK = st.sampled_from([f"<{tag.replace('_', ' ')}>" for tag in TAGS] + TEXTS)


@cache
def pieces(name):
    return PIECES.findall(saved(name).decode())


def rows_of(content, known):
    try:
        return printed_rows(read_page(content, "page.html", known))
    except SourceError:
        return set()


@pytest.fixture(scope="module")
def check(dataset):
    """Nothing but what the page printed; a change may be left out where others no longer decide it."""
    whole = {name: rows_of(saved(name), dataset) for name in NAMES}

    def checked(name, content):
        levels = {row[:5] + row[6:] for row in whole[name]}
        changes = {(row[0], row[1], row[5]) for row in whole[name]}
        for row in rows_of(content, dataset):
            assert row[3] is None or row[:5] + row[6:] in levels
            assert row[5] is None or (row[0], row[1], row[5]) in changes

    return checked


def broken(name, damage):
    """Without some of its tags and texts, and with junk and doubled parts; no two numbers become one."""
    parts = list(pieces(name))
    for where, length, removed, junk in damage:
        start = int(where * len(parts))
        if removed:
            parts[start : start + length] = [" "]
        else:
            parts[start:start] = [*(parts[start : start + length] or [junk]), " "]
    return "".join(parts).encode()


def cut(name, damage):
    content = saved(name)
    return content[: int(damage[0][0] * len(content))]


DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.booleans(), JUNK), min_size=1, max_size=4)


@pytest.mark.parametrize("damaged", [broken, cut])
@given(each=st.tuples(*[DAMAGE] * len(NAMES)))
def test_a_damaged_page(damaged, each, check):
    for name, damage in zip(NAMES, each, strict=True):
        check(name, damaged(name, damage))


@looped("name", NAMES)
@looped("written", ["utf-8", "gbk", "utf-16", "latin-1", "big5"])
def test_a_page_in_another_encoding_and_with_other_ends_of_lines(name, written, check):
    ending = ("\n", "\r\n", "\r")[len(name + written) % 3]
    text = saved(name).decode().replace("\n", ending)
    check(name, text.encode(written, "xmlcharrefreplace"))
    check(name, text.encode().decode("gbk", "replace").encode())


@given(st.binary(max_size=300))
def test_any_bytes(nothing, content):
    for read in (
        lambda: links_of(content, "http://site.example/list.html"),
        lambda: read_page(content, "page.html", nothing),
        lambda: trade_records(content),
    ):
        with pytest.raises((SourceError, Unreadable)):
            read()


ANSWER = answer(world(), entry())


@given(st.integers(0, len(ANSWER) - 1))
def test_an_answer_cut_anywhere_is_refused(end):
    with pytest.raises(Unreadable):
        trade_records(ANSWER[:end])
