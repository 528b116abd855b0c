"""How an answer was computed, as a modal: formulas in words, inputs, rounding, all printings, sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.behind import Behind, Printings
from bot.dataset.model import Figure, Row
from bot.messages.blocks import escape, fitting, section
from bot.messages.citations import copy_name
from bot.messages.contrasts import contrast_told, is_printed
from bot.messages.derivations import written_out
from bot.messages.details import sources
from bot.messages.leads import share_told
from bot.messages.message import Block
from bot.messages.modal import View, modal
from bot.messages.names import scope_name, series_name, status_of
from bot.messages.notes import derived_caveat
from bot.messages.number_format import of_row, rounding_of
from bot.messages.render import first_line, link, linked
from bot.messages.script import Script, script
from bot.messages.speech import no_percentage
from bot.questions.named import day_name, period_name
from bot.questions.question import Question
from bot.words import say, speaking
from bot.words.joints import clauses

CALLBACK = "how"
SECTION = 2_900


def how_view(behind: Behind) -> View:
    """The modal, which can only be closed."""
    with speaking(behind.answer.language):
        return modal(CALLBACK, say("how.title"), list(_blocks(behind)))


def _blocks(behind: Behind) -> Iterator[Block]:
    answer, said = behind.answer, script(behind.answer)
    yield section(f"*{first_line(said, answer)}*")
    if answer.question is None or not answer.figures:
        yield section(say("how.nothing"))
        return
    yield from _part(say("how.formula"), [*_in_part(behind), *_formulas(behind, answer.question)])
    explained = replace(answer, figures=behind.figures)
    yield from _part(say("how.inputs"), list(sources(explained, answer.question)))
    derived = [figure for figure in behind.figures if figure.derived]
    caveat = [derived_caveat(derived)] if derived else []
    rounding = [say("how.half_step"), say("how.half_steps"), *caveat]
    yield from _part(say("how.rounding"), rounding)
    yield from _part(say("how.printings"), _printings(behind.printings, answer))
    yield _titled(say("how.sources"), fitting(list(_sources(answer, said)), SECTION, "sources"))


def _sources(answer: Answer, said: Script) -> Iterator[str]:
    """The source lines; where a copy was read, its name is a link to it."""
    for line, citation in zip(linked(said), answer.citations, strict=True):
        name = escape(copy_name(citation.source))
        before, _, after = line.rpartition(name) if name else (line, "", "")
        yield before + link(citation.source.copy_url, name) + after


def _part(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """A titled section with as many of the lines as fit, whole ones."""
    if lines:
        yield _titled(title, fitting([escape(line) for line in lines], SECTION, "lines"))


def _titled(title: str, lines: Sequence[str]) -> Block:
    return section("\n".join([f"*{title}*", *lines]))


def _in_part(behind: Behind) -> Iterator[str]:
    """That the newest figures alone are explained."""
    count, every = len(behind.figures), len(behind.answer.figures)
    if count < every:
        yield say("how.newest", count=count, every=every)


def _formulas(behind: Behind, question: Question) -> list[str]:
    """How the figures, and what was made of them, came about: in words, each once."""
    answer, figures = behind.answer, behind.figures
    told = [*_of_view(answer), *(_formula(figure, answer) for figure in figures)]
    if any(figure.growth.computed_pct is not None for figure in figures):
        told += [say("how.year_change"), say("how.printed_leads")]
    if any(figure.move for figure in figures):
        told.append(say("how.month_change"))
    return list(dict.fromkeys(told))


def _of_view(answer: Answer) -> Iterator[str]:
    """What a comparison, a share or a mean was made of."""
    for item in answer.contrasts:
        earlier, later = (period_name(figure.period) for figure in item.in_time)
        yield say(
            "how.contrast_printed" if is_printed(item) else "how.contrast",
            earlier=earlier,
            later=later,
            change=contrast_told(item) or no_percentage(),
        )
    for share in answer.shares:
        yield say("how.share", period=period_name(share.part.period), share=share_told(share))
    if answer.averages:
        yield say("how.mean")
    if answer.ranks or answer.places:
        yield say("how.places")


def _formula(figure: Figure, answer: Answer) -> str:
    named, period = series_name(figure.series, answer.catalogue), period_name(figure.period)
    if figure.value is None:
        return say("how.change_only", series=named, period=period)
    if figure.series.measure == "unit_value":
        return say("how.unit_value", series=named, period=period, scope=scope_name(figure.scope))
    if not figure.derived:
        return say("how.as_printed", series=named, period=period)
    # Why a figure comes of other times than its own; a balance of the same time says it itself.
    of_other_times = any(item.row.period != figure.period for item in figure.inputs)
    return say(
        "how.written_out_of_totals" if of_other_times else "how.written_out",
        series=named,
        period=period,
        sum=written_out(figure),
    )


def _printings(printings: Sequence[Printings], answer: Answer) -> list[str]:
    """Of each published figure the row that counts, why it does, and the others."""
    return [_used(each, answer) for each in printings]


def _used(each: Printings, answer: Answer) -> str:
    row, numbers = each.used, answer.source_numbers
    others = [_printed(other, numbers) for other in reversed(each.rows) if other != row]
    told = {
        "series": series_name(row.series, answer.catalogue),
        "period": period_name(row.period),
        "printed": _printed(row, numbers),
        "why": say(f"how.reason_{each.why}"),
    }
    return say("how.used_of_several", **told, others=clauses(others)) if others else say("how.used", **told)


def _printed(row: Row, numbers: Mapping[str, int]) -> str:
    """520 kt (bulletin, 18 March 2022, to the nearest 10 kt) [1]."""
    return say(
        "how.printing",
        value=of_row(row.value or 0, row),
        status=status_of(row),
        when=say("how.published", day=day_name(row.published)) if row.published else say("how.undated"),
        step=rounding_of(row),
        source=numbers[row.source],
    )
