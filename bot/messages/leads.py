"""First lines of the views that speak of more than one figure's level: the number is always in them."""

from collections.abc import Callable, Mapping, Sequence

from bot.answers.answer import Answer, Place, Publication, Share, Stretch
from bot.dataset.model import Figure
from bot.dataset.releases import Stage
from bot.messages.notes import highlight
from bot.messages.numbers import share_percent
from bot.messages.speech import (
    Names,
    both_changes,
    change,
    day,
    lower_first,
    month_list,
    moved,
    opening,
    ranged,
    series_name,
    value,
    without_range,
)
from bot.questions.question import Question, Unit, View

MOST_NAMED = 5  # figures or series in a first line
STAGES: dict[Stage, str] = {
    "flash": "preliminary release",
    "bulletin": "monthly bulletin",
    "query": "query by HS code",
}
ORDERS = {"highest": "highest", "lowest": "lowest", "rise": "largest rises", "fall": "largest falls"}


def trend(answer: Answer, question: Question) -> str:
    """From the first month to the last; of a single series its highest and lowest too."""
    assert question.period
    if len(answer.stretches) == 1:
        titled = _titled(answer.stretches[0], answer.catalogue)
        return f"{titled}, {question.period.name}: {_course(answer.figures, question.unit, True)}"
    told = [
        f"{_titled(stretch, answer.catalogue)} {_course(of_series(answer, stretch), question.unit, False)}"
        for stretch in answer.stretches
    ]
    return f"{question.period.name}: {lower_first(_joined(told))}"


def _course(months: Sequence[Figure], unit: Unit, extremes: bool) -> str:
    if not months:
        return "no month on record"
    if len(months) == 1:
        return f"{value(months[0], unit)} in {months[0].end.name}, the only month on record of it"
    if not extremes:
        first, last = (without_range(value(figure, unit)) for figure in (months[0], months[-1]))
        return f"{first} to {last}"
    told = f"{_dated(months[0], unit)} to {_dated(months[-1], unit)}"
    high, low = max(months, key=_level), min(months, key=_level)
    return f"{told}; highest {_dated(high, unit)}, lowest {_dated(low, unit)}"


def _dated(figure: Figure, unit: Unit) -> str:
    return f"{without_range(value(figure, unit))} in {figure.end.name}"


def _level(figure: Figure) -> float:
    return figure.value or 0.0


def ranking(answer: Answer, question: Question) -> str:
    """The leading months of one series, or the first of each of several."""
    told = []
    for stretch in answer.stretches:
        months = of_series(answer, stretch)[: MOST_NAMED if len(answer.stretches) == 1 else 1]
        named = f"{_titled(stretch, answer.catalogue)}, {ranked_by(question)} of {stretch.period.name}"
        listed = [f"{figure.end.name} {ranked(figure, question)}" for figure in months]
        told.append(f"{named}: {', '.join(listed) or 'none on record'}")
    return _joined(told)


def ranked_by(question: Question) -> str:
    """Highest months; largest rises on a year earlier."""
    by_change = bool(question.change) or question.order in ("rise", "fall")
    if not by_change:
        return f"{ORDERS[question.order]} months"
    what = ORDERS[question.order] + ("" if question.order in ("rise", "fall") else " changes")
    return f"{what} on {'the month before' if question.change == 'mom' else 'a year earlier'}"


def ranked(figure: Figure, question: Question) -> str:
    """A ranked month's level, or its change and then its level."""
    level = without_range(value(figure, question.unit))
    if not (question.change or question.order in ("rise", "fall")):
        return level
    grown = moved(figure.move) if question.change == "mom" and figure.move else change(figure.growth)
    return f"{without_range(grown)} ({level})"


def average(answer: Answer, question: Question) -> str:
    """The mean with its range; where months are missing, which."""
    means = {figure.series: figure for figure in answer.averages}
    told = []
    for stretch in answer.stretches:
        named = f"{_titled(stretch, answer.catalogue)}, {stretch.period.name}"
        mean = means.get(stretch.series)
        if mean is None:
            told.append(f"{named}: no average, for lack of {month_list(stretch.holes)}")
        else:
            told.append(f"{named}: {mean_told(mean, question)}, the mean of {stretch.period.length} months")
    return _joined(told)


def mean_told(mean: Figure, question: Question) -> str:
    """About 245 kt a month (240 to 250 kt)."""
    per = " a month" if question.measure != "unit_value" and question.unit != "t/day" else ""
    return ranged(mean, question.unit, per)


def record(answer: Answer, question: Question) -> str:
    """The month, and since when there was none like it."""
    return _joined([_record(place, answer.catalogue, question) for place in answer.places])


def _record(place: Place, names: Names, question: Question) -> str:
    figure, standing = place.figure, place.standing
    named = f"{opening(figure, names)}, {figure.end.name}: {value(figure, question.unit)}"
    most = "lowest" if question.order == "lowest" else "highest"
    if standing.months == 1:
        return f"{named}; nothing to measure it against, as the month before is not on record"
    if place.rival is None:
        known = standing.lowest_known if question.order == "lowest" else standing.highest_known
        run = f"the {standing.months} months from {standing.run_start.name}, all on record"
        before = (
            "" if known else f"; of the months before a hole some may have been as {most.removesuffix('est')}"
        )
        return f"{named}, the {most} of {run}{before}"
    rival = f"{_dated(place.rival, question.unit)} {_beside(place.rival, figure, most)}"
    if place.rival.end.plus(1) == figure.end:
        return f"{named}, no record: {rival}"
    return f"{named}, the {most} since {place.rival.end.name}: {rival}"


