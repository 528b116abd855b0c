"""Alerts that fire: each new figure is told once, and nothing that was out before, paused or ended."""

from pathlib import Path

from bot.messages.limits import problems
from bot.posts.search import stages_of
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.alerting import AFTER, BEFORE, KEPT, elements, fires, listed, set_alert, state
from tests.slack.desk import StartBot
from tests.slack.events import in_database, settled
from tests.slack.pressing import action_ids, forge, press
from tests.slack.test_subscriptions import subscribed

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
        assert {"alert_silence", "how", "menu"} <= action_ids(post)
        await slack.say("and june?", thread_ts=post.ts)
        await slack.wait_for(lambda: len(slack.messages("C_ALUMINIUM", post.ts)) > 1)
        assert "270 kt" in slack.messages("C_ALUMINIUM", post.ts)[-1].text
    async with on("2026-09-30"):
        await slack.settle()
        assert [each.ts for each in slack.messages()[said:]] == [post.ts]
        await press(slack, post, "alert_silence")  # it is paused, and the post stays
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


async def test_all_that_came_while_the_bot_was_away_is_told_each_once(
    slack: LocalSlack, on: StartBot
) -> None:
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


async def test_once_is_once_though_two_months_come_together(
    slack: LocalSlack, on: StartBot, tmp_path: Path
) -> None:
    async with on("2026-07-01"):
        await set_alert(slack, "alumina exports above 200kt once")
    async with on("2026-09-01"):
        [only] = await fires(slack)
        await slack.wait_for(lambda: state(tmp_path) == ["done"])
        assert "July 2026" in only.text
        message = await listed(slack)
        assert "Done: it was to be told once. Last told: July 2026" in message.text
        assert action_ids(message) == {"alert_delete_0"}
    async with on("2026-09-30"):
        assert await fires(slack) == [only]


async def test_paused_and_resumed_it_tells_only_what_comes_after_and_ended_nothing(
    slack: LocalSlack, on: StartBot, tmp_path: Path
) -> None:
    async with on(BEFORE):
        for each in (ALUMINA, METAL, "alumina exports above 290kt"):
            await set_alert(slack, each)
        message = await listed(slack)
        [button] = [each for each in elements(message) if each["action_id"] == "alert_delete_2"]
        assert button["confirm"]["title"]["text"] == "Delete the alert?"
        await press(slack, message, "alert_delete_2", user="U_ANA")
        assert slack.messages()[-1].text == (
            "<@U_ANA> deleted the alert here: Alumina exports above 290 kt, every time."
        )
        assert len(in_database(tmp_path, KEPT)) == 2
        await forge(slack, message, "alert_resume_2", user="U_ANA", value=button["value"])
        assert slack.ephemerals()[-1].text.startswith("That alert is not there any more")
        await press(slack, await listed(slack), "alert_pause_0", user="U_ANA")
        assert state(tmp_path) == ["paused", "active"]
        assert slack.messages()[-1].text.startswith("<@U_ANA> paused the alert here: Alumina exports above")
        assert "Paused by <@U_ANA>." in slack.ephemerals()[-1].text
    async with on(AFTER):
        [metal] = await fires(slack)
        assert metal.text.startswith("Aluminium exports above 100 kt")
        await press(slack, await listed(slack), "alert_resume_0", user="U_ANA")
        assert state(tmp_path) == ["active", "active"]
    async with on("2026-08-31"):
        assert [each.ts for each in await fires(slack)] == [metal.ts]


async def test_to_one_person_alone(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on(BEFORE):
        saved = await set_alert(slack, ALUMINA, "own")
        assert saved.text.startswith("Saved: it is told to you alone")
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


async def test_an_archived_channel_parks_its_alerts_and_tells_who_set_them(
    slack: LocalSlack, on: StartBot, tmp_path: Path
) -> None:
    async with on(BEFORE):
        await set_alert(slack, ALUMINA)
        await set_alert(slack, "alumina exports above 281kt", user="U_BEN")
    archive(slack.workspace, "C_ALUMINIUM")
    async with on(AFTER):
        await settled(slack, slack.wait_for(lambda: state(tmp_path) == ["parked", "parked"]))
        for own in ("D_ANA", "D_BEN"):
            [notice] = slack.messages(own)
            assert notice.text.startswith("The alerts to <#C_ALUMINIUM> are on hold since one could not")
        assert "On hold: the channel is archived" in (await listed(slack)).text


async def test_what_was_on_hold_is_told_once_it_is_resumed(
    slack: LocalSlack, on: StartBot, tmp_path: Path
) -> None:
    async with on(BEFORE):
        await set_alert(slack, ALUMINA)
    slack.workspace.kick("C_ALUMINIUM")
    async with on(AFTER):
        await slack.wait_for(lambda: state(tmp_path) == ["parked"])
        slack.workspace.invite("C_ALUMINIUM")
        await press(slack, await listed(slack), "alert_resume_0", user="U_ANA")
        [post] = await fires(slack)
    assert "300 kt" in post.text


async def test_a_month_and_its_alert_come_side_by_side(slack: LocalSlack, on: StartBot) -> None:
    """The month's message, the line of its query and an alert share a channel and an edition."""
    async with on(BEFORE):
        await subscribed(slack)
        await set_alert(slack, ALUMINA)
        # June, which is out, is posted as the channel is subscribed.
        await slack.wait_for(lambda: "monthly" in str([each.metadata for each in slack.messages()]))
    async with on("2026-08-25"):
        [post] = await fires(slack)
        await settled(slack, slack.wait_for(lambda: _months(slack) == ["2026-06", "2026-07"]))
        assert await fires(slack) == [post]
    [monthly] = [each for each in slack.messages() if "2026-07" in str(each.metadata) and each.ts != post.ts]
    assert stages_of({"metadata": monthly.metadata}) == {"bulletin", "query"}
    assert slack.messages("C_ALUMINIUM", monthly.ts) == []


def _months(slack: LocalSlack) -> list[str]:
    payloads = [(each.metadata or {}).get("event_payload", {}) for each in slack.messages()]
    return [each["edition"] for each in payloads if each.get("kind") == "monthly"]
