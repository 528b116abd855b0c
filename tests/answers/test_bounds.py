"""What one question may look at: the newest months of a longer list, and no total of a longer stretch."""

from bot.answers.respond import LONGEST, respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.render import render
from bot.questions.question import View
from tests.answers.asking import EXPORTS, METAL, asked
from tests.dataset.rows import month, span
from tests.looped import looped

CENTURY = span("1950-01", "2049-12")


def test_a_list_that_fits_is_whole(dataset: Dataset) -> None:
    for period in (Period.whole_year(2025), span("2018-01", "2026-10")):
        answer = respond(asked("trend", EXPORTS, period), dataset)
        assert (answer.cut, answer.question.periods) == (None, (period,))


@looped("view", ["trend", "export", "ranking", "revisions"])
def test_of_a_long_stretch_the_newest_months_on_record_are_listed(dataset: Dataset, view: View) -> None:
    answer = respond(asked(view, EXPORTS, CENTURY), dataset)
    assert answer.question.period.length <= LONGEST
    assert answer.question.period.end <= Month(2026, 10)
    assert (bool(answer.figures), answer.cut) == (True, CENTURY)


def test_what_is_no_list_is_asked_back_with_one_that_is_answered(dataset: Dataset) -> None:
    answer = respond(asked("average", EXPORTS, CENTURY), dataset)
    (near,) = answer.suggestions
    assert (answer.outcome, bool(respond(near, dataset).figures)) == ("ask_back", True)
    assert respond(asked("coverage", EXPORTS, CENTURY), dataset).covered
    assert respond(asked("release", EXPORTS, CENTURY), dataset).publications


def test_every_printing_that_is_told_is_cited(dataset: Dataset) -> None:
    both, june = (METAL, METAL._replace(flow="import")), month("2025-06")
    answer = respond(asked("revisions", both, june, measure="value", unit="USD"), dataset)
    told = {row.source for each in answer.revisions for step in each.steps for row in step.figure.rows}
    assert told <= set(answer.source_numbers)
    assert render(answer).blocks
