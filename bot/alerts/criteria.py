"""The test that a condition's text asks for; a RefusedAlert where it is none, or none that makes sense."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from bot.questions.amounts import PLAIN_UNITS, Amount, AmountUnit
from bot.questions.condition import (
    Basis,
    Condition,
    Extreme,
    NewRecord,
    PercentChange,
    Revision,
    Side,
    Sign,
    SignChange,
    Test,
    Threshold,
    Way,
)
from bot.alerts.number_patterns import in_unit
from bot.alerts.percent_changes import EXAMPLE_PCT, WHOLE, changes_of, from_before, kinds, than_before, way_of
from bot.alerts.pieces import Piece
from bot.alerts.refusing import refused
from bot.alerts.series import Subject
from bot.alerts.tokenise import Tokens
from bot.dataset.model import Measure
from bot.words import say

UNITS_ASKED: Mapping[Measure, tuple[AmountUnit, ...]] = {
    "quantity": ("kt", "Mt", "万吨"),
    "value": ("US$m", "US$bn", "亿美元"),
    "unit_value": ("US$/t",),
}
EXAMPLES: tuple[Test, ...] = (PercentChange("yoy", "either", EXAMPLE_PCT), NewRecord("either"), Revision())
REACHED = frozenset("above,below,under,past,beyond,高于,低于,突破,升破,涨破,站上,跌破,降破".split(","))
_OTHER_SIDE: Mapping[Side, Side] = {
    "above": "below", "below": "above", "at least": "at most", "at most": "at least",
}  # fmt: skip


def test_of(said: Tokens, of: Subject) -> Test:
    """The one test that was said."""
    found = list(dict.fromkeys(_tests(said, of)))
    if len(found) > 1:
        raise refused(say("alerts.one_test"), of.offered(found))
    if not found:
        raise refused(say("alerts.what"), of.offered(EXAMPLES))
    return found[0]


def _tests(said: Tokens, of: Subject) -> Iterator[Test]:
    _one_month(said, of)
    yield from _worded(said, of)
    if said.all("amount", "bare"):
        yield from _levels(said, of)
    if said.all("than") and not said.all("percent", "amount", "bare"):
        yield from than_before(said, of)
    elif said.all("percent") or (said.all("on", "than", "way") and not said.all("turn", "amount", "bare")):
        yield from changes_of(said, of)
    elif said.all("side") and not said.all("amount", "bare"):
        raise refused(say("alerts.no_amount", side=said.all("side")[0].text))


def _one_month(said: Tokens, of: Subject) -> None:
    """A RefusedAlert where more than a month by itself, or its place among all of them, is to be watched."""
    if said.all("by day"):
        raise refused(say("alerts.by_day"))
    if said.all("run"):
        raise refused(say("alerts.no_runs"), of.offered(_by_the_month(said, of)))
    if spans := said.values("span"):
        raise refused(
            say("alerts.whole_record"), of.offered([NewRecord(_extreme(each, of)) for each in spans])
        )


def _by_the_month(said: Tokens, of: Subject) -> Iterator[Test]:
    """What can be watched in place of months in a row."""
    if said.all("amount"):
        yield from _levels(said, of)
        return
    ways = [way] if (way := way_of(said)) else get_args(Way)
    yield from (PercentChange(kind, way, EXAMPLE_PCT) for kind in get_args(Basis) for way in ways)


def _worded(said: Tokens, of: Subject) -> Iterator[Test]:
    """The tests that have no number: a record, a change of sign, a revision."""
    if extremes := said.values("record"):
        yield NewRecord(_extreme(extremes[0] if len(extremes) == 1 else "either", of))
    if signs := said.values("turn"):
        yield _turn(signs[0] if len(signs) == 1 else "either", said, of)
    if said.all("revised"):
        if of.series.flow == "net" or of.series.measure == "unit_value":
            raise refused(say("alerts.not_printed"), _printed(of))
        if said.all("way", "percent") and not said.all("on"):
            raise refused(say("alerts.any_revision"), of.offered([Revision()]))
        yield Revision()


def _extreme(said: str, of: Subject) -> Extreme:
    """The most net imports are the lowest balance."""
    turned: dict[str, Extreme] = {"highest": "lowest", "lowest": "highest"}
    if of.net_imports and said in turned:
        return turned[said]
    return next(each for each in get_args(Extreme) if each == said)


def _turn(said: str, asked: Tokens, of: Subject) -> SignChange:
    sign: Sign = next(each for each in get_args(Sign) if each == said)
    if "mom" in asked.values("on"):
        raise refused(say("alerts.turn_mom"), of.offered([SignChange("yoy", sign)]))
    if asked.all("on"):
        return SignChange("yoy", sign)
    if of.series.flow != "net":
        instead = (*_of_net(of, SignChange("balance", sign)), *of.offered([SignChange("yoy", sign)]))
        raise refused(say("alerts.no_sign"), instead)
    return SignChange("balance", sign)


def _of_net(of: Subject, test: Test) -> tuple[Condition, ...]:
    return of.other("net", of.series.measure, test)


def _printed(of: Subject) -> Iterator[Condition]:
    """The revisions of what a balance or a unit value is made of."""
    for flow in ("export", "import") if of.series.flow == "net" else (of.series.flow,):
        for measure in ("value", "quantity") if of.series.measure == "unit_value" else (of.series.measure,):
            yield from of.other(flow, measure, Revision())


def _levels(said: Tokens, of: Subject) -> Iterator[Threshold]:
    said_sides = said.values("side")
    sides = tuple(side for side in get_args(Side) if side in said_sides) or ("above", "below")
    if said.all("bare") and said.all("on"):
        kind, pct = (kinds(said) or get_args(Basis))[0], abs(said.all("bare")[0].number)
        pcts = [PercentChange(kind, way, pct) for way in get_args(Way)]
        raise refused(say("alerts.change_in_pct"), of.offered(each for each in pcts if 0 < each.pct < WHOLE))
    for bare in said.all("bare"):
        raise refused(
            say("alerts.no_unit", said=bare.value), _offered(sides, _units(bare, of), of), bare.value
        )
    amounts = list(dict.fromkeys(_fitting(piece.amount, of) for piece in said.all("amount") if piece.amount))
    if len(amounts) > 1:
        raise refused(say("alerts.one_amount"), _each_offered(said, sides, amounts, of))
    if amounts[0].measure != of.series.measure:
        sentence = say(f"alerts.amount_of_{amounts[0].measure}", amount=amounts[0])
        raise refused(sentence, _offered(sides[:1], amounts, of))
    if not said.all("percent", "turn") and (said.all("on", "than") or _by_an_amount(said)):
        changes = of.offered(() if of.net_imports else _in_percent(said))
        raise refused(say("alerts.change_in_pct"), (*changes, *_offered(_reached(said, sides), amounts, of)))
    if len(sides) > 1:
        raise refused(say("alerts.which_side", amount=amounts[0]), _offered(sides, amounts, of))
    yield _level(sides[0], amounts[0], of)


def _units(bare: Piece, of: Subject) -> list[Amount]:
    """The amounts that a number without a unit may be; one that is so many thousands is of the plain unit."""
    if bare.times > 1:
        return [in_unit(bare.number, bare.times, PLAIN_UNITS[of.series.measure])]
    return [Amount(bare.number, unit) for unit in UNITS_ASKED[of.series.measure]]


def _fitting(amount: Amount, of: Subject) -> Amount:
    """The amount; of a unit value so many dollars are dollars a tonne."""
    dear = of.series.measure == "unit_value" and amount.unit == "US$"
    return replace(amount, unit="US$/t") if dear else amount


def _each_offered(
    said: Tokens, sides: Sequence[Side], amounts: Sequence[Amount], of: Subject
) -> tuple[Condition, ...]:
    """Each amount on its own side, where each was said with one."""
    own = [next(side for side in get_args(Side) if side == piece.value) for piece in said.all("side")]
    if len(own) != len(amounts):
        return _offered(sides[:1], amounts, of)
    return of.offered(_level(side, amount, of) for side, amount in zip(own, amounts, strict=True))


def _by_an_amount(said: Tokens) -> bool:
    """Whether a change is meant and not the level after it: up more than 20 kt, but not falls below 20 kt."""
    return bool(said.all("way")) and not any(side.text in REACHED for side in said.all("side"))


def _in_percent(said: Tokens) -> Iterator[PercentChange]:
    """The changes that can be watched in place of one by an amount, the same way."""
    if found := list(from_before(said)):
        yield from found
    elif way := way_of(said):
        yield from (PercentChange(kind, way, EXAMPLE_PCT) for kind in kinds(said) or get_args(Basis))


def _reached(said: Tokens, sides: Sequence[Side]) -> Sequence[Side]:
    """The side of the level that such a change may have been meant to reach."""
    return ("below",) if way_of(said) == "down" else sides[:1]


def _offered(sides: Sequence[Side], amounts: Sequence[Amount], of: Subject) -> tuple[Condition, ...]:
    return of.offered([_level(side, amount, of) for side in sides for amount in amounts])


def _level(side: Side, amount: Amount, of: Subject) -> Threshold:
    """The level; net imports above an amount are a balance below it, on the other side of zero."""
    if of.series.flow != "net" and amount.number <= 0:
        raise refused(say("alerts.above_zero"), _of_net(of, Threshold(side, amount)))
    if of.net_imports:
        return Threshold(_OTHER_SIDE[side], replace(amount, number=-amount.number))
    return Threshold(side, amount)
