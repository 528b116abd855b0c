"""A channel is subscribed in a modal, through real signed requests and the Web API."""

from pathlib import Path
from typing import Any

import pytest

from bot.messages.limits import problems, view_problems
from bot.playground.views import TRIGGER_SECONDS, OpenView
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.events import in_database

FIELDS = [
    "subscription_series",
    "subscription_at",
    "subscription_time",
    "subscription_zone",
    "subscription_language",
]
KEPT = "SELECT channel, commodities, at, cron, time, zone, state, created_by, changed_by FROM subscriptions"


async def opened(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> OpenView:
    reply = await slack.command("subscribe", channel=channel, user=user)
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    await slack.settle()
    return shown(slack, user)


def shown(slack: LocalSlack, user: str = "U_ANA") -> OpenView:
    view = slack.modals.shown(user)
    assert view is not None
    assert view_problems(view.view) == []
    return view


def inputs(view: OpenView) -> list[str]:
    return [block["block_id"] for block in view.view["blocks"] if block["type"] == "input"]


def zone(view: OpenView) -> str:
    """The chosen time zone."""
    return str(view.values["subscription_zone"]["subscription_zone"]["selected_option"]["value"])


def preview(view: OpenView) -> str:
    """What stands below the divider: the next dates, or why there are none."""
    blocks = view.view["blocks"]
    below = blocks[[block["type"] for block in blocks].index("divider") + 1 :]
    return "\n".join(str(block) for block in below)


async def fill(slack: LocalSlack, **fields: Any) -> OpenView:
    for name, value in fields.items():
        await slack.modals.fill(f"subscription_{name}", value)
        await slack.settle()
    return shown(slack)


async def submit(slack: LocalSlack, user: str = "U_ANA") -> None:
    reply = await slack.modals.submit(user=user)
    assert reply is not None
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


@pytest.mark.usefixtures("either_bot")
async def test_subscribe_opens_a_modal_with_everything_on_the_asker_s_own_clock(slack: LocalSlack) -> None:
    view = await opened(slack)
    assert inputs(view) == FIELDS
    assert zone(view) == "Europe/Madrid"
    chosen = view.values["subscription_series"]["subscription_series"]["selected_options"]
    assert len(chosen) == 5
    assert slack.messages() == slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_the_next_three_dates_stand_in_the_modal_before_it_is_saved(slack: LocalSlack) -> None:
    """24 November 2026: July is on record; November's query is expected on 20 December, December's on
    20 January; August to October are late.
    """
    told = preview(await opened(slack))
    assert "July 2026, on record already: at once" in told
    assert "November 2026: Sunday 20 December 2026, 09:00 (Madrid), expected" in told
    assert "December 2026: Wednesday 20 January 2027, 09:00 (Madrid), expected" in told
    assert "August to October 2026 are due already and not on record" in told


@pytest.mark.usefixtures("bot")
async def test_the_dates_follow_what_is_chosen(slack: LocalSlack) -> None:
    await opened(slack)
    view = await fill(slack, zone="America/New_York", time="17:30")
    assert "Sunday 20 December 2026, 17:30 (New York), expected" in preview(view)
    view = await fill(slack, at="flash")
    # Aluminium exports of August are on record; the flash of November is expected on 9 December.
    assert "August 2026, on record already: at once" in preview(view)
    assert "Wednesday 9 December 2026, 17:30 (New York), expected" in preview(view)


@pytest.mark.usefixtures("bot")
async def test_the_cron_has_a_field_only_where_it_is_chosen(slack: LocalSlack) -> None:
    await opened(slack)
    view = await fill(slack, at="cron")
    assert inputs(view) == [
        "subscription_series",
        "subscription_at",
        "subscription_cron",
        "subscription_zone",
        "subscription_language",
    ]
    # The first Monday from 24 November 2026 on, a Tuesday.
    assert "July 2026, on record already: Monday 30 November 2026, 09:00 (Madrid)" in preview(view)
    view = await fill(slack, cron="30 8 1 * *")
    assert "Tuesday 1 December 2026, 08:30 (Madrid)" in preview(view)
    assert inputs(await fill(slack, at="complete")) == FIELDS


@pytest.mark.parametrize(
    ("cron", "word"),
    [
        ("every monday", "five fields"),
        ("61 9 * * *", "not a cron"),
        ("0 9 1 * mon", "and * for the other"),
        ("0 9 30 2 *", "No such day ever comes"),
        ("0 9 * * 9", "not a cron"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_a_wrong_cron_is_told_in_place_and_nothing_is_saved(
    slack: LocalSlack, tmp_path: Path, cron: str, word: str
) -> None:
    await opened(slack)
    await fill(slack, at="cron")
    assert word in preview(await fill(slack, cron=cron))
    await submit(slack)
    [(field, told)] = shown(slack).errors.items()
    assert field == "subscription_cron"
    assert word in told
    assert in_database(tmp_path, KEPT) == []
    assert slack.messages() == []


@pytest.mark.usefixtures("bot")
async def test_a_flash_without_its_series_says_what_to_do(slack: LocalSlack) -> None:
    await opened(slack)
    await fill(slack, series=["bauxite", "alumina"], at="flash")
    await submit(slack)
    assert "add Aluminium above" in shown(slack).errors["subscription_at"]
    await fill(slack, series=["bauxite", "unwrought_aluminium"])
    await submit(slack)
    assert slack.modals.shown() is None


@pytest.mark.usefixtures("either_bot")
async def test_submitting_saves_and_tells_the_channel_who_did_it(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    await fill(slack, series=["alumina", "bauxite"], time="08:15", zone="Europe/London")
    await submit(slack)
    assert slack.modals.shown() is None
    [(channel, series, at, _, time, place, state, *by)] = in_database(tmp_path, KEPT)
    assert (channel, series, at, time) == ("C_ALUMINIUM", "alumina,bauxite", "complete", "08:15")
    assert (place, state, by) == ("Europe/London", "active", ["U_ANA", "U_ANA"])
    [message] = slack.messages()
    assert message.text.startswith("<@U_ANA> subscribed <#C_ALUMINIUM>: alumina and bauxite, once a month is")
    assert "not before 08:15 (London)" in message.text
    assert problems(message.text, message.blocks) == []


@pytest.mark.usefixtures("bot")
async def test_subscribing_again_edits_what_is_there(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    await fill(slack, series=["bauxite"], at="cron")
    await fill(slack, cron="0 7 * * fri", zone="America/New_York")
    await submit(slack)
    view = await opened(slack, user="U_BEN")
    assert view.view["title"]["text"] == "Change subscription"
    held = {name: value[name] for name, value in view.values.items()}
    assert [each["value"] for each in held["subscription_series"]["selected_options"]] == ["bauxite"]
    assert held["subscription_cron"]["value"] == "0 7 * * fri"
    assert held["subscription_zone"]["selected_option"]["value"] == "America/New_York"
    await slack.modals.fill("subscription_at", "complete", user="U_BEN")
    await slack.settle()
    await submit(slack, user="U_BEN")
    assert in_database(tmp_path, KEPT) == [
        ("C_ALUMINIUM", "bauxite", "complete", "", "09:00", "America/New_York", "active", "U_ANA", "U_BEN")
    ]
    assert slack.messages()[-1].text.startswith("<@U_BEN> changed the monthly posts of <#C_ALUMINIUM>")
    changes = in_database(tmp_path, "SELECT what, by FROM subscription_changes ORDER BY id")
    assert changes == [("subscribed", "U_ANA"), ("edited", "U_BEN")]


@pytest.mark.usefixtures("bot")
async def test_all_series_are_everything(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    await submit(slack)
    assert [row[1] for row in in_database(tmp_path, KEPT)] == [""]
    assert "everything" in slack.messages()[0].text


@pytest.mark.parametrize("text", ["Subscribe", "subscribe this channel", "private subscribe"])
@pytest.mark.usefixtures("bot")
async def test_further_words_do_no_harm(slack: LocalSlack, text: str) -> None:
    await slack.command(text)
    await slack.settle()
    assert inputs(shown(slack)) == FIELDS
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_a_question_for_the_next_release_is_a_question(slack: LocalSlack) -> None:
    await slack.command("next release")
    await slack.settle()
    assert slack.messages()[0].text.startswith("<@U_ANA> asked: next release")


@pytest.mark.usefixtures("bot")
async def test_a_closed_modal_saves_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    slack.modals.close()
    await slack.settle()
    assert in_database(tmp_path, KEPT) == []


@pytest.mark.usefixtures("bot")
async def test_where_the_bot_is_not_the_asker_hears_what_to_do(slack: LocalSlack) -> None:
    for channel in ("C_GENERAL", "C_DESK"):
        slack.workspace.kick("C_DESK")
        await slack.command("subscribe", channel=channel)
        await slack.settle()
        assert slack.modals.shown() is None
        assert "Type `/invite @alumina` here" in slack.ephemerals()[-1].text
    archive(slack.workspace, "C_ALUMINIUM")
    await slack.command("subscribe")
    await slack.settle()
    assert slack.ephemerals()[-1].text.endswith("the channel is archived.")


@pytest.mark.usefixtures("bot")
async def test_a_bot_that_was_removed_meanwhile_tells_the_one_who_subscribed(slack: LocalSlack) -> None:
    await opened(slack)
    slack.workspace.kick("C_ALUMINIUM")
    await submit(slack)
    assert slack.messages() == []
    [told] = slack.messages("D_ANA")
    assert "type `/invite @alumina` there" in told.text


@pytest.mark.usefixtures("bot")
async def test_a_direct_message_can_be_subscribed(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack, channel="D_ANA")
    await submit(slack)
    assert [row[0] for row in in_database(tmp_path, KEPT)] == ["D_ANA"]
    assert "subscribed this conversation" in slack.messages("D_ANA")[0].text


@pytest.mark.usefixtures("bot")
async def test_a_conversation_between_other_people_cannot_be_subscribed(slack: LocalSlack) -> None:
    slack.workspace.kick("D_ANA")
    await slack.command("subscribe", channel="D_ANA")
    await slack.settle()
    assert slack.modals.shown() is None
    assert slack.ephemerals()[-1].text.endswith("I cannot post in a conversation between other people.")


@pytest.mark.usefixtures("bot")
async def test_whoever_is_in_a_shared_channel_may_subscribe_it(slack: LocalSlack) -> None:
    await opened(slack, channel="C_PARTNERS")
    await submit(slack)
    assert slack.messages("C_PARTNERS")[0].text.startswith("<@U_ANA> subscribed <#C_PARTNERS>")


@pytest.mark.usefixtures("bot")
async def test_without_the_right_to_read_profiles_the_clock_is_shanghai_s(slack: LocalSlack) -> None:
    slack.scopes.discard("users:read")
    view = await opened(slack)
    assert zone(view) == "Asia/Shanghai"


@pytest.mark.usefixtures("bot")
async def test_a_slow_slack_is_not_waited_for_beyond_the_trigger_s_three_seconds(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 2 * SECONDS < TRIGGER_SECONDS  # it is asked for the channel, and then for the person
    monkeypatch.setattr("handlers.places.SECONDS", 0.01)
    held = [slack.faults.hold(method, when="before") for method in ("conversations.info", "users.info")]
    await slack.command("subscribe")
    await slack.wait_for(lambda: slack.modals.shown())
    assert zone(shown(slack)) == "Asia/Shanghai"
    for each in held:
        each.let_go()


@pytest.mark.usefixtures("bot")
async def test_a_choice_that_overtakes_another_is_no_trouble(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await opened(slack)
    slack.fail("views.update", error="hash_conflict")
    await fill(slack, time="10:00")
    view = await fill(slack, time="11:00")
    assert "11:00 (Madrid)" in preview(view)
    assert not [record for record in caplog.records if record.message == "handler_failed"]


@pytest.mark.parametrize("text", ["订阅", "subscribe in Chinese", "用中文订阅"])
@pytest.mark.usefixtures("bot")
async def test_in_chinese_the_form_and_what_it_subscribes_are_chinese(
    slack: LocalSlack, tmp_path: Path, text: str
) -> None:
    await slack.command(text)
    await slack.settle()
    view = shown(slack).view
    assert (view["title"]["text"], view["submit"]["text"]) == ("订阅", "订阅")
    assert "2026年7月（数据已收录）：立即" in preview(shown(slack))
    await slack.modals.submit(user="U_ANA")
    await slack.settle()
    assert slack.messages()[-1].text.split("\n")[0] == (
        "<@U_ANA>为<#C_ALUMINIUM>订阅了月度简报：全部品种，月度数据齐全后发送，不早于09:00（马德里）。"
    )
    assert in_database(tmp_path, "SELECT language FROM subscriptions") == [("zh",)]
    await slack.command("subscriptions")
    await slack.settle()
    assert "not before 09:00 (Madrid), in Chinese" in slack.ephemerals("U_ANA")[-1].text
