"""Who is served where: workspaces, channels, people of other companies; who asks more than people type."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltContext

from bot.playground.deliver import Retry
from bot.playground.people import BEN, GUEST, PARTNER_TEAM
from bot.settings import Settings
from bot.words import say
from handlers.visits import turned_away, visit_of
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot
from tests.slack.events import by_bot, deliver, events, in_database, rows

ASKED = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {ASKED}"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


def whispers(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> list[str]:
    return [message.text for message in slack.ephemerals(user) if message.channel == channel]


async def test_only_the_channels_of_the_list_and_direct_messages(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_CHANNELS="C_DESK, C_OTHER"):
        await slack.command(ASKED)
        mention = await slack.say(MENTION)
        await slack.say(ASKED, channel="D_ANA")
        allowed = await slack.say(MENTION, channel="C_DESK")
        await slack.settle()
        assert slack.messages("C_ALUMINIUM") == [slack.workspace.find("C_ALUMINIUM", mention)]
        note = say("replies.not_here", channels="<#C_DESK>, <#C_OTHER>")
        assert whispers(slack) == [note, note]
        assert MARCH in by_bot(slack, "D_ANA")[0]
        assert MARCH in by_bot(slack, "C_DESK", allowed)[0]


async def test_only_the_workspaces_of_the_list(slack: LocalSlack, serve: StartBot, tmp_path: Path) -> None:
    async with serve(ALUMINA_TEAMS="T0ELSEWHERE"):
        await slack.command(ASKED)
        await slack.say(MENTION)
        await slack.settle()
        assert whispers(slack) == [say("replies.not_this_workspace")] * 2
        assert rows(tmp_path) == []


async def asked_by_guest(slack: LocalSlack) -> list[str]:
    ts = await slack.say(MENTION, channel="C_PARTNERS", user=GUEST)
    await slack.settle()
    return by_bot(slack, "C_PARTNERS", ts)


async def test_guests_of_a_shared_channel_are_answered(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        assert MARCH in (await asked_by_guest(slack))[0]


async def test_guests_may_be_left_out(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_GUESTS="off"):
        assert await asked_by_guest(slack) == []
        assert whispers(slack, "C_PARTNERS", GUEST) == [say("replies.guests_not")]
        ours = await slack.say(MENTION, channel="C_PARTNERS", user=BEN)
        await slack.settle()
        assert MARCH in by_bot(slack, "C_PARTNERS", ours)[0]


async def test_guests_of_a_workspace_on_the_list_are_none(slack: LocalSlack, serve: StartBot) -> None:
    teams = f"{slack.workspace.team},{PARTNER_TEAM}"
    async with serve(ALUMINA_GUESTS="off", ALUMINA_TEAMS=teams):
        assert MARCH in (await asked_by_guest(slack))[0]


async def test_guests_do_not_change_subscriptions(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        await slack.command("subscriptions", channel="C_PARTNERS", user=BEN)
        await slack.settle()
        [listed] = slack.ephemerals(BEN)
        button = next(each for each in actions(listed.blocks) if each.startswith("subscription_"))
        await slack.press("C_PARTNERS", listed.ts, button, user=GUEST)
        await slack.settle()
        assert whispers(slack, "C_PARTNERS", GUEST)[-1] == say("replies.guest_changes")
        assert "views.open" not in [call.method for call in slack.calls]


def actions(blocks: Any) -> list[str]:
    found = [element for block in blocks for element in block.get("elements", ())]
    return [element["action_id"] for element in found if "action_id" in element]


async def test_guests_do_not_subscribe_by_a_command(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        for text in ("subscribe", "private SUBSCRIBE now"):
            await slack.command(text, channel="C_PARTNERS", user=GUEST)
            await slack.settle()
        assert whispers(slack, "C_PARTNERS", GUEST) == [say("replies.guest_changes")] * 2
        await slack.command(f"private {ASKED}", channel="C_PARTNERS", user=GUEST)
        await slack.settle()
        assert MARCH in whispers(slack, "C_PARTNERS", GUEST)[-1]
        assert "views.open" not in [call.method for call in slack.calls]


async def test_people_of_another_workspace_of_the_same_company_are_no_guests(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    """The channel is shared with no other company, though this person belongs to another workspace."""
    places = slack.workspace.channels
    places["C_ALUMINIUM"] = replace(places["C_ALUMINIUM"], members=places["C_ALUMINIUM"].members | {GUEST})
    async with serve(ALUMINA_GUESTS="off", ALUMINA_USER_RATE="1"):
        await slack.command("subscribe", user=GUEST)
        await slack.settle()
        for at in ("flash", "complete"):  # choices in a modal are no questions
            await slack.modals.fill("subscription_at", at, user=GUEST)
            await slack.settle()
        await slack.modals.submit(user=GUEST)
        await slack.settle()
        assert whispers(slack, user=GUEST) == []
        assert in_database(tmp_path, "SELECT channel, changed_by FROM subscriptions") == [
            ("C_ALUMINIUM", GUEST)
        ]


async def test_guests_who_are_left_out_have_no_commands_buttons_and_shortcuts(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(ALUMINA_GUESTS="off"):
        ours = await slack.say(MENTION, channel="C_PARTNERS", user=BEN)
        await slack.settle()
        [answer] = [said for said in slack.messages("C_PARTNERS", ours) if said.bot_id]
        await slack.command(ASKED, channel="C_PARTNERS", user=GUEST)
        await slack.press("C_PARTNERS", answer.ts, "ask_0", user=GUEST)
        await slack.shortcut("C_PARTNERS", ours, user=GUEST)
        await slack.say("and imports?", channel="C_PARTNERS", user=GUEST, thread_ts=ours)
        await slack.settle()
        assert whispers(slack, "C_PARTNERS", GUEST) == [say("replies.guests_not")] * 3
        assert len(by_bot(slack, "C_PARTNERS", ours)) == 1


async def test_a_channel_that_is_not_listed_has_no_buttons_shortcuts_threads_and_edits(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        asked = await slack.say(MENTION)
        await slack.settle()
        [before] = [said for said in slack.messages("C_ALUMINIUM", asked) if said.bot_id]
    async with serve(ALUMINA_CHANNELS="C_DESK"):
        await slack.press("C_ALUMINIUM", before.ts, "ask_0")
        await slack.shortcut("C_ALUMINIUM", asked)
        await slack.say("and imports?", thread_ts=asked)
        await slack.edit("C_ALUMINIUM", asked, f"{MENTION} and imports")
        await slack.command("subscribe")
        await slack.settle()
        # The press, the shortcut, the edit and the command; a reply in a thread may be meant for others.
        assert whispers(slack) == [say("replies.not_here", channels="<#C_DESK>")] * 4
        assert by_bot(slack, "C_ALUMINIUM", asked) == [before.text]
        assert slack.modals.shown() is None


async def test_the_home_tab_says_so_too(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        slack.home.open()
        await slack.settle()
    async with serve(ALUMINA_TEAMS="T0ELSEWHERE"):
        await slack.home.press("home_0")
        await slack.settle()
        assert [message.text for message in slack.messages("D_ANA")] == [say("replies.not_this_workspace")]
        slack.home.open()
        await slack.settle()
        view = slack.home.shown()
        assert view is not None
        assert [block["text"]["text"] for block in view["blocks"]] == [say("replies.not_this_workspace")]


async def test_who_presses_too_often_on_the_home_tab_is_told_in_a_message(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(ALUMINA_USER_RATE="1"):
        slack.home.open()
        await slack.settle()
        for button in ("home_0", "home_1", "home_2"):
            await slack.home.press(button)
            await slack.settle()
        said = [message.text for message in slack.messages("D_ANA")]
        assert len(said) == 2
        assert said[-1] == say("replies.slower", limit=1)


async def test_an_edit_is_a_question_too(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_USER_RATE="2"):
        asked = await slack.say(MENTION)
        await slack.settle()
        for year in (2025, 2023, 2022):
            await slack.edit("C_ALUMINIUM", asked, f"<@U0ALUMINA> alumina exports march {year}")
            await slack.settle()
        [answer] = by_bot(slack, "C_ALUMINIUM", asked)
        assert "March 2025" in answer
        assert whispers(slack) == [say("replies.slower", limit=2)]


@pytest.mark.parametrize(("listed", "served"), [("T1", True), ("E1", True), ("E2,T2", False)])
def test_a_workspace_is_listed_by_itself_or_by_its_organisation(listed: str, served: bool) -> None:
    context = AsyncBoltContext({"enterprise_id": "E1", "user_id": "U1", "channel_id": "C1"})
    visit = visit_of({"command": "/alumina", "team_id": "T1"}, context, "T1")
    assert visit is not None
    settings = Settings.from_env({"ALUMINA_TEAMS": listed})
    assert turned_away(visit, settings) == (None if served else say("replies.not_this_workspace"))


async def test_who_asks_too_often_is_told_once(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_USER_RATE="2"):
        for _ in range(5):
            await slack.command(f"private {ASKED}")
            await slack.settle()
        told = whispers(slack)
        assert [text for text in told if MARCH not in text] == [say("replies.slower", limit=2)]
        assert len(told) == 3
        await slack.command(f"private {ASKED}", user=BEN)
        await slack.settle()
        assert MARCH in whispers(slack, user=BEN)[0]


async def test_messages_count_too_and_a_redelivery_does_not(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve(ALUMINA_CHANNEL_RATE="2"):
        url = slack.bot_url or ""
        first = await slack.say(MENTION)
        await slack.settle()
        for number in range(5):
            await deliver(slack, [url], events(slack, first), Retry(number + 1, "http_timeout"))
        second, third = await slack.say(MENTION, user=BEN), await slack.say(MENTION)
        await slack.settle()
        await deliver(slack, [url], events(slack, third), Retry(1, "http_timeout"))
        await slack.settle()
        answers = [len(by_bot(slack, "C_ALUMINIUM", ts)) for ts in (first, second, third)]
        assert sorted(answers) == [0, 1, 1]  # of two that come together either may be the one too many
        assert answers[0] == 1
        assert whispers(slack) + whispers(slack, user=BEN) == [say("replies.busy", limit=2)]
        assert {state for *_, state in rows(tmp_path)} == {"answered"}


@pytest.mark.parametrize(
    ("event", "home"),
    [
        ({"user_team": "T2", "team": "T1"}, "T2"),
        ({"team": "T2"}, "T2"),
        ({"team": "T1"}, ""),
        ({"user_team": "E1"}, ""),  # the bot's own company, where it has several workspaces
        ({"user_team": "E2"}, "E2"),
        ({}, ""),
        ({"team": "T1", "message": {"user_team": "T2", "team": "T1"}}, "T2"),  # an edit
        ({"message": {"team": "T2"}}, "T2"),
        ({"message": {"team": "T1"}}, ""),
    ],
)
def test_where_a_person_belongs(event: dict[str, Any], home: str) -> None:
    context = AsyncBoltContext({"enterprise_id": "E1", "user_id": "U1", "channel_id": "C1"})
    body = {"event": {"type": "message", **event}, "is_ext_shared_channel": True}
    visit = visit_of(body, context, "T1")
    assert visit is not None
    assert visit.home == home
