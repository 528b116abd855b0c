"""Another folder: invented tin, answered, posted and watched as the shipped figures are, by its own words.

Month m of 2023 + k has 4,000 + 100 m + 200 k tonnes of exports and 300 of imports; of ore from 2025 on
1,000 + 10 m + 100 (k - 2).
"""

import json
import re
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import yaml

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.commands.post import post_month
from bot.dataset.calendar import Month
from bot.dataset.load import load_dataset
from bot.gallery import specimens
from bot.manifest import manifest
from bot.messages.command_line import document, drawn, terminal
from bot.messages.conditions import said_back
from bot.messages.details import details_view
from bot.messages.render import render
from bot.playground.demo import playground
from bot.questions.condition_reading import read_condition
from bot.settings import Settings
from bot.store.figures import base_record
from tests.gear.slack import LocalSlack
from tests.tables import looped, tables

CASES = tables("otherdata/another_trade.yaml")

TIN, TODAY = Path(__file__).parent / "tin", date(2026, 7, 20)
# The shipped folder's trade; the bot's own name and its command are no series.
FOREIGN = re.compile(
    r"alumini?um|bauxite|\bchin|铝|中国|\balumina (?:exports|imports|net|price|trade)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def loaded():
    return load_dataset(TIN, TODAY)


@pytest.fixture
def tin(loaded):
    base_record(Settings.from_env({"ALUMINA_DATA": str(TIN)}))  # whose words are in use from here on
    return loaded


def told(words, dataset):
    (answer,) = converse([words], dataset)
    return render(answer).text


@looped("asked", CASES["answers"])
def test_it_answers(asked, tin):
    text = told(asked, tin)
    assert [part for part in CASES["answers"][asked] if part not in text] == [], text
    if "alumina" not in asked and "铝" not in asked:
        assert not FOREIGN.search(text), text


def test_an_alert_says_in_which_months_it_would_have_fired(tin):
    # Above 5,000 t: two months of 2023, four of 2024, six of 2025, May and June of 2026.
    condition = read_condition("alert tin exports above 5kt", tin).condition
    assert condition
    assert "14 of the 42 months" in "".join(said_back(condition, tin))


def test_a_month_is_posted(tmp_path):
    out = StringIO()
    with redirect_stdout(out):
        settings = Settings.from_env({"ALUMINA_DATA": str(TIN), "ALUMINA_TODAY": "2026-07-20"})
        assert post_month(settings, Month(2026, 6), (), dry_run=True, again=False) == 0
    assert "Indonesia's tin trade, June 2026" in out.getvalue()
    assert not FOREIGN.search(out.getvalue())


def test_gallery_manifest_terminal_and_documents_are_of_this_trade(tin):
    shown = specimens(tin, TODAY)
    groups = {each.group for each in shown}
    assert {"Figures", "Charts", "Comparisons", "Alerts", "Modals", "The monthly post"} <= groups
    written = manifest(Settings.from_env({}), socket=True, agent=True)
    assert yaml.safe_load(written)["features"]["slash_commands"][0]["description"].endswith(
        "Indonesia's tin trade"
    )
    (answer,) = converse(["tin exports since 2025"], tin)
    console = terminal()
    with console.capture() as screen:
        console.print(drawn(answer))
    made = [document(answer), details_view(printed(answer, tin)), screen.get(), written]
    for part in (*made, *shown):
        assert not FOREIGN.search(found := str(part)), FOREIGN.findall(found)


async def test_in_the_playground_nothing_is_alien(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.playground.demo.LocalSlack", LocalSlack)
    settings = Settings.from_env({"ALUMINA_DATA": str(TIN), "ALUMINA_TODAY": "2026-07-14"})
    async with playground(settings, 0, tmp_path) as slack:
        for words in CASES["typed"]:
            await slack.command(words)
            await slack.settle()
        [asked, *_] = slack.messages("C_TIN")
        await slack.say("and imports?", thread_ts=asked.ts)
        slack.home.open()
        await slack.settle()
        said = json.dumps([call.arguments for call in slack.calls], ensure_ascii=False, default=str)
        heard = [message.text for message in (*slack.messages("C_TIN"), *slack.ephemerals())]
    assert "4,900 t" in asked.text
    assert not FOREIGN.search(said), FOREIGN.findall(said)
    assert not FOREIGN.search(" ".join(heard))
