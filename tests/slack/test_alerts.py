"""Alerts are set, listed and changed, by command and in words; each new figure is told once."""

from pathlib import Path

import pytest

from bot.dataset.model import Series
from bot.playground.limits import problems
from bot.playground.people import GUEST
from bot.playground.workspace import Message
from bot.posts.order import alert
from bot.posts.order_messages import button_value
from bot.questions.condition import Condition, NewRecord
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.alerting import (
    AFTER,
    BEFORE,
    KEPT,
    elements,
    exports_above,
    fires,
    listed,
    set_alert,
    state,
    told,
)
from tests.slack.desk import StartBot, both_ways
from tests.slack.events import by_bot, in_database, rows, settled
from tests.slack.example import ASKED, CHANNEL
from tests.slack.pressing import action_ids, forge, mentioned, press

ABOVE = exports_above("280", "kt")
PRESSED = button_value(alert("", "", Condition.from_json(ABOVE), id=""))
EXCEEDS = "alumina exports above 280kt"
OFFERED = {"alert_here", "alert_own", "alert_other", "alert_options", "alert_discard"}

pytestmark = pytest.mark.usefixtures("bot")


async def test_it_is_said_back_and_saved_where_it_was_asked_for(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, f"alert {EXCEEDS}")
    assert "Alumina exports above 280 kt, every time: in each month" in message.text
    assert action_ids(message) == OFFERED
    assert in_database(tmp_path, KEPT) == []
    await press(slack, message, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("C_ALUMINIUM", ABOVE, "en", "active", "U_ANA")]
    [saved] = slack.ephemerals()
    assert saved.ts == message.ts
    assert (
        saved.text
        == "Saved: it will be posted in <#C_ALUMINIUM>. `/alumina subscriptions` pauses or deletes it."
    )
    assert slack.messages()[-1].text == (
        "<@U_ANA> set up in <#C_ALUMINIUM>: Alumina exports above 280 kt, every time.\n"
        "`/alumina subscriptions` changes, pauses or deletes it."
    )
    assert (await set_alert(slack, EXCEEDS)).text.startswith("That is set up there already")
    message = await told(slack, f"alert {EXCEEDS}", "D_ANA")  # where there is one way to save
    assert action_ids(message) == OFFERED - {"alert_own"}
    await press(slack, message, "alert_here", user="U_ANA")
    assert [row[0] for row in in_database(tmp_path, KEPT)] == ["C_ALUMINIUM", "D_ANA"]


async def test_what_is_not_clear_is_asked_back_with_buttons(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "alert alumina above 280kt")
    assert message.text.startswith("An alert watches one series: which of these?")
    assert elements(message)[0]["text"]["text"] == "Alumina exports above 280 kt"
    assert elements(message)[0]["value"] == PRESSED
    for button, said in (
        ("alert_read_1", "Alumina imports above 280 kt, every time"),
        ("alert_other", "Alumina imports above 280 kt, once"),
        ("alert_discard", "Discarded: nothing was saved."),
    ):
        await press(slack, message, button, user="U_ANA")
        [message] = slack.ephemerals()
        assert said in message.text
    assert "`/alumina alert alumina exports above 200kt`" in (await told(slack, "alert")).text
    assert in_database(tmp_path, KEPT) == []


async def test_a_press_from_elsewhere_changes_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    await set_alert(slack, EXCEEDS, "own")
    await set_alert(slack, EXCEEDS)
    pauses = [each for each in elements(await listed(slack)) if "pause" in str(each["action_id"])]
    shared, own = (each["value"] for each in pauses)
    theirs = await set_alert(slack, "alumina exports above 290kt", channel="C_DESK", user="U_BEN")
    slack.workspace.set_member("C_ALUMINIUM", "U_BEN", False)
    for value in (own, shared, "alert-0", "", "' OR 1=1 --"):
        await forge(slack, theirs, "order_delete_0", user="U_BEN", value=value)
        told = "You are not in that channel" if value in (own, shared) else "That is not there any more"
        assert slack.ephemerals("U_BEN")[-1].text.startswith(told)
    await forge(slack, theirs, "order_more", user="U_BEN", value="-1; drop table orders")
    assert state(tmp_path) == ["active"] * 3


async def test_a_button_of_another_version_says_so(slack: LocalSlack, tmp_path: Path) -> None:
    gold = Condition(Series("gold", "export"), NewRecord("either")).to_json()
    newer = PRESSED.replace('"v":1', '"v":2')
    words = ("", "en", "en <!channel> *x*", "en alumina exports above 280 kt, every time")
    message = await told(slack, f"alert {EXCEEDS}")
    for verb in ("here", "own", "other", "read_0"):
        for value in (*words, f"fr{PRESSED[2:]}", newer, PRESSED.replace(ABOVE, gold)):
            await forge(slack, message, f"alert_{verb}", user="U_ANA", value=value)
            assert slack.ephemerals()[-1].text == "This button is from an older version; ask again."
    assert in_database(tmp_path, KEPT) == []


