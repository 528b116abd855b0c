"""What stops a message from being answered, raised where it is found."""

from bot.dataset.calendar import Period
from bot.questions.question import Question
from bot.questions.reading import Outcome, Reason


class Refusal(Exception):  # noqa: N818 - it carries a reply, not a fault
    """Asks back, or says what is outside; `offers` are whole readings, `offers_of` their periods."""

    def __init__(
        self,
        outcome: Outcome,
        kind: str,
        words: tuple[str, ...] = (),
        offers: tuple[Question, ...] = (),
        offers_of: tuple[Period, ...] = (),
    ) -> None:
        super().__init__(kind)
        self.outcome: Outcome = outcome
        self.reason = Reason(kind, words)
        self.offers = offers
        self.offers_of = offers_of
