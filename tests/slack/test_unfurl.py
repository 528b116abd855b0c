"""Nothing that the bot says unfolds a link, on whichever way it goes."""

import pytest

from tests.gear.slack import LocalSlack
from tests.slack.pressing import asked, press

SAYING = {"chat.postMessage", "chat.postEphemeral", "response_url"}


@pytest.mark.usefixtures("bot")
async def test_links_stay_folded_everywhere(slack: LocalSlack) -> None:
    answer = await asked(slack, "alumina exports march 2024")
    await slack.command("private alumina exports march 2024")
    await slack.command("subscriptions")
    await press(slack, answer, "feedback", "up")
    slack.home.open()
    await slack.settle()
    await slack.home.press("home_0")
    await slack.wait_for(lambda: slack.messages("D_ANA"))
    await slack.settle()
    slack.fail("chat.postMessage", error="msg_too_long", times=2)
    await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await slack.command("alumina exports march 2024")
    await slack.settle()
    said = [call for call in slack.calls if call.method in SAYING]
    assert {call.method for call in said} == SAYING
    for call in said:
        assert str(call.arguments["unfurl_links"]).lower() in ("false", "0"), call
        assert str(call.arguments["unfurl_media"]).lower() in ("false", "0"), call
