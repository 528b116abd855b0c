"""Reports where no figure answers: not on record, outside the data, asked back, a courtesy."""

from bot.answers.answer import Answer
from bot.answers.missing import Missing
from bot.dataset.model import Figure, Series
from bot.messages import names as naming
from bot.messages.names import Names
from bot.messages.quantities import level, on_year
from bot.messages.report import Report
from bot.messages.safe import neutral, visible
from bot.messages.tabulated import of_month
from bot.questions.named import month_name
from bot.questions.question import Question
from bot.questions.reading import Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, Language, say, say_or, speaking
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
    told, pairs = sentences(reasons(answer)), {each.pairs for each in answer.offers}
    if answer.outcome == "ask_back" and len(pairs) == 1 and answer.reading and len(min(pairs)) == 1:
        name = naming.series_name(Series(*min(pairs)[0]), answer.catalogue)
        told = say("report.item", name=name, value=naming.lower_first(told))
    return Report(neutral(visible(told)))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [issue.sentence for issue in answer.issues]
    read = answer.reading if answer.question is None else None
    if read and read.reason and read.outcome != "silent":  # what is not for us is not answered
        told.append(worded(read.reason, answer.catalogue))
    if reason := answer.reason:
        series = naming.named_together([naming.series_name(each, answer.catalogue) for each in reason.series])
        told.append(say(f"reasons.{reason.rule}", period=reason.period or "", series=series))
    return told


def worded(reason: Reason, names: Names) -> str:
    """The sentence for a kind of trouble, with the words that it is about."""
    said = (reason.words[0] if reason.words else "")[:SHOWN]
    match reason.kind:
        case "command":
            return sentences((say(f"commands.{said}"), say(f"commands.{said}_in_terminal")))
        case "language":
            return " · ".join(map(_reads, LANGUAGES))
        case "reset":
            return say("replies.started_over")
    told = _TOLD_AS.get(reason.kind, reason.kind)
    series = naming.upper_first(series_words(said, names))
    if note := folder_note(told):
        return say("reading.noted", said=said, note=note)
    values = {"said": said, "series": series}
    return say_or(say("reading.nothing", **values), f"reading.{told}", **values)


def _reads(spoken: Language) -> str:
    with speaking(spoken):
        return say("reading.languages")


def no_figure(answer: Answer, question: Question) -> Report:
    """What is not on record, and what there is: the newest, January and February as one, the nearest."""
    if not answer.missing:
        name, when = say("unanswered.trade"), question.period
        nothing = say("unanswered.none", series=name, period=when) if when else ""
        return Report(nothing or say("unanswered.none_at_all", series=name))
    if len({item.series for item in answer.missing}) > 1:
        return _several(answer, question)
    item = answer.missing[0]
    series = naming.series_name(item.series, answer.catalogue)
    title = say("unanswered.none", series=series, period=item.period)
    return Report(title, _due(item), _instead(item, question))


def _due(item: Missing) -> str:
    """Due 18 December 2026."""
    if item.due is None:
        return ""
    return say("unanswered.was_due" if item.overdue else "unanswered.due", day=item.due)


def _instead(item: Missing, question: Question) -> tuple[str, ...]:
    told = [_figure(figure, question) for figure in item.told]
    if item.newest and item.newest.value is not None and not told:
        told = [say("unanswered.newest", told=_figure(item.newest, question))]
    if not told and item.nearest:
        told = [say("unanswered.nearest", periods=enumeration(list(map(naming.span_name, item.nearest))))]
    if item.holes and len(item.holes) < item.period.length and not item.told:
        told.append(say("unanswered.holes", count=len(item.holes), months=item.period.length))
    return tuple(told[:NEAREST])


def _figure(figure: Figure, question: Question) -> str:
    """July 2026: 300 kt · ▲ 33.0 % on the year."""
    told = say("report.item", name=figure.period, value=level(figure, question.unit))
    return say("report.dot").join(filter(None, [told, on_year(figure)]))


def _several(answer: Answer, question: Question) -> Report:
    """Of several series: the newest month of all in a table, where there is one."""
    names = list(dict.fromkeys(naming.series_name(each.series, answer.catalogue) for each in answer.missing))
    series = naming.named_together(names) if len(names) <= NAMED else say("unanswered.trade")
    title = say("unanswered.none", series=series, period=question.period or "")
    due, instead = _due(answer.missing[0]), answer.instead
    if instead and instead.question and (month := instead.question.period) and len(instead.figures) > 1:
        table, line = of_month(instead, month, question.unit), say("unanswered.newest_month", month=month)
        return Report(title, due, (line,), table=table)
    ends = [each.newest.end for each in answer.missing if each.newest]
    line = say("unanswered.newest_is", month=naming.short_month(max(ends))) if ends else ""
    return Report(title, due, (line,))


def lack(answer: Answer) -> str:
    """What the record lacks at its newer end: October due since 20 November."""
    if not (item := answer.lack):
        return ""
    if item.due and item.since:
        due = month_name(item.due.number)
        return say("unanswered.overdue", newest=item.newest, month=due, since=item.since)
    month = month_name(item.following.number)
    return say("unanswered.expected", newest=item.newest, month=month, day=item.expected)
