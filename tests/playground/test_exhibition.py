"""The gallery as the page gets it, and the files in it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.gallery import Specimen
from bot.messages.message import File, Message
from bot.messages.modal import line, modal
from tests.gear.slack import LocalSlack

CSV = File("march.csv", "March", b"\xef\xbb\xbfmonth,kt\r\n2024-03,140\r\n")
HUNG = (
    Specimen("Words", Message("140 kt", (), CSV), "Answers", "march"),
    Specimen("Form", modal("f", "Form", [line("text", "Text", "a", hint="any", most=9)]), "Modals"),
)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(gallery=lambda: HUNG) as slack:
        yield slack


async def test_each_specimen_is_told_with_its_file(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{slack.url}/page/gallery") as response:
        words, form = (await response.json())["specimens"]
    assert (words["name"], words["asked"], words["message"]["text"]) == ("Words", "march", "140 kt")
    assert form["view"]["title"]["text"] == "Form"
    assert form["values"]["text"]["text"]["value"] == "a"
    async with http.get(f"{slack.url}{words['message']['files'][0]['url_private']}") as response:
        assert await response.read() == CSV.content
    for nowhere in ("/gallery/1/march.csv", "/gallery/2/march.csv"):
        async with http.get(f"{slack.url}{nowhere}") as response:
            assert response.status == 404
