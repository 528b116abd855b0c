"""A page in other spellings and layouts, or with the site's own slips, gives the same rows."""

from datetime import timedelta
from random import Random

from bot.dataset.dataset import Dataset, Record
from bot.sources.page import read_page
from tests.sources.conftest import FLASH, JULY, TABLE, Reader, printed_rows, saved, swapped
from tests.sources.laid_out import page
from tests.sources.sheets import sheets_of
from tests.tables import looped, tables

CASES = tables("sources/cases.yaml")

HEADER = JULY[JULY.index("<tr><td rowspan=2>Commodity") : JULY.index("<tr><td>Agricultural")]
BODY = JULY[JULY.index("<tr><td>Agricultural") : JULY.index("</table>\n<p>Note")]
PARTS = "<td>Quantity</td><td>Value</td>"
NO_UNITS = CASES["no_units"]


def over(*labels: str) -> str:
    return "".join(f"<td colspan=2>{label}</td>" for label in labels)


HEADERS = [each.format(header=HEADER, parts=PARTS * 3) for each in CASES["headers"]]
SPELLINGS = [
    *CASES["spellings"],
    (TABLE, f"<table><tr><td>Menu</td><td><table><tr><td>{TABLE}</td></tr></table></td></tr></table>"),
    (HEADER, HEADER.replace("<td", "<th").replace("</td", "</th")),
    *((HEADER, header) for header in HEADERS),
]
SEVERAL = [
    CASES["names_in_two_columns"],
    # changes of both periods; data/figures.csv has none of the running totals of July 2026: a dash for each
    [
        (BODY, BODY.replace("</tr>", "<td>-</td><td>-</td></tr>")),
        (over("Percentage<br>Change"), over("7 Percentage Change", "1to7 Percentage Change")),
        (PARTS * 3, PARTS * 4),
    ],
]


NONE_PRINTED = "unit printed as none, the numbers are 10,000 t by their size"
# A fall printed with a long dash is a fall.
LONG_DASHES = [("-22.0", "－22.0"), ("-4.6", "−4.6")]


@looped(
    ("pairs", "page"),
    [
        (LONG_DASHES, saved("bulletin-import-2026-07.html").decode()),
        *(([pair], JULY) for pair in SPELLINGS),
        *((pairs, JULY) for pairs in SEVERAL),
        *(([pair], FLASH) for pair in CASES["flash_spellings"]),
    ],
)
def test_a_spelling_changes_nothing(pairs: list[tuple[str, str]], page: str, reader: Reader) -> None:
    assert printed_rows(reader(swapped(page, *pairs))) == printed_rows(reader(page))


@looped(
    ("page", "pairs", "notes"),
    [
        (FLASH, NO_UNITS, ["No line has a cell for its unit", NONE_PRINTED]),
        (FLASH, [("10,000 Tons", "KG")], ["unit printed as 0.001 t, the numbers are 10,000 t"]),
        *(
            (JULY, [(over("7"), over(blank))], ["Nothing stands over its first quantity and value"])
            for blank in ("", "&nbsp;", "<span></span>")
        ),
    ],
)
def test_a_slip_of_the_site_is_read_as_it_is_meant_and_told(
    page: str, pairs: list[tuple[str, str]], notes: list[str], reader: Reader
) -> None:
    found = reader(swapped(page, *pairs))
    assert printed_rows(found) == printed_rows(reader(page))
    assert [note in told for note, told in zip(notes, found.notes, strict=False)] == [True] * len(notes)


VARIANTS = 300
DECIDED_AT_LEAST = 0.6  # of the changes: for the others no year before is on record, or both readings fit


def test_a_page_gives_the_figures_that_it_prints_and_no_other(record: Record, dataset: Dataset) -> None:
    printed = taken = 0
    sheets = [*sheets_of(record)]
    for number in range(VARIANTS):
        draw, sheet = Random(number), sheets[number % len(sheets)]
        # In a backfill it is read beside everything on record, its own figures too.
        backfill = sheet.end.year < 2022 or draw.random() < 0.5
        lying = backfill and sheet.has_values and draw.random() < 0.5
        known = dataset if backfill else record.as_of(sheet.day - timedelta(days=1))
        rows = read_page(page(draw, sheet, lying=lying), "page.html", known).rows
        valued = [row for row in rows if row.value is not None]
        changes = {(row.series, row.period, row.yoy_pct) for row in rows if row.yoy_pct is not None}
        assert {
            (row.series, row.period, row.scope, row.value, row.step) for row in valued
        } == sheet.levels(), number
        assert changes <= sheet.changes(), number
        printed, taken = printed + len(sheet.changes()), taken + len(changes)
    assert taken >= DECIDED_AT_LEAST * printed
