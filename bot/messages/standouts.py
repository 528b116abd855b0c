"""Highlights as sentences, in the press's style."""

from collections.abc import Callable, Mapping

from bot.answers.answer import Highlight, HighlightRule
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages.balances import net_streak, net_turn, ratio, twelve_months
from bot.messages.clauses import (
    level,
    month_way,
    new_year,
    on_the_month,
    on_the_year,
    subject,
    usual,
    way,
    year_name,
)
from bot.messages.events import event_line
from bot.messages.names import Names
from bot.messages.speech import change, unsigned, without_range
from bot.messages.wordings import count_of, place_of
from bot.questions.named import month_name, named, period_name
from bot.words import say


def highlight(item: Highlight, names: Names) -> str:
    """One highlight in one sentence, in the press's style."""
    return say("standouts.sentence", told=SENTENCES[item.rule](item, names))


def _on_the_year(item: Highlight, names: Names) -> str:
    return f"{_year_move(item, names)}{usual(item)}{new_year(item)}"


def _year_move(item: Highlight, names: Names) -> str:
    """Alumina exports rose 169.6 % on a year earlier, to 140 kt."""
    return say(
        f"standouts.year_{way(item.figure)}",
        subject=subject(item, names),
        change=on_the_year(item.figure),
        level=level(item.figure),
    )


def _on_the_month(item: Highlight, names: Names) -> str:
    told = say("standouts.moved", subject=subject(item, names), move=_month_move(item.figure))
    return f"{told}{usual(item)}{new_year(item)}"


def _month_move(figure: Figure) -> str:
    """Rose 12.1 % on the month, to 300 kt."""
    assert figure.move
    did = month_way(figure)
    name = f"month_{did}" if figure.move.base == "month" else f"mean_{did}"
    return say(f"standouts.on_{name}", change=on_the_month(figure), level=level(figure))


def _against_season(item: Highlight, names: Names) -> str:
    told = say(
        f"standouts.against_season_{month_way(item.figure)}",
        subject=subject(item, names),
        move=_month_move(item.figure),
        month=month_name(item.figure.end.number),
        years=count_of(item.count),
    )
    return f"{told}{new_year(item)}"


def _turn(item: Highlight, names: Names) -> str:
    assert item.before
    return f"{_year_move(item, names)}{_turned_from(item, item.before)}{new_year(item)}"


def _turned_from(item: Highlight, before: Figure) -> str:
    """What it had done before: after a fall of 1.9 % in August 2024; the first rise since then."""
    did = way(item.figure)
    if item.count < 3:
        return say("standouts.after", before=_before(before))
    if item.since:
        return say(f"standouts.first_{did}", since=named(item.since))
    assert item.run_start
    return say(f"standouts.row_before_{did}", count=count_of(item.count), start=named(item.run_start))


def _streak(item: Highlight, names: Names) -> str:
    return say(
        f"standouts.streak_{way(item.figure)}",
        subject=subject(item, names),
        row=_in_a_row(item),
        change=on_the_year(item.figure),
    )


def _month_streak(item: Highlight, names: Names) -> str:
    return say(
        f"standouts.month_streak_{month_way(item.figure)}",
        subject=subject(item, names),
        row=_in_a_row(item),
        level=level(item.figure),
    )


def _in_a_row(item: Highlight) -> str:
    """The seventh month in a row; at least, where what was before is not known, and from when."""
    assert item.run_start
    place = place_of(item.count)
    if item.since:
        return say("standouts.in_a_row", place=place)
    return say("standouts.at_least_in_a_row", place=place, start=named(item.run_start))


def _record(item: Highlight, names: Names) -> str:
    """The highest since a month; else the highest of so many, as nothing is claimed across a hole."""
    assert item.run_start
    lead = say("standouts.at", subject=subject(item, names), level=level(item.figure))
    end, start = item.rule.removesuffix("_since"), named(item.run_start)
    if item.since:
        return say(f"standouts.{end}_since", lead=lead, since=named(item.since), start=start)
    return say(f"standouts.{end}_of_months", lead=lead, months=_months(item), start=start)


def _place(item: Highlight, names: Names) -> str:
    assert item.run_start
    return say(
        f"standouts.nth_{item.rule.removeprefix('nth_')}",
        lead=say("standouts.at", subject=subject(item, names), level=level(item.figure)),
        place=place_of(item.count),
        months=_months(item),
        start=named(item.run_start),
    )


def _months(item: Highlight) -> int:
    """How many months there are from the beginning of the unbroken record."""
    assert item.run_start
    return item.run_start.until(item.figure.end) + 1


def _pace(item: Highlight, names: Names) -> str:
    did = way(item.figure)
    return say(f"standouts.pace_{did}", total=_so_far(item, names), change=on_the_year(item.figure))


def _pace_turn(item: Highlight, names: Names) -> str:
    assert item.before
    return f"{_pace(item, names)}{say('standouts.after', before=_before(item.before))}"


def _before(figure: Figure) -> str:
    """A rise of 12.6 % in June 2026."""
    told = without_range(unsigned(change(figure.growth)))
    return say(f"standouts.before_{way(figure)}", change=told, period=period_name(figure.period))


def _passed(item: Highlight, names: Names) -> str:
    assert item.before
    year, before = year_name(item.before.end), level(item.before)
    return say("standouts.passed", total=_so_far(item, names), year=year, before=before)


def _of_years(item: Highlight, names: Names) -> str:
    assert item.run_start
    end = item.rule.removeprefix("year_to_date_")
    stretch = "year" if item.figure.end.number == 12 else "stretch"
    years, start = count_of(item.count), year_name(item.run_start)
    return say(f"standouts.total_{end}_{stretch}", total=_so_far(item, names), years=years, start=start)


def _so_far(item: Highlight, names: Names) -> str:
    """Bauxite imports in January-July 2026 came to 120 Mt; of a whole year: in 2025."""
    period = item.figure.period
    when = Period.whole_year(period.end.year) if period.end.number == 12 else period
    named, much = subject(item, names), level(item.figure)
    return say("standouts.so_far", subject=named, period=period_name(when), level=much)


def _revised(item: Highlight, names: Names) -> str:
    assert item.before
    return say(
        "standouts.revised",
        subject=subject(item, names),
        period=period_name(item.figure.period),
        level=level(item.figure),
        before=level(item.before),
    )


def _event(item: Highlight, names: Names) -> str:
    assert item.event
    return event_line(item.event)


SENTENCES: Mapping[HighlightRule, Callable[[Highlight, Names], str]] = {
    "largest_rise": _on_the_year,
    "largest_fall": _on_the_year,
    "month_move": _on_the_month,
    "against_season": _against_season,
    "turn": _turn,
    "streak": _streak,
    "month_streak": _month_streak,
    "highest_since": _record,
    "lowest_since": _record,
    "nth_highest": _place,
    "nth_lowest": _place,
    "year_to_date": _pace,
    "year_to_date_turn": _pace_turn,
    "year_to_date_highest": _of_years,
    "year_to_date_lowest": _of_years,
    "passed_last_year": _passed,
    "net_turn": net_turn,
    "net_streak": net_streak,
    "net_twelve_months": twelve_months,
    "bauxite_to_alumina": ratio,
    "event": _event,
    "revised": _revised,
}
