"""What is counted and timed, for Prometheus. No label holds an id, a name or a word that somebody wrote."""

from collections.abc import Callable
from functools import cache
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

# Slack wants its acknowledgement within three seconds.
ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
STAGE_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def _by_label(kind: type[Any], name: str, says: str, *labels: str, **how: Any) -> Callable[..., Any]:
    """The counter of given labels. Finding one takes longer than counting; there are few: all are kept."""
    return cache(kind(f"alumina_{name}", says, labels, **how).labels)


QUESTIONS = _by_label(Counter, "questions", "Texts that were read as questions.", "outcome", "view")
STAGES_SAY = "Parse, look up and render a question. Send: until Slack has taken it."
STAGES = _by_label(Histogram, "stage_seconds", STAGES_SAY, "stage", buckets=STAGE_SECONDS)
ACKS_SAY = "From a request of Slack's to its acknowledgement."
ACKS = _by_label(Histogram, "ack_seconds", ACKS_SAY, "trigger", "status", buckets=ACK_SECONDS)
POSTS = _by_label(Counter, "post_tries", "What tries to deliver a post came to.", "outcome", "kind")
LATE = _by_label(Counter, "posts_late", "Posts delivered more than a day after they were due.", "kind")
RETRIES = _by_label(Counter, "retries", "What was put off, to be tried again.", "what")

READY = Gauge("alumina_ready", "1 where a part of the bot is in order.", ["part"])
QUEUE = Gauge("alumina_posts", "Posts in the ledger by state.", ["state", "kind"])
INBOX = Gauge("alumina_inbox_open", "Messages that are written down as ours and have no answer yet.")
OVERDUE_DAYS = Gauge("alumina_data_overdue_days", "For how many days the longest missing month has been due.")

KINDS = ("month", "question", "alert")  # of posts
for _kind in KINDS:
    LATE(_kind)  # is there from the start, at zero, so that the first is seen as an increase


def post_tried(outcome: str, kind: str) -> None:
    """Counts what one try to deliver a post came to; it may be tried again."""
    POSTS(outcome, kind).inc()
    if outcome in ("waiting", "unknown", "broken off"):
        RETRIES("post").inc()