def _beside(rival: Figure, figure: Figure, most: str) -> str:
    """How the rival stands to the month; where rounding alone keeps them apart, that."""
    then, now = rival.value or 0.0, figure.value or 0.0
    if then == now:
        return "was the same"
    beyond = then > now if most == "highest" else then < now
    return f"was {most.removesuffix('est')}er" if beyond else "may have been as " + most.removesuffix("est")


def growth(answer: Answer, question: Question) -> str:
    """The change first, then the level."""
    told = [
        f"{opening(figure, answer.catalogue)}, {figure.period.name}: {grown(figure, question)}"
        f", at {value(figure, question.unit)}"
        for figure in answer.figures
    ]
    return _joined(told)


def grown(figure: Figure, question: Question) -> str:
    """The change that was asked for, in words; that it is not on record."""
    if question.change == "mom":
        base = (
            "the month before"
            if not figure.move or figure.move.base == "month"
            else f"the {figure.move.base}"
        )
        return f"{moved(figure.move)} on {base}" if figure.move else "no change on the month before on record"
    if figure.growth.pct is None:
        return "no change on a year earlier on record"
    if figure.growth.disputed:
        return "the printed change on a year earlier and the computed one disagree, both below"
    return f"{both_changes(figure.growth)} on a year earlier"


def highlights(answer: Answer, question: Question) -> str:
    """The strongest highlight; the levels where nothing stands out."""
    assert question.period
    when = question.period.name
    if answer.highlights:
        return f"What stands out in {when}: {highlight(answer.highlights[0], answer.catalogue).rstrip('.')}"
    levels = [
        f"{lower_first(opening(figure, answer.catalogue))} {value(figure, question.unit)}"
        for figure in answer.figures
    ]
    return f"Nothing stands out in {when}: {lower_first(_joined(levels))}"


def sources(answer: Answer, question: Question) -> str:
    """The level and how many published figures are behind it."""
    if answer.stretches:
        return trend(answer, question)
    told = []
    for figure in answer.figures:
        printed = len(figure.inputs)
        behind = "as printed" if printed == 1 and not figure.derived else f"from {printed} published figures"
        named = f"{opening(figure, answer.catalogue)}, {figure.period.name}"
        told.append(f"{named}: {value(figure, question.unit)}, {behind}")
    return _joined(told)


def export(answer: Answer, question: Question) -> str:
    """The leading figures, and how many lines follow."""
    count = len(answer.figures)
    if answer.stretches:
        return f"{trend(answer, question)}; {count} {'figure' if count == 1 else 'figures'} as CSV"
    told = [
        f"{opening(figure, answer.catalogue)}, {figure.period.name}: {value(figure, question.unit)}"
        for figure in answer.figures
    ]
    return f"{_joined(told)}; as CSV"


def release(answer: Answer, question: Question) -> str:
    """The next days of publication, the nearest first."""
    ahead = sorted((item for item in answer.publications if not item.past), key=lambda item: item.day)
    told = [f"{item.month.name} {STAGES[item.stage]}, {publication_day(item)}" for item in ahead]
    return f"Next release: {'; '.join(told)}" if told else "No release is on the calendar"


def publication_day(item: Publication) -> str:
    """18 December 2026, expected; came out on 18 April 2024; was due on 18 April 2026."""
    if not item.past:
        return f"{day(item.day)}{', expected' if item.expected else ''}"
    return f"{'was due' if item.expected else 'came out'} on {day(item.day)}"


def shares(answer: Answer, question: Question) -> str:
    """A partner's share with both figures; the first and last of many."""
    if len(answer.shares) > MOST_NAMED:
        first, last = answer.shares[0], answer.shares[-1]
        told = f"{share_percent(first.pct, first.range)} in {first.part.period.name}"
        told += f" to {share_percent(last.pct, last.range)} in {last.part.period.name}"
        return f"{share_name(first, answer.catalogue)}: {told}"
    return "; ".join(
        f"{share_name(item, answer.catalogue)}, {item.part.period.name}: {share_told(item)}"
        for item in answer.shares
    )


def share_name(item: Share, names: Names) -> str:
    """Guinea's part of bauxite imports by value."""
    return f"{item.part.series.partner}'s share of {lower_first(series_name(item.whole.series, names))}"


def share_told(item: Share) -> str:
    """71.3 % (US$600.0m of US$841.0m)."""
    part, whole = (without_range(value(figure)) for figure in (item.part, item.whole))
    return f"{share_percent(item.pct, item.range)}, {part} of {whole}"


def of_series(answer: Answer, stretch: Stretch) -> list[Figure]:
    """The answer's figures that belong to a stretch."""
    return [figure for figure in answer.figures if figure.series == stretch.series]


def _titled(stretch: Stretch, names: Names) -> str:
    commodity = names.get(stretch.series.commodity)
    named = series_name(stretch.series, names)
    later = bool(commodity and stretch.scope != commodity.scopes[0])
    return f"{stretch.scope}: {named}" if later else named


def _joined(told: Sequence[str]) -> str:
    """The leading ones in one sentence, and how many more there are."""
    more = f"; {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    first, *others = told
    return "; ".join([first, *map(lower_first, others[: MOST_NAMED - 1])]) + more


Lead = Callable[[Answer, Question], str]
LEADS: Mapping[View, Lead] = {
    "trend": trend,
    "ranking": ranking,
    "average": average,
    "record": record,
    "growth": growth,
    "highlights": highlights,
    "sources": sources,
    "export": export,
    "release": release,
}
