"""What Slack waits for goes first; the answers come in their turn, and none waits for another's end."""

import asyncio

import pytest

import bot.watched
from bot.threads.replays import Replays
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, at_once

QUESTION = "alumina exports march 2024"


class Hold:
    """Holds the look at who has sent a request, which everything but its acknowledgement waits for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.over, self.held, self.most = asyncio.Event(), 0, 0
        monkeypatch.setattr(Replays, "is_new", self.wait)

    async def wait(self, _signature: str) -> bool:
        self.held += 1
        self.most = max(self.most, self.held)
        await self.over.wait()
        self.held -= 1
        return True


async def test_a_command_is_acknowledged_before_anything_is_done_for_it(
    slack: LocalSlack, serve: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = Hold(monkeypatch)
    async with serve():
        reply = await slack.command(QUESTION)
        assert (reply.status, reply.body, reply.failure, slack.messages()) == (200, "", "", [])
        hold.over.set()
        await slack.wait_for(slack.messages)


async def test_slack_is_held_back_while_too_many_answers_are_owed(
    slack: LocalSlack, serve: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.watched, "MOST_OWED", 2)
    hold = Hold(monkeypatch)
    async with serve():
        asked = [asyncio.create_task(slack.command(QUESTION)) for _ in range(5)]
        done: set[asyncio.Task[object]] = set()
        while len(done) < 2:
            done, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        hold.over.set()
        assert {reply.failure for reply in await asyncio.gather(*asked)} == {""}
        await slack.wait_for(lambda: len(slack.messages()) == len(asked))
    assert hold.most == 2


async def test_where_slack_is_slow_with_one_the_others_are_answered(
    slack: LocalSlack, serve: StartBot
) -> None:
    held = slack.faults.hold("chat.postMessage", when="before")
    async with serve():
        await slack.command(QUESTION, user="U_ANA")
        await held.reached.wait()
        await slack.command(QUESTION, user="U_BEN")
        await slack.wait_for(slack.messages)
        assert "<@U_BEN>" in slack.messages()[0].text
        held.drop()
        await slack.wait_for(lambda: len(slack.messages()) == 2)


async def test_what_was_acknowledged_is_answered_though_the_bot_is_told_to_stop(
    slack: LocalSlack, serve: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = Hold(monkeypatch)
    async with serve():
        await slack.command(QUESTION)
        monkeypatch.setattr(slack, "settle", at_once)
        asyncio.get_running_loop().call_later(0.3, hold.over.set)
    assert len(slack.messages()) == 1
