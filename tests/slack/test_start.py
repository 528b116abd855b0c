"""The start: what is wrong with token, scopes or address is one clear sentence; and the end."""

import time
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.app import running
from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UserError
from bot.playground.deliver import HttpDoor
from bot.settings import Settings
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, environment


async def start(slack: LocalSlack, dataset: Dataset, folder: Path, **env: str) -> None:
    async with running(Settings.from_env(environment(slack, folder, **env)), dataset):
        pass


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-not-this-one"}, r"^SLACK_BOT_TOKEN .*invalid_auth"),
        ({"SLACK_APP_TOKEN": "xapp-not-this-one"}, r"^SLACK_APP_TOKEN .*invalid_auth"),
        ({"SLACK_SIGNING_SECRET": ""}, r"^SLACK_SIGNING_SECRET is not set"),
        (
            {"SLACK_API_URL": "http://127.0.0.1:9/api"},
            r"^SLACK_API_URL: no Slack answers at http://127.0.0.1:9/api/",
        ),
        ({"ALUMINA_SCHEDULER": "on", "ALUMINA_POST_CRON": "0 99 * * *"}, r"^ALUMINA_POST_CRON is wrong"),
    ],
)
async def test_a_wrong_setting_is_named(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path, env: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingError, match=told) as caught:
        await start(slack, dataset, tmp_path, **env)
    assert caught.value.exit_status == 78
    assert "not-this-one" not in str(caught.value)


async def test_every_missing_scope_is_named_and_others_do_not_matter(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    slack.scopes |= {"users:read"}
    await start(slack, dataset, tmp_path)
    slack.scopes -= {"channels:history", "im:read"}
    with pytest.raises(SettingError, match=r"lacks the scopes channels:history, im:read: "):
        await start(slack, dataset, tmp_path)


async def test_a_slack_in_trouble_is_not_blamed_on_the_token(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    slack.fail("auth.test", status=503, error="service_unavailable")
    with pytest.raises(UserError, match="try again in a minute"):
        await start(slack, dataset, tmp_path)


async def test_a_request_with_a_wrong_signature_is_refused_and_the_health_page_answers(
    slack: LocalSlack, serve: StartBot
) -> None:
    body = {"command": "/alumina", "text": "march", "channel_id": "C_ALUMINIUM", "user_id": "U_ANA"}
    async with serve(), aiohttp.ClientSession() as http:
        reply = await HttpDoor(str(slack.bot_url), "another secret", http).send("slash_commands", body, None)
        assert (reply.status, slack.messages()) == (401, [])
        async with http.get(str(slack.bot_url).replace("slack/events", "healthz")) as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_an_answer_under_way_is_finished_before_the_bot_stops(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    settings = Settings.from_env(environment(slack, tmp_path))
    form = {"command": "/alumina", "text": "march 2024", "channel_id": "C_ALUMINIUM", "user_id": "U_ANA"}
    body = urlencode(form | {"team_id": "T0LOCAL", "response_url": f"{slack.url}/response/none"})
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(slack.signing_secret).generate_signature(timestamp=timestamp, body=body)
    headers = {"x-slack-request-timestamp": timestamp, "x-slack-signature": str(signature)}
    headers["content-type"] = "application/x-www-form-urlencoded"
    slack.fail("chat.postMessage", status=429, retry_after=1)  # so that the answer is still under way
    async with running(settings, dataset) as app:
        acknowledged = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        before = len(slack.messages())
    assert (acknowledged.status, before, len(slack.messages())) == (200, 0, 1)
