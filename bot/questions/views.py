"""Which view a question is: the one that was named, or that of the last question where it still fits."""

from collections.abc import Set
from dataclasses import dataclass
from typing import get_args

from bot.dataset.calendar import Period
from bot.questions.question import Change, Order, Question, View
from bot.questions.refused import Refused
from bot.questions.said import Said
from bot.questions.times import Times
from bot.words import say
from bot.words.joints import both

TOP = 5
_SPANNED: frozenset[View] = frozenset({"trend", "average", "ranking"})  # views of several months
_MONTHLY: frozenset[View] = frozenset({"record", "highlights"})  # views of one month
_PAIRED: frozenset[View] = frozenset({"sources", "export"})  # views that may show two periods
_DATED: frozenset[View] = frozenset({"ranking", "record"})  # they say when something was
_MADE_OF_MONTHS: frozenset[View] = frozenset({"ranking", "average"})


@dataclass(frozen=True, slots=True)
class Manner:
    """What is done with the figures: the fields mean what they mean in a Question."""

    view: View
    change: Change | None = None
    order: Order = "highest"
    top: int = TOP
    monthly: bool = False


def asked(said: Said, times: Times, last: Question | None) -> Manner | None:
    """What the text itself asks for; None where it names nothing. A Refused where it names two things."""
    wish = said.wish
    named = set(wish.views)
    if "revisions" in named and not named - {"revisions", "trend"}:
        return Manner("revisions")
    if wish.ahead and (wish.orders or named == {"record"}):
        raise Refused.outside("will", say("issues.topic_future"), ())
    set_when = wish.peak and (wish.when or wish.which) and named == {"record"}
    if set_when and not (times.said or wish.growth):
        return Manner("ranking", None, "lowest" if wish.low_record else "highest", 1)
    if wish.orders or (named == {"record"} and wish.growth):
        return _ranked(said, times, named, last, top=1 if set_when else wish.top)
    if wish.when and named != {"record"} and not (last and last.view in _DATED and not named):
        named.add("release")  # but "when was it last this high" asks for a record
    if wish.months and wish.growth & {"rise", "fall"} and not named and not last:
        raise Refused.unclear("months", say("views.not_picked_out"))
    if not named and (turned := _turned(said, last)):
        return turned
    if wish.which and not named & {"record", "sources", "coverage"}:
        raise Refused.unclear("which", say("views.which_of_what"))
    rolled = last and last.view in _MADE_OF_MONTHS and not wish.months
    if (wish.months or (_rolls(times) and not times.total)) and not rolled:
        named = named or {"trend"}
    return _one(named, said)


def _turned(said: Said, last: Question | None) -> Manner | None:
    """The other way of the last ranking of changes, or other changes: "and falls?", "on the month?"."""
    ways, change = said.wish.growth & {"rise", "fall"}, said.wish.change
    if not last or last.view != "ranking" or last.order not in ("rise", "fall") or len(ways) > 1:
        return None
    if not ways:
        return Manner("ranking", change, last.order, last.top) if change in ("yoy", "mom") else None
    return Manner("ranking", change or last.change, "fall" if "fall" in ways else "rise", last.top)


def _rolls(times: Times) -> bool:
    return times.since or bool(
        times.period and (times.period.rolling or times.period.back) and times.period.back != 1
    )


def _one(named: set[View], said: Said) -> Manner | None:
    """The one view of those named; a trend gives way to what is made of its months."""
    if named == {"trend", "export"}:
        return Manner("export", monthly=True)
    if len(named) > 1:
        named = named - {"trend"}
    if len(named) > 1:
        raise Refused.unclear("views", say("views.one_thing", names=_names(named)))
    if not named:
        return Manner("growth", said.wish.change) if said.wish.growth else None
    view = next(iter(named))
    if said.wish.growth and view in ("average", "highlights", "release"):
        raise Refused.unclear(view, say("views.none_of_changes", view=_names({view})))
    order: Order = "lowest" if said.wish.low_record else "highest"
    change = (said.wish.change or ("yoy" if said.wish.growth else None)) if view == "trend" else None
    return Manner(view, change, order)


