"""What the page shows and sends, seen from its server side."""

import json
import re

from bot.playground.exhibition import PAGE
from bot.playground.limits import SHAPES
from tests.tables import looped, tables

CASES = tables("playground/cases.yaml")


async def typed(slack, http, text, **place):
    wanted = {"text": text, "channel": "C_ALUMINIUM"} | place
    async with http.post(f"{slack.url}/page/typed", json=wanted) as response:
        return response.status


async def test_typed_text_is_escaped_and_names_people(slack, http):
    arrives = CASES["arrives"]
    for said in arrives:
        await typed(slack, http, said)
    assert [message.text for message in slack.messages()] == list(arrives.values())
    for channel in ("D_BEN", "C_NOWHERE"):  # where one is not nothing is sent
        assert await typed(slack, http, "hello", channel=channel) == 404


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Alert"}, "action_id": "alert_here"}


async def test_what_is_gone_is_not_pressed_and_the_page_is_told_in_a_sentence(slack, bot, http):
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    message = slack.workspace.post("C_ALUMINIUM", "U0ALUMINA", "the figures", blocks=blocks)
    slack.workspace.change(message, blocks=[])
    await slack.settle()
    heard = len(bot)
    for sentence, at in CASES["gone"].items():
        place = {"ts": message.ts, "action_id": "alert_here", **at}
        async with http.post(f"{slack.url}/page/pressed", json=place) as response:
            assert (response.status, await response.text()) == (404, sentence)
    assert len(bot) == heard


async def test_another_site_cannot_type(slack, http):
    body, plain = json.dumps({"text": "hello", "channel": "C_ALUMINIUM"}), {"Content-Type": "text/plain"}
    async with http.post(f"{slack.url}/page/typed", data=body, headers=plain) as response:
        assert response.status == 415
    async with http.get(f"{slack.url}/page/workspace", headers={"Host": "rebound.example"}) as response:
        assert response.status == 400
    assert slack.messages() == []


async def test_the_page_loads_nothing_from_elsewhere(slack, http):
    for path in ("/", "/gallery"):
        async with http.get(f"{slack.url}{path}") as response:
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    for file in [each for each in PAGE.iterdir() if each.is_file()]:
        addresses = re.findall(r"https?://[^\s\"'`)]+", file.read_text())
        assert [each for each in addresses if each != "http://www.w3.org/2000/svg"] == [], file.name


def test_the_page_never_makes_elements_from_text():
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write")
    assert [file.name for file in PAGE.glob("*.js") if unsafe.search(file.read_text())] == []


@looped(
    ("file", "name", "shape"), [("blocks.js", "BLOCKS", "block"), ("fields.js", "FIELDS", "input_element")]
)
def test_the_page_shows_all_that_the_limits_let_through(file, name, shape):
    table = re.search(rf"const {name} = \{{(.*?)\n\}};", (PAGE / file).read_text(), re.DOTALL)
    assert set(re.findall(r"^  (\w+)[:,]", table[1], re.MULTILINE)) == set(SHAPES[shape].split(" or "))
