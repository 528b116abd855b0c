"""Numbers and sentences as people read them."""

from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer, Lack
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure
from bot.messages.document import document
from bot.messages.headline import headline
from bot.messages.notes import lack
from bot.messages.number_format import decimals_of, number, scale_of, span, with_rounding
from bot.messages.percents import percent, printed_percent
from bot.messages.render import render
from bot.messages.script import script
from bot.questions.question import Question, Unit
from tests.answers.test_rankings import PAGE
from tests.dataset.rows import row, small_dataset
from tests.looped import looped


def ask(dataset: Dataset, commodity: str, flow: Flow, period: Period, **other: object) -> Answer:
    return respond(replace(Question.of((commodity,), (flow,), period), **other), dataset)


def month(text: str) -> Period:
    return Period.month(Month.from_text(text))


@looped(
    ("value", "step", "base", "said"),
    [
        (140_000, 10_000, "t", "140 kt"),
        (157_100, 100, "t", "157.1 kt"),
        (354_980.6, 1, "t", "355.0 kt"),
        (3_969, 1, "t", "3,969 t"),
        (8_000, 1_000, "t", "8 kt"),
        (1_100_000, 100_000, "t", "1.1 Mt"),
        (2_000_000, 10_000, "t", "2.00 Mt"),
        (21_730_000, 10_000, "t", "21.73 Mt"),
        (11_862_900, 100, "t", "11.863 Mt"),
        (2_659_501_000, 1_000, "USD", "US$2.660bn"),
        (129_303_000, 1_000, "USD", "US$129.3m"),
        (431.01, None, "USD/t", "US$431/t"),
    ],
)
def test_values_keep_the_digits_they_were_printed_with(
    value: float, step: float | None, base: str, said: str
) -> None:
    scale = scale_of(value, step, base)
    assert number(value, scale, decimals_of(step, scale)) == said


@looped(
    ("unit", "said"), [("kt", "140 kt"), ("Mt", "0.14 Mt"), ("wan_t", "14 万吨"), ("lb", "309,000,000 lb")]
)
def test_units_on_request(unit: Unit, said: str) -> None:
    # 140,000 t / 0.00045359237 t a pound = 308,647,167; 10 kt are 22 million pounds
    scale = scale_of(140_000, 10_000, "t", unit)
    assert number(140_000, scale, decimals_of(10_000, scale)) == said


@looped(("pct", "said"), [(169.6, "+169.6 %"), (-1.43, "-1.43 %"), (0.5, "+0.5 %"), (2927.91, "+2,927.91 %")])
def test_a_printed_change_keeps_its_decimals(pct: float, said: str) -> None:
    assert printed_percent(pct) == said


def test_no_change_has_no_sign() -> None:
    assert percent(-0.04) == "0.0 %"


def test_the_first_line_restates_the_question_with_the_number_in_it(dataset: Dataset) -> None:
    answer = ask(dataset, "alumina", "export", month("2024-03"))
    assert headline(answer) == "Alumina exports, March 2024: 140 kt, +169.6 % on a year earlier"


def test_a_derived_figure_says_about_and_its_range(dataset: Dataset) -> None:
    # 2,040 kt - 332 kt - 1,430 kt: 278 kt within 10.5 kt; against 200.4 kt within 0.05 a year before
    answer = ask(dataset, "unwrought_aluminium", "import", month("2023-08"))
    assert headline(answer) == (
        "Aluminium imports, August 2023: about 278 kt (267.5 to 288.5 kt, derived),"
        " about +38.7 % (33.4 to 44.0) on a year earlier"
    )


def test_an_estimated_figure_says_so_wherever_its_status_or_rounding_is_told(dataset: Dataset) -> None:
    # 187,855.658 t of HS 2818, of which up to 10,000 can be wrong
    answer = ask(dataset, "alumina", "import", month("2023-02"))
    said = script(answer)
    assert said.headline == "HS 2818: Alumina imports, February 2023: about 188 kt (177 to 198 kt, estimated)"
    assert said.facts[0] == "Off by up to 10 kt either way (177 to 198 kt); estimated."
    assert document(answer)["figures"][0]["status"] == "estimated"


