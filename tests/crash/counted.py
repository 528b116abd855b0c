"""What stands in the channels after a round, counted against what should."""

from collections import Counter

from bot.posts.post_claimed import stages_of
from tests.crash.worker import BULLETIN


def wrong(spaces, posts):
    """Every post that is lost or doubled, line in no thread, or message that did not grow."""
    for team, channel in sorted({(post.workspace, post.channel) for post in posts}):
        messages = [each for each in spaces[team].everything(channel) if each.metadata]
        wanted = {
            (post.kind, post.edition) for post in posts if (post.workspace, post.channel) == (team, channel)
        }
        wanted -= {told for message in messages for told in from_the_first(message)}
        found = Counter(key_of(message) for message in messages)
        if found != Counter(wanted):
            yield f"{team} {channel} has {dict(found)} and should have {wanted}"
        elif grown(wanted) and (fault := ungrown([each for each in messages if is_monthly(each)])):
            yield f"{team} {channel} did not grow: {fault}"


def from_the_first(message):
    """The stages that a month's message told without having grown."""
    told = frozenset() if message.edited else stages_of({"metadata": message.metadata})
    return {(stage, key_of(message)[1]) for stage in told}


def grown(wanted):
    """Whether a bulletin came to a month."""
    return any(kind == "bulletin" for kind, _ in wanted)


def is_monthly(message):
    """Whether it is a month's message, or a line in its thread."""
    return not key_of(message)[0].startswith(("alert-", "question-"))


def ungrown(messages):
    """What is wrong with a month's message and the line in its thread; '' for nothing."""
    monthly, line = sorted(messages, key=key_of, reverse=True)
    right = line.thread_ts == monthly.ts and BULLETIN in monthly.text
    return "" if right else f"{monthly.text!r}, {line}"


def key_of(message):
    """Which post a message is: its kind and edition."""
    payload = (message.metadata or {})["event_payload"]
    return str(payload["kind"]), str(payload["edition"])
