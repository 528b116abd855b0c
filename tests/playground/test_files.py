"""Files as the real client uploads them, and the blocks that a workspace does not have yet."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from tests.gear.slack import LocalSlack
from tests.playground.test_limits import chart

ROOM = "C_ALUMINIUM"
CSV = "\ufeffperiod,value\n2024-03,140000\n".encode()


async def upload(client: AsyncWebClient, **more: Any) -> Any:
    return await client.files_upload_v2(
        channel=ROOM, filename="march.csv", title="March", content=CSV, **more
    )


async def test_a_file_is_shared_in_a_thread_and_can_be_kept(
    slack: LocalSlack, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    root = (await client.chat_postMessage(channel=ROOM, text="root"))["ts"]
    shared = (await upload(client, thread_ts=root))["file"]
    (message,) = slack.messages(ROOM, root)
    assert (message.subtype, message.files[0]["id"]) == ("file_share", shared["id"])
    assert (shared["name"], shared["title"], shared["mimetype"]) == ("march.csv", "March", "text/csv")
    async with http.get(f"{slack.url}{shared['url_private']}") as response:
        assert await response.read() == CSV
        assert "attachment" in response.headers["Content-Disposition"]


async def test_an_upload_may_break_off_and_needs_its_scope(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.fail("upload", status=500)
    with pytest.raises(SlackRequestError):
        await upload(client)
    slack.scopes.remove("files:write")
    with pytest.raises(SlackApiError, match="missing_scope"):
        await upload(client)
    assert slack.messages(ROOM) == []


async def test_bytes_that_were_not_announced_are_refused(
    slack: LocalSlack, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    ticket = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    for address, body in ((ticket["upload_url"], b"four"), (f"{slack.url}/upload/none", b"abc")):
        async with http.post(address, data=body) as response:
            assert response.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}], channel_id=ROOM)
    async with http.get(f"{slack.url}/files/{ticket['file_id']}/a.csv") as response:
        assert response.status == 404


async def test_a_workspace_may_lack_the_newer_blocks(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.plain = True
    with pytest.raises(SlackApiError, match="invalid_blocks") as caught:
        await client.chat_postMessage(channel=ROOM, text="x", blocks=[{"type": "divider"}, chart()])
    reason = "unsupported type: data_visualization [json-pointer:/blocks/1/type]"
    assert caught.value.response["errors"] == [reason]
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.blocks_validate(blocks=[chart()])
    slack.plain = False
    await client.chat_postMessage(channel=ROOM, text="x", blocks=[chart()])


async def test_prompts_are_offered_beside_the_bot(slack: LocalSlack, client: AsyncWebClient) -> None:
    prompts = [{"title": "March", "message": "march 2024"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D_ANA", prompts=prompts)
    assert list(slack.workspace.prompts["D_ANA"]) == prompts
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.assistant_threads_setSuggestedPrompts(channel_id=ROOM, prompts=prompts)
