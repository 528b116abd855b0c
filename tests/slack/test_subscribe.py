"""A channel is subscribed in a modal."""

import asyncio
from pathlib import Path

import pytest

from bot.playground.limits import problems
from bot.playground.views import TRIGGER_SECONDS
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.desk import both_ways
from tests.slack.events import in_database, settled
from tests.slack.subscribing import (
    FIELDS,
    KEPT,
    WITH_CRON,
    fill,
    held,
    inputs,
    opened,
    preview,
    shown,
    submit,
    zone,
)

pytestmark = pytest.mark.usefixtures("bot")


@both_ways
async def test_the_modal_holds_everything_on_the_asker_s_own_clock(slack: LocalSlack) -> None:
    """24 November 2026: July is on record; November's query is expected on 20 December, December's on
    20 January; August to October are late.
    """
    view = await opened(slack)
    assert (inputs(view), zone(view)) == (FIELDS, "Europe/Madrid")
    assert len(held(view, "series")["selected_options"]) == 5
    assert slack.messages() == slack.ephemerals() == []
    for line in (
        "July 2026, on record already: at once",
        "November 2026: Sunday 20 December 2026, 09:00 (Madrid), expected",
        "December 2026: Wednesday 20 January 2027, 09:00 (Madrid), expected",
        "It goes on until somebody pauses or deletes it",
        "August to October 2026 are overdue: their figures have not reached me.",
    ):
        assert line in preview(view)


async def test_fields_and_dates_follow_choices(slack: LocalSlack, caplog: pytest.LogCaptureFixture) -> None:
    await opened(slack)
    view = await fill(slack, zone="America/New_York", time="17:30")
    assert "Sunday 20 December 2026, 17:30 (New York), expected" in preview(view)
    view = await fill(slack, at="flash")
    # Aluminium exports of August are on record; the flash of November is expected on 9 December.
    assert "August 2026, on record already: at once" in preview(view)
    assert "Wednesday 9 December 2026, 17:30 (New York), expected" in preview(view)
    view = await fill(slack, at="cron")
    assert inputs(view) == WITH_CRON
    # The first Monday from 24 November 2026 on, a Tuesday.
    assert "July 2026, on record already: Monday 30 November 2026, 09:00 (New York)" in preview(view)
    assert "Tuesday 1 December 2026, 08:30 (New York)" in preview(await fill(slack, cron="30 8 1 * *"))
    assert inputs(await fill(slack, at="complete")) == FIELDS
    await asyncio.gather(*(slack.modals.fill("subscription_time", f"1{at}:00") for at in range(6)))
    await slack.settle()
    assert "15:00 (New York)" in preview(shown(slack))  # the last of many, whichever is drawn first
    assert "11:00 (New York)" in preview(await fill(slack, time="11:00"))
    assert "handler_failed" not in caplog.messages
    slack.modals.close()


