"""The local Slack of tests/slack, for bots that are watched."""

from tests.slack.conftest import slack

__all__ = ["slack"]