def _names(named: Set[View]) -> str:
    return both([say(f"views.name_{view}") for view in get_args(View) if view in named])


def _ranked(said: Said, times: Times, named: set[View], last: Question | None, *, top: int) -> Manner:
    """A ranking; the record of a month where one was said."""
    wish = said.wish
    if wish.rivals and not (said.commodities or last or wish.months or wish.top):
        raise Refused.unclear("most", say("views.most_of_what"))
    if others := named - {"record", "trend"}:
        raise Refused.unclear("a ranking", say("views.ranking_or", names=_names(others)))
    if wish.orders > 1:
        raise Refused.unclear("a ranking", say("views.one_ranking"))
    named_lines = said.commodities or said.everything or last
    if said.flows and not (named_lines or wish.growth or _of_months(said, times)):
        raise Refused.unclear("a ranking", say("views.most_of_what"))
    month = bool(times.period and times.period.kind == "month")
    if wish.extreme and not times.said and last and last.period and last.period.kind == "month":
        return Manner("record", None, wish.order or "highest")
    since_when = "record" in named and not times.said
    if not wish.growth and (month or since_when) and (not wish.top or wish.of_month):
        return Manner("record", None, wish.order or "highest")
    if month:
        raise Refused.unclear("a ranking", say("views.ranking_over_months"))
    change = wish.change or ("mom" if wish.monthly and wish.growth else None)
    before = last.top if last and last.view == "ranking" else TOP
    return Manner("ranking", change, _order(said), top or before)


def _of_months(said: Said, times: Times) -> bool:
    """Whether it is plain that months are ranked, and not lines."""
    wish, stretch = said.wish, bool(times.period and times.period.kind == "range")
    return bool(
        stretch or wish.months or wish.top or wish.of_month or wish.which or wish.extreme or wish.views
    )


def _order(said: Said) -> Order:
    """By height, or by rise and fall where the words of a ranking stand with those of change."""
    growth = said.wish.growth
    order: Order = said.wish.order or ("lowest" if said.wish.low_record else "highest")
    if not growth:
        return order
    ways = growth & {"rise", "fall", "either"}
    if ways == {"either"} or {"rise", "fall"} <= ways or (order == "lowest" and growth & {"rise", "fall"}):
        raise Refused.unclear("a ranking", say("views.rises_or_falls"))
    return "fall" if "fall" in growth or order == "lowest" else "rise"


def changed(named: Manner | None, said: Said, times: Times, last: Question | None) -> Manner | None:
    """A change named after a trend is one more thing of its months: "yoy?"."""
    if named and named.view == "growth" and last and last.view == "trend" and not times.said:
        return Manner("trend", said.wish.change)
    return named


def kept(said: Said, times: Times, last: Question | None, period: Period) -> Manner | None:
    """The last question's manner where the new period still allows for it."""
    if last is None or times.total:
        return None
    if last.view == "export" and (last.monthly or period.kind == "range"):
        return Manner("trend")  # the months of the file
    manner = Manner(last.view, last.change, last.order, last.top)
    single = period.kind == "month"
    if last.view == "revisions":
        return manner
    if last.view in _SPANNED and not (single and times.said):
        return manner
    if (last.view in _MONTHLY and single) or last.view == "growth":
        return manner
    return None


def needs_span(view: View) -> bool:
    """Whether it shows several months."""
    return view in _SPANNED


def needs_month(view: View) -> bool:
    """Whether it speaks of one month."""
    return view in _MONTHLY


def alone(view: View) -> bool:
    """Whether no second period can stand beside the first."""
    return view not in ("figure", "overview", "compare", "growth") and view not in _PAIRED
