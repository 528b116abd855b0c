"""The home tab on other days than the newest, and of somebody whose channels have many subscriptions."""

import datetime as dt
import re
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.dataset import Record
from bot.messages.actions import HOME_LANGUAGE
from bot.messages.limits import view_problems
from bot.posts.home import Home, home_view, newest_edition
from bot.posts.order import Subscription
from bot.posts.schedule import outlook
from bot.posts.subscription_messages import Listed
from bot.questions.question import Question
from bot.words import LANGUAGES, say, speaking

# The first has no complete month at all; in March January and February are out together.
DAYS = [dt.date(2018, 1, 2), dt.date(2021, 6, 1), dt.date(2024, 3, 25), dt.date(2026, 8, 25)]
days = pytest.mark.parametrize("day", DAYS, ids=str)


@days
def test_it_keeps_slack_s_limits_however_many_subscriptions_there_are(record: Record, day: dt.date) -> None:
    dataset = record.as_of(day)
    now = dt.datetime.combine(day, dt.time(12), dt.UTC)
    own = [Subscription("T", f"C{number}", created_at=now, changed_at=now) for number in range(200)]
    ahead = outlook(own[0], now, dataset)
    view = home_view(Home(dataset, [Listed(each, ahead) for each in own], "a note"))
    assert view_problems(view) == []
    assert "190 more" in str(view)  # ten are listed


@pytest.mark.parametrize("spoken", LANGUAGES)
@days
def test_every_example_is_a_question_in_its_language(record: Record, day: dt.date, spoken: Any) -> None:
    dataset = record.as_of(day)
    with speaking(spoken):
        blocks = home_view(Home(dataset))["blocks"]
    elements = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    asked = [Question.from_json(each["value"]) for each in elements if each["action_id"] != HOME_LANGUAGE]
    assert asked
    for question in asked:
        assert question.language == spoken
        assert respond(question, dataset).outcome == "answered"


@days
def test_in_chinese_nothing_is_left_in_english(record: Record, day: dt.date) -> None:
    with speaking("zh"):
        view = home_view(Home(record.as_of(day)))
    assert view_problems(view) == []
    texts = re.findall(r"'text': '([^']*)'", str(view))
    assert set(re.findall(r"\b[A-Za-z]?[a-z]{3,}\b", " ".join(texts))) <= {
        "English",
        "alumina",
        "alert",
        "alerts",
    }


def test_without_a_complete_month_it_says_so(record: Record) -> None:
    assert say("home.nothing") in str(home_view(Home(record.as_of(DAYS[0]))))


def test_january_and_february_are_one_month(record: Record) -> None:
    dataset = record.as_of(dt.date(2026, 3, 25))
    assert str(newest_edition(dataset)) == "2026-02"
    assert "January and February 2026, and its change on the year" in str(home_view(Home(dataset)))
