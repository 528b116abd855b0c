"""What the page shows and sends, seen from its server side."""

import asyncio
import json
import re
from typing import Any

import aiohttp

from bot.playground.exhibition import PAGE
from bot.playground.limits import SHAPES
from tests.gear.slack import LocalSlack
from tests.looped import looped
from tests.playground.bots import RecordingBot
from tests.tables import tables

CASES = tables("playground/cases.yaml")


async def typed(slack: LocalSlack, http: aiohttp.ClientSession, text: str, **place: Any) -> int:
    wanted = {"text": text, "channel": "C_ALUMINIUM"} | place
    async with http.post(f"{slack.url}/page/typed", json=wanted) as response:
        return response.status


async def test_a_person_sees_their_own_messages(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    await slack.say("for all")
    await slack.say("between Ben and the bot", user="U_BEN", channel="D_BEN")
    slack.slackbot("C_ALUMINIUM", "U_BEN", "for Ben")
    slack.slackbot("C_ALUMINIUM", "U_ANA", "for Ana")
    async with http.get(f"{slack.url}/page/workspace") as response:
        found = await response.json()
    assert [message["text"] for message in found["messages"]] == ["for all", "for Ana"]
    bots = {channel["name"]: channel["has_bot"] for channel in found["channels"]}
    assert bots == dict.fromkeys(("aluminium", "trading-desk", "smelter-co", "Alumina"), True) | {
        "general": False
    }


async def test_typed_text_is_escaped_and_names_people(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    arrives = CASES["arrives"]
    for said in arrives:
        await typed(slack, http, said)
    assert [message.text for message in slack.messages()] == list(arrives.values())
    for channel in ("D_BEN", "C_NOWHERE"):  # where one is not nothing is sent
        assert await typed(slack, http, "hello", channel=channel) == 404


async def test_a_typed_command_reaches_the_bot_unless_slack_refuses_it(
    slack: LocalSlack, bot: RecordingBot, http: aiohttp.ClientSession
) -> None:
    for text, thread_ts, answer in CASES["no_commands"]:
        await typed(slack, http, text, thread_ts=thread_ts)
        shown = slack.ephemerals()[-1]
        assert (shown.text, shown.user, shown.thread_ts) == (answer, "USLACKBOT", thread_ts)
    assert bot.heard == []
    assert await typed(slack, http, "/alumina march 2024 ") == 200
    assert (bot.heard[0].form["command"], bot.heard[0].form["text"]) == ("/alumina", "march 2024")


async def test_the_bot_is_invited_and_removed(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    await typed(slack, http, "@Alumina march", channel="C_GENERAL")
    assert "/invite @Alumina" in slack.ephemerals()[0].text
    await typed(slack, http, "/invite @Alumina", channel="C_GENERAL")
    assert slack.workspace.bot_is_in("C_GENERAL")
    await typed(slack, http, "/remove @Alumina", channel="C_GENERAL")
    assert not slack.workspace.bot_is_in("C_GENERAL")
    subtypes = [message.subtype for message in slack.messages("C_GENERAL")]
    assert subtypes == [None, "channel_join", "channel_leave"]


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Alert"}, "action_id": "alert_here"}


async def test_what_is_gone_is_not_pressed_and_the_page_is_told_in_a_sentence(
    slack: LocalSlack, bot: RecordingBot, http: aiohttp.ClientSession
) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    message = slack.workspace.post("C_ALUMINIUM", "U0ALUMINA", "the figures", blocks=blocks)
    slack.workspace.change(message, blocks=[])
    await slack.settle()
    heard = len(bot.heard)
    for sentence, at in CASES["gone"].items():
        place = {"ts": message.ts, "action_id": "alert_here", **at}
        async with http.post(f"{slack.url}/page/pressed", json=place) as response:
            assert (response.status, await response.text()) == (404, sentence)
    assert len(bot.heard) == heard


async def test_another_site_cannot_type(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    body, plain = json.dumps({"text": "hello", "channel": "C_ALUMINIUM"}), {"Content-Type": "text/plain"}
    async with http.post(f"{slack.url}/page/typed", data=body, headers=plain) as response:
        assert response.status == 415
    async with http.get(f"{slack.url}/page/workspace", headers={"Host": "rebound.example"}) as response:
        assert response.status == 400
    assert slack.messages() == []


async def test_the_page_hears_what_happens(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{slack.url}/page/feed") as feed:
        assert (await feed.content.readline()).startswith(b":")
        slack.slackbot("C_ALUMINIUM", "U_BEN", "for Ben")
        ts = await slack.say("hello")
        await slack.edit("C_ALUMINIUM", ts, "hello all")
        await slack.remove("C_ALUMINIUM", ts)
        slack.workspace.kick("C_DESK")
        news = [await next_event(feed) for _ in range(4)]
    assert [each["kind"] for each in news] == ["message", "message", "gone", "channels"]
    assert [each["message"]["text"] for each in news[:3]] == ["hello", "hello all", "hello all"]


async def next_event(feed: aiohttp.ClientResponse) -> dict[str, Any]:
    async with asyncio.timeout(120):
        while not (line := await feed.content.readline()).startswith(b"data: "):
            pass
    found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return found


async def test_the_page_loads_nothing_from_elsewhere(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    for path in ("/", "/gallery"):
        async with http.get(f"{slack.url}{path}") as response:
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    for file in [each for each in PAGE.iterdir() if each.is_file()]:
        addresses = re.findall(r"https?://[^\s\"'`)]+", file.read_text())
        assert [each for each in addresses if each != "http://www.w3.org/2000/svg"] == [], file.name


def test_the_page_never_makes_elements_from_text() -> None:
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write")
    assert [file.name for file in PAGE.glob("*.js") if unsafe.search(file.read_text())] == []


@looped(
    ("file", "name", "shape"), [("blocks.js", "BLOCKS", "block"), ("fields.js", "FIELDS", "input_element")]
)
def test_the_page_shows_all_that_the_limits_let_through(file: str, name: str, shape: str) -> None:
    table = re.search(rf"const {name} = \{{(.*?)\n\}};", (PAGE / file).read_text(), re.DOTALL)
    assert set(re.findall(r"^  (\w+)[:,]", table[1], re.MULTILINE)) == set(SHAPES[shape].split(" or "))
