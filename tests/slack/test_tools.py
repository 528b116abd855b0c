"""What stands below an answer: menu, details, bin and feedback, for everybody, and after a restart."""

from pathlib import Path
from typing import Any

import pytest

from bot.dataset.calendar import Month, Period
from bot.playground.workspace import Message
from bot.questions.question import Question
from tests.commandline import alumina
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, both_ways, environment
from tests.slack.dialogue import dialogues
from tests.slack.events import change_database, in_database, settled
from tests.slack.example import ASKED, CHANNEL, MARCH
from tests.slack.pressing import action_ids, asked, element, forge, press

MEGATONNES = "0.14 Mt"  # the same by hand: 140 kt / 1000
NO_CHANGE = "nothing was changed"
HELP = Question(view="help").to_json()
NEVER = Question.of(("alumina",), ("export",), Period.whole_year(1999)).to_json()

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/tools.yaml")


def now(slack: LocalSlack, message: Message) -> Message:
    """The message as it stands."""
    found = slack.workspace.find(message.channel, message.ts)
    assert found
    return found


def menu(message: Message) -> str:
    """The action_id of the menu."""
    return next(each for each in action_ids(message) if each.startswith("menu"))


async def change_unit(slack: LocalSlack, message: Message, unit: str, user: str = "U_BEN") -> None:
    """A unit chosen in the modal that the menu opens."""
    await press(slack, message, menu(message), "units", user=user)
    await slack.modals.fill("units", unit, user=user)
    await settled(slack, slack.modals.submit(user=user))


async def test_what_only_the_asker_sees_stays_so_in_another_unit(slack: LocalSlack, tmp_path: Path) -> None:
    await settled(slack, slack.command(f"private {ASKED}"))
    [answer] = slack.ephemerals()
    await change_unit(slack, answer, "Mt", user="U_ANA")
    [shown] = slack.ephemerals()
    assert MEGATONNES in shown.text
    assert slack.messages() == []
    assert not action_ids(shown) & {f"ask_{number}" for number in range(5)}  # those would answer openly
    # Where its question cannot be stored it comes without a menu.
    await change_database(tmp_path, "ALTER TABLE contexts RENAME TO away")
    await settled(slack, slack.command(f"private {ASKED}"))
    answer = slack.ephemerals()[-1]
    assert (MARCH in answer.text, "how" in action_ids(answer)) == (True, True)
    assert not any(each.startswith("menu") for each in action_ids(answer))


async def test_a_choice_that_is_not_offered_changes_nothing(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    for value in ("bauxite imports july 2026", "<!channel> pizza", "", "x" * 3_000, "units now"):
        option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
        await forge(slack, answer, "menu", type="overflow", selected_option=option)
        told = slack.ephemerals("U_BEN")[-1].text
        assert (NO_CHANGE in told, "pizza" in told) == (True, False)
    assert now(slack, answer) == answer
    dollars = await asked(slack, "bauxite imports july 2025 value in US$")
    await forge(slack, dollars, "menu", selected_option={"value": "units"})
    assert now(slack, dollars) == dollars
    await slack.remove(answer.channel, answer.ts)
    await forge(slack, answer, "menu", selected_option={"value": "units"})
    assert slack.messages() == [dollars]
    assert [NO_CHANGE in each.text for each in slack.ephemerals("U_BEN")] == [True] * 7


async def test_the_menu_gives_a_file_the_form_of_a_post_and_all_next_questions(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, menu(answer), "csv")
    assert "1 figure as CSV" in slack.messages(CHANNEL, answer.ts)[0].text
    await press(slack, answer, menu(answer), "more")
    [told] = slack.ephemerals("U_BEN")
    assert len([each for each in action_ids(told) if each.startswith("ask_")]) >= 3
    month = await asked(slack, "july 2026")  # a whole month is the monthly post
    await press(slack, month, menu(month), "post")
    shown = slack.modals.shown("U_BEN")
    assert shown.view["callback_id"] == "subscription"


async def test_the_unit_of_a_monthly_post_comes_in_its_thread(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await slack.wait_for(slack.messages)
        [post] = slack.messages()
        await change_unit(slack, post, "Mt")
    assert (now(slack, post).text, now(slack, post).metadata) == (post.text, post.metadata)
    [answer] = slack.messages(CHANNEL, post.ts)
    assert answer.text.startswith("<@U_BEN> asked: ")
    assert " Mt" in answer.text


async def test_how_it_was_computed_opens_for_whoever_presses(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    for value in (HELP, NEVER):
        await forge(slack, answer, "how", value=value)
        assert slack.modals.shown("U_BEN") is None
        assert NO_CHANGE in slack.ephemerals("U_BEN")[-1].text
    await press(slack, answer, "how")
    shown = slack.modals.shown("U_BEN")
    assert "▲ 169.6 %" in str(shown.view["blocks"]).replace("\\xa0", " ")
    assert slack.modals.shown("U_ANA") is None


async def test_what_others_have_written_is_not_deleted_nor_what_is_gone(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    block = {"type": "context_actions", "block_id": "b", "elements": [element(answer, "delete")]}
    theirs = slack.workspace.post(CHANNEL, "U_BEN", "mine", blocks=(block,))
    await slack.remove(answer.channel, answer.ts)
    for message in (theirs, answer):
        await forge(slack, message, "delete", value="U_ANA", user="U_ANA")
        assert "no longer here to delete" in slack.ephemerals()[-1].text
    assert now(slack, theirs) == theirs


QUESTION = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3))).to_json()
COLUMNS = "user_id, verdict, question, reason"


def kept(folder: Path) -> list[Any]:
    return in_database(folder, f"SELECT {COLUMNS} FROM feedback ORDER BY user_id")


async def explain(slack: LocalSlack, why: str, user: str = "U_BEN") -> None:
    await slack.modals.fill("feedback_reason", why, user=user)
    await slack.modals.submit(user=user)


async def read(slack: LocalSlack, folder: Path) -> str:
    run = await alumina("feedback", env=environment(slack, folder), folder=folder)
    assert (run.status, run.err) == (0, "")
    return run.out


@both_ways
async def test_a_verdict_is_kept_and_the_last_one_counts(slack: LocalSlack, tmp_path: Path) -> None:
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
    assert "changed that feedback" in shown.errors["feedback_reason"]
    assert kept(tmp_path) == [("U_ANA", "up", QUESTION, ""), ("U_BEN", "up", QUESTION, "")]


@pytest.mark.parametrize("memo", ['{"workspace":"T1","ts":"1.2"}', '["T1"]', ""])
async def test_a_reason_from_the_modal_of_another_version_is_answered_so(
    slack: LocalSlack, tmp_path: Path, memo: str
) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down")
    shown = slack.modals.shown("U_BEN")
    shown.view["private_metadata"] = memo
    await settled(slack, explain(slack, "I wanted imports"))
    assert slack.messages("D_BEN")[-1].text == "This button is from an older version; ask again."
    assert kept(tmp_path) == [("U_BEN", "down", QUESTION, "")]


async def test_a_forged_or_misplaced_verdict_is_not_kept(slack: LocalSlack, tmp_path: Path) -> None:
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
