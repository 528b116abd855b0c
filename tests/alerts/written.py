"""A condition as people write it in English, for tables and for what is read back."""

from bot.messages.conditions import amount_name
from bot.questions import about
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.words import speaking

TURNS = {"positive": "turns positive", "negative": "turns negative", "either": "changes sign"}
EXTREMES = {"highest": "new record high", "lowest": "new record low", "either": "new record"}
WAYS = {"up": "up more than", "down": "down more than", "either": "changes by more than"}


def written(condition: Condition) -> str:
    """Words for it: "alumina exports above 200 kt, once"."""
    with speaking("en"):
        series, often = about(condition.question()), ", once" if condition.once else ""
        match condition.test:
            case Threshold(side, amount):
                test = f"{side} {amount_name(amount)}"
            case PercentChange(on, way, pct):
                test = f"{on} {WAYS[way]} {pct.normalize():,f} %"
            case NewRecord(extreme):
                test = EXTREMES[extreme]
            case SignChange(of, to):
                test = f"{'yoy ' if of == 'yoy' else ''}{TURNS[to]}"
            case Revision():
                test = "revised"
    return f"{series} {test}{often}"
