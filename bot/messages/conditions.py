"""What is said of a condition: its name, when it would have fired, a firing, why a text is none. Pure."""

from collections.abc import Mapping

from bot.alerts.firing import Firing, firings, months_judged
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS
from bot.messages.names import series_name, status_of
from bot.messages.quantities import is_later_scope, leading, level, on_month, on_year, plain
from bot.messages.reporting import worded
from bot.questions.amounts import Amount, AmountUnit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import named
from bot.questions.question import Unit
from bot.words import comma, enumeration, in_brackets, say, say_count, say_or
from bot.words.folder import own_name

FEW = 3  # firings that are named
_NET = ("net_imports", "net_exports")
_UNITS: Mapping[AmountUnit, Unit] = {"kt": "kt", "Mt": "Mt", "万吨": "wan_t", "lb": "lb", "short tons": "st"}


def condition_name(condition: Condition) -> str:
    """Alumina exports above 200 kt; a balance by its side: Alumina net trade, net imports above 50 kt."""
    series, values = series_name(condition.series), dict[str, str]()
    if condition.scope:
        series = say("alerts.in_scope", series=series, scope=condition.scope)
    match condition.test:
        case Threshold(side, amount):
            # Net imports of more than an amount are a balance below it, on the other side of zero.
            of = "level" if condition.series.flow != "net" else _NET[amount.number >= 0]
            kind, values = f"{of}_{side.replace(' ', '_')}", {"amount": amount_name(amount)}
            if of != "level":
                values["amount"] = values["amount"].removeprefix("-")
        case PercentChange(on, way, pct):
            kind, values = f"change_{on}_{way}", {"pct": f"{pct.normalize():,f}"}
        case NewRecord(extreme):
            kind = f"record_{extreme}"
        case SignChange(of, to):
            kind = f"turn_{of}_{to}"
        case Revision():
            kind = "revised"
    return say(f"alerts.when_{kind}", series=series, **values)


def amount_name(amount: Amount) -> str:
    """As the language that is spoken writes it: 200 kt, 20万吨, US$1.5bn, US$500/t."""
    told = plain(abs(amount.value), UNITS[amount.measure], _UNITS.get(amount.unit, "t"))
    return f"-{told}" if amount.number < 0 else told


def said_back(condition: Condition, dataset: Dataset, *, crossing: bool = False) -> tuple[str, ...]:
    """The condition and how often it is told; in how many months it would have fired, and in which last."""
    name, test = condition_name(condition), condition.test
    extreme = f"_{test.extreme}" if isinstance(test, NewRecord) else ""
    often = say("alerts.once") if condition.once else say(f"alerts.every_{test.kind}{extreme}")
    said = say("alerts.said", condition=name, often=often)
    said = say("alerts.crossing", condition=name) if crossing else said
    found, count, last = firings(condition, dataset), months_judged(condition, dataset), list[str]()
    if not found:
        return said, say_count("alerts.never", count) if count else say("alerts.none_judged")
    for each in reversed(found[-FEW:]):
        status = enumeration(list(dict.fromkeys(status_of(item.row) for item in each.figure.inputs)))
        last.append(say("alerts.firing", month=each.month, told=_told(each)[0], status=status))
    fired_in, newest = len({each.month for each in found}), say("alerts.between").join(last)
    return said, say_count("alerts.would_have_fired", count, fired=fired_in, newest=newest)


def fired(firing: Firing) -> str:
    """The first line of a post: the condition, the figure that fires it, whether rounding could undo it.

    Where a later scope than the series' first is served, it names that one.
    """
    later = not firing.condition.scope and is_later_scope(firing.figure)
    scope = in_brackets(own_name(firing.figure.scope)) if later else ""
    values = {"told": _told(firing)[1], "month": named(firing.month) + scope}
    values["condition"] = condition_name(firing.condition)
    if firing.back:
        return say("alerts.back", **values)
    return say("alerts.fired_within_rounding" if firing.within_rounding else "alerts.fired", **values)


def _told(firing: Firing) -> tuple[str, str]:
    """What a firing rests on, in brief and with all that is known of it."""
    figure, before, test = firing.figure, firing.before, firing.condition.test
    now = level(figure, _UNITS.get(test.amount.unit, "t") if isinstance(test, Threshold) else "t")
    match test:
        case PercentChange(on):
            change = on_month(figure.move) if on == "mom" else leading(figure.growth) or on_year(figure)
            return change or now, comma([now, change or now])
        case NewRecord() if firing.standing:
            most, start = "highest" if firing.standing.highest_known else "lowest", firing.standing.run_start
            return now, say(f"alerts.run_{most}", told=now, count=firing.standing.months, start=named(start))
        case SignChange(of) if before:
            grown = [leading(each.growth) if of == "yoy" else "" for each in (figure, before)]
            told, earlier = (own or level(each) for own, each in zip(grown, (figure, before), strict=True))
            return told, say("alerts.after", told=told, before=earlier, month=before.end)
        case Revision() if before:
            in_full = say("alerts.anew", before=level(before), now=now, day=firing.day)
            return say("alerts.from_to", before=level(before), now=now), in_full
    return now, now


def why_none(reading: ConditionReading) -> str:
    """The sentence for the reason; '' where there is a condition."""
    if not (reason := reading.reason):
        return ""
    return say_or(worded(reason), f"no_condition.{reason.kind}", said=reason.words[0] if reason.words else "")
