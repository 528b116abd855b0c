"""Details of an answer: formulas, ranges, printed against computed, every printing, scope, sources."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.answer import Answer
from bot.answers.behind import Behind
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.model import Figure, Row
from bot.messages.blocks import SECTION, escape, fitting, link, section
from bot.messages.caveats import missing, scope_told
from bot.messages.modal import View, modal, plain
from bot.messages.names import flow_name, status_of
from bot.messages.number_format import amount, grouped, of_row, rounding_of, span
from bot.messages.quantities import as_figure, change, disagrees, side
from bot.messages.report import Item, Report
from bot.messages.reporting import reports
from bot.questions.named import period_name
from bot.words import clauses, say, speaking
from bot.words.folder import own_name


def details_view(behind: Behind) -> View:
    """The modal, which can only be closed."""
    with speaking(behind.answer.language):
        blocks = [section(f"*{escape(reports(behind.answer)[0].first_words)}*")]
        for part in parts(behind):
            told = ((escape(text), url, escape(bold or url)) for text, bold, url in part.items)
            lines = [text + (link(url, shown) if url else "") for text, url, shown in told]
            blocks.append({"type": "header", "text": plain(part.headline), "level": 3})
            blocks.append(section("\n".join(fitting(lines, SECTION, "lines"))))
        return modal("how", say("details.title"), blocks)


def parts(behind: Behind) -> list[Report]:
    """A report for each part that has something to say."""
    with speaking(behind.answer.language):
        answer, figures = behind.answer, behind.figures
        scopes = [(each.series, scope_told(each.series.commodity, each.scope)) for each in answer.figures]
        told: dict[str, Iterable[str]] = {
            "worked_out": [*_of_view(behind), *(_formula(each) for each in figures)],
            "rounding": [_rounding(each) for each in figures if each.value is not None],
            "changes": [line for each in figures for line in _changes(each, answer)],
            "printings": [_printings(*each, answer) for each in behind.printings.items()],
            "scope": [say("report.stated_scope", series=one, scope=told) for one, told in scopes],
            "missing": [missing(each) for each in answer.missing],
        }
        made = {name: tuple(map(Item, dict.fromkeys(lines))) for name, lines in told.items()}
        made["sources"] = tuple(_sources(answer))
        return [Report(say(f"details.title_{name}"), items=items) for name, items in made.items() if items]


def _of_view(behind: Behind) -> Iterator[str]:
    """What a comparison, a share, a mean or an operation was made of, with what rounding leaves open."""
    answer, count = behind.answer, len(behind.figures)
    every = len({*answer.figures, *answer.around})
    if count < every:  # the newest alone are explained
        yield say("details.newest", count=count, every=every)
    for pair in answer.contrasts:
        earlier, later = (period_name(figure.period) for figure in pair.in_time)
        if pair.pct is None or pair.range is None:
            yield say("details.no_contrast", earlier=earlier, later=later)
        else:
            yield say("details.contrast", earlier=earlier, later=later, told=_within(pair.pct, pair.range))
    for item in answer.computed:
        of = clauses([_named(each) for each in item.of])
        value, low, high = (grouped(each, 2) for each in (item.value, *item.range))
        told = say("details.between", value=value, low=low, high=high)
        if item.unit:
            told = _within(item.value, item.range) if item.unit == "%" else _ranged(as_figure(item))
        yield say(f"details.computed_{item.working}", of=of, told=told)
    for share in answer.shares:
        low, high = (grouped(edge, 1) for edge in share.range)
        part, whole = _named(share.part), _named(share.whole)
        yield say("details.share", told=say("details.percents", low=low, high=high), part=part, whole=whole)
    for mean in answer.averages:
        yield say("details.mean", named=_named(mean), told=_ranged(mean))
    if answer.ranks or answer.places:
        yield say("details.places")


def _within(pct: float, edges: tuple[float, float]) -> str:
    """+9.8 % (7.3 to 15.1 %)."""
    value, low, high = (grouped(each, 1, "+") for each in (pct, *edges))
    return say("details.between_percents", value=value, low=low, high=high)


def _ranged(figure: Figure) -> str:
    """420 kt (415 to 425 kt)."""
    told, edges = f"{side(figure)}{amount(figure)}", span(figure)
    return say("details.between", value=told, low=edges[0], high=edges[1]) if edges else told


def _named(item: Figure | Row) -> str:
    return say("report.titled", series=item.series, period=period_name(item.period))


def _formula(figure: Figure) -> str:
    """As it was printed; the sum that it is; the value by the tonnes."""
    named = _named(figure)
    if figure.value is None:
        return say("details.change_only", named=named)
    if figure.series.measure == "unit_value":
        return say("details.unit_value", named=named, scope=own_name(figure.scope))
    if not figure.derived:
        return say("details.as_printed", named=named, value=amount(figure))
    return say("details.sum", named=named, sum=_sum(figure), told=_ranged(figure))


def _sum(figure: Figure) -> str:
    """January-April 1.06 Mt − April 520 kt; of many inputs how many they are."""
    if len(figure.inputs) > 4:
        return say("details.many", count=len(figure.inputs))
    terms = []
    for sign, row in ((item.role, item.row) for item in figure.inputs):
        name = period_name(row.period)
        if row.series.flow != figure.series.flow:
            name = f"{flow_name(row.series.flow)} {name}"
        terms.append(f"{'−' if sign == '-' else sign} {name} {of_row(row.value or 0, row)}")
    return " ".join(terms).removeprefix("+ ")


def _rounding(figure: Figure) -> str:
    edges, derived = span(figure), len(figure.inputs) != 1
    told = say("details.range", low=edges[0], high=edges[1]) if edges else say("details.exact")
    step = say("details.half_steps") if derived else rounding_of(figure.row)
    return say("details.rounded", named=_named(figure), step=step, told=told)


def _changes(figure: Figure, answer: Answer) -> Iterator[str]:
    growth, move, named = figure.growth, figure.move, _named(figure)
    if growth.printed_pct is not None and growth.printed:
        source = answer.source_numbers.get(growth.printed.source, 0)
        yield say("details.printed", named=named, change=change(growth.printed_pct), source=source)
    if growth.computed_pct is not None and growth.range:
        yield say("details.computed", named=named, told=_within(growth.computed_pct, growth.range))
    if growth.printed_pct is not None and growth.computed_pct is not None:
        low, high = growth.range or (0.0, 0.0)
        # Whether rounding explains it.
        agree = low - PRINTED_HALF_POINT <= growth.printed_pct <= high + PRINTED_HALF_POINT
        agreement = say("details.agree" if agree else "details.apart")
        yield say("details.disagree") if disagrees(growth) else agreement
    if move:
        told = _within(move.pct, move.range)
        yield say("details.on_month" if move.base == "month" else "details.on_mean", named=named, told=told)


def _printings(row: Row, rows: Sequence[Row], answer: Answer) -> str:
    """The printing that is used, with the others, and why it is not the newest of them."""
    values = {"named": _named(row), "printed": _printed(row, answer)}
    used = say("details.used" if row == rows[-1] else "details.used_apart", **values)
    others = clauses([_printed(other, answer) for other in reversed(rows) if other != row])
    return say("details.also", used=used, others=others) if others else used


def _printed(row: Row, answer: Answer) -> str:
    """520 kt (bulletin, 18 March 2022, to the nearest 10 kt) [1]."""
    when = say("details.published", day=row.published) if row.published else ""
    values = {"value": of_row(row.value or 0, row), "source": answer.source_numbers.get(row.source, 0)}
    return say("details.printing", status=status_of(row), step=rounding_of(row), when=when, **values)


def _sources(answer: Answer) -> Iterator[Item]:
    """Each source with its date and its page; where it was read in a copy, that too."""
    for place, citation in enumerate(answer.citations, start=1):
        source = citation.source
        when = say("details.published", day=citation.published) if citation.published else ""
        named = f"[{place}] {own_name(source.publisher)}{when}: "
        yield Item(named, source.title, source.url) if source.url else Item(f"{named}{source.title}")
        read = say("details.read", day=source.retrieved)
        copy = source.copy_url
        yield Item(f"{read} ", say("details.copy"), copy) if copy else Item(read)
