"""Every kind of message and the table of partners."""

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.messages.command_line import document
from bot.messages.details import details_view
from bot.messages.render import render
from bot.words.folder import CODES
from tests.messages.asked import lines as lines_of
from tests.messages.asked import told
from tests.published import SCOPES, rows
from tests.tables import looped, tables

CASES = tables("messages/said.yaml")


def kt(period, commodity, flow, kind="month"):
    """The last printed level in thousand tonnes and the change on the year in figures.csv."""
    value, _, change = rows()[commodity, flow, "", kind, "quantity", SCOPES[commodity], period][-1]
    return value / 1_000, change


def last(dataset, *turns):
    return list(converse(turns, dataset))[-1]


EXPORTS, CHANGE = kt("2024-03", "alumina", "export")
JULY, JULY_CHANGE = kt("2026-07", "alumina", "export")
FEBRUARY, TO_MARCH = kt("2024-02", "alumina", "export")[0], kt("2024-03", "alumina", "export", "ytd")[0]
TONNES = {"exports": EXPORTS, "july": JULY, "february": FEBRUARY, "to_march": TO_MARCH}
NUMBERS = TONNES | {"change": CHANGE, "july_change": JULY_CHANGE}
NUMBERS |= {f"{name}_wan": kilotonnes / 10 for name, kilotonnes in TONNES.items()}


@looped(("turns", "said"), CASES["kinds"].items())
def test_a_kind_says_its_figures(dataset, turns, said):
    text = "^" + told(dataset, *turns.split(" / "))
    assert [line for line in said if line.format(**NUMBERS) not in text] == [], text


def test_a_month_shows_the_printed_levels_and_changes(dataset):
    text = told(dataset, "july 2026")
    for commodity, flow, name in (
        ("unwrought_aluminium", "export", "Aluminium exports"),
        ("unwrought_aluminium", "import", "Aluminium imports"),
        ("alumina", "export", "Alumina exports"),
        ("bauxite", "import", "Bauxite imports"),
    ):
        level, change = kt("2026-07", commodity, flow)
        arrow = "▲" if (change or 0) > 0 else "▼"
        assert f"{name} | {level:,.0f} | {arrow} {abs(change or 0):.1f} |" in text


def test_a_follow_up_is_shorter_and_last_month_no_time(dataset):
    turns = ("alumina exports july 2026", "vs a year ago")
    assert len(told(dataset, *turns)) < len(told(dataset, turns[0])) + 20
    for text in ("alumina exports vs last month", "氧化铝出口较上月增减多少"):
        assert last(dataset, text).not_out is None, text


def test_the_document_keeps_its_contract(dataset):
    found = document(last(dataset, "alumina exports march 2024"))
    bound = "text outcome understood suggestions question figures highlights notes sources questions instead"
    assert {*bound.split(), "reading"} <= set(found)
    (figure,) = found["figures"]
    changes = (figure["yoy_pct"], figure["yoy_origin"])
    assert (figure["value"], *changes) == (EXPORTS * 1_000, CHANGE, "published")
    assert figure["range"] == [135_000, 145_000]
    assert "140 kt" in found["text"]


def test_several_answers_stand_in_one_message_that_names_a_publisher_once(dataset):
    asked = "alumina exports and bauxite imports march 2024 and aluminium exports may 2025"
    message = render(last(dataset, asked))
    assert "Aluminium exports, May 2025" in lines_of(message)
    sources = message.text.splitlines()[-1]
    assert sources.count("China Customs") == 1
    assert "trade press" in sources


def test_a_month_without_any_figure_and_the_pages_of_publications(dataset):
    found = lines_of(render(monthly_summary(dataset, Month(2019, 1), ("alumina",))))
    assert found.startswith("Alumina exports and alumina imports, January 2019: not on record")
    foot = render(last(dataset, "march 2026")).blocks[-2]["elements"][0]["text"]
    assert "/monthly.html|monthly bulletin>, query by HS code" in foot


def test_what_was_printed_once_is_not_called_revised(dataset):
    assert told(dataset, "alumina exports july 2026 revised?").startswith("Nothing was revised, July 2026\n")
    revised = told(dataset, "how much was guinea bauxite revised this year")
    assert revised.startswith("10 figures revised")
    assert revised.count("Jan 2025") == 1  # January's total is January


def test_details_say_what_is_left_beside_the_countries_listed(dataset):
    (answer,) = converse(["top 2 origins of bauxite in november 2024"], dataset)
    assert "Total less those listed" in str(details_view(printed(answer, dataset)))


def test_every_partner_on_record_has_its_code(dataset):
    assert set(dataset.partners) <= set(CODES)
    assert len(set(CODES.values())) == len(CODES)
