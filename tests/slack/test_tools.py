"""The menu, details and the bin: for everybody in the channel, and after a restart."""

from pathlib import Path

import pytest

from bot.dataset.calendar import Period
from bot.playground.workspace import Message
from bot.questions.question import Question
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot
from tests.slack.events import change_database
from tests.slack.pressing import action_ids, asked, element, forge, mentioned, press

ASKED = "alumina exports march 2024"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
MEGATONNES = "0.14 Mt"  # the same by hand: 140 kt / 1000
NO_CHANGE = "nothing was changed"
HELP = Question(view="help")
NEVER = Question.of(("alumina",), ("export",), Period.whole_year(1999))


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
    await slack.modals.submit(user=user)
    await slack.settle()


@pytest.mark.usefixtures("either_bot")
async def test_another_unit_takes_the_place_of_the_message(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    assert MARCH in answer.text
    await change_unit(slack, answer, "Mt")
    [shown] = slack.messages()
    assert shown.ts == answer.ts
    assert MEGATONNES in shown.text
    assert shown.text.startswith(f"<@U_ANA> asked: {ASKED}\n")
    assert element(shown, "delete")["value"] == "U_ANA"  # still Ana's, though Ben has chosen


@pytest.mark.parametrize("lost", [False, True], ids=["", "slack's word of it is lost"])
@pytest.mark.usefixtures("bot")
async def test_what_follows_in_the_thread_keeps_the_unit(slack: LocalSlack, lost: bool) -> None:
    answer = await mentioned(slack, ASKED)
    if lost:
        slack.fail("chat.update", when="after")
    await change_unit(slack, answer, "Mt")
    assert now(slack, answer).metadata != answer.metadata
    await slack.say("and april?", thread_ts=answer.thread_ts)
    await slack.settle()
    follow_up = slack.messages("C_ALUMINIUM", answer.thread_ts)[-1]
    assert "Alumina exports, April 2024" in follow_up.text
    assert " Mt" in follow_up.text


@pytest.mark.usefixtures("bot")
async def test_of_an_earlier_answer_it_leaves_the_thread_s_last_question(slack: LocalSlack) -> None:
    answer = await mentioned(slack, ASKED)
    await slack.say("and april?", thread_ts=answer.thread_ts)
    await slack.settle()
    await change_unit(slack, answer, "Mt")
    await slack.say("and alumina imports?", thread_ts=answer.thread_ts)
    await slack.settle()
    assert "Alumina imports, April 2024" in slack.messages("C_ALUMINIUM", answer.thread_ts)[-1].text


@pytest.mark.usefixtures("bot")
async def test_an_answer_in_another_unit_still_follows_its_edited_question(slack: LocalSlack) -> None:
    answer = await mentioned(slack, ASKED)
    await change_unit(slack, answer, "Mt")
    await slack.edit("C_ALUMINIUM", str(answer.thread_ts), "<@U0ALUMINA> alumina exports april 2024")
    await slack.settle()
    assert "Alumina exports, April 2024" in now(slack, answer).text


@pytest.mark.usefixtures("bot")
async def test_what_only_the_asker_sees_stays_so_in_another_unit(slack: LocalSlack) -> None:
    await slack.command(f"private {ASKED}")
    await slack.settle()
    [answer] = slack.ephemerals()
    await change_unit(slack, answer, "Mt", user="U_ANA")
    [shown] = slack.ephemerals()
    assert MEGATONNES in shown.text
    assert slack.messages() == []
    assert not action_ids(shown) & {f"ask_{number}" for number in range(5)}  # those would answer openly


@pytest.mark.usefixtures("bot")
async def test_where_its_question_cannot_be_stored_a_private_answer_comes_without_a_menu(
    slack: LocalSlack, tmp_path: Path
) -> None:
    await change_database(tmp_path, "ALTER TABLE private_answers RENAME TO away")
    await slack.command(f"private {ASKED}")
    await slack.settle()
    [answer] = slack.ephemerals()
    assert MARCH in answer.text
    assert not any(each.startswith("menu") for each in action_ids(answer))
    assert "how" in action_ids(answer)


@pytest.mark.parametrize(
    "value", ["bauxite imports july 2026", "<!channel> pizza", "", "x" * 3_000, "alumina exports april 2024"]
)
@pytest.mark.usefixtures("bot")
async def test_a_forged_choice_changes_nothing(slack: LocalSlack, value: str) -> None:
    answer = await asked(slack, ASKED)
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    await forge(slack, answer, "menu", type="overflow", selected_option=option)
    assert now(slack, answer) == answer
    [told] = slack.ephemerals("U_BEN")
    assert NO_CHANGE in told.text
    assert "pizza" not in told.text


@pytest.mark.usefixtures("bot")
async def test_units_that_the_answer_does_not_offer_change_nothing(slack: LocalSlack) -> None:
    answer = await asked(slack, "bauxite imports july 2025 value in US$")
    await forge(slack, answer, "menu", type="overflow", selected_option={"value": "units"})
    assert now(slack, answer) == answer
    assert NO_CHANGE in slack.ephemerals("U_BEN")[0].text


@pytest.mark.usefixtures("bot")
async def test_the_menu_gives_a_file_in_the_thread(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, menu(answer), "csv")
    assert "1 figure as CSV" in slack.messages("C_ALUMINIUM", answer.ts)[0].text


@pytest.mark.usefixtures("bot")
async def test_the_menu_opens_the_form_of_a_post_after_each_release(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, menu(answer), "post")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert shown.view["callback_id"] == "subscription"


@pytest.mark.usefixtures("bot")
async def test_the_menu_shows_all_next_questions_to_the_presser_alone(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, menu(answer), "more")
    [told] = slack.ephemerals("U_BEN")
    assert len([each for each in action_ids(told) if each.startswith("ask_")]) >= 3


@pytest.mark.usefixtures("bot")
async def test_a_unit_of_a_message_that_is_gone_changes_nothing(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await slack.remove(answer.channel, answer.ts)
    await forge(slack, answer, "menu", selected_option={"value": "units"})
    assert slack.messages() == []
    assert NO_CHANGE in slack.ephemerals("U_BEN")[0].text


async def test_the_unit_of_a_monthly_post_is_answered_in_its_thread(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(ALUMINA_CHANNEL="C_ALUMINIUM", **POSTING):
        await slack.wait_for(slack.messages)
        [post] = slack.messages()
        await change_unit(slack, post, "Mt")
    assert (now(slack, post).text, now(slack, post).metadata) == (post.text, post.metadata)
    [answer] = slack.messages("C_ALUMINIUM", post.ts)
    assert answer.text.startswith("<@U_BEN> asked: ")
    assert " Mt" in answer.text


@pytest.mark.usefixtures("bot")
async def test_how_it_was_computed_opens_for_whoever_presses(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await press(slack, answer, "how")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert "▲ 169.6 %" in str(shown.view["blocks"]).replace("\\xa0", " ")
    assert slack.modals.shown("U_ANA") is None


@pytest.mark.parametrize("value", [HELP.to_json(), NEVER.to_json()], ids=["help", "not on record"])
@pytest.mark.usefixtures("bot")
async def test_how_of_what_has_no_figure_is_a_sentence(slack: LocalSlack, value: str) -> None:
    answer = await asked(slack, ASKED)
    await forge(slack, answer, "how", value=value)
    assert slack.modals.shown("U_BEN") is None
    assert NO_CHANGE in slack.ephemerals("U_BEN")[0].text


@pytest.mark.usefixtures("bot")
async def test_the_asker_deletes_an_answer(slack: LocalSlack) -> None:
    command, mention = await asked(slack, ASKED), await mentioned(slack, ASKED)
    await press(slack, command, "delete", user="U_ANA")
    await press(slack, mention, "delete", user="U_ANA")
    assert [message.text for message in slack.messages()] == [f"<@U0ALUMINA> {ASKED}"]
    assert slack.messages("C_ALUMINIUM", mention.thread_ts) == []
    assert slack.ephemerals() == []


@pytest.mark.parametrize("value", ["U_ANA", "U_BEN", ""])
@pytest.mark.usefixtures("bot")
async def test_nobody_else_does_whatever_the_press_says(slack: LocalSlack, value: str) -> None:
    answer = await asked(slack, ASKED)
    await forge(slack, answer, "delete", value=value, user="U_BEN")
    assert now(slack, answer) == answer
    assert "Only <@U_ANA>" in slack.ephemerals("U_BEN")[0].text


@pytest.mark.usefixtures("bot")
async def test_what_others_have_written_is_not_deleted(slack: LocalSlack) -> None:
    bin_of_ana = element(await asked(slack, ASKED), "delete")
    block = {"type": "context_actions", "block_id": "b", "elements": [bin_of_ana]}
    theirs = slack.workspace.post("C_ALUMINIUM", "U_BEN", "mine", blocks=(block,))
    await forge(slack, theirs, "delete", value="U_ANA", user="U_ANA")
    assert now(slack, theirs) == theirs
    assert "no answer of mine" in slack.ephemerals()[-1].text


@pytest.mark.usefixtures("bot")
async def test_an_answer_that_is_gone_is_said_to_be(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await slack.remove(answer.channel, answer.ts)
    await forge(slack, answer, "delete", value="U_ANA", user="U_ANA")
    assert "no answer of mine" in slack.ephemerals()[-1].text


@pytest.mark.parametrize("lost", [False, True], ids=["", "slack's word of it is lost"])
@pytest.mark.usefixtures("bot")
async def test_after_a_deletion_the_thread_goes_on(slack: LocalSlack, lost: bool) -> None:
    answer = await mentioned(slack, ASKED)
    await slack.say("and april?", thread_ts=answer.thread_ts)
    await slack.settle()
    april = slack.messages("C_ALUMINIUM", answer.thread_ts)[-1]
    if lost:
        slack.fail("chat.delete", when="after")
    await press(slack, april, "delete", user="U_ANA")
    await slack.say("and alumina imports?", thread_ts=answer.thread_ts)
    await slack.settle()
    assert "Alumina imports, March 2024" in slack.messages("C_ALUMINIUM", answer.thread_ts)[-1].text


async def test_all_of_it_works_after_a_restart(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        answer = await asked(slack, ASKED)
    async with serve():
        await press(slack, answer, "how")
        assert slack.modals.shown("U_BEN")
        await press(slack, answer, "feedback", "up")
        assert "Thank you" in slack.ephemerals("U_BEN")[-1].text
        await change_unit(slack, answer, "Mt")
        assert MEGATONNES in slack.messages()[0].text
        await press(slack, answer, "delete", user="U_ANA")
    assert slack.messages() == []
