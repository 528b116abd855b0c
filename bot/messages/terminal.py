"""A Report in the terminal: the same words and the same table, drawn by Rich."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.answers.answer import Answer
from bot.messages.report import Report, Table, entries, last_line
from bot.messages.reporting import reports
from bot.questions import words
from bot.words import say, say_count, speaking

WIDTH_UNLESS_TERMINAL = 120
MOST_ROWS, TRIES = 15, 3  # of a first screen; questions to try instead


def terminal() -> Console:
    """A console of the terminal's width; of a fixed one where the output goes into a file or pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_UNLESS_TERMINAL)


def drawn(answer: Answer, parts: Sequence[Report] = ()) -> Group:
    """The answer as a Rich renderable, and below it the parts of its details; nothing is read as markup."""
    with speaking(answer.language):
        made, drawn = reports(answer), list[RenderableType]()
        for report in made:
            drawn.append(Text(report.first_words, style="bold"))
            drawn += map(Text, (*report.lines, *entries(report)))
            drawn += (Text(line, no_wrap=True, overflow="ignore") for line in report.file)
            drawn += _table(report.table) if report.table and not report.file else ()
        drawn += [Text(line, style="dim") for line in last_line(made)]
        if answer.offers and not answer.figures:  # what to ask instead, where no button can stand
            questions = (words(each, answer.catalogue) for each in answer.offers[:TRIES])
            drawn.append(Text(say("script.try", questions=" · ".join(questions))))
        for part in parts:
            told = (" ".join(filter(None, [f"{text}{bold}", url])) for text, bold, url in part.items)
            drawn += [Text(), Text(part.headline, style="bold"), *map(Text, told)]
        return Group(*drawn)


def _table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(show_edge=False, pad_edge=False)
    for place, name in enumerate(table.header):
        grid.add_column(Text(name), justify="right" if place else "left")
    for row in table.rows[:MOST_ROWS]:
        grid.add_row(*(Text(cell.text) for cell in row))
    yield grid
    if len(table.rows) > MOST_ROWS:
        yield Text(say_count("render.more_rows", len(table.rows) - MOST_ROWS), style="dim")
