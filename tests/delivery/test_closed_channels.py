"""Where the bot may not post, whoever asked gets the answer alone, and no apology."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.delivery.bots import House, bots
from tests.delivery.crowd import Crowd, Kind
from tests.delivery.office import ROOM, Office
from tests.gear.faults import Fault
from tests.slack.desk import SHORT

RESTRICTED = (
    "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel", "not_in_channel", "channel_not_found",
)  # fmt: skip
POSTS = frozenset({"chat.postMessage"})
SPEAKS = POSTS | {"chat.postEphemeral"}


def close(office: Office, error: str, methods: frozenset[str]) -> None:
    """Archives the room, or has these methods refused there."""
    if error == "is_archived":
        room = office.workspace.channels[ROOM]
        office.workspace.channels[ROOM] = replace(room, is_archived=True)

    def rule(method: str, arguments: Any) -> Fault | None:
        return Fault(error=error) if method in methods and arguments.get("channel") == ROOM else None

    office.rule = rule


async def answered_alone(
    office: Office, house: House, error: str, methods: frozenset[str], kinds: Sequence[Kind]
) -> None:
    async with bots(office, house, **SHORT):
        crowd = Crowd(office, len(kinds))
        asking = await crowd.gather(kinds, 1)
        close(office, error, methods)
        await crowd.ask_all(asking)
        await crowd.served(20)
        await office.silence(1)
        crowd.report(f"{error}, {' and '.join(sorted(methods))} refused")
        shown = {kind: crowd.texts().get(user, []) for user, kind in asking.items()}
    assert {kind: len(texts) for kind, texts in shown.items()} == dict.fromkeys(kinds, 1)
    right = {kind: "Alumina" in text and "went wrong" not in text for kind, [text] in shown.items()}
    assert right == dict.fromkeys(kinds, True)


@pytest.mark.slow
@pytest.mark.parametrize("methods", [POSTS, SPEAKS], ids=["posts", "posts and ephemerals"])
@pytest.mark.parametrize("error", ["is_archived", *RESTRICTED])
async def test_every_way_of_asking(office: Office, house: House, error: str, methods: frozenset[str]) -> None:
    await answered_alone(office, house, error, methods, ["mention", "follow-up", "command", "press"])


@pytest.mark.parametrize("error", [pytest.param("is_archived", marks=pytest.mark.slow), "restricted_action"])
async def test_mentions(office: Office, sqlite: House, error: str) -> None:
    await answered_alone(office, sqlite, error, POSTS, ["mention", "follow-up"])
