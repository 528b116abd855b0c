"""The gallery holds one of each kind, all of it within Slack's limits."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.gallery import asked as shown
from bot.gallery import headings, specimens
from bot.messages.blocks import Message
from bot.playground.limits import problems, view_problems
from bot.questions.question import Question
from bot.words import LANGUAGES, speaking
from tests.asked import asked as understand
from tests.tables import looped, tables

CASES = tables("gallery/specimens.yaml")

# Titles and names of publishers stay as they were published, commands as they are typed.
PUBLISHED = re.compile(r"`[^`]*`|“[^”]*”|^\[\d[^\n]*|（[^（）]*）|依据[^。\n]*", re.MULTILINE)


@pytest.fixture(scope="module")
def gallery(dataset):
    return specimens(dataset, date(2026, 11, 24))


def test_each_specimen_has_a_name_in_each_language(dataset, gallery):
    named = {spoken: [(e.group, e.name) for e in gallery if e.language == spoken] for spoken in LANGUAGES}
    assert all(names == named["en"] for names in named.values())
    assert len(set(named["en"])) == len(named["en"]) > 40
    assert specimens(dataset, date(2018, 1, 1))  # a day before everything has its gallery too


def test_what_is_asked_in_chinese_asks_the_same(dataset):
    record = dataset.on(date(2026, 11, 24))
    for heading in headings():
        english = shown(heading)
        with speaking("zh"):
            chinese = shown(heading)
        for name in english:
            one, other = (understand(words[name], record=record) for words in (english, chinese))
            assert (one.language, other.language, type(one)) == ("en", "zh", type(other)), name
            if isinstance(one, Question):
                assert replace(one, language="zh") == other, name
            else:
                assert one.outcome == other.outcome, name


def test_slack_would_take_all_of_it_and_no_english_is_left_in_what_is_chinese(gallery):
    for each in gallery:
        if not isinstance(each.content, Message):
            assert view_problems(each.content) == [], each.name
            continue
        assert problems(each.content.text, each.content.blocks) == [], each.name
        if each.language == "zh" and each.name != "Sources":  # by the titles that they have
            said = PUBLISHED.sub(" ", each.content.text)
            assert re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,}", said) == [], each.name


@looped(("name", "words"), CASES["called"])
def test_a_specimen_is_what_it_is_called(gallery, name, words):
    (found,) = [each for each in gallery if each.name == name and each.language == "en"]
    assert isinstance(found.content, Message)
    assert words in found.content.text
