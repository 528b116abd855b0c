"""Everything an answer says, in words, part by part: what a message, a terminal and the document share."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Lack
from bot.messages.buttons import BUTTONS, as_spoken
from bot.messages.citations import source_line, source_title
from bot.messages.columns import Table, lines
from bot.messages.facts import facts
from bot.messages.grids import is_over_time, table
from bot.messages.headline import headline, help_lines
from bot.messages.names import lower_first
from bot.messages.notes import lack, notes
from bot.messages.pictures import happenings
from bot.messages.sheet import sheet
from bot.messages.standouts import highlight
from bot.questions import words
from bot.questions.named import day_name
from bot.questions.question import Question
from bot.questions.speak import Names
from bot.words import say
from bot.words.joints import stop

TRIES = 1_200  # letters; a question about two dozen series has as many by itself


@dataclass(frozen=True, slots=True)
class Script:
    """The words of an answer; `links`: title and address of each source; `ending`: what the record lacks.

    `happened` are dated events in the time that a chart shows; `tries` is the line of suggestions, for where
    these are no buttons; `code` are lines of a file; `grid` is the table whose rows the facts are. Where not
    all facts fit and `newest_last` is set, the first ones are left out.
    """

    headline: str
    facts: tuple[str, ...]
    tries: tuple[str, ...]
    highlights: tuple[str, ...]
    happened: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    ending: tuple[str, ...]
    code: tuple[str, ...] = ()
    newest_last: bool = False
    grid: Table | None = None


def script(answer: Answer) -> Script:
    """The words of an answer, each part said once."""
    first, grid = headline(answer), table(answer)
    return Script(
        headline=first,
        facts=tuple(lines(grid) if grid else _body(answer)),
        tries=_tries(answer.offers[:BUTTONS], answer.catalogue),
        highlights=tuple(highlight(item, answer.catalogue) for item in answer.highlights),
        happened=tuple(happenings(answer)),
        notes=tuple(line for line in notes(answer) if not _is_said(line, first)),
        sources=tuple(
            f"[{place}] {source_line(item)}" for place, item in enumerate(answer.citations, start=1)
        ),
        links=tuple((source_title(item), item.source.url) for item in answer.citations),
        ending=(_ending(answer.lack, answer),) if answer.lack else (),
        code=sheet(answer),
        newest_last=is_over_time(answer),
        grid=grid if grid and len(grid.rows) > 1 else None,
    )


def _is_said(note: str, first: str) -> bool:
    """Whether the first line is this note, with or without how the question was read."""
    return first == note or first.startswith(note.removesuffix(stop()) + say("speech.bracket"))


def _ending(item: Lack, answer: Answer) -> str:
    """What the record lacks at its newer end, or lacked on another day."""
    as_of = answer.question.as_of if answer.question else None
    told = lack(item)
    return say("script.on_the_day", day=day_name(as_of), told=lower_first(told)) if as_of else told


def _tries(suggestions: Sequence[Question], names: Names) -> tuple[str, ...]:
    """A line of the questions to try instead, whole ones, as many as fit."""
    kept: list[str] = []
    for question in (as_spoken(words(each, names)) for each in suggestions):
        if sum(map(len, kept)) + len(question) > TRIES:
            break
        kept.append(question)
    return (say("script.try", questions=" · ".join(kept)),) if kept else ()


def _body(answer: Answer) -> list[str]:
    if answer.question and answer.question.view == "help":
        return [*help_lines(), say("headline.help_close")]
    return facts(answer)
