"""What is said of a condition: its name, when it would have fired, a firing, why a text is none. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from bot.alerts.firing import Firing, firings, missed, months
from bot.dataset.dataset import Dataset
from bot.messages.names import Names, series_name, status_of
from bot.messages.number_format import scale_for
from bot.messages.quantities import is_later_scope, leading, level, on_month, on_year
from bot.messages.unanswered import worded
from bot.questions import about
from bot.questions.amounts import Amount, AmountUnit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import named
from bot.questions.question import Unit
from bot.words import say, say_count
from bot.words.folder import own_name
from bot.words.joints import both, comma, in_brackets

FEW = 3  # firings that are named
_AMOUNTS: Mapping[AmountUnit, str] = {
    "t": "t", "kt": "kt", "Mt": "mt", "万吨": "wan_t", "lb": "lb", "short tons": "st", "US$": "usd",
    "US$m": "usd_m", "US$bn": "usd_bn", "万美元": "wan_usd", "亿美元": "yi_usd", "US$/t": "usd_per_t",
}  # fmt: skip
_UNITS: Mapping[AmountUnit, Unit] = {"kt": "kt", "Mt": "Mt", "万吨": "wan_t", "lb": "lb", "short tons": "st"}


def condition_name(condition: Condition, names: Names) -> str:
    """Alumina exports above 200 kt; a balance by its side: Alumina net trade, net imports above 50 kt."""
    series, test = series_name(condition.series, names), condition.test
    if condition.scope:
        series = say("alerts.in_scope", series=series, scope=condition.scope)
    kind, values = _worded(test)
    if isinstance(test, Threshold) and condition.series.flow == "net":
        # Net imports of more than an amount are a balance below it, on the other side of zero.
        side = "net_exports" if test.amount.number >= 0 else "net_imports"
        kind = kind.replace("level", side)
        values = {"amount": amount_name(replace(test.amount, number=abs(test.amount.number)))}
    return say(f"alerts.when_{kind}", series=series, **values)


def _worded(test: Test) -> tuple[str, dict[str, str]]:
    """The name of a test's sentence, in the listing and as it is typed, and what it tells."""
    match test:
        case Threshold(side, amount):
            return f"level_{side.replace(' ', '_')}", {"amount": amount_name(amount)}
        case PercentChange(on, way, pct):
            return f"change_{on}_{way}", {"pct": plain(pct)}
        case NewRecord(extreme):
            return f"record_{extreme}", {}
        case SignChange(of, to):
            return f"turn_{of}_{to}", {}
        case Revision():
            return "revised", {}


def amount_name(amount: Amount) -> str:
    """As the language that is spoken writes it: 200 kt, 20 万吨, US$1.5bn, US$500/t."""
    sign = "-" if amount.number < 0 else ""
    return say(f"amount.{_AMOUNTS[amount.unit]}", sign=sign, number=plain(abs(amount.number)))


def plain(number: Decimal) -> str:
    """A number with all its digits and none too many: 1,500 and 0.2."""
    return f"{number.normalize():,f}" if number else "0"


def as_typed(condition: Condition, names: Names) -> str:
    """The condition as a person would type it: "alumina exports above 200 kt, once"."""
    kind, values = _worded(condition.test)
    series, test = about(condition.question(), names), say(f"condition.{kind}", **values)
    brief = say("condition.words", series=series, test=test)
    return say("condition.once", told=brief) if condition.once else brief


def said_back(condition: Condition, dataset: Dataset, *, crossing: bool = False) -> tuple[str, ...]:
    """The condition and how often it is told; when it would have fired; of which months it cannot be told."""
    name, test = condition_name(condition, dataset.catalogue), condition.test
    extreme = f"_{test.extreme}" if isinstance(test, NewRecord) else ""
    often = say("alerts.once") if condition.once else say(f"alerts.every_{test.kind}{extreme}")
    said = say("alerts.said", condition=name, often=often)
    said = say("alerts.crossing", condition=name) if crossing else said
    return (said, *_checked(condition, dataset), *_not_told(condition, dataset))


