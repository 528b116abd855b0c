"""The release calendar as a file that calendars take."""

import datetime as dt

from bot.dataset.dataset import Dataset
from bot.messages.release_calendar import OCTETS, release_calendar
from bot.words import LANGUAGES, speaking


def test_each_release_is_a_day_of_its_own(dataset: Dataset) -> None:
    """The flash of November 2026 is expected on 9 December; January and February 2027 come together."""
    file = release_calendar(dataset.on(dt.date(2026, 11, 24)))
    events = file.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    [flash] = [each for each in events if "UID:flash-2026-11@alumina" in each]
    assert "DTSTART;VALUE=DATE:20261209\r\nDTEND;VALUE=DATE:20261210\r\n" in flash
    assert "SUMMARY:Preliminary release\\, November 2026 (expected)\r\n" in flash
    assert "STATUS:TENTATIVE" in flash
    assert not [each for each in events if "-2027-01@" in each]
    [both] = [each for each in events if "UID:query-2027-02@alumina" in each]
    assert "January and February 2027" in both
    assert len(events) == len({each.split("\r\n")[0] for each in events})


def test_its_lines_are_as_long_as_they_may_be(dataset: Dataset) -> None:
    for spoken in LANGUAGES:
        with speaking(spoken):
            file = release_calendar(dataset)
        assert file.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        assert file.endswith("END:VCALENDAR\r\n")
        assert max(len(line.encode()) for line in file.split("\r\n")) <= OCTETS
