"""Which questions cost most: random ones, and what each part of an answer takes of the processor."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from operator import attrgetter
from typing import TypeVar

from rich.table import Table
from rich.text import Text

from benchmarks.composed import Composer
from benchmarks.questions import TODAY, packaged
from bot.answers.behind import printed
from bot.answers.conversation import answer_to, turn_after
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.messages.buttons import with_controls
from bot.messages.details import details_view
from bot.messages.render import render
from bot.questions import understand
from bot.questions.question import UNITS_OF, Question
from bot.questions.turn import Turn
from bot.serving import keep_loaded

SHOWN = 10
MEASURED_AGAIN, TIMES = 30, 3
REMEMBERED = 50  # turns, of which any may be the one before
LONGEST_SHOWN = 90  # characters
NOTHING = Turn()
T = TypeVar("T")
Costs = Mapping[str, float]  # of each part, in milliseconds


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: a text after a turn of its thread, or a button's question; `how`: its working."""

    text: str
    before: Turn = NOTHING
    pressed: Question | None = None
    how: bool = False

    def __str__(self) -> str:
        after = f" after {self.before.question or self.before.offered}" if self.before else ""
        kind = "how: " if self.how else "pressed: " if self.pressed else ""
        shown = self.text if len(self.text) <= LONGEST_SHOWN else f"{self.text[:LONGEST_SHOWN]}…"
        return f"{kind}{shown} ({len(self.text)}){after[:LONGEST_SHOWN]}"


@dataclass(slots=True)
class Measured:
    """A case, and what it cost."""

    case: Case
    costs: Costs
    total: float = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.costs.values())


class _Watch:
    """Adds up the milliseconds of this thread's CPU by part."""

    def __init__(self) -> None:
        self.costs: dict[str, float] = {}

    def __call__(self, part: str, work: Callable[[], T]) -> T:
        begun = time.thread_time()
        try:
            return work()
        finally:
            self.costs[part] = self.costs.get(part, 0.0) + (time.thread_time() - begun) * 1e3


def slowest(count: int, seed: int) -> Table:
    """The ten of so many random questions that cost most, each measured again where nothing is known yet."""
    found = nlargest(MEASURED_AGAIN, searched(count, seed), key=attrgetter("total"))
    again = [
        min((measured(each.case, warm()) for _ in range(TIMES)), key=attrgetter("total")) for each in found
    ]
    table = Table(title=f"The slowest of {count} questions of seed {seed}, ms of CPU", title_justify="left")
    for name in ("all", "parse", "look up", "render"):
        table.add_column(name, justify="right")
    table.add_column("question", overflow="fold")
    for each in nlargest(SHOWN, again, key=attrgetter("total")):
        parts = [each.costs.get(part, 0.0) for part in ("parse", "look up", "render")]
        table.add_row(*(f"{cost:.1f}" for cost in (each.total, *parts)), Text(str(each.case)))
    return table


def searched(count: int, seed: int) -> Iterator[Measured]:
    """Each question with what it cost, and what is pressed below its answer."""
    dataset, composer = warm(), Composer(seed, packaged())
    turns: list[Turn] = []
    for _ in range(count):
        often = turns and composer.random.random() < 0.4
        before = composer.random.choice(turns) if often else NOTHING
        case = Case(composer.text(), before)
        yield measured(case, dataset)
        reading = understand(case.text, record=dataset, shown=before)
        answer = answer_to(reading, dataset)
        turns = [*turns[-REMEMBERED:], turn_after(reading, answer, before)]
        if answer.question and answer.figures:
            for pressed in _pressed(case, answer.question, composer):
                yield measured(pressed, dataset)


def _pressed(case: Case, question: Question, composer: Composer) -> Sequence[Case]:
    unit = composer.random.choice(sorted(UNITS_OF[question.measure]))
    return (
        Case(case.text, case.before, replace(question, unit=unit)),
        Case(case.text, case.before, question, how=True),
    )


def measured(case: Case, dataset: Dataset) -> Measured:
    """What a case costs."""
    watch = _Watch()
    if case.pressed is None:
        reading = watch("parse", lambda: understand(case.text, record=dataset, shown=case.before))
        answer = watch("look up", lambda: answer_to(reading, dataset))
        watch("render", lambda: with_controls(render(answer), "U1"))
        return Measured(case, watch.costs)
    asked = case.pressed
    if case.how:
        found = watch("look up", lambda: printed(respond(asked, dataset), dataset))
        watch("render", lambda: details_view(found))
        return Measured(case, watch.costs)
    answer = watch("look up", lambda: respond(asked, dataset))
    watch("render", lambda: with_controls(render(answer), "U1"))
    return Measured(case, watch.costs)


def warm() -> Dataset:
    """A dataset that has answered, but of no other day than its own."""
    dataset = replace(packaged().record).as_of(TODAY).derived()
    for text in ("march 2024", "alumina exports trend", "氧化铝出口"):
        render(answer_to(understand(text, record=dataset), dataset))
    keep_loaded()
    return dataset
