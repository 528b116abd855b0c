"""Who speaks to us about subscriptions and alerts."""

from dataclasses import dataclass

from bot.questions.condition_reading import ParsedCondition
from bot.questions.question import Question


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who, and where; `trigger_id` opens a modal, for three seconds. `text`: what they typed, after
    the question `last` of its thread; `alert`: what was read of it already. `spoken`: what they typed tells
    its language, which otherwise is their own choice.
    """

    user: str
    channel: str
    channel_name: str
    trigger_id: str = ""
    text: str = ""
    last: Question | None = None
    alert: ParsedCondition | None = None
    spoken: bool = False
