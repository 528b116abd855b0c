"""Whether an answer helped: one verdict a person and message, its reason, and the command that reads them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.dataset.calendar import Month, Period
from bot.questions.question import Question
from tests.commandline import alumina
from tests.gear.slack import LocalSlack
from tests.slack.desk import both_ways, environment
from tests.slack.events import in_database, settled
from tests.slack.pressing import asked, forge, press

ASKED = "alumina exports march 2024"
QUESTION = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3))).to_json()
COLUMNS = "user_id, verdict, question, reason"

pytestmark = pytest.mark.usefixtures("bot")


def kept(folder: Path) -> list[Any]:
    return in_database(folder, f"SELECT {COLUMNS} FROM feedback ORDER BY user_id")


async def explain(slack: LocalSlack, why: str, user: str = "U_BEN") -> None:
    await slack.modals.fill("feedback_reason", why, user=user)
    await slack.modals.submit(user=user)


async def read(slack: LocalSlack, folder: Path, *arguments: str) -> str:
    run = await alumina("feedback", *arguments, env=environment(slack, folder), folder=folder)
    assert (run.status, run.err) == (0, "")
    return run.out


@both_ways
async def test_a_verdict_is_kept_with_its_question_and_the_last_one_counts(
    slack: LocalSlack, tmp_path: Path
) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "up")
    assert kept(tmp_path) == [("U_BEN", "up", QUESTION, "")]
    assert slack.ephemerals("U_BEN")[0].text.startswith("Thank you")
    await press(slack, answer, "feedback", "down")
    await explain(slack, "I wanted imports")
    assert slack.modals.shown("U_BEN") is None
    assert kept(tmp_path) == [("U_BEN", "down", QUESTION, "I wanted imports")]
    await press(slack, answer, "feedback", "up", user="U_ANA")  # each person has one
    await press(slack, answer, "feedback", "down")
    await press(slack, answer, "feedback", "up")
    await explain(slack, "too late")  # for a verdict that is no more
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert "changed since" in shown.errors["feedback_reason"]
    assert kept(tmp_path) == [("U_ANA", "up", QUESTION, ""), ("U_BEN", "up", QUESTION, "")]


async def test_a_forged_verdict_or_one_on_what_others_have_written_is_not_kept(
    slack: LocalSlack, tmp_path: Path
) -> None:
    answer = await asked(slack, ASKED)
    for value in ("sideways", "", "up; DROP TABLE feedback", "<!channel>"):
        await forge(slack, answer, "feedback", type="feedback_buttons", value=value)
        assert "nothing was changed" in slack.ephemerals("U_BEN")[-1].text
    theirs = slack.workspace.post("C_ALUMINIUM", "U_ANA", "hello")
    await forge(slack, theirs, "feedback", type="feedback_buttons", value="up")
    assert kept(tmp_path) == []


async def test_what_only_one_person_saw_can_be_judged_too(slack: LocalSlack, tmp_path: Path) -> None:
    await settled(slack, slack.command("alumini exports march 2024"))
    [asked_back] = slack.ephemerals()
    await press(slack, asked_back, "feedback", "down", user="U_ANA")
    assert kept(tmp_path) == [("U_ANA", "down", "", "")]
    assert slack.modals.shown()


async def test_the_command_tells_them_the_newest_first(slack: LocalSlack, tmp_path: Path) -> None:
    assert (await read(slack, tmp_path)).startswith("No feedback yet")
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down", user="U_ANA")
    await explain(slack, "second\nline", "U_ANA")
    await press(slack, answer, "feedback", "up")
    told = (await read(slack, tmp_path)).splitlines()
    assert "helpful: alumina exports March 2024 (U_BEN in C_ALUMINIUM)" in told[0]
    assert "not helpful: alumina exports March 2024 (U_ANA in C_ALUMINIUM)" in told[1]
    assert told[2].strip() == "second line"
    listed = json.loads(await read(slack, tmp_path, "--json"))
    assert [(each["verdict"], each["reason"]) for each in listed] == [("up", ""), ("down", "second line")]
    assert {each["ts"] for each in listed} == {answer.ts}
