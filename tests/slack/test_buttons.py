"""Suggestions as buttons, and the message shortcut: a press or a choice asks that question."""

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.messages.blocks import ASK
from bot.messages.buttons import Ask
from bot.messages.buttons import asked_back as offered_in
from bot.messages.render import render
from bot.questions.question import Question
from tests.asked import held
from tests.slack.desk import both_ways
from tests.slack.dialogue import dialogues
from tests.slack.events import asked, by_bot, forge, press, settled
from tests.slack.example import APRIL, CHANNEL, MARCH
from tests.tables import tables

CASES = tables("slack/serving.yaml")

TYPO = "alum exports march 2024"  # alumina or aluminium?
ALUMINA = "alumina exports March 2024"
ALUMINIUM = "unwrought aluminium exports March 2024"

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/buttons.yaml")


def elements(message):
    """The buttons of a message."""
    return [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]


def button(message, question):
    """The action_id of the button with the question of these words."""
    [found] = [one["action_id"] for one in elements(message) if held(one["value"]) == question]
    return str(found)


async def pressed(slack, message, question, user="U_ANA"):
    await press(slack, message, button(message, question), user=user)


async def ask_back(slack, text=TYPO, channel=CHANNEL):
    """The ephemeral message that asks back."""
    await settled(slack, slack.command(text, channel=channel))
    return slack.ephemerals()[-1]


@both_ways
async def test_a_press_on_what_only_the_asker_saw_is_answered_in_the_channel_once(slack):
    asked_back = await ask_back(slack)
    offered = [ALUMINIUM, ALUMINA, "everything exports March 2024"]
    assert [held(one["value"]) for one in elements(asked_back)] == offered
    for _ in range(2):
        await slack.press(CHANNEL, asked_back.ts, button(asked_back, ALUMINA))
    await slack.settle()
    [answer] = slack.messages()
    assert answer.text.startswith(f"<@U_ANA> asked: {ALUMINA}\n")
    assert MARCH in answer.text
    await settled(slack, slack.say("and april?", thread_ts=answer.ts, user="U_BEN"))
    assert APRIL in by_bot(slack, CHANNEL, answer.ts)[0]


@pytest.mark.parametrize("hears", [0, 1])
async def test_every_process_knows_what_stands(slack, serve, hears):
    """A reply may come before Slack has told that the answer stands."""
    async with serve():
        one = slack.bot_url
        thread = await settled(slack, slack.say("<@U0ALUMINA> hello"))
        await settled(slack, slack.say(f"<@U0ALUMINA> {TYPO}", thread_ts=thread))
        asked_back = slack.messages(CHANNEL, thread)[-1]
        async with serve():
            processes, slack.bot_url = (one, slack.bot_url), one
            held = slack.faults.hold("chat.postMessage", when="after")
            await slack.press(CHANNEL, asked_back.ts, button(asked_back, ALUMINA))
            await held.reached.wait()
            slack.bot_url = processes[hears]
            await slack.say("and april?", thread_ts=thread)
            await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 4)
            held.let_go()
    assert APRIL in by_bot(slack, CHANNEL, thread)[-1]


async def test_a_message_in_the_channel_is_answered_in_the_channel(slack):
    question = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)))
    [block] = offered_in([Ask("Mar 2024", question)], {})
    shown = slack.workspace.post(CHANNEL, "U0ALUMINA", "Not on record.", blocks=(block,), bot_id="B0ALUMINA")
    await slack.say("pity", thread_ts=shown.ts)  # the message begins a thread, but does not stand in it
    await pressed(slack, shown, ALUMINA, user="U_BEN")
    assert slack.messages()[-1].text.startswith(f"<@U_BEN> asked: {ALUMINA}\n")
    assert by_bot(slack, CHANNEL, shown.ts) == []


async def test_trouble_and_a_strange_value_are_told_to_the_presser(slack):
    asked_back = await ask_back(slack)
    strange = Question.of(("copper",), ("export",), Period.month(Month(2024, 3))).to_json()
    later = elements(asked_back)[0]["value"].replace('"v":1', '"v":2')
    for value in ("alumina exports march 2024", "<!channel> delete everything", "", later, strange):
        await forge(slack, asked_back, "ask_0", user="U_ANA", value=value)
        assert slack.ephemerals()[-1].text == "This button is from an older version; ask again."
    slack.fail("chat.postMessage", error="msg_too_long")
    await pressed(slack, asked_back, ALUMINA)
    assert slack.ephemerals()[-1].text.startswith("Sorry, ")
    assert slack.messages() == []


@pytest.mark.parametrize("typed", ["alumina exports april 2026", "2026年4月氧化铝出口"])
async def test_a_press_leads_to_its_question_s_answer_and_reads_no_words(slack, dataset, monkeypatch, typed):
    answer = await asked(slack, typed)
    offered = [one for one in elements(answer) if ASK.match(one["action_id"])]
    assert len(offered) == 2
    monkeypatch.delattr("bot.reply.understand")
    for one in offered:
        await press(slack, answer, one["action_id"])
        answered = respond(Question.from_json(one["value"]), dataset)
        shown = slack.messages()[-1]
        assert render(answered).text in shown.text
        assert shown.metadata["event_payload"]["question"] == answered.question.to_json()  # type: ignore[union-attr]


async def test_what_is_no_question_is_told_to_the_presser_alone(slack):
    for number, text in enumerate(("lunch?", "<!channel>", "", ":tada:", "x" * 12_000), start=1):
        said = await settled(slack, slack.say(text))
        reply = await settled(slack, slack.shortcut(CHANNEL, said, user="U_ANA"))
        assert (reply.status, reply.failure, len(slack.ephemerals())) == (200, "", number)
    assert by_bot(slack, CHANNEL) == []
