"""What a reader would else take for something else: one short line each, two at most."""

from collections.abc import Iterator

from bot.answers.answer import Answer
from bot.answers.missing import Missing
from bot.dataset.model import Figure
from bot.messages import names as naming
from bot.messages.blocks import neutral, visible
from bot.messages.quantities import is_later_scope, level, on_year
from bot.profile import profile
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import period_name
from bot.questions.question import Unit
from bot.questions.reading import Reading
from bot.questions.spelling import FREQUENT, rank
from bot.words import clauses, comma, enumeration, language, listed, say, say_count
from bot.words.folder import own_name

MOST, NAMED, NEAREST = 2, 3, 2
FEW = 4  # months that are named
NOTE = "¹"
_ASSUMED = {"fiscal year": "fiscal_year", "same months": "same_months", "from January": "from_january"}


def caveats(answer: Answer, *, marked: bool = False) -> tuple[str, ...]:
    """The two that matter most; `marked`: rows of a table point to the scope with a sign."""
    period = answer.question.period if answer.question else None
    cut = [say("caveats.cut", shown=period.length, asked=answer.cut.length)] if period and answer.cut else []
    told = (*_read(answer), *cut, *_remarks(answer, marked=marked), *_holes(answer), *_lacking(answer))
    return tuple(map(naming.upper_first, dict.fromkeys(told)))[:MOST]


def notes(answer: Answer) -> list[str]:
    """Every sentence beside the figures, for programs: caveats, and each figure that is not on record."""
    lost = map(missing, answer.missing)
    return [*dict.fromkeys((*_read(answer), *_remarks(answer), *lost, *_holes(answer)))]


def _read(answer: Answer) -> Iterator[str]:
    """How the text was read, where not to the letter; on which day's knowledge it rests."""
    question, reading = answer.question, answer.reading
    if reading and reading.outcome == "asks" and (told := [*mended(reading), *_taken(reading)]):
        yield naming.upper_first(neutral(visible(clauses(told))))
    if item := answer.not_out:
        yield clauses([say("caveats.not_out", month=item.period), *due(item)])
    if question and question.as_of:
        yield say("caveats.as_of", day=question.as_of)
    elif question and question.first:
        yield say("caveats.first")


def mended(reading: Reading | ConditionReading) -> list[str]:
    """A clause for each slip that was set right."""
    return [say("reading.read_as", said=typed, meant=meant) for typed, meant in reading.corrected.items()]


def _taken(reading: Reading) -> Iterator[str]:
    """A clause for each thing that was taken for granted, and one for what was left aside."""
    yield from (say(f"reading.taken_{name}") for kind, name in _ASSUMED.items() if kind in reading.assumed)
    words = [each for each in reading.left_aside if each.isascii() and each[0].isalpha() and len(each) > 3]
    if strange := [each for each in words if rank(each) >= FREQUENT][:4]:
        yield say("reading.left_aside", words=listed(strange))


def _remarks(answer: Answer, *, marked: bool = False) -> Iterator[str]:
    """What is held, what counts something else, what could not be put together, what is unusual."""
    if answer.held:
        months = sorted({each.row.period.end for each in answer.held})
        yield say_count("caveats.held", len(months), months=naming.month_list(months[-NAMED:]))
    yield from _scopes(answer, marked=marked)
    newest = max((figure.end for figure in answer.figures), default=None) if answer.clashes else None
    for clash in [each for each in answer.clashes if newest in (None, each.period.end)][:1]:
        scopes = {"scope": own_name(clash.scope), "other": own_name(clash.other_scope)}
        yield say(f"caveats.clash_{clash.operation}", series=naming.in_sentence(clash.series), **scopes)
    rows = (item.row for figure in answer.figures for item in figure.inputs)
    if unusual := next((row for row in rows if row.unusual), None):
        yield say("caveats.unusual", period=period_name(unusual.period))


def _scopes(answer: Answer, *, marked: bool) -> Iterator[str]:
    """HS 2818, wider than alumina, partly estimated."""
    figures = (*answer.figures, *answer.around)
    partly = say("caveats.partly_estimated") if any(each.estimated for each in figures) else ""
    later = [each for each in figures if is_later_scope(each)]
    estimated = {(each.series.commodity, each.scope) for each in later if each.estimated}
    for own in dict.fromkeys((each.series.commodity, each.scope) for each in later):
        told = [scope_told(*own), *([partly] if own in estimated else [])]
        yield (f"{NOTE} " if marked else "") + comma(told)
    if partly and not later:
        yield partly