def test_a_later_scope_opens_the_answer(dataset: Dataset) -> None:
    answer = ask(dataset, "alumina", "import", month("2024-03"))
    assert headline(answer).startswith("HS 2818: Alumina imports, March 2024: 309.1 kt")


def test_a_disputed_change_is_in_no_headline_and_both_changes_are_shown(dataset: Dataset) -> None:
    # July 2026: printed +33.0 %; 300 kt against 230 kt computed is +30.4 %, from 295 / 235 to 305 / 225
    answer = ask(dataset, "alumina", "export", month("2026-07"))
    said = script(answer)
    assert said.headline == "Alumina exports, July 2026: 300 kt"
    assert any("+33.0 % printed, about +30.4 % (25.5 to 35.6) computed" in line for line in said.facts)


def test_a_change_without_a_level_is_still_an_answer(dataset: Dataset) -> None:
    figure = replace(
        respond(Question.of(("bauxite",), ("import",), month("2024-03")), dataset).figures[0],
        value=None, step=None, range=None,
    )  # fmt: skip
    answer = replace(ask(dataset, "bauxite", "import", month("2024-03")), figures=(figure,))
    assert headline(answer).endswith("level not on record, -1.43 % on a year earlier")


def test_zero_in_ten_thousand_tonnes_is_said_as_under_five_thousand(dataset: Dataset) -> None:
    assert "under 5 kt" in headline(ask(dataset, "alumina", "export", month("2022-01")))


@looped(
    ("today", "said"),
    [
        (
            date(2026, 8, 25),
            "Figures to July 2026 on record; August is expected about 20 September 2026.",
        ),
        (
            date(2026, 9, 12),  # the flash of August came on the 9th
            "Figures to July 2026 on record; August is expected about 20 September 2026"
            " (it is on record in part).",
        ),
        (
            date(2026, 9, 25),
            "Figures to July 2026 on record; August has been due since 20 September"
            " (August is on record in part).",
        ),
        (
            date(2026, 10, 25),
            "Figures to July 2026 on record; September has been due since 20 October"
            " (August is on record in part).",
        ),
    ],
)
def test_every_post_ends_with_what_the_record_lacks(dataset: Dataset, today: date, said: str) -> None:
    answer = monthly_summary(dataset.on(today), Month(2026, 7))
    assert script(answer).ending == (said,)


def test_what_is_due_in_another_year_names_it() -> None:
    item = Lack(Month(2026, 11), Month(2026, 12), date(2027, 1, 20), (), Month(2026, 12), date(2027, 1, 20))
    assert lack(item) == "Figures to November 2026 on record; December has been due since 20 January 2027."


def test_a_derivation_is_written_out(dataset: Dataset) -> None:
    said = script(ask(dataset, "unwrought_aluminium", "import", month("2023-08")))
    assert (
        "Derived, August 2023: aluminium imports = January-September 2.04 Mt - September 332 kt"
        " - January-July 1.43 Mt." in said.notes
    )


def test_a_source_is_said_as_publisher_title_date_and_via(dataset: Dataset) -> None:
    said = script(ask(dataset, "unwrought_aluminium", "export", month("2026-06")))
    assert (
        "China Customs, “Preliminary release, major commodities in quantity and value”, 15 July 2026,"
        " via copy in github.com/aieconlab/aieconlab.github.io" in said.sources[0]
    )


@looped("measure", ["value", "unit_value"])
def test_values_are_named_as_such(dataset: Dataset, measure: Measure) -> None:
    # US$129,303,000 for 300,000 t: US$431 a tonne
    answer = ask(dataset, "alumina", "export", month("2026-07"), measure=measure)
    expected = {
        "value": "by value, July 2026: US$129.3m",
        "unit_value": ", unit value, July 2026: about US$431/t",
    }
    assert expected[measure] in headline(answer)


