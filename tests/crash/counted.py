"""What stands in the channels after a round, counted against what should."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.playground.workspace import Message, Workspace
from bot.posts.ledger import Post
from bot.posts.search import stages_of
from tests.crash.worker import BULLETIN


def wrong(spaces: Mapping[str, Workspace], posts: Sequence[Post]) -> Iterator[str]:
    """Every post that is lost or doubled, line in no thread, or message that did not grow."""
    for team, channel in sorted({(post.workspace, post.channel) for post in posts}):
        messages = [each for each in spaces[team].everything(channel) if each.metadata]
        wanted = {post.kind for post in posts if (post.workspace, post.channel) == (team, channel)}
        wanted -= {told for message in messages for told in from_the_first(message)}
        found = Counter(kind_of(message) for message in messages)
        if found != Counter(wanted):
            yield f"{team} {channel} has {dict(found)} and should have {wanted}"
        elif "bulletin" in wanted and (fault := ungrown(messages)):
            yield f"{team} {channel} did not grow: {fault}"


def from_the_first(message: Message) -> frozenset[str]:
    """The stages that a month's message told without having grown."""
    return frozenset() if message.edited else stages_of({"metadata": message.metadata})


def ungrown(messages: Sequence[Message]) -> str:
    """What is wrong with a month's message and the line in its thread; '' for nothing."""
    monthly, line = sorted(messages, key=kind_of, reverse=True)
    right = line.thread_ts == monthly.ts and BULLETIN in monthly.text
    return "" if right else f"{monthly.text!r}, {line}"


def kind_of(message: Message) -> str:
    """Which post a message is."""
    return str((message.metadata or {})["event_payload"]["kind"])
