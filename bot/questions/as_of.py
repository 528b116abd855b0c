"""A question put together with the record of the day on whose knowledge it rests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Month
from bot.questions.followup import settled
from bot.questions.items import Item
from bot.questions.knowing import Now
from bot.questions.known import TODAY, Known, known_of
from bot.questions.named import day_name
from bot.questions.question import Issue, Question, Unresolved, View
from bot.questions.record import Record
from bot.questions.refused import Refused, offers
from bot.questions.said import Said
from bot.words import say
from bot.words.joints import sentences

FIRST_VIEWS = frozenset[View]({"figure", "overview", "compare", "growth", "sources", "export"})


def settled_then(
    said: Said, items: Sequence[Item], now: Now, last: Question | None, record: Record
) -> Question:
    """The question, with the times that were left open taken from the record of its day; or a Refused."""
    if any(item.sense == "known" and item.value == "since" for item in items):
        said = _revised_since(said, items, last)
    if any(item.value == "lately" for item in items):
        raise _since_when(said, last, record)
    if not now and "revisions" in said.wish.views and last and (last.as_of or last.first):
        now = _of_last(said, items, last)
    if now == "beside":
        said = replace(said, wish=replace(said.wish, views=("revisions",), growth=frozenset()))
    found = known_of(items, now, said.times.period, last, record.today)
    if now == "latest":
        raise _latest(said, last, record)
    asked = [
        _at(said if known == said.known else replace(said, known=known), items, last, record)
        for known in found
    ]
    if len(asked) > 1:
        raise Refused.among(asked, say("refused.which"), record.catalogue)
    return asked[0]


def either(replies: Sequence[Question | Unresolved], record: Record) -> Question | Unresolved:
    """What can be meant in two ways: that which makes a question, or asked back where both do."""
    found: list[Question] = []
    for reply in replies:
        if isinstance(reply, Question):
            found.append(reply)
        elif reply.outcome == "ask_back":
            found += reply.suggestions
        else:
            return reply
    if len(offers(found)) < 2:
        return replies[0]
    return Refused.among(found, say("refused.which"), record.catalogue).reply


def _of_last(said: Said, items: Sequence[Item], last: Question) -> Now:
    """Whether revisions are asked of what was known in the thread: was it revised since then?"""
    if last.view == "revisions" or any(item.sense == "known" for item in items):
        return ""
    return "now" if said.commodities and said.times.said else "beside"


def _since_when(said: Said, last: Question | None, record: Record) -> Refused:
    """Asks since when what was "revised lately" is to be told."""
    wish = replace(said.wish, views=("revisions",))
    months = [Month(record.today.year, record.today.month).plus(-back) for back in (3, 12)]
    days = [date(month.year, month.number, 1) for month in months]
    asked = [replace(said, wish=wish, known=Known(since=day)) for day in days]
    found = [settled(one, _today(last), record) for one in asked]
    return Refused.among(found, say("as_of.since_when"), record.catalogue)


def _revised_since(said: Said, items: Sequence[Item], last: Question | None) -> Said:
    """What was revised after a day; a day of which a figure is asked is refused."""
    wish = said.wish
    day = next(item for item in items if item.value == "since")
    on_revisions = last is not None and last.view == "revisions"
    bare = day.text.startswith("since") or day.text.endswith(("以来", "之后", "以后"))
    if bare and not (wish.views or wish.growth or on_revisions):
        raise Refused.unclear(day.text, say("as_of.no_days", since=day.text))
    return replace(said, wish=replace(wish, views=("revisions",), growth=frozenset()))


def _at(said: Said, items: Sequence[Item], last: Question | None, record: Record) -> Question:
    known = said.known
    for day in (known.as_of, known.since):
        if day and day > record.today:
            raise _instead(said, last, record, say("as_of.to_come", day=day_name(day)))
    if known.as_of == record.today:
        known = replace(known, as_of=None)
        said = replace(said, known=known)
    then = record.as_of(known.as_of) if known.as_of else record
    if known.said and known.as_of and last and _left_open(said, last, then):
        said = replace(said, times=replace(said.times, latest=True))
    if known.as_of and _nothing_yet(then) and known.as_of < record.begins:
        days = {"day": day_name(known.as_of), "begins": day_name(record.begins)}
        sentence = say("as_of.nothing_yet", **days)
        raise _instead(said, last, record, sentence)
    question = _restated(settled(said, last, then), items)
    return _checked(question, said, last, record)


def _left_open(said: Said, last: Question, then: Record) -> bool:
    """Whether the thread is about the newest month, which was another one on the day that is asked for."""
    if said.times.said or not (last.open_ended and last.period and last.period.kind in ("month", "ytd")):
        return False
    if last.as_of:
        return True
    about = {"partner": last.partner, "measure": last.measure, "kind": last.period.kind}
    newest = then.newest(last.commodities, last.flows, **about)  # type: ignore[arg-type]
    return newest is None or newest < last.period.end


def _nothing_yet(record: Record) -> bool:
    return record.newest(tuple(record.catalogue), ("export", "import")) is None


def _restated(question: Question, items: Sequence[Item]) -> Question:
    before = any(item.sense == "known" and item.value == "before" for item in items)
    return replace(question, restated=(*question.restated, say("as_of.unrevised"))) if before else question


def _checked(question: Question, said: Said, last: Question | None, record: Record) -> Question:
    """The question, where its view can rest on another day's knowledge."""
    if question.view == "release" and (question.as_of or question.first):
        raise _instead(said, last, record, say("as_of.calendar"))
    if question.first and question.view not in FIRST_VIEWS:
        instead = replace(question, view="revisions", first=False, change=None, order="highest", top=5)
        raise Refused.among([instead], say("as_of.first_of_several"), record.catalogue)
    return question


def _instead(said: Said, last: Question | None, record: Record, sentence: str) -> Refused:
    """A refusal that offers the same as it is known today."""
    plain = _today(last)
    try:
        found = offers([settled(replace(said, known=TODAY), plain, record)])
    except Refused as refused:
        found = refused.reply.suggestions
    issue = Issue("", sentences([sentence, say("as_of.today_instead")]))
    return Refused(Unresolved("outside", (issue,), found))


def _today(last: Question | None) -> Question | None:
    """The last question, as it is known today."""
    return replace(last, as_of=None, first=False, since=None) if last else None


def _latest(said: Said, last: Question | None, record: Record) -> Refused:
    """Asks whether the newest printing is meant, or the newest month."""
    plain = replace(said, known=Known(said=True))
    same = settled(plain, _today(last), record)
    newest = settled(replace(plain, times=replace(said.times, latest=True)), _today(last), record)
    return Refused.among((same, newest), say("as_of.same_or_newest"), record.catalogue)