@looped(
    ("commodity", "flow", "when", "said"),
    [
        ("alumina", "export", "2024-03", "140 kt ±5"),  # 140 kt to the nearest 10
        ("unwrought_aluminium", "import", "2023-08", "278 kt ±11"),  # 5 + 0.5 + 5 kt
        ("bauxite", "import", "2023-11", "11.81 Mt ±0.06"),  # 0.005 + 0.005 + 0.05 Mt
        ("alumina", "import", "2023-02", "187.9 kt ±11"),  # estimated: up to 10 kt and the digit that is cut
        ("bauxite", "import", "2026-07", "19.04 Mt"),  # 19.04 Mt: the last digit says it
        ("aluminium_scrap", "import", "2026-03", "197.3 kt"),
    ],
)
def test_rounding_is_shown_where_the_digits_do_not_say_it(
    dataset: Dataset, commodity: str, flow: Flow, when: str, said: str
) -> None:
    assert with_rounding(ask(dataset, commodity, flow, month(when)).figures[0]) == said


def test_a_range_is_never_told_narrower_than_it_is(dataset: Dataset) -> None:
    # 157,100 t to the nearest 100 t
    assert span(ask(dataset, "alumina", "export", month("2024-06")).figures[0]) == ("157.05", "157.15 kt")


def test_a_comparison_whose_first_period_is_missing_names_the_one_it_has(dataset: Dataset) -> None:
    answer = ask(dataset, "alumina", "export", month("2023-03"), view="compare", against=month("2024-03"))
    said = script(answer)
    assert said.headline == (
        "Alumina exports, March 2023: not on record; March 2024: 140 kt, +169.6 % on a year earlier"
    )
    assert said.facts[0].startswith("Alumina exports, March 2024: 140 kt ±5")


def test_a_comparison_over_two_scopes_names_both_and_is_not_worked_out(dataset: Dataset) -> None:
    answer = ask(dataset, "alumina", "import", month("2025-03"), view="compare", against=month("2024-03"))
    assert headline(answer) == (
        "Alumina imports, March 2025: 11.2 kt (HS 28182000), against 309.1 kt (HS 2818) in March 2024,"
        " not compared"
    )


@looped(
    ("first", "told"),
    [
        ("alumina", "alumina exports 300 kt; alumina imports 366.6 kt, +191.3 % on a year earlier"),
        ("bauxite", "bauxite imports 19.04 Mt, -4.6 % on a year earlier; alumina exports 300 kt"),
    ],
)
def test_the_first_change_that_is_told_says_on_what(dataset: Dataset, first: str, told: str) -> None:
    """Alumina exports' change of July 2026 is in dispute: none is told."""
    series = ("alumina", "bauxite") if first == "alumina" else ("bauxite", "alumina")
    answer = respond(Question.of(series, ("export", "import"), month("2026-07")), dataset)
    said = headline(answer)
    assert told.lower() in said.lower().replace(", july 2026:", "")
    assert said.count("on a year earlier") == 1


def test_the_day_since_when_a_figure_is_on_record(dataset: Dataset) -> None:
    # data/figures.csv: 626,000 t, published on 2026-09-09
    told = {
        "first on record on 9 September 2026.": {"first": True},
        "on record since 9 September 2026; today 626 kt.": {"as_of": date(2026, 9, 1)},
    }
    for since, asked in told.items():
        answer = ask(dataset, "unwrought_aluminium", "export", month("2026-08"), **asked)
        assert f"Aluminium exports, August 2026: {since}" in script(answer).notes, since


def test_a_later_period_named_second_is_said_to_be_below_by_its_sign(dataset: Dataset) -> None:
    rows = [row("2024-03", 100_000, 1), row("2025-03", 99_500, 1)]
    small = replace(small_dataset(rows).record, sources={"page": PAGE}).as_of(dataset.today)
    answer = ask(small, "alumina", "export", month("2024-03"), view="compare", against=month("2025-03"))
    assert headline(answer).endswith("March 2025 is 0.5 % below March 2024")


def test_a_revision_is_called_a_change_unless_rounding_explains_it(dataset: Dataset) -> None:
    # March: 700 less 400 kt, each within 5, then 300 kt; April: 20.63 Mt within 0.01, then 20.684 Mt
    within = ask(dataset, "alumina", "export", month("2025-03"), view="revisions")
    beyond = ask(dataset, "bauxite", "import", month("2025-04"), view="revisions")
    assert "; no difference beyond rounding; " in render(within).text
    assert "; a change of +54.0 kt ±11, " in render(beyond).text
