"""A reply in place of a question, found while the question is put together."""

from collections.abc import Sequence

from bot.dataset.model import Flow
from bot.questions.question import Issue, Unresolved


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
    def one_of(cls, choices: Sequence[str], sentence: str, suggestions: Sequence[str] = ()) -> "Refused":
        """One of several has to be chosen; `suggestions` are whole questions where they can be named."""
        named = tuple(dict.fromkeys(choices))
        issue = Issue(", ".join(named), sentence, named[:3])
        return cls(Unresolved("ask_back", (issue,), tuple(dict.fromkeys(suggestions))[:3]))

    @classmethod
    def unclear(cls, said: str, sentence: str) -> "Refused":
        """The pieces contradict each other."""
        return cls(Unresolved("not_understood", (Issue(said, sentence),)))
