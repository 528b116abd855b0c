"""An answer after each release: by the menu or in words, previewed, saved, posted once an edition."""

from pathlib import Path
from typing import Any

import pytest

from bot.playground.limits import problems, view_problems
from bot.playground.views import OpenView
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.alerting import AFTER, BEFORE, listed
from tests.slack.desk import StartBot
from tests.slack.events import in_database, settled
from tests.slack.pressing import action_ids, asked, element, forge, mentioned, press

CHANNEL, EXPORTS = "C_ALUMINIUM", "alumina exports march 2024"
HOW = ", ".join(f"json_extract(what, '$.{name}')" for name in ("at", "line", "time", "mentions"))
HOW = f"SELECT {HOW} FROM orders"
KEPT = "SELECT channel, kind, state, created_by FROM orders"
US = "<@U0ALUMINA>"


def posted(slack: LocalSlack) -> list[Message]:
    return [each for each in slack.messages(CHANNEL) if "question-" in str(each.metadata)]


def options(shown: OpenView, name: str) -> list[dict[str, Any]]:
    """What can be chosen in a field."""
    found: list[dict[str, Any]] = shown.input(f"subscription_{name}")["element"]["options"]
    return found


async def whispered(slack: LocalSlack, text: str, **where: str) -> Message:
    before = len(slack.ephemerals("U_ANA"))
    await slack.say(text, user="U_ANA", **where)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals("U_ANA")) > before))
    return slack.ephemerals("U_ANA")[-1]


