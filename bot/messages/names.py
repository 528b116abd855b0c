"""The names of series, flows, scopes, statuses, stages and events: as inside a sentence."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.dataset.companions import Commodity
from bot.dataset.model import Event, Flow, Row, Series
from bot.dataset.releases import Stage
from bot.questions.named import day_name
from bot.words import Language, language, say
from bot.words.countries import country
from bot.words.folder import own_name
from bot.words.joints import enumeration

Names = Mapping[str, Commodity]


def lower_first(text: str) -> str:
    """The text for the middle of a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def named_together(names: Sequence[str]) -> str:
    """Alumina exports, bauxite imports and aluminium exports."""
    return enumeration([names[0], *map(lower_first, names[1:])])


def series_name(series: Series, names: Names) -> str:
    """Alumina exports; Bauxite imports from Guinea by value."""
    known = names.get(series.commodity)
    return _series_name(language(), series, commodity_name(known) if known else series.commodity)


@lru_cache(maxsize=1_000)
def _series_name(_: Language, series: Series, commodity: str) -> str:
    if series.partner:
        told = say(f"names.partner_{series.flow}", commodity=commodity, partner=country(series.partner))
    else:
        told = say("names.series", commodity=commodity, flow=flow_name(series.flow))
    return say(f"names.by_{series.measure}", series=told)


def flow_name(flow: Flow) -> str:
    """Exports, imports, net trade: as inside a sentence."""
    return say(f"names.flow_{flow}")


def short_name(commodity: Commodity) -> str:
    """Bauxite (…): the name that lists and first lines have."""
    return commodity.short_zh if language() == "zh" else commodity.short_en


def commodity_name(commodity: Commodity) -> str:
    """Alumina: the short name without what stands in brackets."""
    return short_name(commodity).split(" (")[0]


def scope_name(scope: str) -> str:
    """HS 2818; one that has a name by its name."""
    return own_name(scope)


def status_of(row: Row) -> str:
    """Bulletin, flash, ...; "status not known"."""
    return say(f"names.status_{row.status or 'not_known'}")


def stage_name(stage: Stage) -> str:
    """Preliminary release, monthly bulletin, query by HS code: in what the figures come out."""
    return say(f"names.stage_{stage}")


def event_line(event: Event) -> str:
    """6 April 2018: United States puts Rusal under sanctions; by the words that the language has for it."""
    return say("events.line", day=day_name(event.day), title=own_name(event.title))
