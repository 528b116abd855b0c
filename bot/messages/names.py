"""The names of series, flows, scopes, statuses and stages: as inside a sentence."""

import re
from collections.abc import Mapping

from bot.dataset.commodities import Commodity
from bot.dataset.model import Figure, Flow, Row, Series
from bot.dataset.releases import Stage
from bot.words import language, say, say_or
from bot.words.countries import country
from bot.words.joints import both

Names = Mapping[str, Commodity]


def lower_first(text: str) -> str:
    """The text for the middle of a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def series_name(series: Series, names: Names) -> str:
    """Alumina exports; Bauxite imports from Guinea by value."""
    commodity = short(short_name(names[series.commodity])) if series.commodity in names else series.commodity
    told = _with_partner(series, commodity) if series.partner else _alone(series, commodity)
    return say(f"names.by_{series.measure}", series=told)


def _alone(series: Series, commodity: str) -> str:
    return say("names.series", commodity=commodity, flow=flow_name(series.flow))


def _with_partner(series: Series, commodity: str) -> str:
    return say(f"names.partner_{series.flow}", commodity=commodity, partner=country(series.partner))


def flow_name(flow: Flow) -> str:
    """Exports, imports, net trade: as inside a sentence."""
    return say(f"names.flow_{flow}")


def short_name(commodity: Commodity) -> str:
    """Bauxite (…): the name that lists and first lines have; `short` takes its brackets off."""
    return commodity.short_zh if language() == "zh" else commodity.short_en


def full_name(commodity: Commodity) -> str:
    """Unwrought aluminium and aluminium products."""
    return commodity.name_zh if language() == "zh" else commodity.name_en


def short(name: str) -> str:
    """A series' name without what stands in brackets."""
    return name.split(" (")[0]


def scope_name(scope: str) -> str:
    """HS 2818; the one scope that has a name by its name."""
    return say_or(scope, f"names.scope_{re.sub('[^a-z0-9]+', '_', scope.lower())}")


def status(figure: Figure) -> str:
    """Bulletin, flash, ... as its rows say; "status not known" where they do not."""
    return both(list(dict.fromkeys(status_of(item.row) for item in figure.inputs)))


def status_of(row: Row) -> str:
    """Bulletin, flash, ...; "status not known"."""
    return say(f"names.status_{row.status or 'not_known'}")


def stage_name(stage: Stage) -> str:
    """Preliminary release, monthly bulletin, query by HS code: in what the figures come out."""
    return say(f"names.stage_{stage}")