async def test_what_is_typed_comes_back_without_power(slack: LocalSlack, tmp_path: Path) -> None:
    for text in (
        "<!channel> above 200kt",
        "alumina exports above 200kt <@U_BEN>",
        "*_~`x`~_*",
        "\u202eabove\u0000",
        "x" * 3_000,
    ):
        message = await told(slack, f"alert {text}")
        shown = message.text + str(message.blocks)
        assert not [each for each in ("<!channel", "<@U_BEN", "\u202e") if each in shown]
    assert in_database(tmp_path, KEPT) == []


async def test_where_the_bot_is_not_it_can_be_told_to_the_person(slack: LocalSlack, tmp_path: Path) -> None:
    slack.workspace.kick("C_DESK")
    message = await told(slack, f"alert {EXCEEDS}", "C_DESK")
    assert action_ids(message) == (OFFERED | {"alert_elsewhere"}) - {"alert_here", "alert_options"}
    assert "/invite @alumina" in message.text
    await forge(slack, message, "alert_here", user="U_ANA", value=PRESSED)
    assert in_database(tmp_path, KEPT) == []


@pytest.mark.parametrize(
    ("guests", "note"),
    [("on", say("replies.guest_changes")), ("off", say("replies.guests_not"))],
    ids=["on", "off"],
)
async def test_guests_set_none(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, guests: str, note: str
) -> None:
    async with serve(ALUMINA_GUESTS=guests):
        await set_alert(slack, EXCEEDS, channel="C_PARTNERS")
        message = await told(slack, "alert alumina exports above 290kt", "C_PARTNERS", GUEST)
        assert message.text == note
        shown = await listed(slack, "C_PARTNERS")
        await forge(slack, shown, "order_delete_0", user=GUEST, value=elements(shown)[0]["value"])
        assert slack.ephemerals(GUEST)[-1].text == note
        assert state(tmp_path) == ["active"]


async def test_a_long_list_goes_on(slack: LocalSlack) -> None:
    for number in range(21):
        await set_alert(slack, f"alumina exports above {280 + number}kt")
    first = await listed(slack)
    assert first.text.endswith("1 more")
    await press(slack, first, "order_more", user="U_ANA")
    rest = next(each for each in slack.ephemerals() if each.ts == first.ts)
    assert ("above 300 kt" in rest.text, "above 299 kt" in rest.text) == (True, False)


RECORD = Condition(Series("bauxite", "import"), NewRecord("either")).to_json()
US = "<@U0ALUMINA>"


async def whispered(slack: LocalSlack, text: str, user: str = "U_ANA", **where: str) -> Message:
    """What only the writer of a message sees of what became of it."""
    before = len(slack.ephemerals(user))
    await slack.say(text, user=user, **where)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(user)) > before))
    return slack.ephemerals(user)[-1]


@both_ways
async def test_a_mention_is_said_back_to_its_writer_and_saved(slack: LocalSlack, tmp_path: Path) -> None:
    message = await whispered(slack, f"{US} please alert me when alumina exports exceed 280 kt")
    assert message.text.startswith("Alumina exports above 280 kt, every time: in each month")
    assert action_ids(message) == OFFERED
    assert [each.user for each in slack.messages()] == ["U_ANA"]
    assert slack.ephemerals("U_BEN") == []
    assert [state for *_, state in rows(tmp_path)] == ["answered"]
    await press(slack, message, "alert_here", user="U_ANA")
    assert slack.messages()[-1].text.startswith("<@U_ANA> set up in <#C_ALUMINIUM>: Alumina exports")
    message = await whispered(slack, f"{US} 氧化铝出口超过28万吨时提醒我")
    assert message.text.startswith("氧化铝出口高于28万吨")
    assert "在此保存" in str(message.blocks)
    await press(slack, message, "alert_own", user="U_ANA")
    assert next(each for each in slack.ephemerals() if each.ts == message.ts).text.startswith("已保存")
    here, own = in_database(tmp_path, KEPT)
    assert here == (CHANNEL, ABOVE, "en", "active", "U_ANA")
    assert own[:3] == ("D_ANA", exports_above("28", "万吨"), "zh")


