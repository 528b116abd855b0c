"""What is asked about, before the time of it: series, flow, partner, measure, unit, scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args

from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.question import Pair, Unit
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.speak import series_words
from bot.words import say
from bot.words.countries import country
from bot.words.joints import both, comma

_BY_DAY = frozenset({"t", "kt", "Mt", "t/day"})
BOTH: tuple[Flow, ...] = ("export", "import")
_UNITS: dict[Unit, str] = {"wan_t": "万吨", "st": "short tons"}  # as they are written


@dataclass(frozen=True, slots=True)
class Subject:
    """A question without its period: the fields mean what they mean there."""

    commodities: tuple[str, ...]
    flows: tuple[Flow, ...]
    partner: str = ""
    measure: Measure = "quantity"
    unit: Unit = "t"
    scope: str | None = None
    restated: tuple[str, ...] = ()
    pairs: tuple[tuple[str, Flow], ...] = ()  # where not every series is asked for in every flow

    @property
    def lines(self) -> tuple[Pair, ...]:
        """The pairs of a Question."""
        named = self.pairs or product(self.commodities, self.flows)
        return tuple(Pair(name, flow, self.partner) for name, flow in named)


def subject_of(said: Said, last: Subject | None, record: Record) -> Subject:
    """What was said, else what the last question was about, else everything; or a Refused."""
    partner = _partner(said, last)
    commodities, flows = _series(said, last, record, partner)
    flows, owned_up = _own_flows(said, last, record, commodities, flows)
    measure, by_value = _measure(said, last, record, Subject(commodities, flows, partner))
    return Subject(
        commodities,
        flows,
        partner,
        measure,
        _unit(said, last, measure),
        _scope(said, last, record, commodities),
        (*said.restated, *owned_up, *by_value),
        _pairs(said, last, record),
    )


def known_pairs(said: Said, record: Record) -> tuple[tuple[str, Flow], ...]:
    """The series that were each said with a flow of their own, if all of them are lines that there are."""
    if not said.pairs:
        return ()
    lines = {(name, flow): flow for name, item in record.catalogue.items() for flow in item.flows}
    known = tuple((name, lines[name, flow]) for name, flow in said.pairs if (name, flow) in lines)  # type: ignore[index]
    return known if len(known) == len(said.pairs) else ()


def _pairs(said: Said, last: Subject | None, record: Record) -> tuple[tuple[str, Flow], ...]:
    """The pairs, unless every series stands with every flow anyway."""
    pairs = known_pairs(said, record)
    if not pairs:
        named = said.commodities or said.flows or said.everything
        return last.pairs if last and not named else ()
    every = product({name for name, _ in pairs}, {flow for _, flow in pairs})
    return () if set(pairs) == set(every) else pairs


def _partner(said: Said, last: Subject | None) -> str:
    if len(said.partners) > 1:
        names = [country(name) for name in said.partners]
        raise Refused.one_of(names, say("refused.one_country"))
    if said.partners:
        return said.partners[0]
    return last.partner if last and not said.world else ""


def _series(
    said: Said, last: Subject | None, record: Record, partner: str
) -> tuple[tuple[str, ...], tuple[Flow, ...]]:
    everything = tuple(record.catalogue)
    if said.everything:
        return everything, said.flows or BOTH
    if last:
        beside = (
            last.commodities if said.times.compare and not said.times.said else ()
        )  # "compare with bauxite"
        named = said.commodities or last.commodities
        flows = said.flows or last.flows
        if beside and said.flows and not said.commodities:  # "vs imports": beside the last question's
            flows = BOTH if {*flows, *last.flows} == set(BOTH) else flows
        return tuple(dict.fromkeys([*beside, *named])), flows
    named, flows = said.commodities or everything, said.flows or BOTH
    pairs = _on_record(named, flows, partner, record) if partner else []
    if not pairs:
        return named, flows
    found = [flow for flow in flows if any(flow == other for _, other in pairs)]
    return said.commodities or tuple(dict.fromkeys(name for name, _ in pairs)), said.flows or tuple(found)


def _on_record(
    commodities: Sequence[str], flows: Sequence[Flow], partner: str, record: Record
) -> list[tuple[str, Flow]]:
    """The series of which that partner has any rows."""
    return [
        (name, flow)
        for name in commodities
        for flow in flows
        if any(
            record.newest([name], [flow], partner=partner, measure=measure) for measure in get_args(Measure)
        )
    ]


def _own_flows(
    said: Said, last: Subject | None, record: Record, commodities: tuple[str, ...], flows: tuple[Flow, ...]
) -> tuple[tuple[Flow, ...], list[str]]:
    """The flows that the series have, and a clause for each series that lacks one that was asked."""
    had = {name: _having(flows, record.catalogue[name].flows) for name in commodities}
    lacking = [name for name in commodities if not had[name]]
    if len(lacking) == len(commodities):
        return _only_flows(said, last, record, commodities, flows)
    kept = tuple(flow for flow in flows if any(flow in own for own in had.values()))
    named = [] if said.everything or len(commodities) == len(record.catalogue) else lacking
    return kept, [_only(name, record) for name in named]


def _having(flows: Sequence[Flow], own: Sequence[Flow]) -> list[Flow]:
    return [flow for flow in flows if flow in own or (flow == "net" and set(BOTH) <= set(own))]


def _only_flows(
    said: Said, last: Subject | None, record: Record, commodities: tuple[str, ...], flows: tuple[Flow, ...]
) -> tuple[tuple[Flow, ...], list[str]]:
    """Flows nobody asked for in this text give way to the series' own; flows that were said are outside."""
    own = tuple(flow for flow in BOTH if any(flow in record.catalogue[name].flows for name in commodities))
    clauses = [_only(name, record) for name in commodities]
    if last and not said.flows:
        return own, clauses
    told, asked = comma(clauses), say(f"subject.flow_{flows[0]}")
    sentence = say("subject.nothing_on", told=told[0].upper() + told[1:], asked=asked)
    raise Refused.outside(asked, sentence, own)


