"""Alerts, and answers after each release: set, listed and changed; each new figure is told once."""

from pathlib import Path
from typing import Any

import pytest

from bot.dataset.model import Series
from bot.playground.views import OpenView
from bot.playground.workspace import Message
from bot.posts.order import alert
from bot.posts.order_messages import button_value
from bot.questions.condition import Condition, NewRecord
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.alerting import (
    AFTER,
    BEFORE,
    KEPT,
    elements,
    exports_above,
    fires,
    listed,
    set_alert,
    state,
    told,
)
from tests.slack.desk import StartBot
from tests.slack.dialogue import dialogues
from tests.slack.events import in_database, settled
from tests.slack.pressing import element, forge, press

ABOVE = exports_above("280", "kt")
PRESSED = button_value(alert("", "", Condition.from_json(ABOVE), id=""))
EXCEEDS = "alumina exports above 280kt"

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/alerts.yaml")
test_schedules = dialogues("slack/schedule.yaml")


async def test_a_press_from_elsewhere_changes_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    await set_alert(slack, EXCEEDS, "own")
    await set_alert(slack, EXCEEDS)
    pauses = [each for each in elements(await listed(slack)) if "pause" in str(each["action_id"])]
    shared, own = (each["value"] for each in pauses)
    theirs = await set_alert(slack, "alumina exports above 290kt", channel="C_DESK", user="U_BEN")
    slack.workspace.set_member("C_ALUMINIUM", "U_BEN", False)
    for value in (own, shared, "alert-0", "", "' OR 1=1 --"):
        await forge(slack, theirs, "order_delete_0", user="U_BEN", value=value)
        told = "You are not in that channel" if value in (own, shared) else "That is not there any more"
        assert slack.ephemerals("U_BEN")[-1].text.startswith(told)
    await forge(slack, theirs, "order_more", user="U_BEN", value="-1; drop table orders")
    assert state(tmp_path) == ["active"] * 3


async def test_a_button_of_another_version_says_so(slack: LocalSlack, tmp_path: Path) -> None:
    gold = Condition(Series("gold", "export"), NewRecord("either")).to_json()
    newer = PRESSED.replace('"v":1', '"v":2')
    words = ("", "en", "en <!channel> *x*", "en alumina exports above 280 kt, every time")
    message = await told(slack, f"alert {EXCEEDS}")
    for verb in ("here", "own", "other", "read_0"):
        for value in (*words, f"fr{PRESSED[2:]}", newer, PRESSED.replace(ABOVE, gold)):
            await forge(slack, message, f"alert_{verb}", user="U_ANA", value=value)
            assert slack.ephemerals()[-1].text == "This button is from an older version; ask again."
    assert in_database(tmp_path, KEPT) == []


async def test_what_is_typed_comes_back_without_power(slack: LocalSlack, tmp_path: Path) -> None:
    for text in (
        "<!channel> above 200kt",
        "alumina exports above 200kt <@U_BEN>",
        "*_~`x`~_*",
        "\u202eabove\u0000",
        "x" * 3_000,
    ):
        message = await told(slack, f"alert {text}")
        shown = message.text + str(message.blocks)
        assert not [each for each in ("<!channel", "<@U_BEN", "\u202e") if each in shown]
    assert in_database(tmp_path, KEPT) == []


async def test_where_the_bot_is_not_no_forged_press_saves_it(slack: LocalSlack, tmp_path: Path) -> None:
    slack.workspace.kick("C_DESK")
    message = await told(slack, f"alert {EXCEEDS}", "C_DESK")
    await forge(slack, message, "alert_here", user="U_ANA", value=PRESSED)
    assert in_database(tmp_path, KEPT) == []


async def test_a_long_list_goes_on(slack: LocalSlack) -> None:
    for number in range(21):
        await set_alert(slack, f"alumina exports above {280 + number}kt")
    first = await listed(slack)
    assert first.text.endswith("1 more")
    await press(slack, first, "order_more", user="U_ANA")
    rest = next(each for each in slack.ephemerals() if each.ts == first.ts)
    assert ("above 300 kt" in rest.text, "above 299 kt" in rest.text) == (True, False)


ALUMINA = "alumina exports above 280kt"


async def test_a_closed_channel_parks_its_alerts(slack: LocalSlack, on: StartBot, tmp_path: Path) -> None:
    async with on(BEFORE):
        await set_alert(slack, ALUMINA)
        await set_alert(slack, "alumina exports above 281kt", user="U_BEN")
    opened = slack.workspace.channels["C_ALUMINIUM"]
    archive(slack.workspace, "C_ALUMINIUM")
    async with on(AFTER):
        await settled(slack, slack.wait_for(lambda: state(tmp_path) == ["parked", "parked"]))
        for own in ("D_ANA", "D_BEN"):
            [notice] = slack.messages(own)
            assert notice.text.startswith("What <#C_ALUMINIUM> gets is on hold, since it could not be posted")
        message = await listed(slack)
        assert "On hold: the channel is archived" in message.text
        slack.workspace.channels["C_ALUMINIUM"] = opened
        await press(slack, message, "order_resume_1", user="U_ANA")
        [post] = await fires(slack)
    assert "300 kt" in post.text


HOW = ", ".join(f"json_extract(what, '$.{name}')" for name in ("at", "line", "time", "mentions"))
HOW = f"SELECT {HOW} FROM orders"


def posted(slack: LocalSlack) -> list[Message]:
    return [each for each in slack.messages() if "question-" in str(each.metadata)]


def options(shown: OpenView, name: str) -> list[dict[str, Any]]:
    """What can be chosen in a field."""
    found: list[dict[str, Any]] = shown.input(f"subscription_{name}")["element"]["options"]
    return found


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