async def test_in_a_direct_message_it_is_answered_as_a_question_is(slack: LocalSlack, tmp_path: Path) -> None:
    await slack.say("alert alumina exports above 280kt", channel="D_ANA")
    await settled(slack, slack.wait_for(lambda: by_bot(slack, "D_ANA")))
    [message] = [each for each in slack.messages("D_ANA") if each.bot_id]
    assert action_ids(message) == OFFERED - {"alert_own"}
    await press(slack, message, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("D_ANA", ABOVE, "en", "active", "U_ANA")]
    [saved] = by_bot(slack, "D_ANA")
    assert saved == "Saved: it will come to you alone, in your messages with me. " + (
        "`/alumina subscriptions` pauses or deletes it."
    )


@pytest.mark.parametrize("mention", [f"{US} ", ""], ids=["mention", "reply"])
async def test_in_a_thread_its_series_is_meant(slack: LocalSlack, tmp_path: Path, mention: str) -> None:
    answer = await mentioned(slack, ASKED)
    thread = str(answer.thread_ts)
    for text in ("alert me when it exceeds 280kt", "alert us when bauxite imports hit a record"):
        message = await whispered(slack, f"{mention}{text}", thread_ts=thread)
        assert message.thread_ts == thread
        await press(slack, message, "alert_here", user="U_ANA")
    assert [row[1] for row in in_database(tmp_path, KEPT)] == [ABOVE, RECORD]
    await slack.say(f"{US} and april?", thread_ts=thread)
    await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 2)
    assert "Alumina exports, April 2024" in by_bot(slack, CHANNEL, thread)[-1]


async def test_the_other_commands_are_served_in_a_mention_too(slack: LocalSlack) -> None:
    await set_alert(slack, "alumina exports above 280kt")
    by_command, by_mention = await listed(slack), await whispered(slack, f"{US} show my alerts")
    assert "Alumina exports above 280" in by_mention.text
    assert (by_mention.text, action_ids(by_mention)) == (by_command.text, action_ids(by_command))
    assert (await whispered(slack, f"{US} subscribe")).text == say("replies.opens_for_command")
    assert "<#C_ALUMINIUM>" in (await whispered(slack, f"{US} subscriptions")).text
    assert "release" in (await whispered(slack, f"{US} next")).text
    assert [each for each in slack.messages() if each.bot_id and "set up in" not in each.text] == []


async def test_guests_set_none_by_an_edit_either(slack: LocalSlack, tmp_path: Path) -> None:
    text, place = f"{US} alert me when alumina exports exceed 280 kt", "C_PARTNERS"
    assert (await whispered(slack, text, GUEST, channel=place)).text == say("replies.guest_changes")
    assert rows(tmp_path) == []
    ts = await slack.say(f"{US} {ASKED}", channel=place, user=GUEST)
    await settled(slack, slack.wait_for(lambda: by_bot(slack, place, ts)))
    answered = by_bot(slack, place, ts)
    await slack.edit(place, ts, text)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(GUEST)) == 2))
    assert {each.text for each in slack.ephemerals(GUEST)} == {say("replies.guest_changes")}
    assert by_bot(slack, place, ts) == answered


ALUMINA, METAL = "alumina exports above 280kt", "aluminium exports above 100kt"


async def test_a_new_figure_is_told_once_with_its_thread(slack: LocalSlack, on: StartBot) -> None:
    async with on(BEFORE):
        await set_alert(slack, ALUMINA)
    said = len(slack.messages())
    async with on(AFTER):
        await settled(slack, slack.wait_for(lambda: len(slack.messages()) > said))
        [post] = slack.messages()[said:]
        assert problems(post.text, post.blocks) == []
        assert post.text.startswith("Alumina exports above 280 kt: 300 kt, July 2026")
        assert {"order_silence", "how", "menu"} <= action_ids(post)
        await slack.say("and june?", thread_ts=post.ts)
        await slack.wait_for(lambda: len(slack.messages("C_ALUMINIUM", post.ts)) > 1)
        assert "270 kt" in slack.messages("C_ALUMINIUM", post.ts)[-1].text
    async with on("2026-09-30"):
        await slack.settle()
        assert [each.ts for each in slack.messages()[said:]] == [post.ts]
        await press(slack, post, "order_silence")  # it is paused, and the post stays
        stands = slack.workspace.find(post.channel, post.ts)
        assert (stands and stands.text, stands and stands.blocks) == (post.text, post.blocks)
        assert "Paused by <@U_BEN>" in slack.ephemerals("U_BEN")[-1].text


async def test_what_is_out_already_is_not_told(slack: LocalSlack, on: StartBot) -> None:
    """Alumina was above 200 kt in May, June and July; the flash of August brings aluminium exports alone."""
    async with on(AFTER):
        await set_alert(slack, "alumina exports above 200kt")
        await set_alert(slack, METAL)
    async with on("2026-09-10"):
        [only] = await fires(slack)
    assert only.text.startswith("Aluminium exports above 100 kt: ")
    assert "August 2026" in only.text


