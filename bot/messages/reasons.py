"""Why a question is not answered as it stands, in words."""

from bot.answers.answer import Answer
from bot.answers.reason import Reason
from bot.questions.named import period_name
from bot.words import say


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [_worded(answer.reason)] if answer.reason else []
    return [*(issue.sentence for issue in answer.issues), *told]


def _worded(reason: Reason) -> str:
    values = {"period": period_name(reason.period)} if reason.period else {}
    return say(f"reasons.{reason.rule}", **values)
