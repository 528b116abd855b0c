"""The list of subscriptions with its buttons, a channel's history, and what is due when."""

from pathlib import Path
from typing import Any

import pytest

from bot.dataset.dataset import Dataset
from bot.messages.limits import problems
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, environment, http_bot
from tests.slack.events import change_database, in_database

STATES = "SELECT channel, state FROM subscriptions ORDER BY channel"


async def subscribed(slack: LocalSlack, channel: str = "C_ALUMINIUM", **fields: Any) -> None:
    """Ana subscribes a channel in the modal."""
    await slack.command("subscribe", channel=channel)
    await slack.settle()
    for name, value in fields.items():
        await slack.modals.fill(f"subscription_{name}", value)
        await slack.settle()
    await slack.modals.submit()
    await slack.settle()
    assert slack.modals.shown() is None


async def listed(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    await slack.command("subscriptions", channel=channel, user=user)
    await slack.settle()
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


def buttons(message: Message, channel: str) -> dict[str, str]:
    """The action ids of a channel's buttons by what stands on them."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return {one["text"]["text"]: one["action_id"] for one in elements if one["value"] == channel}


async def press(
    slack: LocalSlack, message: Message, name: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> None:
    reply = await slack.press(message.channel, message.ts, buttons(message, channel)[name], user=user)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


@pytest.mark.usefixtures("bot")
async def test_a_channel_without_one_is_offered_one(slack: LocalSlack) -> None:
    message = await listed(slack)
    assert message.text == "No subscription in <#C_ALUMINIUM> yet: `/alumina subscribe` makes one."
    await press(slack, message, "Subscribe")
    assert slack.modals.shown() is not None


@pytest.mark.usefixtures("bot")
async def test_the_list_holds_the_asker_s_channels_with_this_one_first(slack: LocalSlack) -> None:
    await subscribed(slack, "C_DESK", series=["bauxite"])
    await subscribed(slack, "C_ALUMINIUM")
    await subscribed(slack, "D_ANA")
    lines = (await listed(slack)).text.split("\n")
    assert [line.split("*")[1] for line in lines if line.startswith("*")] == [
        "<#C_ALUMINIUM>", "<#C_DESK>", "this conversation",
    ]  # fmt: skip
    assert any(line.startswith("*<#C_DESK>*: bauxite, once a month is complete") for line in lines)
    assert lines[1].startswith("Next post, July 2026, on record already: at once.")


@pytest.mark.usefixtures("bot")
async def test_channels_of_others_are_not_listed(slack: LocalSlack) -> None:
    await subscribed(slack, "D_ANA")
    await subscribed(slack, "C_DESK")
    told = (await listed(slack, user="U_BEN")).text
    assert "<#C_DESK>" in told
    assert "this conversation" not in told


@pytest.mark.usefixtures("either_bot")
async def test_pausing_and_resuming_change_the_list_in_place_and_tell_the_channel(
    slack: LocalSlack, tmp_path: Path
) -> None:
    await subscribed(slack)
    message = await listed(slack)
    assert list(buttons(message, "C_ALUMINIUM")) == ["Edit", "Pause", "Send now", "History", "Delete"]
    await press(slack, message, "Pause")
    [paused] = slack.ephemerals()
    assert paused.ts == message.ts
    assert "Paused by <@U_ANA>." in paused.text
    assert list(buttons(paused, "C_ALUMINIUM")) == ["Edit", "Resume", "History", "Delete"]
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "paused")]
    assert slack.messages()[-1].text.startswith("<@U_ANA> paused the monthly posts here.")
    await press(slack, paused, "Edit")
    view = slack.modals.shown()
    assert view is not None
    assert view.view["submit"]["text"] == "Save and resume"
    slack.modals.close()
    await press(slack, paused, "Resume")
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "active")]
    assert slack.messages()[-1].text == (
        "<@U_ANA> resumed the monthly posts here.\nNext post, July 2026, on record already: at once."
    )


@pytest.mark.usefixtures("bot")
async def test_deleting_asks_first_and_keeps_who_did_it(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack)
    message = await listed(slack)
    [delete] = [
        one
        for block in message.blocks
        for one in block.get("elements", [])
        if one.get("text", {}) == {"type": "plain_text", "text": "Delete"}
    ]
    assert delete["confirm"]["confirm"]["text"] == "Delete"
    await press(slack, message, "Delete")
    assert in_database(tmp_path, STATES) == []
    assert "No subscription in <#C_ALUMINIUM> yet" in slack.ephemerals()[-1].text
    assert slack.messages()[-1].text.startswith("<@U_ANA> ended the monthly posts here.")
    changes = in_database(tmp_path, "SELECT what, by FROM subscription_changes ORDER BY id")
    assert changes == [("subscribed", "U_ANA"), ("deleted", "U_ANA")]


@pytest.mark.usefixtures("bot")
async def test_a_list_that_is_out_of_date_does_nothing_twice(slack: LocalSlack) -> None:
    await subscribed(slack)
    message = await listed(slack)
    await press(slack, message, "Pause")
    [paused] = slack.ephemerals()
    stale = slack.workspace.change(paused, text=message.text, blocks=message.blocks)
    await press(slack, stale, "Pause")
    assert [one.text.split(" ")[1] for one in slack.messages()] == ["subscribed", "paused"]
    assert list(buttons(slack.ephemerals()[-1], "C_ALUMINIUM")) == ["Edit", "Resume", "History", "Delete"]


@pytest.mark.usefixtures("bot")
async def test_edit_opens_the_form_of_that_channel(slack: LocalSlack) -> None:
    await subscribed(slack, "C_DESK", series=["bauxite"])
    await press(slack, await listed(slack), "Edit", "C_DESK")
    view = slack.modals.shown()
    assert view is not None
    assert view.view["title"]["text"] == "Change subscription"
    assert "<#C_DESK>" in str(view.view["blocks"][0])


@pytest.mark.usefixtures("bot")
async def test_a_button_of_a_channel_that_the_presser_is_not_in_does_nothing(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """Slack's client could send any value: the one of another conversation is checked against Slack."""
    await subscribed(slack, "D_ANA")
    await subscribed(slack)
    message = await listed(slack, user="U_BEN")
    forged = [
        block | {"elements": [one | {"value": "D_ANA"} for one in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in message.blocks
    ]
    message = slack.workspace.change(message, blocks=tuple(forged))
    for name in ("Pause", "Delete", "Edit", "History", "Send now"):
        await press(slack, message, name, "D_ANA", user="U_BEN")
        assert slack.ephemerals("U_BEN")[-1].text.startswith("You are not in that channel")
    assert ("D_ANA", "active") in in_database(tmp_path, STATES)
    assert slack.modals.shown("U_BEN") is None


@pytest.mark.usefixtures("bot")
async def test_send_now_puts_the_newest_month_into_the_queue_once(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack, at="cron")
    message = await listed(slack)
    for _ in range(2):
        await press(slack, message, "Send now")
        assert slack.ephemerals()[-1].text == "July 2026 is on its way; it can take two minutes."
    queued = in_database(tmp_path, "SELECT kind, edition, state FROM posts WHERE channel = 'C_ALUMINIUM'")
    assert sorted(queued) == [
        ("bulletin", "2026-07", "told"),
        ("monthly", "2026-07", "due"),
        ("query", "2026-07", "told"),
    ]


@pytest.mark.usefixtures("bot")
async def test_send_now_of_what_slack_refuses_for_a_while_says_so(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack)
    message = await listed(slack)
    await press(slack, message, "Send now")
    await change_database(tmp_path, "UPDATE posts SET why = 'ratelimited', tries = 3 WHERE kind = 'monthly'")
    await press(slack, message, "Send now")
    assert slack.ephemerals()[-1].text == "July 2026 is waiting (ratelimited) and is tried again by itself."


async def test_the_history_tells_when_it_was_due_when_sent_and_who_changed_what(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(**POSTING):
        await subscribed(slack, zone="Europe/London")
        await press(slack, await listed(slack), "Send now")
        await slack.wait_for(lambda: any(one.metadata for one in slack.messages()))
        await slack.settle()
        message = await listed(slack)
        await press(slack, message, "History")
        told = slack.ephemerals()[-1]
        assert problems(told.text, told.blocks) == []
        [table] = [block for block in told.blocks if block["type"] == "table"]
        rows = [[cell["text"] for cell in row] for row in table["rows"]]
        assert rows[0] == ["Month", "What", "Due", "Sent", "Late by", "Why not"]
        # August to October are late; July is the newest complete month.
        waiting = [row[0] for row in rows if row[5] == "its figures are not on record"]
        assert waiting == ["October 2026", "September 2026", "August 2026"]
        [july] = [row for row in rows if row[0] == "July 2026"]
        assert july[1] == "monthly post"
        assert "-" not in july[2:4]
        assert july[5] == "-"
        assert "<@U_ANA> subscribed the channel" in told.text
        await press(slack, message, "Send now")
        assert "July 2026 is the newest month on record, and stands in the channel already" in (
            slack.ephemerals()[-1].text
        )
        assert len([one for one in slack.messages() if one.metadata]) == 1


async def test_a_subscribed_channel_gets_the_newest_month_by_itself_and_once(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    env = environment(slack, tmp_path, **POSTING)
    async with http_bot(slack, dataset, env):
        await subscribed(slack, "C_DESK", series=["bauxite"])
        await slack.wait_for(lambda: any(one.metadata for one in slack.messages("C_DESK")))
    async with http_bot(slack, dataset, env):  # a restart knows the subscription, and what was posted
        await slack.silence(1)
    [post] = [one for one in slack.messages("C_DESK") if one.metadata]
    assert post.metadata is not None
    assert post.metadata["event_payload"]["edition"] == "2026-07"
    assert "Bauxite" in post.text
    assert slack.messages() == []


async def test_what_a_person_changes_of_the_environment_s_subscription_wins(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    env = environment(slack, tmp_path, ALUMINA_SCHEDULER="on", ALUMINA_CHANNEL="C_ALUMINIUM")
    async with http_bot(slack, dataset, env):
        message = await listed(slack)
        assert "everything, once a month is complete, not before 09:00 (Shanghai)" in message.text
        await press(slack, message, "Delete")
    async with http_bot(slack, dataset, env):
        assert "No subscription in <#C_ALUMINIUM> yet" in (await listed(slack)).text


# What is due when.


@pytest.mark.usefixtures("either_bot")
async def test_next_tells_the_releases_and_this_channel_s_posts(slack: LocalSlack) -> None:
    await subscribed(slack)
    await slack.command("next")
    await slack.settle()
    told = slack.ephemerals()[-1]
    assert problems(told.text, told.blocks) == []
    assert "preliminary release of November 2026, 9 December 2026, expected" in told.text
    assert "*<#C_ALUMINIUM>* gets everything, once a month is complete" in told.text
    # 20 December 2026, 09:00 in Madrid, shown by Slack on the reader's own clock.
    date = "<!date^1797753600^{date_long}, {time}|Sunday 20 December 2026, 09:00 (Madrid)>, expected"
    assert f"November 2026: {date}" in told.text


@pytest.mark.usefixtures("bot")
async def test_next_without_a_subscription_says_how_to_get_one(slack: LocalSlack) -> None:
    await slack.command("next")
    await slack.settle()
    assert "No subscription in <#C_ALUMINIUM> yet" in slack.ephemerals()[-1].text
    assert slack.messages() == []
