"""What a question is asked back for: a value, which messages word in both languages."""

from dataclasses import replace
from typing import get_args

from bot.answers.answer import Reason, Rule
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Series
from bot.messages.unanswered import reasons
from bot.questions.question import Pair, Question
from bot.words import speaking

QUARTER = Period.around(Month(2024, 3), "quarter")
JANUARY, FEBRUARY = Period.month(Month(2024, 1)), Period.month(Month(2024, 2))
LONG = Period.span(Month(2024, 1), Month(2025, 6))
CENTURY = Period.span(Month(1950, 1), Month(2049, 12))
ASKED = Question.of(("alumina",), ("export",), QUARTER, "growth")
SHARE = replace(ASKED.about(partner="Guinea"), view="figure", unit="%")
EXPORTS, IMPORTS, NET = (Series("alumina", flow) for flow in get_args(Flow))
FROM_GUINEA = Series("alumina", "import", "Guinea")
BOTH = replace(ASKED, pairs=(Pair("alumina", "export"), Pair("alumina", "import")), periods=(FEBRUARY,))
WITH_GUINEA = replace(BOTH, pairs=(Pair("alumina", "import"), Pair("alumina", "import", "Guinea")))
WITH_NET = replace(BOTH, pairs=(Pair("alumina", "import"), Pair("alumina", "net")))
# January 2022 was printed as 0 in steps of 10,000 t.
TO_NOTHING = replace(ASKED, periods=(FEBRUARY,), against=Period.month(Month(2022, 1)))
ASKED_BACK = [
    (replace(ASKED, view="ranking", against=JANUARY), Reason("not_both")),
    (replace(SHARE, view="trend", against=JANUARY), Reason("not_both")),
    (SHARE.about(partner=""), Reason("share_of_whom")),
    (replace(SHARE, measure="unit_value"), Reason("share_of_what")),
    (replace(SHARE, view="ranking"), Reason("share_not_ranked")),
    (replace(ASKED, change="mom"), Reason("no_month_change", QUARTER)),
    (replace(ASKED, view="highlights"), Reason("highlights_of_month", QUARTER)),
    (replace(ASKED, view="record"), Reason("record_of_month", QUARTER)),
    (replace(ASKED, view="average", periods=(FEBRUARY,)), Reason("one_month_average", FEBRUARY)),
    (
        replace(ASKED, view="average", periods=(Period.ytd(Month(2024, 1)),)),
        Reason("one_month_average", JANUARY),
    ),
    (replace(ASKED, view="record", periods=(FEBRUARY,), order="rise"), Reason("of_levels")),
    (replace(ASKED, view="ranking", change="ytd"), Reason("by_month")),
    (replace(ASKED.about(flows=("net",)), view="revisions"), Reason("not_printed")),
    (replace(ASKED, view="revisions", measure="unit_value"), Reason("not_printed")),
    (replace(ASKED, view="average", periods=(CENTURY,)), Reason("too_long", CENTURY)),
    (replace(ASKED, view="compare", against=CENTURY), Reason("too_long", QUARTER)),
    (replace(ASKED, periods=tuple(map(Period.whole_year, range(1900, 2060)))), Reason("too_much")),
    (replace(ASKED, view="trend", periods=(JANUARY, QUARTER)), Reason("one_stretch")),
    (replace(BOTH, view="total"), Reason("total_of_series", series=(EXPORTS, IMPORTS))),
    (replace(ASKED, view="total", measure="unit_value"), Reason("total_of_unit_values")),
    (replace(ASKED, view="total", periods=(JANUARY, QUARTER)), Reason("total_overlaps", JANUARY)),
    (replace(ASKED, view="difference"), Reason("difference_of_one", series=(EXPORTS,))),
    (replace(ASKED, view="ratio"), Reason("ratio_of_one", series=(EXPORTS,))),
    (replace(WITH_GUINEA, view="ratio"), Reason("world_and_partner", series=(IMPORTS, FROM_GUINEA))),
    (replace(WITH_NET, view="difference"), Reason("net_beside_gross", series=(IMPORTS, NET))),
    (
        replace(ASKED.about(flows=("net",)), view="ratio", against=JANUARY),
        Reason("ratio_of_net", series=(NET,)),
    ),
    (replace(TO_NOTHING, view="ratio"), Reason("ratio_to_nothing")),
    (replace(ASKED, view="season", periods=(LONG,)), Reason("season_of_a_year", LONG)),
    (replace(ASKED, view="count"), Reason("criterion_missing")),
    (replace(ASKED, view="check"), Reason("claim_missing")),
]


def test_a_question_that_breaks_a_rule_is_asked_back_with_that_rule(dataset: Dataset) -> None:
    for asked, reason in ASKED_BACK:
        answer = respond(asked, dataset)
        assert (answer.outcome, answer.reason, answer.refusal) == ("ask_back", reason, ""), asked
    assert {reason.rule for _, reason in ASKED_BACK} == set(get_args(Rule))


def test_its_one_sentence_names_the_period_that_breaks_the_rule(dataset: Dataset) -> None:
    for asked, reason in ASKED_BACK:
        for spoken, quarter in (("en", "Q1 2024"), ("zh", "2024年一季度")):
            with speaking(spoken):
                (told,) = reasons(respond(replace(asked, language=spoken), dataset))
            assert (quarter in told) == (reason.period == QUARTER), told
