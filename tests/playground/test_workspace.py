"""What a local workspace keeps."""

from bot.playground import people
from tests.gear.workspaces import forget_before

ROOM = "C_ALUMINIUM"


def test_what_was_said_before_a_moment_can_be_forgotten_and_the_rest_stands() -> None:
    space = people.new_workspace()
    old = space.post(ROOM, people.ANA, "an old question")
    space.show(ROOM, people.ANA, people.BOT, "seen by one")
    lost = space.post(ROOM, people.BOT, "an old answer", thread_ts=old.ts)
    new = space.post(ROOM, people.BEN, "a new question")
    reply = space.post(ROOM, people.BOT, "a new answer", thread_ts=new.ts)
    forget_before(space, new.ts)
    assert [message.text for message in space.everything(ROOM)] == ["a new question", "a new answer"]
    assert space.find(ROOM, lost.ts) is None
    assert space.replies(ROOM, old.ts) == []
    assert space.replies(ROOM, new.ts) == [reply]
    assert space.ephemerals == []
