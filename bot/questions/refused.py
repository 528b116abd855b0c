"""A reply in place of a question, found while the question is put together."""

from collections.abc import Sequence

from bot.dataset.model import Flow
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.speak import Names, words


class Refused(Exception):  # noqa: N818 - it carries a reply, not a fault
    """The pieces are all known but make no question that can be answered; caught in `understand`."""

    def __init__(self, reply: Unresolved, instead: tuple[Flow, ...] = ()) -> None:
        super().__init__(reply)
        self.reply = reply
        self.instead = instead

    @classmethod
    def outside(cls, said: str, sentence: str, instead: tuple[Flow, ...]) -> "Refused":
        """Understood, and not in this data; there is the same of the flows `instead`."""
        return cls(Unresolved("outside", (Issue(said, sentence),)), instead)

    @classmethod
    def one_of(cls, choices: Sequence[str], sentence: str, suggestions: Sequence[Question] = ()) -> "Refused":
        """One of several has to be chosen; `suggestions` are whole questions where they can be named."""
        named = tuple(dict.fromkeys(choices))
        issue = Issue(", ".join(named), sentence, named[:3])
        return cls(Unresolved("ask_back", (issue,), offers(suggestions)[:3]))

    @classmethod
    def among(cls, questions: Sequence[Question], sentence: str, names: Names) -> "Refused":
        """One of several whole questions has to be chosen, each named in words."""
        offered = offers(questions)
        return cls.one_of([words(each, names) for each in offered], sentence, offered)

    @classmethod
    def unclear(cls, said: str, sentence: str) -> "Refused":
        """The pieces contradict each other."""
        return cls(Unresolved("not_understood", (Issue(said, sentence),)))


def offers(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions as they are offered, each once: without what marks how they were read."""
    return tuple(dict.fromkeys(question.plain for question in questions))
