"""Log lines: an event's fixed name, then its fields."""

import logging

OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Fields(logging.Formatter):
    """Writes what was passed as `extra` behind the message: posted channel=C1 edition=2026-07."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback below it where there is one."""
        fields = {name: value for name, value in vars(record).items() if name not in OWN}
        line = " ".join([record.getMessage(), *(f"{name}={value}" for name, value in fields.items())])
        plain = logging.makeLogRecord(vars(record) | {"msg": line, "args": None})
        return super().format(plain)


def log_to_stderr() -> None:
    """Sets logging up for a command that runs on; no module does this when it is imported."""
    handler = logging.StreamHandler()
    handler.setFormatter(Fields("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for talkative in ("apscheduler", "alembic"):  # they tell of every minute, and of every start
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # Without a level of its own, this logger has the SDK spell out every request and answer for nobody.
    logging.getLogger("slack_sdk.web.async_base_client").setLevel(logging.INFO)
