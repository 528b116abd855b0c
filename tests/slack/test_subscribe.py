"""A channel is subscribed in a modal; the list of subscriptions, a channel's history, what is due when."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.playground.limits import problems, view_problems
from bot.playground.views import TRIGGER_SECONDS, OpenView
from bot.playground.workspace import Message
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.desk import POSTING, StartBot, both_ways
from tests.slack.events import change_database, in_database, settled
from tests.slack.pressing import action_ids, forge
from tests.slack.pressing import press as press_action

FIELDS = [
    f"subscription_{name}"
    for name in ("at", "time", "zone", "series", "months", "line", "people", "groups", "language")
]
WITH_CRON = [name.replace("time", "cron") for name in FIELDS]
HOW = ", ".join(
    f"json_extract(what, '$.{name}')" for name in ("what.commodities", "at", "cron", "time", "zone")
)
KEPT = f"SELECT channel, {HOW}, state, created_by, changed_by FROM orders"

pytestmark = pytest.mark.usefixtures("bot")


async def opened(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> OpenView:
    reply = await settled(slack, slack.command("subscribe", channel=channel, user=user))
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    return shown(slack, user)


def shown(slack: LocalSlack, user: str = "U_ANA") -> OpenView:
    view = slack.modals.shown(user)
    assert view_problems(view.view) == []
    return view


def inputs(view: OpenView) -> list[str]:
    return [block["block_id"] for block in view.view["blocks"] if block["type"] == "input"]


def held(view: OpenView, name: str) -> Any:
    """What a field holds."""
    return view.values[f"subscription_{name}"][f"subscription_{name}"]


def zone(view: OpenView) -> str:
    """The chosen time zone."""
    return str(held(view, "zone")["selected_option"]["value"])


def preview(view: OpenView) -> str:
    """What stands between the fields and below them: the next dates, or why there are none; the message."""
    shown = [block for block in view.view["blocks"] if block["type"] != "input"]
    return "\n".join(str(block) for block in shown)


async def fill(slack: LocalSlack, user: str = "U_ANA", **fields: Any) -> OpenView:
    for name, value in fields.items():
        await settled(slack, slack.modals.fill(f"subscription_{name}", value, user=user))
    return shown(slack, user)


async def submit(slack: LocalSlack, user: str = "U_ANA") -> None:
    reply = await settled(slack, slack.modals.submit(user=user))
    assert (reply.status, reply.failure) == (200, "")


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


async def test_where_the_bot_cannot_post_another_channel_is_a_press_away(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """It is not in #general, as Ana is told beside the field too; nobody moves a post where they are not."""
    await settled(slack, slack.command("subscribe", channel="C_GENERAL"))
    offer = slack.ephemerals()[-1]
    assert problems(offer.text, offer.blocks) == []
    assert action_ids(offer) == {"order_new", "order_elsewhere", "open_channel"}
    await press_action(slack, offer, "order_new", user="U_ANA")
    assert slack.ephemerals()[-1].text == offer.text
    await press_action(slack, offer, "order_elsewhere", user="U_ANA")
    assert inputs(shown(slack)) == ["subscription_place", *FIELDS]
    slack.workspace.set_member("C_PARTNERS", "U_ANA", False)
    for channel, wrong in (("C_GENERAL", "/invite @alumina"), ("C_PARTNERS", "You are not in that channel")):
        await fill(slack, place=channel)
        await submit(slack)
        assert wrong in shown(slack).errors["subscription_place"]
    assert "<#C_DESK>" in preview(await fill(slack, place="C_DESK"))
    await submit(slack)
    assert in_database(tmp_path, STATES) == [("C_DESK", "active")]
    slack.workspace.invite("C_GENERAL")
    await press_action(slack, offer, "order_new", user="U_ANA")
    assert titles(slack) == ("Monthly post", "Subscribe")


async def test_a_post_on_hold_moves_to_another_channel(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack, "C_ALUMINIUM", series=["bauxite"])
    await subscribed(slack, "C_PARTNERS")
    message = await listed(slack)
    edit = next(each for each in message.blocks[1]["elements"] if each["action_id"] == "order_edit_1")
    await forge(slack, message, "order_move_0", user="U_ANA", value=edit["value"])
    await fill(slack, place="C_PARTNERS")
    await submit(slack)
    assert "set up there already" in shown(slack).errors["subscription_place"]
    await fill(slack, place="C_DESK")
    await submit(slack)
    channels = in_database(tmp_path, "SELECT channel, created_by FROM orders ORDER BY channel")
    assert channels == [("C_DESK", "U_ANA"), ("C_PARTNERS", "U_ANA")]
    assert "changed in <#C_DESK>: monthly post of bauxite" in slack.messages("C_DESK")[-1].text


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