def scope_told(name: str, scope: str) -> str:
    """The scope; of a later one what it counts beside the series' own."""
    commodity = profile().catalogue[name]
    if scope == commodity.scopes[0]:
        return own_name(scope)
    kind = "narrower" if scope in commodity.narrower_scopes else "wider"
    full_name = commodity.name_zh if language() == "zh" else commodity.name_en
    return say(f"caveats.scope_{kind}", scope=own_name(scope), name=naming.lower_first(full_name))


def _holes(answer: Answer) -> Iterator[str]:
    for stretch in (each for each in answer.stretches if each.holes):
        lost = [month for month in stretch.holes if month not in stretch.elsewhere]
        told = say("caveats.holes_named", months=naming.month_list(lost)) if lost else ""
        if len(lost) > FEW:
            told = say("caveats.holes", count=len(lost), all=stretch.period.length)
        if stretch.other_scope:
            values = {"months": naming.month_list(stretch.elsewhere), "scope": own_name(stretch.other_scope)}
            told = clauses([*filter(None, [told]), say("caveats.elsewhere", **values)])
        yield told if len(answer.stretches) == 1 else say("report.item", name=stretch.series, value=told)


def _lacking(answer: Answer) -> Iterator[str]:
    """Primary: none since November 2025; one clause for all that is missing."""
    absent = list({item.series: item for item in answer.missing}.values()) if answer.figures else []
    known = {figure.series for figure in answer.figures}
    # Of several periods those that a series lacks: "January 2022 and 2023 are not on record".
    several = answer.question and len(answer.question.periods) > 1
    for series in dict.fromkeys(item.series for item in answer.missing if several and item.series in known):
        names = [naming.short_period(item.period) for item in answer.missing if item.series == series]
        told = say("caveats.holes_named", months=enumeration(names))
        yield told if len(known) == 1 else say("report.item", name=series, value=told)
    if len(absent) > 1:
        names = [naming.in_sentence(each.series) for each in absent]
        if len(names) > NAMED + 1:  # never "1 more"
            names[NAMED:] = [say("caveats.more", count=len(absent) - NAMED)]
        yield say("caveats.not_on_record", series=listed(names))
    elif absent and absent[0].series not in known:
        (item,) = absent
        if item.together:
            yield say("caveats.together", series=item.series, value=level(item.together))
        elif item.newest and item.newest.period.kind == "month":
            yield say("caveats.none_since", series=item.series, month=naming.short_month(item.newest.end))
        else:
            yield say("caveats.none", series=item.series, period=naming.short_period(item.period))


def missing(item: Missing) -> str:
    """What is not on record, when it is due, what there is in its place, and which months lack."""
    told = [say("unanswered.none", series=item.series, period=item.period), *due(item)]
    told += instead(item) if item.told else map(naming.lower_first, instead(item))
    if item.holes and len(item.holes) < item.period.length:
        told.append(say("caveats.holes_named", months=naming.month_list(item.holes)))
    return clauses(told)


def due(item: Missing) -> list[str]:
    """Due 18 December 2026, where that is known."""
    return [say("unanswered.was_due" if item.overdue else "unanswered.due", day=item.due)] if item.due else []


def instead(item: Missing, unit: Unit = "t") -> list[str]:
    """What there is in its place: January and February as one, the newest, the nearest, how much lacks."""
    told = [_instead(figure, unit) for figure in item.told]
    if item.newest and item.newest.value is not None and not told:
        told = [say("unanswered.newest", told=_instead(item.newest, unit))]
    if item.runs:
        runs = [say("unanswered.run", period=run, scope=own_name(scope)) for scope, run in item.runs]
        told.append(say("unanswered.runs", runs=comma(runs)))
    elif not told and item.nearest:
        told = [say("unanswered.nearest", periods=enumeration(list(map(naming.span_name, item.nearest))))]
    if item.holes and len(item.holes) < item.period.length and not item.told:
        told.append(say("caveats.holes", count=len(item.holes), all=item.period.length))
    return told[:NEAREST]


def _instead(figure: Figure, unit: Unit) -> str:
    """July 2026: 300 kt · ▲ 33.0 % on the year."""
    told = say("report.item", name=figure.period, value=level(figure, unit))
    return say("report.dot").join(filter(None, [told, on_year(figure)]))