def _only(name: str, record: Record) -> str:
    flows = [say(f"subject.flow_{flow}") for flow in record.catalogue[name].flows]
    return say("subject.only", series=series_words(name, record.catalogue), flows=both(flows))


def _measure(said: Said, last: Subject | None, record: Record, subject: Subject) -> tuple[Measure, list[str]]:
    if len(said.measures) > 1:
        raise Refused.unclear("", say("refused.one_measure"))
    if said.measures:
        return next(iter(said.measures)), []
    if said.units and said.units != ("%",):
        return "quantity", []
    if subject.partner and (not last or said.partners) and _only_by_value(subject, record):
        return "value", [say("subject.only_value", partner=country(subject.partner))]
    return (last.measure if last else "quantity"), []


def _only_by_value(subject: Subject, record: Record) -> bool:
    def newest(measure: Measure) -> bool:
        found = record.newest(subject.commodities, subject.flows, partner=subject.partner, measure=measure)
        return found is not None

    return not newest("quantity") and newest("value")


def _unit(said: Said, last: Subject | None, measure: Measure) -> Unit:
    if len(said.units) > 1 and set(said.units) <= _BY_DAY and "t/day" in said.units:
        return "t/day"  # "how many tonnes is that per day"
    if len(said.units) > 1:
        raise Refused.unclear(" and ".join(said.units), say("subject.one_unit"))
    if said.units and (measure == "quantity" or (said.units == ("%",) and measure == "value")):
        return said.units[0]
    if said.units and (measure == "value" or said.units != ("t",)):
        raise Refused.unclear(
            said.units[0], say("subject.no_such_unit", unit=_UNITS.get(said.units[0], said.units[0]))
        )
    if last and last.measure == measure and (last.unit != "%" or not said.world):
        return last.unit
    return UNITS[measure]


def codes_clash(scopes: Sequence[str], commodities: Sequence[str], record: Record) -> bool:
    """Whether the codes count different things, so that no one question holds them."""
    if len(scopes) < 2 and len(commodities) < 2:
        return False
    leading = {record.catalogue[name].scopes[0] for name in commodities}
    return len(scopes) > len(commodities) or not leading.issuperset(scopes)


def _scope(said: Said, last: Subject | None, record: Record, commodities: tuple[str, ...]) -> str | None:
    scopes = tuple(dict.fromkeys(said.scopes))
    if not scopes:
        return last.scope if last and not said.commodities and last.commodities == commodities else None
    if codes_clash(scopes, commodities, record):
        raise Refused.one_of(scopes, say("refused.codes_clash"))
    return scopes[0] if len(commodities) == 1 else None
