"""The names of series, flows, stages and events, as inside a sentence; of months, periods and moments."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.dataset.calendar import Month, Period, range_or_month
from bot.dataset.companions import Commodity
from bot.dataset.model import Flow, Row, Series
from bot.dataset.releases import Stage
from bot.profile import forgotten, profile
from bot.questions.named import day_name, month_name, period_name
from bot.words import TELLERS, Language, enumeration, language, say, say_count, say_or
from bot.words.folder import country

Names = Mapping[str, Commodity]


def lower_first(text: str) -> str:
    """The text for the middle of a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def named_together(names: Sequence[str]) -> str:
    """Alumina exports, bauxite imports and aluminium exports."""
    return enumeration([*names[:1], *map(lower_first, names[1:])])


def series_name(series: Series) -> str:
    """Alumina exports; Bauxite imports from Guinea by value."""
    return _series_name(language(), series)


@lru_cache(maxsize=1_000)
def _series_name(_: Language, series: Series) -> str:
    told = {"commodity": commodity_name(series.commodity), "flow": flow_name(series.flow)}
    kind = f"partner_{series.flow}" if series.partner else "series"
    told["series"] = say(f"names.{kind}", partner=country(series.partner), **told)
    return say(f"names.by_{series.measure}", **told)


forgotten(_series_name.cache_clear)


def in_sentence(series: Series) -> str:
    """The same as inside a sentence: alumina exports."""
    return lower_first(series_name(series))


def flow_name(flow: Flow) -> str:
    """Exports, imports, net trade: as inside a sentence."""
    return say(f"names.flow_{flow}")


def short_name(commodity: str) -> str:
    """Bauxite (…): the name that lists and first lines have; of one that nobody knows its id."""
    known = profile().catalogue.get(commodity)
    return str(known.short_zh if language() == "zh" else known.short_en) if known else commodity


def commodity_name(commodity: str) -> str:
    """Alumina: the short name without what stands in brackets."""
    return short_name(commodity).split(" (")[0]


def status_of(row: Row) -> str:
    """Bulletin, flash, ...; "status not known"."""
    return say(f"names.status_{row.status or 'not_known'}")


def stage_name(stage: Stage) -> str:
    """Preliminary release, monthly bulletin, query by HS code: in what the figures come out."""
    return say(f"names.stage_{stage}")


def month_short(number: int) -> str:
    """Mar; 3月."""
    return month_name(number)[:3]


def short_month(month: Month) -> str:
    """Mar 2024; 2024年3月."""
    return say("short_names.month", month=month_short(month.number), year=month.year)


def short_period(period: Period) -> str:
    """Mar 2024, Jan–Mar 2024, Q2 2024, 2024, 2023–2025."""
    if period.length == 1:
        return short_month(period.end)
    if period.kind not in ("ytd", "range"):
        return period_name(period)
    start, end = period.start, period.end
    if (start.number, end.number) == (1, 12):
        several = say("short_names.years", first=start.year, last=end.year)
        return period_name(Period.whole_year(end.year)) if start.year == end.year else several
    if start.year == end.year:
        first, last = month_short(start.number), month_short(end.number)
        return say("short_names.months", first=first, last=last, year=end.year)
    return say("short_names.span", first=short_month(start), last=short_month(end))


def to_date(period: Period) -> str:
    """January–March, without its year."""
    return say("short_names.to_date", month=month_name(period.end.number))


def span_name(period: Period) -> str:
    """March 2024, January–March 2024, Q2 2024, 2024; longer stretches in short."""
    if period.kind == "ytd" and period.length > 1:
        return say("short_names.ytd", period=to_date(period), year=period.end.year)
    return short_period(period) if period.kind == "range" and period.length > 1 else period_name(period)


TELLERS |= {Series: series_name, Period: span_name}


def month_list(months: Sequence[Month]) -> str:
    """January 2025 and Aug–Dec 2026: those in an unbroken row together."""
    return enumeration([span_name(range_or_month(run[0], run[-1])) for run in month_runs(months)])


def month_runs(months: Sequence[Month]) -> list[list[Month]]:
    """The months in order, those in an unbroken row together."""
    runs = groupby(enumerate(sorted(months)), key=lambda each: each[1].ordinal - each[0])
    return [[month for _, month in run] for _, run in runs]


def edition_name(month: Month) -> str:
    """July 2026; January–February 2026, which come together."""
    return span_name(Period.ytd(month) if month.number == 2 else Period.month(month))


def zone_name(zone: str) -> str:
    """The city of a zone: New York; UTC as it is."""
    city = zone.rsplit("/", 1)[-1]
    return say_or(city.replace("_", " "), f"moments.zone_{city}")


def moment_told(moment: dt.datetime, zone: str) -> str:
    """Friday 20 November 2026, 09:00 (New York)."""
    local = moment.astimezone(ZoneInfo(zone))
    weekday, time = say(f"moments.weekday_{local.weekday()}"), f"{local:%H:%M}"
    return say("moments.moment", weekday=weekday, day=day_name(local.date()), time=time, zone=zone_name(zone))


def short_moment(moment: dt.datetime, zone: str) -> str:
    """20 November 2026, 09:00."""
    local = moment.astimezone(ZoneInfo(zone))
    return say("moments.short_moment", day=day_name(local.date()), time=f"{local:%H:%M}")


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    days, hours = say_count("moments.days", span.days), span.seconds // 3600
    return say("moments.hours", days=days, hours=hours) if hours else days


def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True
