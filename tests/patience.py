"""Who waits for whom in a test waits as long as a machine may stand still."""

from datetime import timedelta

import pytest

from bot.playground.slack import LocalSlack

PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack, its people and the bot; imported by the conftest of those whom it is for."""
    for name in (
        "bot.playground.views.TRIGGER_SECONDS",
        "bot.sockets.ACK_SECONDS",
        "bot.threads.replays.SECONDS",
        "bot.threads.threads.QUICK_SECONDS",
        "handlers.places.SECONDS",
    ):
        monkeypatch.setattr(name, PATIENCE_SECONDS)
    monkeypatch.setattr("bot.threads.inbox.ONE_PRESS", timedelta(seconds=PATIENCE_SECONDS))
    monkeypatch.setitem(LocalSlack.__init__.__kwdefaults__, "ack_timeout", PATIENCE_SECONDS)