def fired(firing: Firing, names: Names) -> str:
    """The first line of a post: the condition, the figure that fires it, whether rounding could undo it.

    Where a later scope than the series' first is served, it names that one.
    """
    later = not firing.condition.scope and is_later_scope(firing.figure, names)
    scope = in_brackets(own_name(firing.figure.scope)) if later else ""
    values = {"told": _in_full(firing), "month": named(firing.month) + scope}
    values["condition"] = condition_name(firing.condition, names)
    if firing.back:
        return say("alerts.back", **values)
    return say("alerts.fired_within_rounding" if firing.within_rounding else "alerts.fired", **values)


def _checked(condition: Condition, dataset: Dataset) -> Iterator[str]:
    """It would have fired in 7 of 31 months on record, last in May 2026 (300 kt, bulletin)."""
    found, count, last = firings(condition, dataset), len(months(condition, dataset)), list[str]()
    if not found:
        yield say_count("alerts.never", count)
        return
    for each in reversed(found[-FEW:]):
        status = both(list(dict.fromkeys(status_of(item.row) for item in each.figure.inputs)))
        last.append(say("alerts.firing", month=each.month, told=_briefly(each), status=status))
    fired_in, newest = len({each.month for each in found}), say("alerts.between").join(last)
    yield say_count("alerts.would_have_fired", count, fired=fired_in, newest=newest)
    if within := sum(each.within_rounding for each in found):
        yield say_count("alerts.of_these_within", within)


def _not_told(condition: Condition, dataset: Dataset) -> Iterator[str]:
    """Of 5 months it cannot be told: 4 with …; 1 with …."""
    if lost := Counter(missed(condition, dataset).values()):
        reasons = (say_count(f"alerts.why_{why.replace(' ', '_')}", n) for why, n in lost.most_common())
        yield say_count("alerts.not_told", lost.total(), reasons=say("alerts.between_reasons").join(reasons))


def _briefly(firing: Firing) -> str:
    """What a firing rests on: the value, the change, or both printings."""
    figure = firing.figure
    match firing.condition.test:
        case PercentChange("mom") if figure.move:
            return on_month(figure.move) or level(figure)
        case PercentChange() | SignChange("yoy"):
            return leading(figure.growth) or on_year(figure)
        case Revision() if firing.before:
            return say("alerts.from_to", before=level(firing.before), now=level(figure))
        case _:
            return level(figure, _unit(firing))


def _unit(firing: Firing) -> Unit:
    test = firing.condition.test
    if not isinstance(test, Threshold) or scale_for(firing.figure).name == test.amount.unit:
        return "t"
    return _UNITS.get(test.amount.unit, "t")


def _in_full(firing: Firing) -> str:
    """The same as `_briefly` with all that is known of it."""
    figure, before = firing.figure, firing.before
    match firing.condition.test:
        case PercentChange():
            return comma([level(figure), _briefly(firing)])
        case NewRecord() if firing.standing:
            most = "highest" if firing.standing.highest_known else "lowest"
            start, count = named(firing.standing.run_start), firing.standing.months
            return say(f"alerts.run_{most}", told=level(figure), count=count, start=start)
        case SignChange(of) if before:
            grown = [leading(each.growth) if of == "yoy" else "" for each in (figure, before)]
            told, earlier = (own or level(each) for own, each in zip(grown, (figure, before), strict=True))
            return say("alerts.after", told=told, before=earlier, month=before.end)
        case Revision() if before:
            return say("alerts.anew", before=level(before), now=level(figure), day=firing.day)
        case _:
            return level(figure, _unit(firing))


def why_none(reading: ConditionReading, names: Names) -> str:
    """The sentence for the reason; '' where there is a condition."""
    if not (reason := reading.reason):
        return ""
    if reading.outcome == "outside" or reason.kind == "may_be_meant":
        return worded(reason, names)
    said = reason.words[0] if reason.words else ""
    amount = amount_name(reading.amount) if reading.amount else ""
    return say(f"no_condition.{reason.kind}", said=said, amount=amount)
