"""Which posts are due: a table of what is known."""

from datetime import UTC, datetime, timedelta

from bot.dataset.calendar import Month
from bot.posts.due import Destination, due
from bot.posts.ledger import Entry, Post

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
JULY = Month(2026, 7)
METALS, DESK = Destination("T1", "C_METALS"), Destination("T1", "C_DESK")
METALS_JULY, DESK_JULY = (Post("T1", channel, "monthly", "2026-07") for channel in ("C_METALS", "C_DESK"))
POSTED = Entry("posted", None)


def claimed(minutes: int) -> Entry:
    """A row whose lease ends that many minutes from now."""
    return Entry("claimed", NOW + timedelta(minutes=minutes))


def test_every_channel_gets_the_newest_complete_month_in_a_fixed_order() -> None:
    assert due(NOW, [METALS, DESK, METALS], JULY, {}) == [DESK_JULY, METALS_JULY]


def test_no_complete_month_no_post() -> None:
    assert due(NOW, [METALS], None, {}) == []


def test_what_is_posted_is_not_due() -> None:
    assert due(NOW, [METALS, DESK], JULY, {METALS_JULY: POSTED}) == [DESK_JULY]


def test_a_post_of_an_older_month_does_not_count_for_the_new_one() -> None:
    assert due(NOW, [METALS], Month(2026, 8), {METALS_JULY: POSTED}) == [
        Post("T1", "C_METALS", "monthly", "2026-08")
    ]


def test_a_claim_is_left_to_its_holder_until_its_lease_is_over() -> None:
    assert due(NOW, [METALS], JULY, {METALS_JULY: claimed(1)}) == []
    assert due(NOW, [METALS], JULY, {METALS_JULY: claimed(-1)}) == [METALS_JULY]
    assert due(NOW, [METALS], JULY, {METALS_JULY: claimed(0)}) == [METALS_JULY]


def test_the_same_channel_id_in_another_workspace_is_another_channel() -> None:
    assert due(NOW, [Destination("T2", "C_METALS")], JULY, {METALS_JULY: POSTED}) == [
        Post("T2", "C_METALS", "monthly", "2026-07")
    ]
