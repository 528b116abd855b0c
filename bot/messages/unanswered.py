"""Reports where no figure answers: not on record, outside the data, asked back, a courtesy."""

from bot.answers.answer import Answer, Missing
from bot.answers.reason import Reason
from bot.dataset.model import Figure, Series
from bot.messages.names import Names, lower_first, series_name
from bot.messages.quantities import level, on_year
from bot.messages.report import Report
from bot.messages.safe import neutral, visible
from bot.messages.short_names import short_month, span_name
from bot.messages.tabulated import of_month
from bot.messages.understanding import why
from bot.questions.named import day_name, month_name, named
from bot.questions.question import Question
from bot.words import say
from bot.words.joints import enumeration, sentences

NEAREST = 2


def unread(answer: Answer) -> Report:
    """One sentence for why a text is not answered; what differs stands on the buttons."""
    told = sentences(reasons(answer))
    pairs = {each.pairs for each in answer.offers}
    if answer.outcome == "ask_back" and len(pairs) == 1 and answer.reading and len(min(pairs)) == 1:
        ((pair,),) = pairs
        named_series = series_name(Series(pair.commodity, pair.flow, pair.partner), answer.catalogue)
        told = say("report.item", name=named_series, value=lower_first(told))
    return Report(neutral(visible(told)))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [_worded(answer.reason, answer.catalogue)] if answer.reason else []
    unresolved = why(answer.reading, answer.catalogue) if answer.reading and answer.question is None else []
    return [*(issue.sentence for issue in answer.issues), *unresolved, *told]


def _worded(reason: Reason, names: Names) -> str:
    values = {"period": span_name(reason.period)} if reason.period else {}
    if reason.series:
        named_series = [series_name(each, names) for each in reason.series]
        values["series"] = enumeration([*named_series[:1], *map(lower_first, named_series[1:])])
    return say(f"reasons.{reason.rule}", **values)


def no_figure(answer: Answer, question: Question) -> Report:
    """What is not on record, and what there is: the newest, January and February as one, the nearest."""
    if not answer.missing:
        return Report(_nothing(answer, question))
    if len({item.series for item in answer.missing}) > 1:
        return _several(answer, question)
    item = answer.missing[0]
    title = say(
        "unanswered.none", series=series_name(item.series, answer.catalogue), period=span_name(item.period)
    )
    return Report(title, _due(item), _instead(item, answer, question))


def _due(item: Missing) -> str:
    """Due 18 December 2026."""
    if item.due is None:
        return ""
    return say("unanswered.was_due" if item.overdue else "unanswered.due", day=day_name(item.due))


def _instead(item: Missing, answer: Answer, question: Question) -> tuple[str, ...]:
    told = [_figure(figure, question) for figure in item.told]
    if item.newest and item.newest.value is not None and not told:
        told = [say("unanswered.newest", told=_figure(item.newest, question))]
    if not told and item.nearest:
        told = [say("unanswered.nearest", periods=enumeration([span_name(each) for each in item.nearest]))]
    if item.holes and len(item.holes) < item.period.length and not item.told:
        told.append(say("unanswered.holes", count=len(item.holes), months=item.period.length))
    return tuple(told[:NEAREST])


def _figure(figure: Figure, question: Question) -> str:
    """July 2026: 300 kt · ▲ 33.0 % on the year."""
    told = say("report.item", name=span_name(figure.period), value=level(figure, question.unit))
    grown = on_year(figure)
    return say("report.dot").join([told, grown]) if grown else told


def _several(answer: Answer, question: Question) -> Report:
    """Of several series: the newest month of all in a table, where there is one."""
    period = span_name(question.period) if question.period else ""
    title = say("unanswered.none", series=say("unanswered.trade"), period=period)
    item = answer.missing[0]
    instead = answer.instead
    if instead and instead.question and instead.question.period and len(instead.figures) > 1:
        newest = instead.question.period
        line = say("unanswered.newest_month", month=span_name(newest))
        return Report(title, _due(item), (line,), table=of_month(instead, newest, question.unit))
    return Report(title, _due(item), (_newest_of(answer),) if _newest_of(answer) else ())


def _newest_of(answer: Answer) -> str:
    found = [item.newest for item in answer.missing if item.newest]
    if not found:
        return ""
    newest = max(found, key=lambda each: each.end)
    return say("unanswered.newest_is", month=short_month(newest.end))


def _nothing(answer: Answer, question: Question) -> str:
    series = [series_name(each.series, answer.catalogue) for each in answer.missing[:1]]
    period = span_name(question.period) if question.period else ""
    name = series[0] if series else say("unanswered.trade")
    return (
        say("unanswered.none", series=name, period=period)
        if period
        else say("unanswered.none_at_all", series=name)
    )


def lack(answer: Answer) -> str:
    """What the record lacks at its newer end: October due since 20 November."""
    item = answer.lack
    if item is None:
        return ""
    newest = named(item.newest)
    if not (item.due and item.since):
        return say(
            "unanswered.expected",
            newest=newest,
            month=month_name(item.following.number),
            day=day_name(item.expected),
        )
    return say(
        "unanswered.overdue", newest=newest, month=month_name(item.due.number), since=day_name(item.since)
    )
