"""When a running bot looks for new figures: hourly just after something came out, daily once it is late."""

from datetime import datetime, timedelta

from bot.dataset.coverage import waiting
from bot.dataset.dataset import Dataset
from bot.settings import Settings

JUST_OUT = timedelta(days=5)
HOURLY, DAILY = timedelta(hours=1), timedelta(days=1)
SLACK_ITSELF = "https://slack.com/api/"


def wait_between(dataset: Dataset) -> timedelta | None:
    """How long to wait from one look to the next; None where nothing is due."""
    days = [each.release.day for each in waiting(dataset) if each.due and not each.hole]
    if not days:
        return None
    return HOURLY if dataset.today - max(days) <= JUST_OUT else DAILY


def is_time(dataset: Dataset, last: datetime | None, now: datetime) -> bool:
    """Whether to look now."""
    wait = wait_between(dataset)
    return wait is not None and (last is None or now - last >= wait)


def refreshes(settings: Settings) -> bool:
    """Whether this process looks at all: as ALUMINA_REFRESH says, else where it lives in Slack and today."""
    if settings.alumina_refresh:
        return settings.alumina_refresh == "on"
    return settings.slack_api_url == SLACK_ITSELF and settings.alumina_today is None
