"""How an answer was computed: formula, inputs, rounding, each printing, why one of them counts, sources."""

from datetime import date

from bot.answers.behind import Behind, Printings
from bot.answers.behind import printed as printings_of
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series, Status
from bot.messages.how import how_view
from bot.messages.modal_limits import view_problems
from bot.messages.render import render
from bot.questions import understand
from tests.looped import looped
from tests.spaces import spaced


def asked(typed: str, dataset: Dataset) -> Behind:
    """What is behind the answer to what was typed."""
    return printings_of(respond(understand(typed, record=dataset), dataset), dataset)


def parts(question: str, dataset: Dataset) -> dict[str, list[str]]:
    """The lines of each section by its title; the first line of all under ''."""
    first, *others = (
        spaced(block["text"]["text"]).split("\n") for block in how_view(asked(question, dataset))["blocks"]
    )
    return {"": first} | {lines[0].strip("*"): lines[1:] for lines in others}


def test_a_derived_figure_is_written_out_with_its_inputs(dataset: Dataset) -> None:
    told = parts("aluminium imports august 2023", dataset)
    assert told["Formula"][0] == (
        "Aluminium imports, August 2023 = January-September 2.04 Mt - September 332 kt"
        " - January-July 1.43 Mt, as a running total is the sum of its months."
    )
    inputs = told["Inputs, steps and changes"]
    assert inputs[0] == (
        "Aluminium imports, August 2023 (unwrought aluminium and aluminium products): 278 kt;"
        " rounding leaves 267.5 to 288.5 kt."
    )
    assert "- September 2023 332 kt, to the nearest 1 kt, bulletin [1]." in inputs
    assert any("corrections of earlier months, up to 1 %" in line for line in told["Rounding"])
    assert told["Sources"][0].startswith("[1] Yieh, <http")


def test_an_estimated_figure_says_how_far_off_it_can_be(dataset: Dataset) -> None:
    told = parts("alumina imports 2023", dataset)
    inputs = told["Inputs, steps and changes"]
    assert "+ February 2023 188 kt, off by up to 10 kt, estimated [1]." in inputs
    assert any(line.startswith("Ranges cover rounding and what was estimated;") for line in told["Rounding"])


def test_where_a_copy_was_read_its_name_is_a_link_to_it(dataset: Dataset) -> None:
    found = asked("alumina exports april 2026", dataset)
    (line,) = parts("alumina exports april 2026", dataset)["Sources"]
    source = found.answer.citations[0].source
    assert source.copy_url.startswith("https://github.com/Ex-Caliburn/funny/")
    assert line.startswith(f"[1] China Customs, <{source.url}|")
    assert line.endswith(f", via copy in <{source.copy_url}|github.com/Ex-Caliburn/funny>")
    assert source.copy_url not in str(render(found.answer).blocks)


def test_a_balance_and_a_unit_value_say_what_they_are_made_of(dataset: Dataset) -> None:
    # 366,577.68 t of imports in July 2026, 300 kt of exports
    (balance, *_) = parts("alumina net trade july 2026", dataset)["Formula"]
    assert balance == "Alumina net trade, July 2026 = imports July 366.6 kt - exports July 300 kt."
    (older, *_) = parts("aluminium net trade september 2022", dataset)["Formula"]
    assert older.endswith("- August 200.4 kt), as a running total is the sum of its months.")
    (worth, *_) = parts("bauxite imports unit value march 2024", dataset)["Formula"]
    assert worth.endswith("= the value in US$ divided by the tonnes, both of HS 2606.")


def test_a_comparison_and_a_share_say_their_formula(dataset: Dataset) -> None:
    formula = parts("alumina exports 2025 vs 2024", dataset)["Formula"]
    # 2.55 / 1.79 - 1 = 42.5 %
    assert formula[0].startswith(
        "Change from 2024 to 2025 = the later level divided by the earlier one, minus one:"
    )
    # -4.6 % was printed; 19.04 / 20.06 - 1 = -5.1 %
    formula = parts("bauxite imports july 2026 vs july 2025", dataset)["Formula"]
    assert formula[0].startswith(
        "Change from July 2025 to July 2026 = as the source printed it: -4.6 % printed, about -5.1 %"
    )
    formula = parts("bauxite imports from guinea share june 2026", dataset)["Formula"]
    assert formula[0].startswith("Share = the partner's figure divided by the world's, June 2026:")


def test_all_printings_are_told_and_which_one_counts(dataset: Dataset) -> None:
    found = asked("alumina exports april 2025", dataset)
    assert [len(each.rows) for each in found.printings] == [1]
    (line,) = parts("alumina exports april 2025", dataset)["Printings on record"]
    assert line == (
        "Alumina exports, April 2025: 263 kt (status not known, date not known, to the nearest 1 kt) [1]"
        " is used, the only printing on record."
    )


def test_every_row_of_a_figure_is_among_its_printings(dataset: Dataset) -> None:
    several = 0
    for name, flow in (("unwrought_aluminium", "export"), ("bauxite", "import"), ("alumina", "export")):
        for period in dataset.periods(Series(name, flow), "month"):  # type: ignore[arg-type]
            figure = dataset.figure(Series(name, flow), period)  # type: ignore[arg-type]
            found = asked(f"{name.replace('_', ' ')} {flow}s {period.name}", dataset)
            assert figure
            assert {each.used for each in found.printings} == {item.row for item in figure.inputs}
            cited = {citation.source.id for citation in found.answer.citations}
            assert {row.source for each in found.printings for row in each.rows} <= cited
            several += any(len(each.rows) > 1 for each in found.printings)
            assert view_problems(how_view(found)) == []
    assert several > 0


def printed(status: Status | None, published: date | None, step: float = 10_000, confirmed: int = 1) -> Row:
    series, period = Series("alumina", "export"), Period.month(Month(2024, 3))
    return Row(1, series, period, "HS", 140_000, step, None, status, "page", published, confirmed, "")


MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)


@looped(
    ("older", "used", "why"),
    [
        (printed("flash", MARCH), printed("flash", APRIL), "date"),
        (printed("flash", None), printed("bulletin", None), "stage"),
        (printed(None, None), printed("bulletin", None, 1_000), "step"),
        (printed("query", None), printed("query", None, confirmed=3), "confirmed"),
        (printed("query", APRIL), printed("query", None), "row"),
    ],
)
def test_why_a_printing_counts(older: Row, used: Row, why: str) -> None:
    assert Printings(used, (older, used)).why == why


def test_a_newer_printing_may_stand_aside() -> None:
    older, newer = printed("bulletin", MARCH), printed("revised", APRIL)
    assert Printings(older, (older, newer)).why == "apart"
    assert Printings(older, (older,)).why == "alone"


def test_what_was_not_answered_with_a_figure_has_nothing_to_show(dataset: Dataset) -> None:
    for typed in ("copper exports", "alumina exports march 2012", "help", ""):
        view = how_view(asked(typed, dataset))
        assert view_problems(view) == []
        assert view["blocks"][-1]["text"]["text"].startswith("No figure was computed")


def test_a_long_answer_is_counted_and_fits(dataset: Dataset) -> None:
    for typed in (
        "everything july 2026",
        "everything since 2018",
        "alumina exports since 2018",
        "csv of everything 2025",
    ):
        view = how_view(asked(typed, dataset))
        assert view_problems(view) == []
    assert "more lines." in parts("everything since 2018", dataset)["Inputs, steps and changes"][-1]
