"""Reports where no figure answers: not on record, outside the data, asked back, a courtesy."""

from bot.answers.answer import Answer
from bot.dataset.model import Series
from bot.messages import names as naming
from bot.messages.blocks import neutral, visible
from bot.messages.caveats import due, instead
from bot.messages.of_figures import stated
from bot.messages.report import Report
from bot.profile import profile
from bot.questions.question import Question
from bot.questions.reading import Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, Language, say, say_or, sentences, speaking
from bot.words.folder import folder_note

NAMED, SHOWN_NEWEST = 2, 3
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
    if answer.outcome == "ask_back" and answer.reading and [*map(len, pairs)] == [1]:
        told = say("report.item", name=Series(*min(pairs)[0]), value=naming.lower_first(told))
    return Report(neutral(visible(told)))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [answer.refusal] if answer.refusal else []
    read = answer.reading if answer.question is None else None
    if read and read.reason and read.outcome != "silent":  # what is not for us is not answered
        told.append(worded(read.reason))
    if answer.reason:
        told.append(say(f"reasons.{answer.reason}"))
    return told


def worded(reason: Reason) -> str:
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
    if note := folder_note(told):
        return say("reading.noted", said=said, note=note)
    values = {"said": said, "series": naming.upper_first(series_words(said, profile().catalogue))}
    return say_or(say("reading.nothing", **values), f"reading.{told}", **values)


def _reads(spoken: Language) -> str:
    with speaking(spoken):
        return say("reading.languages")


def no_figure(answer: Answer, question: Question) -> Report:
    """What is not on record, and what there is: the newest, January and February as one, the nearest."""
    if not answer.missing:
        name, when = say("unanswered.trade"), question.period
        at_all = say("unanswered.none_at_all", series=name)
        return Report(say("unanswered.none", series=name, period=when) if when else at_all)
    if len({item.series for item in answer.missing}) > 1:
        return _several(answer, question)
    item = answer.missing[0]
    title = say("unanswered.none", series=item.series, period=item.period)
    return Report(title, "".join(due(item)), tuple(instead(item, question.unit)))


def _several(answer: Answer, question: Question) -> Report:
    """Of several series: the newest figures of the first ones, where there are some."""
    names = list(dict.fromkeys(naming.series_name(each.series) for each in answer.missing))
    series = naming.named_together(names) if len(names) <= NAMED else say("unanswered.trade")
    title = say("unanswered.none", series=series, period=question.period or "")
    newest = {each.series: each.newest for each in answer.missing if each.newest}
    lines = [stated(figure, question.unit) for figure in newest.values() if figure.value is not None]
    return Report(title, "".join(due(answer.missing[0])), tuple(lines[:SHOWN_NEWEST]))
