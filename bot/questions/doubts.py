"""What makes no one question, or more than one: refused, or asked back with each that can be meant."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dataset.model import MEASURES, Flow
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.record import Record
from bot.questions.refused import Refused, offers
from bot.questions.said import Said
from bot.questions.subject import BOTH, codes_clash, known_pairs
from bot.questions.times import Times
from bot.questions.views import needs_span
from bot.words import say
from bot.words.countries import country

Settle = Callable[[Said], Question]  # what is said, after the thread's last question, as a question
_FLOWS: Mapping[str, tuple[Flow, ...]] = {
    "export": ("export",),
    "import": ("import",),
    "both": BOTH,
    "net": ("net",),
}


def refuse_whose(said: Said, last: Question | None, record: Record, settle: Settle) -> None:
    """A Refused where it is open whose trade is meant: a partner's, all countries' or the world's own."""
    share = "%" in said.units
    if len(said.partners) > 1:
        raise _one_country(said, record, settle)
    if said.world_trade and not said.partners and not share and not (last and last.partner):
        raise _not_the_worlds(said, record, settle)
    if said.total_apart or (said.total and last and last.partner and _of_countries(said, last)):
        raise _total_of_whom(said, record, settle)
    if said.theirs and not share:
        raise _whose_exports(said, record, settle)
    if said.world and said.partners and not share:
        raise _beside_the_world(said, record, settle)
    if share and not said.partners and not (last and last.partner):
        raise _whose(said, record, settle)


def refuse_what(said: Said, last: Question | None, record: Record, settle: Settle) -> None:
    """A Refused where what is named makes no one question."""
    if said.pairs and not known_pairs(said, record):
        raise _one_pair(said, record, settle)
    if said.scopes and codes_clash(tuple(dict.fromkeys(said.scopes)), said.commodities, record):
        raise _one_code(said, record, settle)
    if len(said.measures) > 1:
        raise _one_measure(said, record, settle)
    if said.ratio:
        raise Refused.unclear("per tonne of", say("doubts.ratio"))
    if said.apart:
        raise _one_time(said, record, settle)
    if said.beside_net:
        raise _one_kind_of_flow(said, record, settle)
    if said.same and not last and said.times.period and said.times.period.bare_year:
        raise Refused.unclear("the same", say("doubts.same_as_what"))


def _one_measure(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks which of several measures is meant; where a unit fits one of them alone, nothing is offered."""
    if said.units:
        return Refused.unclear("", say("refused.one_measure"))
    named = [measure for measure in MEASURES if measure in said.measures]
    found = [settle(replace(said, measures=frozenset({measure}))) for measure in named]
    money = "quantity" not in said.measures
    sentence = say("doubts.which_money" if money else "refused.one_measure")
    return Refused.among(found, sentence, record.catalogue)


def _not_the_worlds(said: Said, record: Record, settle: Settle) -> Refused:
    """The world's own trade lies outside; China's with the world is what there is."""
    asked = settle(replace(said, world_trade=False))
    return Refused(Unresolved("outside", (Issue("world", say("doubts.not_the_worlds")),), offers([asked])))


def _whose_exports(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks whether exports are China's to that country, or the country's own to China."""
    plain = replace(said, theirs=False)
    both = [replace(plain, flows=_FLOWS[flow]) for flow in BOTH]
    return Refused.among([settle(one) for one in both], say("doubts.whose_exports"), record.catalogue)


def _total_of_whom(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks whether the total is of all countries or of the one that is spoken of."""
    plain = replace(said, total=False, total_apart=False, times=_alone(said.times))
    choices = [settle(replace(plain, partners=(), world=True)), settle(plain)]
    return Refused.among(choices, say("doubts.total_of_whom"), record.catalogue)


def _beside_the_world(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks for one of a partner's figure, the world's, and the share that the one is of the other."""
    plain = replace(said, world=False, world_trade=False, times=_alone(said.times))
    each = [replace(plain, units=("%",)), plain, replace(plain, partners=(), world=True)]
    sentence = say("doubts.beside_the_world", partner=country(said.partners[0]))
    return Refused.among([settle(one) for one in each], sentence, record.catalogue)


def _one_country(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks which of the countries is meant."""
    plain = replace(said, times=_alone(said.times))
    each = [settle(replace(plain, partners=(name,))) for name in said.partners]
    return Refused.one_of([country(name) for name in said.partners], say("refused.one_country"), each)


def _one_code(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks which of the codes is meant."""
    holders = {scope: name for name, item in record.catalogue.items() for scope in item.all_scopes}
    plain = replace(said, pairs=(), times=_alone(said.times))
    each = [replace(plain, scopes=(scope,), commodities=(holders[scope],)) for scope in said.scopes]
    return Refused.one_of(said.scopes, say("refused.codes_clash"), [settle(one) for one in each])


def _one_pair(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks which of the series with its own flow is meant: one question has one set of flows."""
    plain = replace(said, pairs=(), beside_net=())
    each = [replace(plain, commodities=(name,), flows=_FLOWS[flow]) for name, flow in said.pairs[:3]]
    return Refused.among([settle(one) for one in each], say("doubts.one_of_these"), record.catalogue)


def _one_time(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks which of the subjects is meant that have a time each."""
    each = [found for one in said.apart if (found := _settled(one, settle))]
    return Refused.among(each, say("doubts.one_period_for_all"), record.catalogue)


def _settled(said: Said, settle: Settle) -> Question | None:
    """The question, if it is one by itself."""
    try:
        return settle(said)
    except Refused:
        return None


def _one_kind_of_flow(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks whether flows are meant as they are, or their difference."""
    plain = replace(said, beside_net=(), times=_alone(said.times))
    each = [replace(plain, flows=flows) for flows in (said.beside_net, ("net",))]
    return Refused.among([settle(one) for one in each], say("doubts.flow_or_net"), record.catalogue)


def _whose(said: Said, record: Record, settle: Settle) -> Refused:
    """Asks whose share is meant: a share is a partner's part of the world's figure."""
    choices: dict[str, Question] = {}
    for name in record.partners:
        asked = settle(replace(said, partners=(name,)))
        if record.newest(asked.commodities, asked.flows, partner=name, measure=asked.measure):
            choices[country(name)] = asked
    return Refused.one_of(tuple(choices), say("doubts.whose_share"), tuple(choices.values()))


def _alone(times: Times) -> Times:
    """The times without what set two things beside each other: after "vs" stood the time of both."""
    if times.against and not times.period:
        times = replace(times, period=times.against, against=None)
    return replace(times, compare=False)


def _of_countries(said: Said, last: Question) -> bool:
    """Whether a total, after a question about one country, can be that of all of them."""
    return bool(said.flows or said.commodities) or not (said.times.said or needs_span(last.view))
