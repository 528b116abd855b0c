"""The list of subscriptions, a channel's history, what is due when; a post that moves to another channel."""

from pathlib import Path

import pytest

from bot.playground.limits import problems
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, both_ways
from tests.slack.events import change_database, in_database, settled
from tests.slack.pressing import action_ids, forge
from tests.slack.pressing import press as press_action
from tests.slack.subscribing import (
    FIELDS,
    STATES,
    fill,
    inputs,
    listed,
    preview,
    shown,
    submit,
    subscribed,
    titles,
)

ACTIVE = ["Edit", "Pause", "Send now", "History", "Delete"]
PAUSED = ["Edit", "Resume", "History", "Delete"]

pytestmark = pytest.mark.usefixtures("bot")


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
    assert told == "July 2026 is waiting (ratelimited) and will be tried again automatically."


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
