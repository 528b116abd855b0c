"""A bot under attack: nothing forged, stale or damaged is accepted, every true request is answered once."""

import asyncio
import re
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.attack.attacks import ATTACKS
from tests.attack.siege import Siege, Tally, listening
from tests.commandline import finish, start, worker_of
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy

GROWTH_PCT = 5
WITHIN_SECONDS = 3_600


def rss_kb(process):
    """The memory that a server and its worker have in use now."""
    status = (Path(f"/proc/{pid}/status").read_text() for pid in (process.pid, worker_of(process)))
    return sum(int(found[1]) for each in status if (found := re.search(r"VmRSS:\s+(\d+)", each)))


def answered_messages(slack):
    """How often each message to the bot was answered."""
    posted = [call.arguments for call in slack.calls if call.method == "chat.postMessage"]
    return Counter(str(each["metadata"]["event_payload"]["asked"]) for each in posted)


async def besieged(slack, folder, port, *, count, warm=0):
    """Sends so many requests; memory is looked at where some of them are to warm the bot up."""
    tally = Tally()
    process = await start("serve", "--port", str(port), env=environment(slack, folder), folder=folder)
    run = asyncio.create_task(finish(process, WITHIN_SECONDS))  # reads what it logs
    await until_healthy(port)
    async with listening(tally) as response_url:
        siege = Siege(port, response_url, tally)
        await siege.send(warm)
        before = rss_kb(process)
        await siege.send(count - warm)
        await slack.wait_for(lambda: len(answered_messages(slack)) == len(tally.said), 60)
        async with asyncio.timeout(60):
            await tally.all_but(0)
        growth_pct = (rss_kb(process) / before - 1) * 100
        process.send_signal(signal.SIGTERM)
        ended = await run
    print(
        f"\n{count} requests: {len(tally.asked)} commands and {len(tally.said)} messages answered once,"
        f" {tally.sent.total()} turned away; acknowledged within {tally.p99_ms:.1f} ms (p99),"
        f" memory {growth_pct:+.1f} % after the first {warm}"
    )
    assert tally.told_wrongly() == []
    assert answered_messages(slack) == Counter(tally.said)
    assert not warm or growth_pct < GROWTH_PCT
    assert (ended.status, "Traceback" in ended.err) == (0, False), ended.err[-2000:]
    assert set(ATTACKS) <= set(tally.sent)


async def test_each_attack_once(slack, tmp_path, free_port):
    await besieged(slack, tmp_path, free_port, count=130)


@pytest.mark.slow
@pytest.mark.quiet
async def test_a_hundred_thousand_requests(slack, tmp_path, free_port):
    await besieged(slack, tmp_path, free_port, count=100_000, warm=10_000)
