"""Reports where no figure answers: not on record, outside the data, asked back, a courtesy."""

from bot.answers.answer import Answer
from bot.answers.missing import Missing
from bot.dataset.model import Figure, Series
from bot.messages.names import Names, lower_first, named_together, series_name, upper_first
from bot.messages.period_names import short_month, span_name
from bot.messages.quantities import level, on_year
from bot.messages.report import Report
from bot.messages.safe import neutral, visible
from bot.messages.tabulated import of_month
from bot.questions.named import day_name, month_name, named
from bot.questions.question import Question
from bot.questions.reading import Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, say, say_or, speaking
from bot.words.folder import folder_note
from bot.words.joints import enumeration, sentences

NEAREST, NAMED = 2, 2
SHOWN = 40  # letters of what was typed
# Troubles that are told in the words of another.
_TOLD_AS = {
    **dict.fromkeys(("weak", "unread", "unclear"), "may_be_meant"),
    **dict.fromkeys(("no_such_time", "future_time"), "time"),
    "soft": "industry",
    "scope": "code",
    "wordless": "greeting",
}


def unread(answer: Answer) -> Report:
    """One sentence for why a text is not answered; what differs stands on the buttons."""
    told = sentences(reasons(answer))
    pairs = {each.pairs for each in answer.offers}
    if answer.outcome == "ask_back" and len(pairs) == 1 and answer.reading and len(min(pairs)) == 1:
        ((pair,),) = pairs
        name = series_name(Series(pair.commodity, pair.flow, pair.partner), answer.catalogue)
        told = say("report.item", name=name, value=lower_first(told))
    return Report(neutral(visible(told)))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [issue.sentence for issue in answer.issues]
    read = answer.reading if answer.question is None else None
    if read and read.reason and read.outcome != "silent":  # what is not for us is not answered
        told.append(worded(read.reason, answer.catalogue))
    if reason := answer.reason:
        values = {"period": span_name(reason.period)} if reason.period else {}
        if reason.series:
            values["series"] = named_together([series_name(each, answer.catalogue) for each in reason.series])
        told.append(say(f"reasons.{reason.rule}", **values))
    return told


def worded(reason: Reason, names: Names) -> str:
    """The sentence for a kind of trouble, with the words that it is about."""
    said = (reason.words[0] if reason.words else "")[:SHOWN]
    match reason.kind:
        case "command":
            return sentences((say(f"commands.{said}"), say(f"commands.{said}_in_terminal")))
        case "language":
            return _languages()
        case "reset":
            return say("replies.started_over")
    told = _TOLD_AS.get(reason.kind, reason.kind)
    series = upper_first(series_words(said, names))
    if note := folder_note(told):
        return say("reading.noted", said=said, note=note)
    values = {"said": said, "series": series}
    return say_or(say("reading.nothing", **values), f"reading.{told}", **values)


def _languages() -> str:
    """Which ones are read, in each of them."""
    told = []
    for each in LANGUAGES:
        with speaking(each):
            told.append(say("reading.languages"))
    return " · ".join(told)


def no_figure(answer: Answer, question: Question) -> Report:
    """What is not on record, and what there is: the newest, January and February as one, the nearest."""
    if not answer.missing:
        name = say("unanswered.trade")
        if not question.period:
            return Report(say("unanswered.none_at_all", series=name))
        return Report(say("unanswered.none", series=name, period=span_name(question.period)))
    if len({item.series for item in answer.missing}) > 1:
        return _several(answer, question)
    item = answer.missing[0]
    series = series_name(item.series, answer.catalogue)
    title = say("unanswered.none", series=series, period=span_name(item.period))
    return Report(title, _due(item), _instead(item, question))


def _due(item: Missing) -> str:
    """Due 18 December 2026."""
    if item.due is None:
        return ""
    return say("unanswered.was_due" if item.overdue else "unanswered.due", day=day_name(item.due))


def _instead(item: Missing, question: Question) -> tuple[str, ...]:
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
    names = list(dict.fromkeys(series_name(each.series, answer.catalogue) for each in answer.missing))
    series = named_together(names) if len(names) <= NAMED else say("unanswered.trade")
    title = say("unanswered.none", series=series, period=period)
    item, instead = answer.missing[0], answer.instead
    if instead and instead.question and instead.question.period and len(instead.figures) > 1:
        month = instead.question.period
        line = say("unanswered.newest_month", month=span_name(month))
        return Report(title, _due(item), (line,), table=of_month(instead, month, question.unit))
    ends = [each.newest.end for each in answer.missing if each.newest]
    line = say("unanswered.newest_is", month=short_month(max(ends))) if ends else ""
    return Report(title, _due(item), (line,))


def lack(answer: Answer) -> str:
    """What the record lacks at its newer end: October due since 20 November."""
    item = answer.lack
    if item is None:
        return ""
    newest = named(item.newest)
    if item.due and item.since:
        due = month_name(item.due.number)
        return say("unanswered.overdue", newest=newest, month=due, since=day_name(item.since))
    month = month_name(item.following.number)
    return say("unanswered.expected", newest=newest, month=month, day=day_name(item.expected))
