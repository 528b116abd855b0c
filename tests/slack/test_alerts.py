"""Alerts are set, listed and changed, through real signed requests and the Web API."""

from pathlib import Path

import pytest

from bot.dataset.model import Series
from bot.playground.people import GUEST
from bot.questions.condition import Condition, NewRecord
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.slack.alerting import KEPT, elements, exports_above, listed, set_alert, state, told
from tests.slack.desk import StartBot
from tests.slack.events import in_database
from tests.slack.pressing import action_ids, forge, press

ABOVE = exports_above("280", "kt")
EXCEEDS = "alumina exports above 280kt"
OFFERED = {"alert_here", "alert_own", "alert_other", "alert_discard"}

pytestmark = pytest.mark.usefixtures("bot")


async def test_it_is_said_back_and_saved_where_it_was_asked_for(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, f"alert {EXCEEDS}")
    assert "Alumina exports above 280 kt, every time: in every month" in message.text
    assert action_ids(message) == OFFERED
    assert in_database(tmp_path, KEPT) == []
    await press(slack, message, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("C_ALUMINIUM", ABOVE, "en", "active", "U_ANA")]
    [saved] = slack.ephemerals()
    assert saved.ts == message.ts
    assert saved.text == "Saved: it is told in <#C_ALUMINIUM>. `/alumina alerts` pauses or deletes it."
    assert slack.messages()[-1].text == (
        "<@U_ANA> set an alert in <#C_ALUMINIUM>: Alumina exports above 280 kt, every time."
        " `/alumina alerts` pauses or deletes it."
    )
    message = await told(slack, f"alert {EXCEEDS}", "D_ANA")  # where there is one way to save
    assert action_ids(message) == OFFERED - {"alert_own"}
    await press(slack, message, "alert_here", user="U_ANA")
    assert [row[0] for row in in_database(tmp_path, KEPT)] == ["C_ALUMINIUM", "D_ANA"]


async def test_in_chinese_the_word_may_stand_anywhere(slack: LocalSlack, tmp_path: Path) -> None:
    for text in (
        "氧化铝出口超过28万吨时提醒我",
        "预警：氧化铝出口超过28万吨",
        "当氧化铝出口超过28万吨时通知我",
        "提醒 氧化铝出口超过28万吨",
    ):
        message = await told(slack, text)
        assert "高于28万吨" in message.text
        assert action_ids(message) == OFFERED
    assert "在此保存" in str(message.blocks)
    await press(slack, message, "alert_here", user="U_ANA")
    assert [row[1:3] for row in in_database(tmp_path, KEPT)] == [(exports_above("28", "万吨"), "zh")]
    assert next(each for each in slack.ephemerals() if each.ts == message.ts).text.startswith("已保存")
    assert "`/alumina" in (await told(slack, "提醒我")).text


async def test_what_is_not_clear_is_asked_back_with_buttons(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "alert alumina above 280kt")
    assert message.text.startswith("An alert watches one series: which of these?")
    assert elements(message)[0]["text"]["text"] == "Alumina exports above 280 kt"
    assert elements(message)[0]["value"] == f"en {ABOVE}"
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


async def test_the_same_twice_is_one_and_a_channel_has_no_end_of_them(
    slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_alert(slack, EXCEEDS)
    assert (await set_alert(slack, EXCEEDS)).text.startswith("That alert is set there already")
    monkeypatch.setattr("bot.posts.alerts.alert_store.MOST", 2)
    await set_alert(slack, "alumina exports above 281kt")
    assert "alerts there already" in (await set_alert(slack, "alumina exports above 282kt")).text
    assert len(in_database(tmp_path, KEPT)) == 2
    assert "Saved" in (await set_alert(slack, "alumina exports above 282kt", channel="C_DESK")).text


async def test_a_press_from_elsewhere_changes_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    await set_alert(slack, EXCEEDS, "own")
    await set_alert(slack, EXCEEDS)
    pauses = [each for each in elements(await listed(slack)) if "pause" in str(each["action_id"])]
    shared, own = (each["value"] for each in pauses)
    theirs = await set_alert(slack, "alumina exports above 290kt", channel="C_DESK", user="U_BEN")
    for value in (own, shared, "alert-0", "", "' OR 1=1 --"):
        await forge(slack, theirs, "alert_delete_0", user="U_BEN", value=value)
        assert slack.ephemerals("U_BEN")[-1].text.startswith("That alert is not there any more")
    await forge(slack, theirs, "alert_more", user="U_BEN", value="-1; drop table alerts")
    assert state(tmp_path) == ["active"] * 3


async def test_a_button_of_another_version_says_so(slack: LocalSlack, tmp_path: Path) -> None:
    gold = Condition(Series("gold", "export"), NewRecord("either")).to_json()
    newer = ABOVE.replace('"v":1', '"v":2')
    words = ("", "en", "en <!channel> *x*", "en alumina exports above 280 kt, every time")
    message = await told(slack, f"alert {EXCEEDS}")
    for verb in ("here", "own", "other", "read_0"):
        for value in (*words, f"fr {ABOVE}", f"en {newer}", f"en {gold}"):
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
    assert action_ids(message) == OFFERED - {"alert_here"}
    assert "/invite @alumina" in message.text
    await forge(slack, message, "alert_here", user="U_ANA", value=f"en {ABOVE}")
    assert in_database(tmp_path, KEPT) == []


@pytest.mark.parametrize(
    ("guests", "note"),
    [("on", say("replies.guest_changes")), ("off", say("replies.guests_not"))],
    ids=["on", "off"],
)
async def test_people_of_another_company_set_none(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, guests: str, note: str
) -> None:
    async with serve(ALUMINA_GUESTS=guests):
        await set_alert(slack, EXCEEDS, channel="C_PARTNERS")
        message = await told(slack, "alert alumina exports above 290kt", "C_PARTNERS", GUEST)
        assert message.text == note
        shown = await listed(slack, "C_PARTNERS")
        await forge(slack, shown, "alert_delete_0", user=GUEST, value=elements(shown)[0]["value"])
        assert slack.ephemerals(GUEST)[-1].text == note
        assert state(tmp_path) == ["active"]


async def test_the_home_tab_shows_a_person_s_own_and_counts_the_others(slack: LocalSlack) -> None:
    await set_alert(slack, EXCEEDS, "own")
    for channel in ("C_ALUMINIUM", "C_DESK"):
        await set_alert(slack, "alumina exports above 290kt", channel=channel)
    slack.home.open()
    await slack.wait_for(lambda: slack.home.shown())
    await slack.settle()
    view = slack.home.shown() or {}
    texts = [str(block.get("text", {}).get("text")).replace("\u00a0", " ") for block in view["blocks"]]
    [told] = [text for text in texts if text.startswith("*Your alerts*")]
    assert told.split("\n") == [
        "*Your alerts*",
        "• *To you alone*: Alumina exports above 280 kt, every time.",
        "Not told yet.",
        "• 2 alerts in your channels: `/alumina alerts` in a channel shows its own.",
    ]


async def test_a_long_list_goes_on(slack: LocalSlack) -> None:
    for number in range(21):
        await set_alert(slack, f"alumina exports above {280 + number}kt")
    first = await listed(slack)
    assert first.text.endswith("1 more")
    await press(slack, first, "alert_more", user="U_ANA")
    rest = next(each for each in slack.ephemerals() if each.ts == first.ts)
    assert ("above 300 kt" in rest.text, "above 299 kt" in rest.text) == (True, False)
