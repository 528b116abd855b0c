"""What was said joined with the thread's last question: only what is said changes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dataset.calendar import Period
from bot.dataset.model import Flow
from bot.questions.items import Moment
from bot.questions.maker import Maker
from bot.questions.question import Question
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.several import joined, stretch
from bot.questions.speak import words
from bot.questions.subject import BOTH, Subject, subject_of
from bot.questions.times import Times
from bot.questions.views import needs_span


def settled(said: Said, last: Question | None, record: Record) -> Question:
    """The question that was said, completed from the last one and the record; or a Refused."""
    if said.pairs:
        raise _one_pair(said, last, record)
    if said.apart:
        raise Refused.unclear("", "One of these at a time: a question has one period for all that it names.")
    if said.world and said.partners and "%" not in said.units:
        sentence = f"{said.partners[0]} beside the world: ask for its share, or for one of the two."
        raise Refused.unclear("world", sentence)
    if "%" in said.units and not said.partners and not (last and last.partner):
        raise _whose(said, last, record)
    times = said.times
    if times.against and not times.period and _two_sides(said):
        times = replace(times, period=times.against, against=None)
    maker = Maker(subject_of(said, _subject(last), record), said, last, record)
    named = said.commodities or said.flows or last
    if said.wish.together and named and not times.several and not (last and last.against):
        _one_sum(maker.subject)
    if times.several:
        return maker.question(_several(maker, times))
    if said.wish.few:
        raise _how_many(maker, times)
    if times.starts and times.period and not times.period.rolling and not times.period.first:
        raise _from(maker, times)
    return maker.question(_of_last(times, maker, said))


def _one_sum(subject: Subject) -> None:
    """A Refused where several lines would have to be added."""
    if len(subject.commodities) > 1 or len(subject.flows) > 1:
        raise Refused.unclear("together", "Lines are never added up: they count different things.")


def _several(maker: Maker, times: Times) -> Times:
    """Several periods as one or two; otherwise it is asked which."""
    spanned = any(needs_span(view) for view in maker.said.wish.views)
    alone = [replace(times, period=moment, several=(), compare=False, back="") for moment in times.several]
    if found := joined(times, [maker.period(one).period for one in alone], spanned=spanned):
        return found
    choices = [maker.question(one) for one in alone[:3]]
    periods = [question.period.name for question in choices if question.period]
    raise Refused.one_of(
        periods, "One period at a time: which of them?", [maker.words(item) for item in choices]
    )


def _how_many(maker: Maker, times: Times) -> Refused:
    """Asks how many months "the last few" are."""
    few = [replace(times, period=Moment("range", back=back)) for back in (3, 6, 12)]
    names = ["past 3 months", "past 6 months", "past 12 months"]
    return Refused.one_of(names, "How many months?", [maker.words(maker.question(one)) for one in few])


def _from(maker: Maker, times: Times) -> Refused:
    """Asks whether "from march" is that month or what came after it too."""
    onwards = replace(times, period=Moment("range", first=times.period), starts=False)
    choices = [maker.question(times), maker.question(onwards)]
    names = [question.period.name for question in choices if question.period]
    return Refused.one_of(
        names, "That alone, or everything from there on?", [maker.words(one) for one in choices]
    )


def _of_last(times: Times, maker: Maker, said: Said) -> Times:
    """The times that point at the last question's: "since then", "those two months together"."""
    last = maker.last
    if times.since and not times.period:
        if not last or not last.period:
            raise Refused.unclear("since", "Since when? Write “since 2021”, say.")
        return replace(times, period=Moment("range", first=Moment.of(last.period.start)))
    if times.said or times.compare or not (said.wish.those or times.total):
        return times
    if last and last.period and last.against:
        return _united(times, last.period, last.against) if times.total else times
    if said.wish.those and not (last and last.period and last.period.length > 1):
        raise _which_two(maker, times, last)
    return times


def _united(times: Times, period: Period, against: Period) -> Times:
    """Two periods as the one stretch that they make."""
    first, second = sorted((period, against))
    if first.end.plus(1) != second.start:
        raise Refused.unclear(
            f"{first.name} and {second.name}",
            f"{first.name} and {second.name} do not adjoin: no total of both.",
        )
    return replace(times, period=stretch((first, second)))


def _which_two(maker: Maker, times: Times, last: Question | None) -> Refused:
    """Asks for the months that "those two" are: the last question names one."""
    if not last or not last.period:
        return Refused.unclear("those", "Which two? Write “february to march 2024”, say.")
    end = last.period.end
    pairs = [(end.plus(-1), end), (end, end.plus(1))]
    moments = [Moment("range", b.year, b.number, first=Moment.of(a)) for a, b in pairs]
    choices = [maker.question(replace(times, period=moment)) for moment in moments]
    names = [question.period.name for question in choices if question.period]
    return Refused.one_of(names, "Which two months?", [maker.words(one) for one in choices])


_FLOWS: Mapping[str, tuple[Flow, ...]] = {
    "export": ("export",),
    "import": ("import",),
    "both": BOTH,
    "net": ("net",),
}


def _one_pair(said: Said, last: Question | None, record: Record) -> Refused:
    """Asks which of the series with its own flow is meant: one question has one set of flows."""
    each = [replace(said, pairs=(), commodities=(name,), flows=_FLOWS[flow]) for name, flow in said.pairs[:3]]
    choices = [words(settled(one, last, record), record.catalogue) for one in each]
    return Refused.one_of(choices, "One of these at a time: which?", choices)


def _whose(said: Said, last: Question | None, record: Record) -> Refused:
    """Asks whose share is meant: a share is a partner's part of the world's figure."""
    choices: dict[str, str] = {}
    for name in record.partners:
        asked = settled(replace(said, partners=(name,)), last, record)
        if record.newest(asked.commodities, asked.flows, partner=name, measure=asked.measure):
            choices[name] = words(asked, record.catalogue)
    sentence = "A share is a country's part of the world's figure: whose?"
    return Refused.one_of(tuple(choices), sentence, tuple(choices.values()))


def _two_sides(said: Said) -> bool:
    """Whether series or flows are set side by side ("exports vs imports"): the time is then that of both."""
    return len(said.commodities) > 1 or len(said.flows) > 1


def _subject(last: Question | None) -> Subject | None:
    if last is None:
        return None
    return Subject(last.commodities, last.flows, last.partner, last.measure, last.unit, last.scope)