STATES = "SELECT channel, state FROM orders ORDER BY channel"
ACTIVE = ["Edit", "Pause", "Send now", "History", "Delete"]
PAUSED = ["Edit", "Resume", "History", "Delete"]


async def subscribed(slack: LocalSlack, channel: str = "C_ALUMINIUM", **fields: Any) -> None:
    """Ana subscribes a channel in the modal."""
    await opened(slack, channel)
    await fill(slack, **fields)
    await submit(slack)
    assert slack.modals.shown() is None


async def listed(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    await settled(slack, slack.command("subscriptions", channel=channel, user=user))
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


def buttons(message: Message, channel: str = "C_ALUMINIUM") -> dict[str, str]:
    """The action ids of a channel's buttons by what stands on them."""
    mark = "To you alone" if channel.startswith("D") else f"<#{channel}>"
    pairs = zip(message.blocks, message.blocks[1:], strict=False)
    own = [row for line, row in pairs if row["type"] == "actions" and mark in str(line.get("text"))]
    return {one["text"]["text"]: one["action_id"] for row in own[:1] for one in row["elements"]}


async def press(
    slack: LocalSlack, message: Message, name: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> str:
    """A press of a button of the list; what its presser alone reads last."""
    action = buttons(message, channel)[name]
    reply = await settled(slack, slack.press(message.channel, message.ts, action, user=user))
    assert (reply.status, reply.failure) == (200, "")
    return slack.ephemerals(user)[-1].text


def titles(slack: LocalSlack) -> tuple[str, str]:
    """What stands above the modal, and on its button."""
    view = shown(slack).view
    return view["title"]["text"], view["submit"]["text"]


async def test_the_list_holds_the_asker_s_channels_with_this_one_first(slack: LocalSlack) -> None:
    message = await listed(slack)
    assert message.text.startswith("Nothing is set up in <#C_ALUMINIUM> yet: `/alumina subscribe` sets up")
    await press(slack, message, "Subscribe")
    assert titles(slack) == ("Monthly post", "Subscribe")
    slack.modals.close()
    await subscribed(slack, "C_DESK", series=["bauxite"])
    await subscribed(slack, "C_ALUMINIUM")
    await subscribed(slack, "D_ANA")
    message = await listed(slack)
    lines = message.text.split("\n")
    assert [line.split("*")[1] for line in lines if line.startswith("*")] == [
        "<#C_ALUMINIUM>", "<#C_DESK>", "To you alone",
    ]  # fmt: skip
    assert any(
        line.startswith("*<#C_DESK>*: monthly post of bauxite, once a month is complete") for line in lines
    )
    assert lines[1].startswith("Next post, July 2026, on record already: at once.")
    theirs = (await listed(slack, user="U_BEN")).text
    assert ("<#C_DESK>" in theirs, "To you alone" in theirs) == (True, False)
    await press(slack, message, "Edit", "C_DESK")
    assert titles(slack) == ("Monthly post", "Save")
    assert "<#C_DESK>" in str(slack.modals.shown().view["blocks"][0])  # type: ignore[union-attr]


@both_ways
async def test_pausing_changes_the_list_and_tells_the_channel(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack)
    message = await listed(slack)
    assert list(buttons(message)) == ACTIVE
    assert "Paused by <@U_ANA>." in await press(slack, message, "Pause")
    [paused] = slack.ephemerals()
    assert (paused.ts, list(buttons(paused))) == (message.ts, PAUSED)
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "paused")]
    assert slack.messages()[-1].text.startswith("<@U_ANA> paused here: monthly post of everything")
    # A list that is out of date does nothing twice.
    stale = slack.workspace.change(paused, text=message.text, blocks=message.blocks)
    await press(slack, stale, "Pause")
    assert [one.text.split(" ")[1] for one in slack.messages()] == ["set", "paused"]
    [paused] = slack.ephemerals()
    await press(slack, paused, "Edit")
    assert titles(slack) == ("Monthly post", "Save and resume")
    slack.modals.close()
    await press(slack, paused, "Resume")
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "active")]
    assert slack.messages()[-1].text == (
        "<@U_ANA> resumed here: monthly post of everything, once a month is complete, not before 09:00 "
        "(Madrid).\nNext post, July 2026, on record already: at once."
    )


