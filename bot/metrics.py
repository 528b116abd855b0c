"""What is counted and timed, for Prometheus. No label holds an id, a name or a word that somebody wrote.

Counting costs about a microsecond a time; what has to be asked for, as from the database, is asked when the
page is read (bot/operations.py).
"""

import platform
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Literal

from prometheus_client import Counter, Gauge, Histogram, Info

from bot.version import installed_version

Stage = Literal["parse", "look_up", "render", "send"]
Retry = Literal["answer", "call", "post"]

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

BUILD = Info("alumina_build", "Which Alumina runs here.")
QUESTIONS = Counter("alumina_questions", "Texts that were read as questions.", ["outcome", "view"])
STAGES = Histogram(
    "alumina_stage_seconds",
    "Parse, look up and render a question. Send: until Slack has taken it.",
    ["stage"],
    buckets=STAGE_SECONDS,
)
ACKS = Histogram(
    "alumina_ack_seconds",
    "From a request of Slack's to its acknowledgement.",
    ["trigger", "status"],
    buckets=ACK_SECONDS,
)
POSTS = Counter("alumina_post_tries", "What tries to deliver a post came to.", ["outcome", "kind"])
LATE = Counter("alumina_posts_late", "Posts delivered more than a day after they were due.", ["kind"])
RETRIES = Counter("alumina_retries", "What was put off, to be tried again.", ["what"])
SLACK = Counter("alumina_slack_errors", "Calls of Slack's Web API that failed, by Slack's name.", ["error"])

READY = Gauge("alumina_ready", "1 where a part of the bot is in order.", ["part"])
QUEUE = Gauge("alumina_posts", "Posts in the ledger by state.", ["state", "kind"])
INBOX = Gauge("alumina_inbox_open", "Messages that are written down as ours and have no answer yet.")
OVERDUE_SERIES = Gauge("alumina_data_overdue_series", "Series that lack a month which should be out.")
OVERDUE_DAYS = Gauge("alumina_data_overdue_days", "For how many days the longest missing month has been due.")
NEWEST = Gauge("alumina_data_newest_month_timestamp_seconds", "The first day of the newest complete month.")

KINDS = ("month", "question", "alert")  # of posts
for _kind in KINDS:
    LATE.labels(_kind)
BUILD.info({"version": installed_version(), "python": platform.python_version()})
# Finding a label's own counter takes longer than counting; there are few, so they are all kept.
_questions, _acks = cache(QUESTIONS.labels), cache(ACKS.labels)
_STAGES = {name: STAGES.labels(name) for name in ("parse", "look_up", "render", "send")}


def stage(name: Stage) -> AbstractContextManager[object]:
    """Times the block that it is around."""
    return _STAGES[name].time()


def took(seconds: Mapping[Stage, float]) -> None:
    """How long each stage of an answer took, wherever it was worked out."""
    for name, spent in seconds.items():
        _STAGES[name].observe(spent)


def asked(outcome: str, view: str) -> None:
    """One more text that was read."""
    _questions(outcome, view).inc()


def acknowledged(trigger: str, status: int, seconds: float) -> None:
    """How long one of Slack's requests waited for our status."""
    _acks(trigger, f"{status // 100}xx").observe(seconds)


def post_tried(outcome: str, kind: str) -> None:
    """What one try to deliver a post came to; it may be tried again."""
    POSTS.labels(outcome, kind).inc()
    if outcome in ("waiting", "unknown", "broken off"):
        put_off("post")


def post_late(kind: str) -> None:
    """One more post that came late."""
    LATE.labels(kind).inc()


def put_off(what: Retry) -> None:
    """One more thing that will be tried again."""
    RETRIES.labels(what).inc()


def slack_failed(error: str) -> None:
    """One more call that failed; `error` is Slack's name for it, or connection or timeout."""
    SLACK.labels(error if error in SLACK_ERRORS else "other").inc()
