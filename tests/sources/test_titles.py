"""Titles and dates in the spellings of the site."""

from datetime import date

from bot.dataset.calendar import Month
from bot.sources.markup import document
from bot.sources.titles import published_on, read_title
from tests.looped import looped

BULLETIN, FLASH = (
    "（13）Major Export Commodities in Quantity and Value",
    "(5) China's Major Exports by Quantity and Value",
)


@looped(
    ("text", "said"),
    [
        (f"{BULLETIN},7.2026", "bulletin 2026-07"),
        (f"{BULLETIN},1-7.2026", "bulletin 2026-07"),
        (f"{BULLETIN}，1-12.2026", "bulletin 2026-12"),
        (f"{BULLETIN} , 10 .2026", "bulletin 2026-10"),
        (f"{BULLETIN},2026.7", "bulletin 2026-07"),
        (f"{BULLETIN}(1-7.2026)", "bulletin 2026-07"),
        (f"{BULLETIN},Sept.2026", "bulletin 2026-09"),
        (f"{BULLETIN}, January to March 2026 - Customs", "bulletin 2026-03"),
        (f"{FLASH}, May 2026 (in USD)", "flash 2026-05"),
        (f"{FLASH}, Jan-Feb 2026 (in CNY)", "flash 2026-02"),
        (f"{FLASH} (in USD), Dec. 2025", "flash 2025-12"),
        ("Major Exports by Quantity and Value, May 2019 (in RMB)", "flash 2019-05"),
        (f"{BULLETIN},7.2026 (in RMB)", "bulletin 2026-07"),
        ("Main Export Commodities by Quantity & Value, May 2019", "bulletin 2019-05"),
        (f"{BULLETIN}", None),
        (f"{BULLETIN} 2026/08/18", None),
        (f"{BULLETIN},2-7.2026", None),
        (f"{BULLETIN},17.2026", None),
        (f"{BULLETIN},7.20261", None),
        (f"{BULLETIN} by Country,7.2026", None),
        (f"{BULLETIN} 2018-08-18 10:00", None),
        ("Summary of Imports and Exports,7.2026", None),
    ],
)
def test_a_title_is_read_in_every_spelling(text: str, said: str | None) -> None:
    title = read_title(text)
    assert (f"{title.stage} {title.period}" if title else None) == said


MARKED = "<div class='atcl-date'>{}</div>".format


@looped(
    ("markup", "end", "day"),
    [
        (MARKED("2026/08/18"), None, date(2026, 8, 18)),
        ("<p class='x atcl-date y'>Date: 2026-08-18 10:00:00</p>", None, date(2026, 8, 18)),
        ("<span class=date>2026.8.18</span><div class=atcl-date>2026/08/19</div>", None, date(2026, 8, 19)),
        ("<meta name=PubDate content='2026-08-18 09:00'>", None, date(2026, 8, 18)),
        ("<i class=pub_date>2026-08-18</i>", None, date(2026, 8, 18)),
        ("<i class=pub_date>2026-08-18</i><i class=date>2026-11-24</i>", None, None),
        (MARKED("2026/18/08"), None, None),
        ("<div>2026/08/18</div>", None, None),
        # With the year last the page's own month tells which of the others is the month.
        (MARKED("06/10/2019"), "2019-05", date(2019, 6, 10)),  # as May 2019 was dated
        (MARKED("10/06/2019"), "2019-05", date(2019, 6, 10)),
        (MARKED("03/08/2018"), "2018-01", date(2018, 3, 8)),
        (MARKED("23/04/2018"), "2018-03", date(2018, 4, 23)),
        (MARKED("06.10.2019"), "2019-05", date(2019, 6, 10)),
        (MARKED("07/08/2019"), "2019-03", None),  # neither is the month after
        (MARKED("25/12/2019"), "2019-03", date(2019, 12, 25)),  # late, but only one day can be meant
        (MARKED("13/13/2019"), "2019-05", None),
        (MARKED("2019/06/10"), "2019-05", date(2019, 6, 10)),
    ],
)
def test_the_date_is_that_of_the_article(markup: str, end: str | None, day: date | None) -> None:
    root = document(f"<html><body>{markup}</body></html>".encode())
    assert published_on(root, Month.from_text(end) if end else None) == day