async def test_the_menu_offers_it_for_each_release(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    """Alumina exports of June came out on 22 July (270 kt), of July on 18 August 2026 (300 kt)."""
    async with on(BEFORE):
        answer = await asked(slack, EXPORTS)
        await press(slack, answer, "menu", "post")
        offer = slack.ephemerals("U_BEN")[-1]
        assert problems(offer.text, offer.blocks) == []
        assert action_ids(offer) == {"alert_here", "alert_own", "alert_options", "alert_discard"}
        assert "“alumina exports March 2024”, moved on to the newest month, after each release" in offer.text
        assert "As it would be today: Alumina exports, June 2026: 270 kt" in offer.text.replace("\u00a0", " ")
        assert "Next: July 2026: " in offer.text
        assert in_database(tmp_path, KEPT) == []
        await press(slack, offer, "alert_here")
        assert in_database(tmp_path, KEPT) == [(CHANNEL, "question", "active", "U_BEN")]
        assert slack.messages()[-1].text.startswith("<@U_BEN> set up in <#C_ALUMINIUM>: “")
        assert "Next post, July 2026" in (await listed(slack)).text
        assert posted(slack) == []
    async with on(AFTER):
        await settled(slack, slack.wait_for(lambda: posted(slack)))
        [post] = posted(slack)
        assert problems(post.text, post.blocks) == []
        assert post.text.replace("\u00a0", " ").startswith("Alumina exports, July 2026: 300 kt")
        assert {"order_silence", "how", "menu"} <= action_ids(post)
        await slack.say("and june?", thread_ts=post.ts)
        await slack.wait_for(lambda: len(slack.messages(CHANNEL, post.ts)) > 1)
        assert "270 kt" in slack.messages(CHANNEL, post.ts)[-1].text.replace("\u00a0", " ")
    async with on("2026-08-31"):
        await slack.settle()
        assert [each.ts for each in posted(slack)] == [post.ts]
        await press(slack, await listed(slack, user="U_BEN"), "order_now_1")
        assert "stands in the channel already" in slack.ephemerals("U_BEN")[-1].text
        await press(slack, post, "order_silence")
        assert in_database(tmp_path, KEPT) == [(CHANNEL, "question", "paused", "U_BEN")]


@pytest.mark.usefixtures("bot")
async def test_in_words_it_is_the_answer_of_the_thread(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await mentioned(slack, EXPORTS)
    offer = await whispered(slack, f"{US} post this every month", thread_ts=str(answer.thread_ts))
    assert "“alumina exports March 2024”, moved on to the newest month" in offer.text
    await press(slack, offer, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [(CHANNEL, "question", "active", "U_ANA")]
    offer = await whispered(slack, f"{US} post this after each release", thread_ts=str(answer.thread_ts))
    await press(slack, offer, "alert_here", user="U_ANA")
    assert slack.ephemerals("U_ANA")[-1].text.startswith("That is set up there already")


@pytest.mark.usefixtures("bot")
async def test_another_channel_is_reminded_if_the_asker_is_in_it(slack: LocalSlack, tmp_path: Path) -> None:
    answer = await mentioned(slack, EXPORTS)
    remind = f"{US} remind <#C_DESK|trading-desk> of this after each release"
    offer = await whispered(slack, remind, thread_ts=str(answer.thread_ts))
    assert offer.text.startswith(
        "In <#C_DESK>: “alumina exports March 2024”, moved on to the newest month, after each release"
    )
    assert element(offer, "alert_here")["text"]["text"] == "Save there"
    value = element(offer, "alert_here")["value"]
    await press(slack, offer, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("C_DESK", "question", "active", "U_ANA")]
    assert slack.messages("C_DESK")[-1].text.startswith("<@U_ANA> set up in <#C_DESK>: “")
    slack.workspace.set_member("C_DESK", "U_ANA", False)
    refused = await whispered(slack, remind, thread_ts=str(answer.thread_ts))
    assert refused.text == "You are not in that channel, so it stays as it is."
    for verb in ("here", "options"):
        await forge(slack, refused, f"alert_{verb}", user="U_ANA", value=value)
    assert slack.modals.shown("U_ANA") is None
    assert len(in_database(tmp_path, KEPT)) == 1


async def test_a_channel_that_is_not_served_is_not_reminded(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_CHANNELS=CHANNEL):
        text = "remind <#C_DESK> of bauxite imports every month"
        await settled(slack, slack.command(text, user="U_ANA"))
        assert f"<#{CHANNEL}>" in slack.ephemerals("U_ANA")[-1].text
        await settled(slack, slack.command(text.replace("<#C_DESK>", "#desk"), user="U_ANA"))
        assert slack.ephemerals("U_ANA")[-1].text.startswith("I cannot tell which channel #desk is")
        assert not slack.ephemerals("U_ANA")[-1].blocks


@pytest.mark.usefixtures("bot")
async def test_what_came_of_the_options_stands_in_the_place_of_the_proposal(slack: LocalSlack) -> None:
    await settled(slack, slack.command("post alumina exports every month", user="U_ANA"))
    offer = slack.ephemerals("U_ANA")[-1]
    await press(slack, offer, "alert_options", user="U_ANA")
    await settled(slack, slack.modals.submit(user="U_ANA"))
    [told] = slack.ephemerals("U_ANA")
    assert (told.ts, action_ids(told)) == (offer.ts, set())
    assert told.text.startswith("Saved: it will be posted in <#C_ALUMINIUM>.")


@pytest.mark.usefixtures("bot")
async def test_by_command_it_is_what_is_named(slack: LocalSlack) -> None:
    for text, told in {
        "post bauxite imports every month": "“bauxite imports",
        "每月发送铝土矿进口": "铝土矿进口",
        "post this every month": "Write what to post after each release",
    }.items():
        await settled(slack, slack.command(text, user="U_ANA"))
        assert told in slack.ephemerals("U_ANA")[-1].text


INPUTS = [f"subscription_{name}" for name in "at time zone line people groups language".split()]


@pytest.mark.usefixtures("bot")
async def test_one_modal_makes_it_and_changes_it_with_a_preview(slack: LocalSlack, tmp_path: Path) -> None:
    """July 2026 is the newest month: 300 kt. The next bulletin, of November, is expected on 18 December."""
    await settled(slack, slack.command("post alumina exports every month", user="U_ANA"))
    await press(slack, slack.ephemerals("U_ANA")[-1], "alert_options", user="U_ANA")
    shown = slack.modals.shown("U_ANA")
    assert view_problems(shown.view) == []
    assert [each["block_id"] for each in shown.view["blocks"] if each["type"] == "input"] == INPUTS
    below = "\n".join(str(each.get("text")) for each in shown.view["blocks"]).replace("\\xa0", " ")
    assert "*Alumina exports, July 2026: 300 kt* · ▲ 33.0 % on the year" in below
    assert "November 2026: Friday 18 December 2026, 09:00 (Madrid), expected" in below
    notified = {"people": ["U_BEN"], "groups": ["!channel"]}
    for name, value in ({"time": "17:30", "line": "For the <!channel>  call"} | notified).items():
        await settled(slack, slack.modals.fill(f"subscription_{name}", value, user="U_ANA"))
    shown = slack.modals.shown("U_ANA")
    assert "18 December 2026, 17:30 (Madrid)" in str(shown.view["blocks"])
    assert "<!channel> <@U_BEN> For the &lt;!channel&gt; call" in str(shown.view["blocks"])
    await settled(slack, slack.modals.submit(user="U_ANA"))
    assert slack.modals.shown("U_ANA") is None
    assert in_database(tmp_path, KEPT) == [(CHANNEL, "question", "active", "U_ANA")]
    assert slack.messages()[-1].text.startswith("<@U_ANA> set up in <#C_ALUMINIUM>: “")
    await press(slack, await listed(slack), "order_edit_1", user="U_ANA")
    await settled(slack, slack.modals.fill("subscription_at", "cron", user="U_ANA"))
    await settled(slack, slack.modals.submit(user="U_ANA"))
    assert in_database(tmp_path, HOW) == [
        ("cron", "For the <!channel> call", "17:30", '["!channel","U_BEN"]')
    ]
    assert slack.messages()[-1].text.startswith("<@U_ANA> changed in <#C_ALUMINIUM>: “")
    await settled(slack, slack.command("alert alumina exports above 280kt", user="U_ANA"))
    await press(slack, slack.ephemerals("U_ANA")[-1], "alert_options", user="U_ANA")
    await settled(slack, slack.modals.fill("subscription_often", "crossing", user="U_ANA"))
    await settled(slack, slack.modals.submit(user="U_ANA"))
    assert "Alumina exports above 280 kt, when it crosses" in slack.messages()[-1].text


@pytest.mark.usefixtures("bot")
async def test_everybody_is_notified_by_an_admin_alone(slack: LocalSlack, tmp_path: Path) -> None:
    """Ana is one and Ben is not: he keeps what she chose, and is offered the user groups alone."""
    await settled(slack, slack.command("post alumina exports every month", user="U_BEN"))
    await press(slack, slack.ephemerals("U_BEN")[-1], "alert_options")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert [each["value"] for each in options(shown, "groups")] == ["!subteam^S_DESK"]
    await settled(slack, slack.modals.fill("subscription_groups", ["!subteam^S_DESK"], user="U_BEN"))
    await settled(slack, slack.modals.submit(user="U_BEN"))
    assert "S_DESK" in str(in_database(tmp_path, HOW))
    await settled(slack, slack.command("post bauxite imports every month", user="U_BEN"))
    offer = slack.ephemerals("U_BEN")[-1]
    forged = element(offer, "alert_here")["value"].replace('"mentions":[]', '"mentions":["!channel"]')
    await forge(slack, offer, "alert_here", value=forged)
    assert len(in_database(tmp_path, HOW)) == 2
    assert "!channel" not in str(in_database(tmp_path, HOW))
    slack.scopes -= {"usergroups:read", "users:read"}
    await press(slack, await listed(slack, user="U_BEN"), "order_edit_1")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert [each["text"]["text"] for each in options(shown, "groups")] == ["As it is set"]


async def test_what_was_out_when_it_was_saved_is_sent_when_asked_for(slack: LocalSlack, on: StartBot) -> None:
    async with on(AFTER):
        await settled(slack, slack.command("post alumina exports every month", user="U_BEN"))
        await press(slack, slack.ephemerals("U_BEN")[-1], "alert_here")
        await slack.settle()
        assert posted(slack) == []
        await press(slack, await listed(slack, user="U_BEN"), "order_now_1")
        assert slack.ephemerals("U_BEN")[-1].text.startswith("July 2026 is on its way")
        await settled(slack, slack.wait_for(lambda: posted(slack)))
        assert "July 2026: 300 kt" in posted(slack)[0].text.replace("\u00a0", " ")
