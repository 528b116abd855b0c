"""An answer says that its figures are in a file where the file is there, and nowhere else."""

import pytest

from bot.playground import people
from bot.playground.workspace import Message
from tests.delivery.bots import House, bots
from tests.delivery.crowd import Crowd, Kind
from tests.delivery.office import Office, until
from tests.gear.faults import Fault
from tests.slack.desk import SHORT

QUESTION = "csv of alumina exports since january 2024"
WAYS: tuple[Kind, ...] = ("mention", "command")
ANNOUNCE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
# Slack's names, which are for whoever runs the bot.
REFUSALS = ("invalid_arguments", "missing_scope", "not_allowed", "internal_error", "file_not_found")
FAILURES = [(method, Fault(error=error)) for method in (COMPLETE, ANNOUNCE) for error in REFUSALS]
FAILURES += [(method, Fault(status=500)) for method in (ANNOUNCE, COMPLETE, "upload")]
FAILURES += [(method, Fault()) for method in (ANNOUNCE, COMPLETE, "upload")]  # the connection ends


def standing(office: Office) -> list[Message]:
    """All that the bot has said and that stands, to everybody or to one person."""
    space = office.workspace
    everything = [each for channel in space.channels for each in space.everything(channel)]
    return [each for each in [*everything, *space.ephemerals] if each.user == people.BOT]


def saying(office: Office, words: str) -> int:
    """How many messages say that, in their text or in any block."""
    return sum(words in f"{each.text} {each.blocks}" for each in standing(office))


@pytest.mark.parametrize(
    ("method", "fault"),
    [(COMPLETE, None), FAILURES[0], *(pytest.param(*each, marks=pytest.mark.slow) for each in FAILURES[1:])],
)
async def test_a_file(office: Office, sqlite: House, method: str, fault: Fault | None) -> None:
    """One person asks in each way, while that method fails whenever it is called."""
    reached: list[str] = []

    def rule(called: str, _: object) -> Fault | None:
        reached.append(called)
        return fault if called == method else None

    async with bots(office, sqlite, **SHORT):
        crowd, claims = Crowd(office, len(WAYS), QUESTION), 0 if fault else len(WAYS)
        asking = await crowd.gather(WAYS, 1)
        office.rule = rule
        await crowd.ask_all(asking)
        await crowd.served(20)
        await office.wait_for(lambda: reached.count(method) >= len(WAYS))
        await until(office.wait_for(lambda: saying(office, "figures in ") == claims, 10))
        await office.silence(1)
        unanswered = crowd.unanswered()
    claimed, files = saying(office, "figures in "), sum(bool(each.files) for each in standing(office))
    raw = [name for name in REFUSALS if saying(office, name)]
    print(f"\n{method}, {fault and (fault.error or fault.status)}: {claimed} claims, {files} files, {raw}")
    assert (unanswered, claimed, files, raw) == ([], claims, claims, [])
