"""What a monthly post says at each stage of its month, and the line that a later stage adds."""

from datetime import date, timedelta

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Record
from bot.dataset.model import Series
from bot.messages.stages import changed
from bot.posts.order import At, Subscription
from bot.posts.rows import Post
from bot.posts.summaries import Summaries, still_to_come
from tests.looped import looped
from tests.offered import held
from tests.posts.record import FAR
from tests.posts.record import record as held_as

AT_FLASH, COMPLETE = date(2026, 7, 16), date(2026, 7, 25)
JUNE = Month(2026, 6)


def edition(record: Record, day: date, kind: str = "monthly", *commodities: str, late: int = 0) -> list[str]:
    """The texts of the message and of its line."""
    wanted = Subscription("T1", "C1", commodities=commodities, at="flash")
    summaries = Summaries(record.as_of(day), lambda: day)
    made = summaries.edition(wanted.post(JUNE, kind), wanted, timedelta(days=late) if late else None)
    return [made.message.text, made.line.text if made.line else "", made.question]


def test_at_the_flash_it_is_one_line_that_says_what_comes(record: Record) -> None:
    text, line, question = edition(record, AT_FLASH)
    # the flash of 15 July 2026: 711 kt
    assert text.startswith("Aluminium exports, June 2026: 711 kt")
    assert "Alumina" not in text
    assert (
        "Still to come: the query by HS code (expected 20 July 2026) and the monthly bulletin (22 July 2026)"
        in text
    )
    assert "this message grows with them" in text
    assert (line, held(question)) == ("", "unwrought aluminium exports June 2026")


def test_complete_it_is_everything(record: Record) -> None:
    text, _, question = edition(record, COMPLETE)
    assert text.startswith("China's aluminium trade, June 2026. ")
    assert "Alumina imports rose ~344 % on the year" in text
    assert "Still to come" not in text
    assert held(question) == "everything June 2026"


def test_the_line_names_what_the_stage_brought(record: Record) -> None:
    line = edition(record, COMPLETE, "bulletin")[1]
    # bulletin: aluminium imports 250 kt, alumina exports 270 kt, bauxite imports 20.32 Mt, +12.6 %
    assert line.startswith("The monthly bulletin of June 2026 is out: aluminium imports 250 kt")
    assert "alumina exports 270 kt" in line
    assert "bauxite imports 20.32 Mt, ▲ 12.6 % on the year" in line
    assert "Mt, about" not in line  # running totals stand in the message
    assert "imports 449" not in line  # alumina imports come with the query
    assert edition(record, COMPLETE, "query")[1].startswith(
        "The query by HS code of June 2026 is out: alumina imports 449"
    )


def test_a_channel_gets_the_series_it_wants(record: Record) -> None:
    text, _, question = edition(record, COMPLETE, "monthly", "bauxite")
    assert text.startswith("Bauxite imports, June 2026: 20.32 Mt")
    assert "Alumina" not in text
    assert held(question) == "bauxite imports June 2026"


@looped(
    ("kind", "at", "told", "held", "has"),
    [
        ("monthly", "complete", (), {"complete": "2026-07"}, True),
        ("monthly", "cron", (), {"bulletin": "2026-07"}, False),
        ("monthly", "complete", (), {"complete": "2026-06"}, False),
        ("monthly", "flash", (), {"flash": "2026-07"}, True),
        ("monthly", "flash", ("bulletin",), {"flash": "2026-07"}, False),
        ("monthly", "flash", ("bulletin",), {"bulletin": "2026-07"}, True),
        ("bulletin", "flash", (), {"flash": "2026-07"}, False),
        ("bulletin", "flash", (), {"bulletin": "2026-07"}, True),
    ],
)
def test_what_a_post_is_about_is_here_once_all_that_it_says_is_on_record(
    kind: str, at: At, told: tuple[str, ...], held: dict[str, str], has: bool
) -> None:
    summaries = Summaries(held_as(**held), lambda: FAR)
    assert summaries.has(Post("T1", "C1", kind, "2026-07"), Subscription("T1", "C1", at=at), told) == has


def test_a_line_of_a_stage_that_is_no_longer_waited_for_waits_for_nothing() -> None:
    bauxite = Subscription("T1", "C1", commodities=("bauxite",))  # which comes with the bulletin
    assert Summaries(held_as(), lambda: FAR).has(Post("T1", "C1", "query", "2026-07"), bauxite, ())


def test_a_late_post_says_so(record: Record) -> None:
    assert "This post is late, by 3 days." in edition(record, COMPLETE, late=3)[0]
    assert "late" not in edition(record, COMPLETE)[0]


def test_january_and_february_are_one_where_nothing_else_was_published(record: Record) -> None:
    # unwrought exports of February 2020 were published with January only
    summaries = Summaries(record.as_of(date(2026, 11, 24)), lambda: date(2026, 11, 24))
    made = summaries.edition(Post("T1", "C1", "monthly", "2020-02"), Subscription("T1", "C1"), None)
    assert "January–February 2020" in made.message.text.splitlines()[0]


def test_what_is_still_to_come_is_nothing_once_a_month_is_complete(record: Record) -> None:
    assert still_to_come(record.as_of(COMPLETE), JUNE, ()) == ""


def test_a_change_beyond_rounding_is_told_and_one_within_is_not(record: Record) -> None:
    dataset = record.as_of(date(2026, 11, 24))
    alumina, june, july = Series("alumina", "export"), Period.month(JUNE), Period.month(Month(2026, 7))
    now, other = dataset.figure(alumina, july), dataset.figure(alumina, june)
    assert now
    assert other
    assert changed(now, now, dataset.catalogue) == ""
    told = changed(now, other, dataset.catalogue)
    assert told == "Changed: alumina exports, July 2026, 300 kt; before 270 kt."  # each within 5


def test_in_chinese_the_post_its_line_and_what_a_reply_follows_are_chinese(record: Record) -> None:
    summaries = Summaries(record.as_of(COMPLETE), lambda: COMPLETE)
    english, chinese = (
        Subscription("T1", name, language=spoken) for name, spoken in (("C1", "en"), ("C2", "zh"))
    )
    made = summaries.edition(chinese.post(JUNE, "bulletin"), chinese, None)
    # the bulletin: bauxite imports 20.32 Mt, +12.6 %
    assert made.line is not None
    assert "铝土矿进口2032万吨，同比增长12.6%" in made.line.text
    assert made.message.text.startswith("2026年6月")
    assert (made.language, held(made.question)) == ("zh", "2026年6月全部品种")
    late = summaries.edition(chinese.post(JUNE), chinese, timedelta(days=3))
    assert "本期推迟了3天发送。" in late.message.text
    other = summaries.edition(english.post(JUNE), english, None)
    assert held(other.question) == "everything June 2026"
