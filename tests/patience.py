"""Who waits for whom in a test waits as long as a machine may stand still."""

from datetime import timedelta

import pytest

from bot.playground.slack import LocalSlack

PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Slack, its people and the bot; imported by the conftest of those whom it is for."""
    for name in (
        "bot.playground.views.TRIGGER_SECONDS",
        "bot.slack.sockets.ACK_SECONDS",
        "bot.slack.inbox.TAKE_SECONDS",
        "handlers.places.SECONDS",
    ):
        monkeypatch.setattr(name, PATIENCE_SECONDS)
    monkeypatch.setattr("handlers.messages.EARLY_LOOKS", 2)  # settling waits for it
    monkeypatch.setattr("bot.slack.inbox.ONE_PRESS", timedelta(seconds=PATIENCE_SECONDS))
    monkeypatch.setitem(LocalSlack.__init__.__kwdefaults__, "ack_timeout", PATIENCE_SECONDS)
