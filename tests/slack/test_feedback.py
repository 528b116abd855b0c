"""Whether an answer helped: one verdict a person and message, its reason, and the command that reads them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.dataset.calendar import Month, Period
from bot.questions.question import Question
from tests.commandline import alumina
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment
from tests.slack.events import in_database
from tests.slack.pressing import asked, forge, press

ASKED = "alumina exports march 2024"
QUESTION = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3))).to_json()
COLUMNS = "user_id, verdict, question, reason"


def kept(folder: Path) -> list[Any]:
    return in_database(folder, f"SELECT {COLUMNS} FROM feedback ORDER BY user_id")


async def read(slack: LocalSlack, folder: Path, *arguments: str) -> str:
    run = await alumina("feedback", *arguments, env=environment(slack, folder), folder=folder)
    assert (run.status, run.err) == (0, "")
    return run.out


@pytest.mark.usefixtures("either_bot")
async def test_a_verdict_is_kept_with_its_question(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "up")
    assert kept(tmp_path) == [("U_BEN", "up", QUESTION, "")]
    assert slack.ephemerals("U_BEN")[0].text.startswith("Thank you")


@pytest.mark.usefixtures("bot")
async def test_one_that_did_not_help_is_asked_why(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down")
    assert kept(tmp_path) == [("U_BEN", "down", QUESTION, "")]
    await slack.modals.fill("feedback_reason", "I wanted imports", user="U_BEN")
    await slack.modals.submit(user="U_BEN")
    assert slack.modals.shown("U_BEN") is None
    assert kept(tmp_path) == [("U_BEN", "down", QUESTION, "I wanted imports")]


@pytest.mark.usefixtures("bot")
async def test_the_last_verdict_counts_and_each_person_has_one(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await asked(slack, ASKED)
    for user, value in (("U_ANA", "up"), ("U_BEN", "down"), ("U_BEN", "up")):
        await press(slack, answer, "feedback", value, user=user)
    assert [row[:2] for row in kept(tmp_path)] == [("U_ANA", "up"), ("U_BEN", "up")]


@pytest.mark.usefixtures("bot")
async def test_a_reason_for_a_verdict_that_is_no_more_changes_nothing(
    slack: LocalSlack, tmp_path: Path
) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down")
    await press(slack, answer, "feedback", "up")
    await slack.modals.fill("feedback_reason", "too late", user="U_BEN")
    await slack.modals.submit(user="U_BEN")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert "changed since" in shown.errors["feedback_reason"]
    assert [row[1:] for row in kept(tmp_path)] == [("up", QUESTION, "")]


@pytest.mark.parametrize("value", ["sideways", "", "up; DROP TABLE feedback", "<!channel>"])
@pytest.mark.usefixtures("bot")
async def test_a_forged_verdict_is_not_kept(slack: LocalSlack, tmp_path: Path, value: str) -> None:
    answer = await asked(slack, ASKED)
    await forge(slack, answer, "feedback", type="feedback_buttons", value=value)
    assert kept(tmp_path) == []
    assert "nothing was changed" in slack.ephemerals("U_BEN")[0].text


@pytest.mark.usefixtures("bot")
async def test_a_verdict_on_what_others_have_written_is_not_kept(slack: LocalSlack, tmp_path: Path) -> None:
    theirs = slack.workspace.post("C_ALUMINIUM", "U_ANA", "hello")
    await forge(slack, theirs, "feedback", type="feedback_buttons", value="up")
    assert kept(tmp_path) == []


@pytest.mark.usefixtures("bot")
async def test_what_only_one_person_saw_can_be_judged_too(slack: LocalSlack, tmp_path: Path) -> None:
    await slack.command("alumini exports march 2024")
    await slack.settle()
    [asked_back] = slack.ephemerals()
    await press(slack, asked_back, "feedback", "down", user="U_ANA")
    assert kept(tmp_path) == [("U_ANA", "down", "", "")]
    assert slack.modals.shown()


@pytest.mark.usefixtures("bot")
async def test_the_command_tells_them_the_newest_first(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down", user="U_ANA")
    await slack.modals.fill("feedback_reason", "second\nline")
    await slack.modals.submit()
    await press(slack, answer, "feedback", "up")
    told = (await read(slack, tmp_path)).splitlines()
    assert "helpful: alumina exports March 2024 (U_BEN in C_ALUMINIUM)" in told[0]
    assert "not helpful: alumina exports March 2024 (U_ANA in C_ALUMINIUM)" in told[1]
    assert told[2].strip() == "second line"
    listed = json.loads(await read(slack, tmp_path, "--json"))
    assert [(each["verdict"], each["reason"]) for each in listed] == [("up", ""), ("down", "second line")]
    assert {each["ts"] for each in listed} == {answer.ts}


async def test_without_any_it_says_so(slack: LocalSlack, tmp_path: Path) -> None:
    assert (await read(slack, tmp_path)).startswith("No feedback yet")
    assert json.loads(await read(slack, tmp_path, "--json")) == []