async def test_what_came_while_the_bot_was_away_is_told_each_once(slack: LocalSlack, on: StartBot) -> None:
    """May came on 18 June, June on 22 July, July on 18 August."""
    async with on("2026-06-10"):
        await set_alert(slack, "alumina exports above 200kt")
    async with on("2026-09-01"):
        found = await fires(slack, 3)
    told = ["May 2026", "June 2026", "July 2026"]
    assert all(month in each.text.split(";")[0] for each, month in zip(found, told, strict=True))
    # As printed in the bulletins of June and July
    assert ["270 kt" in found[1].text, "300 kt" in found[2].text] == [True, True]
    assert all("This post is late, by" in each.text for each in found)


async def test_once_is_once_though_two_months_come(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on("2026-07-01"):
        await set_alert(slack, "alumina exports above 200kt once")
    async with on("2026-09-01"):
        [only] = await fires(slack)
        await slack.wait_for(lambda: state(tmp_path) == ["done"])
        assert "July 2026" in only.text
        message = await listed(slack)
        assert "Done: it has fired once.\nLast fired: July 2026" in message.text
        assert action_ids(message) == {"order_history_1", "order_delete_1"}
    async with on("2026-09-30"):
        assert await fires(slack) == [only]


async def test_a_paused_or_deleted_alert_is_not_told(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on(BEFORE):
        for each in (ALUMINA, METAL, "alumina exports above 290kt"):
            await set_alert(slack, each)
        message = await listed(slack)
        [button] = [each for each in elements(message) if each["action_id"] == "order_delete_3"]
        assert button["confirm"]["title"]["text"] == "Delete it?"
        await press(slack, message, "order_delete_3", user="U_ANA")
        assert slack.messages()[-1].text == (
            "<@U_ANA> deleted here: Alumina exports above 290 kt, every time."
        )
        assert len(in_database(tmp_path, KEPT)) == 2
        await forge(slack, message, "order_resume_3", user="U_ANA", value=button["value"])
        assert slack.ephemerals()[-1].text.startswith("That is not there any more")
        await press(slack, await listed(slack), "order_pause_1", user="U_ANA")
        assert state(tmp_path) == ["paused", "active"]
        assert slack.messages()[-1].text.startswith("<@U_ANA> paused here: Alumina exports above")
        assert "Paused by <@U_ANA>." in slack.ephemerals()[-1].text
    async with on(AFTER):
        [metal] = await fires(slack)
        assert metal.text.startswith("Aluminium exports above 100 kt")
        await press(slack, await listed(slack), "order_resume_1", user="U_ANA")
        assert state(tmp_path) == ["active", "active"]
    async with on("2026-08-31"):
        assert [each.ts for each in await fires(slack)] == [metal.ts]


async def test_to_one_person_alone(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on(BEFORE):
        saved = await set_alert(slack, ALUMINA, "own")
        assert saved.text.startswith("Saved: it will come to you alone")
        assert [row[0] for row in in_database(tmp_path, KEPT)] == ["D_ANA"]
        assert [each.text for each in slack.messages() if each.bot_id] == []
        assert "*To you alone*: Alumina exports above 280 kt, every time." in (await listed(slack)).text
        assert "To you alone" not in (await listed(slack, user="U_BEN")).text
    async with on(AFTER):
        [post] = await fires(slack, channel="D_ANA")
        assert "300 kt" in post.text
        await slack.say("and june?", channel="D_ANA", thread_ts=post.ts)
        await slack.wait_for(lambda: len(slack.messages("D_ANA", post.ts)) > 1)
        assert "270 kt" in slack.messages("D_ANA", post.ts)[-1].text


async def test_a_closed_channel_parks_its_alerts(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on(BEFORE):
        await set_alert(slack, ALUMINA)
        await set_alert(slack, "alumina exports above 281kt", user="U_BEN")
    opened = slack.workspace.channels["C_ALUMINIUM"]
    archive(slack.workspace, "C_ALUMINIUM")
    async with on(AFTER):
        await settled(slack, slack.wait_for(lambda: state(tmp_path) == ["parked", "parked"]))
        for own in ("D_ANA", "D_BEN"):
            [notice] = slack.messages(own)
            assert notice.text.startswith("What <#C_ALUMINIUM> gets is on hold, since it could not be posted")
        message = await listed(slack)
        assert "On hold: the channel is archived" in message.text
        slack.workspace.channels["C_ALUMINIUM"] = opened
        await press(slack, message, "order_resume_1", user="U_ANA")
        [post] = await fires(slack)
    assert "300 kt" in post.text
