"""Details of an answer: formulas, ranges, printed against computed, every printing, scope, sources."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.answers.answer import Answer, Contrast
from bot.answers.behind import Behind, Printings
from bot.answers.results import Computed
from bot.dataset.model import Figure, Growth, Input, Row
from bot.messages.blocks import escape, fitting, section
from bot.messages.caveats import missing, scope_told
from bot.messages.message import Block
from bot.messages.modal import View, modal, plain
from bot.messages.names import scope_name, series_name, status_of
from bot.messages.number_format import amount, grouped, of_row, rounding_of, span
from bot.messages.quantities import as_figure, change, disagrees, is_later_scope, side, sized
from bot.messages.render import link, title_of
from bot.messages.report import Item
from bot.messages.sourcing import publisher
from bot.questions.named import day_name, in_year, period_name
from bot.words import say, speaking
from bot.words.joints import clauses

CALLBACK = "how"
SECTION = 2_900
TERMS = 4  # of a sum that is written out; more inputs are counted


class Part(NamedTuple):
    """A headed part of the details."""

    title: str
    lines: Sequence[Item]


def details_view(behind: Behind) -> View:
    """The modal, which can only be closed."""
    with speaking(behind.answer.language):
        blocks = [section(f"*{escape(title_of(behind.answer))}*")]
        for part in parts(behind):
            blocks += _headed(part)
        return modal(CALLBACK, say("details.title"), blocks)


def _headed(part: Part) -> list[Block]:
    lines = [_line(each) for each in part.lines]
    head: Block = {"type": "header", "text": plain(part.title), "level": 3}
    return [head, section("\n".join(fitting(lines, SECTION, "lines")))]


def _line(item: Item) -> str:
    """The words; a linked part of them last."""
    return f"{escape(item.text)}{link(item.url, escape(item.bold or item.url)) if item.url else ''}"


def parts(behind: Behind) -> list[Part]:
    """All parts that have something to say."""
    with speaking(behind.answer.language):
        answer, figures = behind.answer, behind.figures
        told = [
            (
                "worked_out",
                [*_in_part(behind), *_of_view(answer), *(_formula(each, answer) for each in figures)],
            ),
            ("rounding", [_rounding(each, answer) for each in figures if each.value is not None]),
            ("changes", [line for each in figures for line in _changes(each, answer)]),
            ("printings", [_used(each, answer) for each in behind.printings]),
            ("scope", _scopes(answer)),
            ("missing", [missing(each, answer.catalogue) for each in answer.missing]),
        ]
        made = [
            Part(say(f"details.title_{name}"), [Item(each) for each in dict.fromkeys(lines)])
            for name, lines in told
            if lines
        ]
        sources = list(_sources(answer))
        return [*made, *([Part(say("details.title_sources"), sources)] if sources else [])]


def _in_part(behind: Behind) -> Iterator[str]:
    """That the newest figures alone are explained."""
    count, every = len(behind.figures), len({*behind.answer.figures, *behind.answer.around})
    if count < every:
        yield say("details.newest", count=count, every=every)


def _of_view(answer: Answer) -> Iterator[str]:
    """What a comparison, a share, a mean or an operation was made of, with what rounding leaves open."""
    yield from (_contrast(item) for item in answer.contrasts)
    for item in answer.computed:
        of = clauses([_named(each, answer) for each in item.of])
        yield say(f"details.computed_{item.working}", of=of, told=_computed(item))
    for share in answer.shares:
        told = say("details.percents", low=grouped(share.range[0], 1), high=grouped(share.range[1], 1))
        yield say(
            "details.share", part=_named(share.part, answer), whole=_named(share.whole, answer), told=told
        )
    yield from (
        say("details.mean", named=_named(each, answer), told=_ranged(each)) for each in answer.averages
    )
    if answer.ranks or answer.places:
        yield say("details.places")


def _contrast(item: Contrast) -> str:
    earlier, later = (period_name(figure.period) for figure in item.in_time)
    if item.pct is None or item.range is None:
        return say("details.no_contrast", earlier=earlier, later=later)
    return say("details.contrast", earlier=earlier, later=later, told=_within(item.pct, item.range))


def _computed(item: Computed) -> str:
    if item.unit == "%":
        return _within(item.value, item.range)
    if item.unit:
        return _ranged(as_figure(item))
    low, high = (grouped(edge, 2) for edge in item.range)
    return say("details.between", value=grouped(item.value, 2), low=low, high=high)


def _within(pct: float, edges: tuple[float, float]) -> str:
    """+9.8 % (7.3 to 15.1 %)."""
    low, high = (grouped(edge, 1, "+") for edge in edges)
    return say("details.between_percents", value=grouped(pct, 1, "+"), low=low, high=high)


def _ranged(figure: Figure) -> str:
    """420 kt (415 to 425 kt)."""
    told, edges = f"{side(figure)}{amount(sized(figure))}", span(sized(figure))
    return say("details.between", value=told, low=edges[0], high=edges[1]) if edges else told


def _named(figure: Figure, answer: Answer) -> str:
    name = series_name(figure.series, answer.catalogue)
    return say("report.titled", series=name, period=period_name(figure.period))


def _formula(figure: Figure, answer: Answer) -> str:
    """As it was printed; the sum that it is; the value by the tonnes."""
    named = _named(figure, answer)
    if figure.value is None:
        return say("details.change_only", named=named)
    if figure.series.measure == "unit_value":
        return say("details.unit_value", named=named, scope=scope_name(figure.scope))
    if not figure.derived:
        return say("details.as_printed", named=named, value=amount(sized(figure)))
    return say("details.sum", named=named, sum=_sum(figure), told=_ranged(figure))


def _sum(figure: Figure) -> str:
    """January-April 1.06 Mt − April 520 kt; of many inputs how many they are."""
    if len(figure.inputs) > TERMS:
        return say("details.many", count=len(figure.inputs))
    return " ".join(_term(place, item, figure) for place, item in enumerate(figure.inputs))


def _term(place: int, item: Input, figure: Figure) -> str:
    row = item.row
    name = in_year(row.period, figure.end.year)
    if row.series.flow != figure.series.flow:
        name = say(f"names.flow_{row.series.flow}") + " " + name
    sign = "" if place == 0 and item.role == "+" else f"{'−' if item.role == '-' else item.role} "
    return f"{sign}{name} {of_row(row.value or 0, row)}"


def _rounding(figure: Figure, answer: Answer) -> str:
    edges = span(sized(figure))
    told = say("details.range", low=edges[0], high=edges[1]) if edges else say("details.exact")
    step = rounding_of(figure.row) if len(figure.inputs) == 1 else say("details.half_steps")
    return say("details.rounded", named=_named(figure, answer), step=step, told=told)


def _changes(figure: Figure, answer: Answer) -> Iterator[str]:
    """The printed change with its source, the computed one with its range, whether they agree."""
    growth, named = figure.growth, _named(figure, answer)
    if growth.printed_pct is not None and growth.printed:
        source = answer.source_numbers.get(growth.printed.source, 0)
        yield say("details.printed", named=named, change=change(growth.printed_pct), source=source)
    if growth.computed_pct is not None and growth.range:
        yield say("details.computed", named=named, told=_within(growth.computed_pct, growth.range))
    if growth.printed_pct is not None and growth.computed_pct is not None:
        yield _agreement(growth)
    if figure.move:
        yield say(
            f"details.on_{'month' if figure.move.base == 'month' else 'mean'}",
            named=named,
            told=_within(figure.move.pct, figure.move.range),
        )


def _agreement(growth: Growth) -> str:
    """Whether rounding explains that they differ."""
    if disagrees(growth):
        return say("details.disagree")
    low, high = growth.range or (0.0, 0.0)
    return say("details.agree" if low - 0.05 <= (growth.printed_pct or 0) <= high + 0.05 else "details.apart")


def _used(each: Printings, answer: Answer) -> str:
    """Of a published figure the row that counts, why it does, and the others."""
    row = each.used
    named = say(
        "report.titled", series=series_name(row.series, answer.catalogue), period=period_name(row.period)
    )
    used = say(
        "details.used", named=named, printed=_printed(row, answer), why=say(f"details.reason_{each.why}")
    )
    others = clauses([_printed(other, answer) for other in reversed(each.rows) if other != row])
    return say("details.also", used=used, others=others) if others else used


def _printed(row: Row, answer: Answer) -> str:
    """520 kt (bulletin, 18 March 2022, to the nearest 10 kt) [1]."""
    when = say("details.published", day=day_name(row.published)) if row.published else ""
    source = answer.source_numbers.get(row.source, 0)
    return say(
        "details.printing",
        value=of_row(row.value or 0, row),
        status=status_of(row),
        when=when,
        step=rounding_of(row),
        source=source,
    )


def _scopes(answer: Answer) -> list[str]:
    """What each figure counts, and whether that is wider or narrower than its series."""
    told = []
    for figure in answer.figures:
        name = series_name(figure.series, answer.catalogue)
        scope = scope_name(figure.scope)
        if is_later_scope(figure, answer.catalogue):
            scope = scope_told(figure.series.commodity, figure.scope, answer.catalogue)
        told.append(say("report.stated_scope", series=name, scope=scope))
    return list(dict.fromkeys(told))


def _sources(answer: Answer) -> Iterator[Item]:
    """Each source with its date and its page; where it was read in a copy, that too."""
    for place, citation in enumerate(answer.citations, start=1):
        source = citation.source
        when = say("details.published", day=day_name(citation.published)) if citation.published else ""
        yield Item(f"[{place}] {publisher(source)}{when}: ", source.title, source.url)
        if not source.url:
            yield Item(source.title)
        read = say("details.read", day=day_name(source.retrieved))
        if source.copy_url:
            yield Item(f"{read} ", say("details.copy"), source.copy_url)
        else:
            yield Item(read)
