"""The one question that a text asks, for tests that begin with words and are about answers."""

from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.turn import Turn


def asked(text: str, *, record: Dataset, last: Question | None = None) -> Question | Unresolved:
    """The first Question of the text after that one, or an Unresolved with its offers."""
    reading = understand(text, record=record, shown=Turn(((last,),)) if last else Turn())
    if reading.outcome == "asks":
        return reading.questions[0]
    outcome = reading.outcome if reading.outcome in ("outside", "ask_back") else "not_understood"
    issue = Issue(topic=reading.reason.kind if reading.reason else "")
    return Unresolved(outcome, (issue,), reading.offers, reading.language)  # type: ignore[arg-type]
