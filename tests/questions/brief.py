"""A Reading on one line: what the cases of readings.yaml are written in."""

from bot.questions.question import Question
from bot.questions.reading import Reading


def brief(reading: Reading) -> str:
    """The outcome, why, and each Question; offers stand after a >."""
    parts = [] if reading.outcome == "asks" else [reading.outcome]
    parts += [reading.reason.kind] if reading.reason else []
    parts += [" + ".join(map(question_brief, reading.questions))] if reading.questions else []
    offered = [f"> {question_brief(offer)}" for offer in reading.offers[:1]]
    return " ".join((*parts, *offered))


def question_brief(question: Question) -> str:
    """View, lines, periods and whatever is not at its default."""
    everything = len(question.commodities) > 3
    lines = ["all"] if everything else ["/".join(filter(None, pair)) for pair in question.pairs]
    periods = [f"{period.kind}:{period.label}" for period in question.periods]
    against = [f"vs {question.against.label}"] if question.against else []
    return " ".join((_view(question), *lines, *periods, *against, *_rest(question)))


def _view(question: Question) -> str:
    view = f"{question.view}-{question.by}" if question.by else question.view
    if question.view == "partners":
        return f"{view}-{question.top}"
    return f"{view}-{question.order}-{question.top}" if question.view == "ranking" else view


def _rest(question: Question) -> list[str]:
    criterion, claim = question.criterion, question.claim
    told = (
        question.measure != "quantity" and question.measure,
        question.unit not in ("t", "USD", "USD/t") and question.unit,
        question.change,
        question.scope,
        question.as_of and f"as of {question.as_of}",
        question.first and "first",
        question.since and f"since {question.since}",
        *question.topics,
        criterion and f"{criterion.side} {criterion.bound:g} {criterion.of}",
        claim and f"claim {claim.value or claim.pct or claim.way}",
    )
    return [str(each) for each in told if each]
