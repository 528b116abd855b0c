"""How an answer was computed, as a modal: formulas in words, inputs, rounding, all printings, sources."""

from collections.abc import Iterator, Mapping, Sequence

from bot.answers.answer import Answer
from bot.answers.behind import Behind, Printings, Reason
from bot.dataset.model import Figure, Row
from bot.messages.blocks import escape, fitting, section
from bot.messages.contrasts import contrast_told, is_printed
from bot.messages.derivations import written_out
from bot.messages.details import sources
from bot.messages.leads import share_told
from bot.messages.message import Block
from bot.messages.modal import View, modal
from bot.messages.notes import derived_caveat
from bot.messages.numbers import of_row
from bot.messages.render import first_line, linked
from bot.messages.script import script
from bot.messages.speech import day, series_name, status_of
from bot.questions.question import Question

CALLBACK = "how"
SECTION = 2_900
LEVELS_DIVIDED = "the later level divided by the earlier one, minus one"
NOTHING = "No figure was computed for this: the question was not answered with one."
REASONS: Mapping[Reason, str] = {
    "alone": "the only printing on record",
    "apart": "first printings and revised figures are not added up, so a newer printing stands aside here",
    "date": "published last",
    "stage": "of the later stage",
    "step": "printed more finely",
    "confirmed": "confirmed by more sources",
    "row": "the last one put on record",
}
ROUNDING = (
    "A printed figure can lie half a rounding step above or below what is printed.",
    "A sum or difference carries the half-steps of all its inputs; a ratio or a change runs from the lowest"
    " over the highest to the highest over the lowest.",
)


def how_view(behind: Behind) -> View:
    """The modal, which can only be closed."""
    return modal(CALLBACK, "How it was computed", list(_blocks(behind)))


def _blocks(behind: Behind) -> Iterator[Block]:
    answer, said = behind.answer, script(behind.answer)
    yield section(f"*{first_line(said, answer)}*")
    if answer.question is None or not answer.figures:
        yield section(NOTHING)
        return
    yield from _part("Formula", _formulas(answer, answer.question))
    yield from _part("Inputs, steps and changes", list(sources(answer, answer.question)))
    derived = any(figure.derived for figure in answer.figures)
    yield from _part("Rounding", [*ROUNDING, *([derived_caveat()] if derived else [])])
    yield from _part("Printings on record", _printings(behind.printings, answer))
    yield section("\n".join(["*Sources*", *fitting(linked(said), SECTION, "sources")]))


def _part(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """A titled section with as many of the lines as fit, whole ones."""
    if lines:
        yield section("\n".join([f"*{title}*", *fitting([escape(line) for line in lines], SECTION, "lines")]))


def _formulas(answer: Answer, question: Question) -> list[str]:
    """How the figures, and what was made of them, came about: in words, each once."""
    told = [*_of_view(answer), *(_formula(figure, answer) for figure in answer.figures)]
    if any(figure.growth.computed_pct is not None for figure in answer.figures):
        told.append("Change on a year earlier = the level divided by that of a year earlier, minus one.")
        told.append("Where a change was printed as well, that leads.")
    if any(figure.move for figure in answer.figures):
        told.append("Change on the month = the level divided by that of the month before, minus one.")
    return list(dict.fromkeys(told))


def _of_view(answer: Answer) -> Iterator[str]:
    """What a comparison, a share or a mean was made of."""
    for item in answer.contrasts:
        earlier, later = (figure.period.name for figure in item.in_time)
        told = contrast_told(item) or "no percentage"
        formula = "as the source printed it" if is_printed(item) else LEVELS_DIVIDED
        yield f"Change from {earlier} to {later} = {formula}: {told}."
    for share in answer.shares:
        period = share.part.period.name
        yield f"Share = the partner's figure divided by the world's, {period}: {share_told(share)}."
    if answer.averages:
        yield "Mean = the sum of the months divided by their number; of a day, by the days."
    if answer.ranks or answer.places:
        yield "Places are counted in the unbroken months on record; where roundings overlap they are shared."


def _formula(figure: Figure, answer: Answer) -> str:
    named = f"{series_name(figure.series, answer.catalogue)}, {figure.period.name}"
    if figure.value is None:
        return f"{named}: only a change was printed, no level."
    if figure.series.measure == "unit_value":
        return f"{named} = the value in US$ divided by the tonnes, both of {figure.scope}."
    if not figure.derived:
        return f"{named}: taken as it was printed."
    return f"{named} = {written_out(figure)}{_why(figure)}."


def _why(figure: Figure) -> str:
    """Why a figure can be worked out from those of other times; a balance of the same time says it itself."""
    of_other_times = any(item.row.period != figure.period for item in figure.inputs)
    return ", as a running total is the sum of its months" if of_other_times else ""


def _printings(printings: Sequence[Printings], answer: Answer) -> list[str]:
    """Of each published figure the row that counts, why it does, and the others."""
    numbers = answer.source_numbers
    told = []
    for each in printings:
        row = each.used
        named = f"{series_name(row.series, answer.catalogue)}, {row.period.name}"
        used = f"{named}: {_printed(row, numbers)} is used, {REASONS[each.why]}"
        others = [_printed(other, numbers) for other in reversed(each.rows) if other != row]
        told.append(f"{used}; also printed: {'; '.join(others)}." if others else f"{used}.")
    return told


def _printed(row: Row, numbers: Mapping[str, int]) -> str:
    """520 kt (bulletin, 18 March 2022, to the nearest 10 kt) [1]."""
    step = f", to the nearest {of_row(row.step, row)}" if row.step else ""
    when = f", published {day(row.published)}" if row.published else ", date not known"
    return f"{of_row(row.value or 0, row)} ({status_of(row)}{when}{step}) [{numbers[row.source]}]"
