"""What stands below an answer: menu, details, bin and feedback, for everybody, and after a restart."""

import pytest

from bot.dataset.calendar import Month, Period
from bot.questions.question import Question
from tests.commandline import alumina
from tests.slack.desk import POSTING, environment
from tests.slack.dialogue import dialogues
from tests.slack.events import action_ids, asked, change_database, forge, in_database, press, settled
from tests.slack.example import ASKED, CHANNEL, MARCH

MEGATONNES = "0.14 Mt"  # the same by hand: 140 kt / 1000
NO_CHANGE = "nothing was changed"

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/tools.yaml")


def now(slack, message):
    """The message as it stands."""
    found = slack.workspace.find(message.channel, message.ts)
    assert found
    return found


def menu(message):
    """The action_id of the menu."""
    return next(each for each in action_ids(message) if each.startswith("menu"))


async def change_unit(slack, message, unit, user="U_BEN"):
    """A unit chosen in the modal that the menu opens."""
    await press(slack, message, menu(message), "units", user=user)
    await slack.modals.fill("units", unit, user=user)
    await settled(slack, slack.modals.submit(user=user))


async def test_what_only_the_asker_sees_stays_so_in_another_unit(slack, tmp_path):
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


async def test_a_choice_that_is_not_offered_changes_nothing(slack):
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


async def test_the_unit_of_a_monthly_post_comes_in_its_thread(slack, serve):
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await slack.wait_for(slack.messages)
        [post] = slack.messages()
        await change_unit(slack, post, "Mt")
    assert (now(slack, post).text, now(slack, post).metadata) == (post.text, post.metadata)
    [answer] = slack.messages(CHANNEL, post.ts)
    assert answer.text.startswith("<@U_BEN> asked: ")
    assert " Mt" in answer.text


QUESTION = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3))).to_json()
COLUMNS = "user_id, verdict, question, reason"


def kept(folder):
    return in_database(folder, f"SELECT {COLUMNS} FROM feedback ORDER BY user_id")


async def explain(slack, why, user="U_BEN"):
    await slack.modals.fill("feedback_reason", why, user=user)
    await slack.modals.submit(user=user)


async def read(slack, folder):
    run = await alumina("feedback", env=environment(slack, folder), folder=folder)
    assert (run.status, run.err) == (0, "")
    return run.out


@pytest.mark.parametrize("memo", ['{"workspace":"T1","ts":"1.2"}', '["T1"]', ""])
async def test_a_reason_from_the_modal_of_another_version_is_answered_so(slack, tmp_path, memo):
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down")
    shown = slack.modals.shown("U_BEN")
    shown.view["private_metadata"] = memo
    await settled(slack, explain(slack, "I wanted imports"))
    assert slack.messages("D_BEN")[-1].text == "This button is from an older version; ask again."
    assert kept(tmp_path) == [("U_BEN", "down", QUESTION, "")]


async def test_the_command_tells_them_the_newest_first(slack, tmp_path):
    assert (await read(slack, tmp_path)).startswith("No feedback yet")
    answer = await asked(slack, ASKED)
    await press(slack, answer, "feedback", "down", user="U_ANA")
    await explain(slack, "second\nline", "U_ANA")
    await press(slack, answer, "feedback", "up")
    told = (await read(slack, tmp_path)).splitlines()
    assert "helpful: alumina exports March 2024 (U_BEN in C_ALUMINIUM)" in told[0]
    assert "not helpful: alumina exports March 2024 (U_ANA in C_ALUMINIUM)" in told[1]
    assert told[2].strip() == "second line"
