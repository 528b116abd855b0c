"""What is counted and timed, for Prometheus. No label holds an id, a name or a word that somebody wrote.

Counting costs about a microsecond a time; what has to be asked for, as from the database, is asked when the
page is read (bot/operations.py).
"""

import platform
from collections.abc import Callable
from functools import cache
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, Info

from bot import installed_version

# Slack wants its acknowledgement within three seconds.
ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
STAGE_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Slack's names for a refusal that have a label of their own; all others are counted as other.
SLACK_ERRORS = frozenset({
    "account_inactive", "access_denied", "channel_not_found", "connection", "expired_trigger_id",
    "fatal_error", "hash_conflict", "internal_error", "invalid_auth", "invalid_blocks",
    "invalid_blocks_format", "is_archived", "message_not_found", "missing_scope", "msg_blocks_too_long",
    "msg_too_long", "no_permission", "no_text", "not_authed", "not_in_channel", "ratelimited",
    "request_timeout", "restricted_action", "service_unavailable", "team_access_not_granted",
    "thread_not_found", "timeout", "token_expired", "token_revoked", "user_not_found",
})  # fmt: skip


def _by_label(kind: type[Any], name: str, says: str, *labels: str, **how: Any) -> Callable[..., Any]:
    """The counter of given labels. Finding one takes longer than counting; there are few: all are kept."""
    return cache(kind(f"alumina_{name}", says, labels, **how).labels)


BUILD = Info("alumina_build", "Which Alumina runs here.")
QUESTIONS = _by_label(Counter, "questions", "Texts that were read as questions.", "outcome", "view")
STAGES_SAY = "Parse, look up and render a question. Send: until Slack has taken it."
STAGES = _by_label(Histogram, "stage_seconds", STAGES_SAY, "stage", buckets=STAGE_SECONDS)
ACKS_SAY = "From a request of Slack's to its acknowledgement."
ACKS = _by_label(Histogram, "ack_seconds", ACKS_SAY, "trigger", "status", buckets=ACK_SECONDS)
POSTS = _by_label(Counter, "post_tries", "What tries to deliver a post came to.", "outcome", "kind")
LATE = _by_label(Counter, "posts_late", "Posts delivered more than a day after they were due.", "kind")
RETRIES = _by_label(Counter, "retries", "What was put off, to be tried again.", "what")
SLACK = _by_label(Counter, "slack_errors", "Calls of Slack's Web API that failed, by Slack's name.", "error")

READY = Gauge("alumina_ready", "1 where a part of the bot is in order.", ["part"])
QUEUE = Gauge("alumina_posts", "Posts in the ledger by state.", ["state", "kind"])
INBOX = Gauge("alumina_inbox_open", "Messages that are written down as ours and have no answer yet.")
OVERDUE_SERIES = Gauge("alumina_data_overdue_series", "Series that lack a month which should be out.")
OVERDUE_DAYS = Gauge("alumina_data_overdue_days", "For how many days the longest missing month has been due.")
NEWEST = Gauge("alumina_data_newest_month_timestamp_seconds", "The first day of the newest complete month.")

KINDS = ("month", "question", "alert")  # of posts
for _label, _values in ((LATE, KINDS), (STAGES, ("parse", "look_up", "render", "send"))):
    for _value in _values:
        _label(_value)  # is there from the start, at zero
BUILD.info({"version": installed_version(), "python": platform.python_version()})


def post_tried(outcome: str, kind: str) -> None:
    """Counts what one try to deliver a post came to; it may be tried again."""
    POSTS(outcome, kind).inc()
    if outcome in ("waiting", "unknown", "broken off"):
        RETRIES("post").inc()


def slack_failed(error: str) -> None:
    """Counts a call that failed; `error` is Slack's name for it, or connection or timeout."""
    SLACK(error if error in SLACK_ERRORS else "other").inc()