async def test_deleting_asks_first_and_keeps_who_did_it(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack)
    message = await listed(slack)
    elements = [one for block in message.blocks for one in block.get("elements", ())]
    [delete] = [one for one in elements if one.get("text", {}).get("text") == "Delete"]
    assert delete["confirm"]["confirm"]["text"] == "Delete"
    assert "Nothing is set up in <#C_ALUMINIUM> yet" in await press(slack, message, "Delete")
    assert in_database(tmp_path, STATES) == []
    assert slack.messages()[-1].text.startswith("<@U_ANA> deleted here: monthly post of everything")
    changes = in_database(tmp_path, "SELECT what, by FROM order_changes ORDER BY id")
    assert changes == [("made", "U_ANA"), ("deleted", "U_ANA")]


async def test_a_button_of_somebody_else_s_channel_does_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    """Slack's client could send any value: the one of another conversation is checked against Slack."""
    await subscribed(slack, "D_ANA")
    await subscribed(slack)
    message = await listed(slack, user="U_BEN")
    [(own,)] = in_database(tmp_path, "SELECT id FROM orders WHERE channel = 'D_ANA'")
    pressed = [(action, own) for action in buttons(message).values()]
    for action, value in [*pressed, ("order_new_0", "D_ANA")]:
        await forge(slack, message, action, user="U_BEN", value=value)
        assert slack.ephemerals("U_BEN")[-1].text.startswith("You are not in that channel")
    assert ("D_ANA", "active") in in_database(tmp_path, STATES)
    assert slack.modals.shown("U_BEN") is None


async def test_send_now_puts_the_newest_month_into_the_queue_once(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack, at="cron")
    message = await listed(slack)
    for _ in range(2):
        told = await press(slack, message, "Send now")
        assert told == "July 2026 is on its way; it can take two minutes."
    queued = in_database(tmp_path, "SELECT kind, edition, state FROM posts WHERE channel = 'C_ALUMINIUM'")
    assert sorted(queued) == [
        ("bulletin", "2026-07", "told"),
        ("monthly", "2026-07", "due"),
        ("query", "2026-07", "told"),
    ]
    await change_database(tmp_path, "UPDATE posts SET why = 'ratelimited', tries = 3 WHERE kind = 'monthly'")
    told = await press(slack, message, "Send now")
    assert told == "July 2026 is waiting (ratelimited) and is tried again by itself."


async def test_the_history_tells_posts_and_changes(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(**POSTING):
        await subscribed(slack, zone="Europe/London")
        await press(slack, await listed(slack), "Send now")
        await settled(slack, slack.wait_for(lambda: any(one.metadata for one in slack.messages())))
        message = await listed(slack)
        await press(slack, message, "History")
        told = slack.ephemerals()[-1]
        assert problems(told.text, told.blocks) == []
        for line in (
            "October 2026: monthly post; its figures are not on record",
            "July 2026: monthly post; due",
        ):
            assert line in told.text
        assert "<@U_ANA> set it up (monthly post of everything" in told.text
        assert "July 2026 is the newest month on record, and stands in the channel already" in (
            await press(slack, message, "Send now")
        )
        assert len([one for one in slack.messages() if one.metadata]) == 1


@both_ways
async def test_next_tells_the_releases_and_this_channel_s_posts(slack: LocalSlack) -> None:
    await settled(slack, slack.command("next"))
    assert "Nothing is set up in <#C_ALUMINIUM> yet" in slack.ephemerals()[-1].text
    assert slack.messages() == []
    await subscribed(slack)
    await settled(slack, slack.command("next"))
    told = slack.ephemerals()[-1]
    assert problems(told.text, told.blocks) == []
    assert "preliminary release of November 2026, 9 December 2026, expected" in told.text
    assert "*<#C_ALUMINIUM>*, monthly post of everything, once a month is complete" in told.text
    assert "November 2026: Sunday 20 December 2026, 09:00 (Madrid), expected" in told.text
