"""The playground's own time: it starts on the day before a release, and moves on when somebody says so."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import PrivateAttr

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.releases import awaited
from bot.settings import Settings

EVENING = time(23)  # by then the morning has come in every office from Shanghai to New York
ONE_DAY = timedelta(days=1)


class Timeline:
    """A clock that runs like any other, and can be put forward to the evening of another day."""

    def __init__(self, record: Record, zone: ZoneInfo, start: date) -> None:
        self._days = record.days_of_news
        self._zone, self.listeners = zone, list[Callable[[], None]]()
        self._ahead = timedelta()
        self._put(start)

    def now(self) -> datetime:
        """The time here, with its zone."""
        return datetime.now(self._zone) + self._ahead

    def seconds(self) -> float:
        """The time here as seconds since 1970, as Slack writes it into a ts."""
        return self.now().timestamp()

    @property
    def next_release(self) -> date | None:
        """The next day on which published figures come out; None where the record holds no more."""
        today = self.now().date()
        return next((day for day in self._days if day > today), None)

    def next_day(self) -> None:
        """Puts the clock forward to tomorrow."""
        self._put(self.now().date() + ONE_DAY)

    def to_next_release(self) -> None:
        """Puts the clock forward to the next day with news; to tomorrow where there is none."""
        self._put(self.next_release or self.now().date() + ONE_DAY)

    def _put(self, day: date) -> None:
        self._ahead = datetime.combine(day, EVENING, self._zone) - datetime.now(self._zone)
        for tell in self.listeners:
            tell()


class TimelineSettings(Settings):
    """Settings whose day is the timeline's."""

    _timeline: Timeline = PrivateAttr()

    @classmethod
    def on(cls, settings: Settings, timeline: Timeline) -> "TimelineSettings":
        """The same settings, living on that timeline."""
        moved = cls.model_construct(**dict(settings))
        moved._timeline = timeline
        return moved

    def now(self) -> datetime:
        """The timeline's time."""
        return self._timeline.now()


def day_before_newest(dataset: Dataset) -> date:
    """The day before the newest complete month had all that a post waits for; today where there is none."""
    if (newest := dataset.newest_complete()) is None:
        return dataset.today
    figures = [dataset.figure(series, Period.month(newest)) for series in awaited()]
    rows = [row for figure in figures if figure for row in figure.rows]
    return max(map(dataset.record.calendar.out_since, rows)) - ONE_DAY
