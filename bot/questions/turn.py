"""What a thread keeps: its last question, and the questions that were offered to the asker since."""

from dataclasses import dataclass

from bot.questions import serialise
from bot.questions.question import Question


@dataclass(frozen=True, slots=True)
class Turn:
    """The last question of a thread, and what was offered since: an answer in words means one of these."""

    question: Question | None = None
    offered: tuple[Question, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.question or self.offered)

    @classmethod
    def from_json(cls, text: str) -> "Turn":
        """Reads what `to_json` wrote, '' for nothing; StoredValueError for anything else."""
        return serialise.parsed(text, _turn) if text else cls()

    def to_json(self) -> str:
        """The question's own JSON where nothing was offered since; '' for nothing."""
        if not self.offered:
            return self.question.to_json() if self.question else ""
        last = serialise.as_json(self.question) if self.question else None
        return serialise.dumped({"last": last, "offered": list(map(serialise.as_json, self.offered))})


def _turn(data: serialise.Json) -> Turn:
    if "offered" not in data:
        return Turn(serialise.from_json(Question, data))
    last = None if data["last"] is None else serialise.from_json(Question, data["last"])
    return Turn(last, tuple(serialise.from_json(Question, each) for each in data["offered"]))
