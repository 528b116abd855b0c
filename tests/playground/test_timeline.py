"""The playground's own time."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, Record
from bot.playground.demo import playground
from bot.playground.timeline import Timeline, TimelineSettings, day_before_newest
from bot.playground.workspace import Message
from bot.settings import Settings
from tests.gear.slack import LocalSlack
from tests.slack.pressing import press, told

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_it_starts_on_the_day_before_the_newest_month_was_complete(dataset: Dataset, record: Record) -> None:
    # July 2026: alumina imports came with the query, reckoned on the 20th of August
    start = day_before_newest(dataset)
    assert start == date(2026, 8, 19)
    assert record.as_of(start).newest_complete() == Month(2026, 6)
    assert record.as_of(date(2026, 8, 20)).newest_complete() == Month(2026, 7)


def test_it_moves_by_a_day_or_to_the_next_day_with_news(record: Record) -> None:
    timeline, told = Timeline(record, SHANGHAI, date(2026, 8, 18)), list[date]()
    timeline.listeners.append(lambda: told.append(timeline.now().date()))
    timeline.next_day()
    assert timeline.next_release == date(2026, 8, 20)
    timeline.to_next_release()
    timeline.to_next_release()  # the flash of August
    assert told == [date(2026, 8, 19), date(2026, 8, 20), date(2026, 9, 9)]
    assert timeline.now().hour == 23
    last = Timeline(record, SHANGHAI, date(2027, 6, 1))  # after the last release there are only days
    assert last.next_release is None
    last.to_next_release()
    assert last.now().date() == date(2027, 6, 2)


def test_settings_live_on_it_and_keep_everything_else(record: Record) -> None:
    timeline = Timeline(record, SHANGHAI, date(2026, 8, 18))
    moved = TimelineSettings.on(Settings.from_env({"ALUMINA_LEASE_SECONDS": "33"}), timeline)
    assert (moved.today(), moved.alumina_lease_seconds) == (date(2026, 8, 18), 33)
    timeline.next_day()
    assert moved.today() == date(2026, 8, 19)


async def test_as_time_goes_on_the_next_edition_and_an_alert_appear_once(tmp_path: Path) -> None:
    async with playground(Settings.from_env({}), 0, tmp_path) as slack:
        await slack.wait_for(lambda: slack.messages())
        offer = await told(slack, "alert alumina imports above 100kt")
        await press(slack, offer, "alert_here", user="U_ANA")
        slack.timeline.to_next_release()
        await slack.wait_for(lambda: alerts(slack) and len(editions(slack)) > 1)
        slack.timeline.next_day()
        await slack.silence(2.5)  # some ticks later nothing was added
        [alert] = alerts(slack)
        first, second = editions(slack)
    assert "June 2026" in first.text
    assert "July 2026" in second.text
    assert float(second.ts) - float(first.ts) > 3600  # told on the workspace's own clock
    # 366,577.68 t by the query of 20 August; June's 449 kt were out before
    assert alert.text.startswith("Alumina imports above 100 kt: 366.6 kt, July 2026")
    assert "late" not in second.text + alert.text


def alerts(slack: LocalSlack) -> list[Message]:
    return [message for message in slack.messages() if "alert-" in str(message.metadata)]


def editions(slack: LocalSlack) -> list[Message]:
    return [message for message in slack.messages() if "China's aluminium trade" in message.text]
