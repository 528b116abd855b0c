"""What stands before Bolt: all that Slack sends passes; a body too large, or not to be parsed, does not."""

from urllib.parse import urlencode

import pytest

from bot.slack.bolt_app import MOST_BODY_BYTES
from tests.attack.wire import Wire, chunked, head, request, signed
from tests.slack.events import settled

pytestmark = pytest.mark.usefixtures("bot")


def command(number):
    """A command that was typed by itself."""
    form = {"command": "/alumina", "text": "2024年3月氧化铝出口", "trigger_id": f"1.{number}"}
    where = {"team_id": "T0LOCAL", "channel_id": "C_ALUMINIUM", "user_id": "U_ANA"}
    return urlencode(form | where).encode()


async def ask(slack, data):
    """The status that these bytes are answered with."""
    wire = Wire(int(str(slack.bot_url).split(":")[2].split("/")[0]))
    answer = await wire.ask(data)
    await wire.close()
    return answer.status


async def in_chunks(slack, body, size):
    pairs = [each for each in signed(body).items() if each[0] != "Content-Length"]
    return await ask(slack, head([*pairs, ("Transfer-Encoding", "chunked")]) + chunked(body, size))


async def test_what_slack_sends_passes_whole_or_in_parts(slack):
    assert await ask(slack, request(command(1), signed(command(1)))) == 200
    assert await in_chunks(slack, command(2), 7) == 200
    await settled(slack, slack.wait_for(lambda: len(slack.messages()) == 2))


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
async def test_the_largest_body(slack, more, status):
    body = command(1) + b"&x="
    body += b"a" * (MOST_BODY_BYTES - len(body) + more)
    assert await ask(slack, request(body, signed(body))) == status
    assert await in_chunks(slack, body, 65_536) == status


async def test_the_unsigned_is_a_401_and_logged(slack, caplog):
    for wrong in (signed(command(1), secret="another"), signed(command(1), age=400)):
        assert await ask(slack, request(command(1), wrong)) == 401
    refused = [vars(record)["status"] for record in caplog.records if record.msg == "request_refused"]
    assert refused == [401, 401]
    assert slack.messages() == []