async def test_what_is_wrong_is_told_in_place_and_nothing_is_saved(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    await fill(slack, at="cron")
    for cron, word in (
        ("every monday", "five fields"),
        ("61 9 * * *", "not a cron"),
        ("0 9 1 * mon", "and * for the other"),
        ("0 9 30 2 *", "No such day ever comes"),
        ("0 9 * * 9", "not a cron"),
    ):
        assert word in preview(await fill(slack, cron=cron))
        await submit(slack)
        [(field, told)] = shown(slack).errors.items()
        assert (field, word in told) == ("subscription_cron", True)
    await fill(slack, series=["bauxite", "alumina"], at="flash")
    await submit(slack)
    assert "add aluminium above" in shown(slack).errors["subscription_at"]
    assert in_database(tmp_path, KEPT) == []
    assert slack.messages() == []
    await fill(slack, series=["bauxite", "unwrought_aluminium"])
    await submit(slack)
    assert slack.modals.shown() is None


@both_ways
async def test_submitting_saves_and_tells_the_channel_who_did_it(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    slack.modals.close()  # which saves nothing
    await opened(slack)
    await fill(slack, series=["alumina", "bauxite"], time="08:15", zone="Europe/London")
    await submit(slack)
    assert slack.modals.shown() is None
    [(channel, series, at, _, time, place, state, *by)] = in_database(tmp_path, KEPT)
    assert (channel, series, at, time) == ("C_ALUMINIUM", '["alumina","bauxite"]', "complete", "08:15")
    assert (place, state, by) == ("Europe/London", "active", ["U_ANA", "U_ANA"])
    [message] = slack.messages()
    assert message.text.startswith(
        "<@U_ANA> set up in <#C_ALUMINIUM>: monthly post of alumina and bauxite, once a month is"
    )
    assert "not before 08:15 (London)" in message.text
    assert problems(message.text, message.blocks) == []


async def test_subscribing_again_edits_what_is_there(slack: LocalSlack, tmp_path: Path) -> None:
    await opened(slack)
    await fill(slack, series=["bauxite"], at="cron")
    await fill(slack, cron="0 7 * * fri", zone="America/New_York")
    await submit(slack)
    view = await opened(slack, user="U_BEN")
    assert view.view["title"]["text"] == "Monthly post"
    assert "Set up in <#C_ALUMINIUM>: monthly post of bauxite" in preview(view)
    assert [each["value"] for each in held(view, "series")["selected_options"]] == ["bauxite"]
    assert (held(view, "cron")["value"], zone(view)) == ("0 7 * * fri", "America/New_York")
    await fill(slack, at="complete", user="U_BEN")
    await submit(slack, user="U_BEN")
    assert in_database(tmp_path, KEPT) == [
        (
            "C_ALUMINIUM",
            '["bauxite"]',
            "complete",
            "",
            "09:00",
            "America/New_York",
            "active",
            "U_ANA",
            "U_BEN",
        )
    ]
    assert slack.messages()[-1].text.startswith("<@U_BEN> changed in <#C_ALUMINIUM>: monthly post of bauxite")
    changes = in_database(tmp_path, "SELECT what, by FROM order_changes ORDER BY id")
    assert changes == [("made", "U_ANA"), ("edited", "U_BEN")]


async def test_where_the_bot_cannot_post_the_asker_hears_what_to_do(slack: LocalSlack) -> None:
    slack.workspace.kick("C_DESK")
    slack.workspace.kick("D_ANA")
    archive(slack.workspace, "C_PARTNERS")
    for channel, told in (
        ("C_GENERAL", "Type `/invite @alumina` here"),
        ("C_DESK", "Type `/invite @alumina` here"),
        ("D_ANA", "I cannot post in a conversation between other people."),
        ("C_PARTNERS", "the channel is archived."),
    ):
        await settled(slack, slack.command("subscribe", channel=channel))
        assert told in slack.ephemerals()[-1].text
        assert slack.modals.shown() is None
    slack.workspace.invite("D_ANA")
    await opened(slack)
    slack.workspace.kick("C_ALUMINIUM")  # meanwhile
    await submit(slack)
    assert slack.messages() == []
    [told_alone] = slack.messages("D_ANA")
    assert "type `/invite @alumina` there" in told_alone.text


async def test_an_unknown_clock_is_shanghai_s(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 * SECONDS < TRIGGER_SECONDS  # it is asked for the channel, and then for the person
    slack.scopes.discard("users:read")
    assert zone(await opened(slack)) == "Asia/Shanghai"
    slack.modals.close()
    slack.scopes.add("users:read")
    monkeypatch.setattr("handlers.places.SECONDS", 0.01)
    slow = [slack.faults.hold(method, when="before") for method in ("conversations.info", "users.info")]
    await slack.command("subscribe")
    await slack.wait_for(lambda: slack.modals.shown())
    assert zone(shown(slack)) == "Asia/Shanghai"
    for each in slow:
        each.let_go()


@pytest.mark.parametrize("text", ["订阅", "subscribe in Chinese", "用中文订阅"])
async def test_in_chinese_form_and_post_are_chinese(slack: LocalSlack, tmp_path: Path, text: str) -> None:
    await settled(slack, slack.command(text))
    view = shown(slack).view
    assert (view["title"]["text"], view["submit"]["text"]) == ("月度简报", "订阅")
    assert "2026年7月（数据已收录）：立即" in preview(shown(slack))
    await submit(slack)
    assert slack.messages()[-1].text.split("\n")[0] == (
        "<@U_ANA>在<#C_ALUMINIUM>设置了：全部品种月度简报，月度数据齐全后发送，不早于09:00（马德里）。"
    )
    assert in_database(tmp_path, "SELECT language FROM orders") == [("zh",)]
    await settled(slack, slack.command("subscriptions"))
    assert "not before 09:00 (Madrid), in Chinese" in slack.ephemerals("U_ANA")[-1].text
