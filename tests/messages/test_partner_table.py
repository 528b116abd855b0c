"""What the answer by country says: the line, the table, what lacks; in both languages, and as JSON."""

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.messages.details import details_view
from bot.messages.document import document
from bot.words.countries import CODES
from tests.answers.test_by_country import printed_in
from tests.messages.asked import told
from tests.tables import looped, tables

OWN = printed_in("2024-11")
GUINEA = 100 * OWN["Guinea"] / OWN[""]


def test_the_first_line_names_the_largest_with_its_share(dataset: Dataset) -> None:
    first, *rows = told(dataset, "top 2 origins of bauxite in november 2024").split("\n")
    assert first.startswith(f"Bauxite imports by country, November 2024: Guinea {GUINEA:.1f} % · ")
    table = [row.split(" | ") for row in rows if " | " in row]
    names = "Country, Guinea (GN), Australia (AU), Others, All countries"
    assert [row[0] for row in table] == names.split(", ")
    assert table[1][2] == f"{GUINEA:.1f}"
    first, *_ = told(dataset, "2024年11月铝土矿进口前二来源国").split("\n")
    assert first.startswith(f"2024年11月铝土矿进口分国别：几内亚{GUINEA:.1f}%")


@looped(("text", "said"), tables("messages/said.yaml")["lacking"])
def test_what_lacks_is_said_in_a_line(dataset: Dataset, text: str, said: str) -> None:
    assert said in told(dataset, text)


def test_where_no_country_is_on_record_the_total_is_told(dataset: Dataset) -> None:
    first, second, *_ = told(dataset, "alumina exports by country july 2026").split("\n")
    assert first == "Alumina exports by country, July 2026: not on record"
    assert second.startswith("All countries: ")


def test_the_document_has_the_shares_and_details_say_what_is_left(dataset: Dataset) -> None:
    (answer,) = converse(["top 2 origins of bauxite in november 2024"], dataset)
    (found,) = document(answer)["by_country"]
    listed = [(each["partner"], each["value"]) for each in found["listed"]]
    assert listed == [(name, OWN[name]) for name in ("Guinea", "Australia")]
    assert found["listed"][0]["share_pct"] == round(GUINEA, 1)
    assert found["others"]["value"] == OWN[""] - OWN["Guinea"] - OWN["Australia"]
    assert set(found["on_record"]) == set(OWN) - {""}
    assert "Total less those listed" in str(details_view(printed(answer, dataset)))


def test_every_partner_on_record_has_its_code(dataset: Dataset) -> None:
    assert set(dataset.partners) <= set(CODES)
    assert len(set(CODES.values())) == len(CODES)
