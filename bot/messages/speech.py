"""What is said of figures, in English: names, changes, and the first line of every answer."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.answer import Answer
from bot.dataset.calendar import MONTH_NAMES
from bot.dataset.catalogue import Commodity
from bot.dataset.model import Figure, Growth, Series
from bot.messages.numbers import amount, is_wide, percent, percent_span, printed_percent, span
from bot.questions.question import Question, Unit

Names = Mapping[str, Commodity]

FLOWS = {"export": "exports", "import": "imports", "net": "net exports"}
PARTNER_WORD = {"export": "to", "import": "from", "net": "with"}
MEASURES = {"quantity": "", "value": " by value", "unit_value": ", unit value"}
NO_STATUS = "status not known"
HEADLINE_FIGURES = 5  # an overview's first line names the leading ones; the table has them all


def day(when: date) -> str:
    """18 April 2024."""
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year}"


def lower_first(text: str) -> str:
    """The text for the middle of a sentence; what begins with an abbreviation stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def series_name(series: Series, names: Names) -> str:
    """Alumina exports; Bauxite imports from Guinea by value."""
    commodity = names[series.commodity].short_en if series.commodity in names else series.commodity
    partner = f" {PARTNER_WORD[series.flow]} {series.partner}" if series.partner else ""
    return f"{short(commodity)} {FLOWS[series.flow]}{partner}{MEASURES[series.measure]}"


def short(name: str) -> str:
    """A series' name without what stands in brackets."""
    return name.split(" (")[0]


def status(figure: Figure) -> str:
    """Bulletin, flash, ... as the row says; "status not known" where it does not."""
    return figure.status or NO_STATUS


def value(figure: Figure, unit: Unit = "t") -> str:
    """140 kt; a derived one says about and its range: about 210 kt (195 to 225 kt)."""
    if figure.value is None:
        return "level not on record"
    if not figure.derived:
        return amount(figure, unit)
    low, high = span(figure, unit).split(" to ")
    exact = low == high.split(" ")[0]
    return amount(figure, unit) if exact else f"about {amount(figure, unit)} ({low} to {high})"


def change(growth: Growth) -> str:
    """The leading year-on-year change: +169.6 %; a computed one with its range; '' where none leads."""
    if growth.pct is None or growth.disputed:
        return ""
    return printed_percent(growth.pct) if growth.origin == "published" else computed(growth)


def computed(growth: Growth) -> str:
    """A computed change: about +8.8 % (2.9 to 14.9 %); plain where rounding does not reach its decimal."""
    if growth.computed_pct is None or growth.range is None:
        return ""
    return about(growth.computed_pct, growth.range)


def about(pct: float, span_pct: tuple[float, float]) -> str:
    """A change with its rounding range: about +8.8 % (2.9 to 14.9 %)."""
    return f"about {percent(pct)} ({percent_span(span_pct)})" if is_wide(span_pct) else percent(pct)


def both_changes(growth: Growth) -> str:
    """Everything known of the change on a year earlier, printed and computed."""
    if growth.pct is None and growth.printed_pct is None:
        return "not on record"
    if growth.printed_pct is None:
        return computed(growth)
    if growth.disputed or growth.origin == "computed":
        return f"printed {printed_percent(growth.printed_pct)}, computed {computed(growth)}"
    return printed_percent(growth.printed_pct)


def headline(answer: Answer) -> str:
    """The restatement with the number in it."""
    question = answer.question
    if question is None:
        return " ".join(issue.sentence for issue in answer.issues)
    read_as = f" ({'; '.join(question.restated)})" if question.restated else ""
    return _restatement(answer, question) + read_as


def _restatement(answer: Answer, question: Question) -> str:
    if question.view == "help":
        return HELP_HEADLINE
    if not answer.figures:
        return _nothing(answer)
    if question.view == "overview":
        return _overview(answer, question)
    if question.against:
        return _comparison(answer, question)
    first, *others = answer.figures
    told = [f"{opening(first, answer.catalogue)}, {first.period.name}: {said(first, question.unit)}"]
    told += [_short_said(other, answer.catalogue, question.unit) for other in others[: HEADLINE_FIGURES - 1]]
    return "; ".join(told)


def _short_said(figure: Figure, names: Names, unit: Unit) -> str:
    return f"{lower_first(series_name(figure.series, names))}{in_scope(figure, names)} {said(figure, unit)}"


def said(figure: Figure, unit: Unit = "t") -> str:
    """The number and its growth: 140 kt, +169.6 % on a year earlier."""
    grown = change(figure.growth)
    return f"{value(figure, unit)}, {grown} on a year earlier" if grown else value(figure, unit)


def opening(figure: Figure, names: Names) -> str:
    """The series' name; where a later scope is served, that scope opens."""
    named = series_name(figure.series, names)
    return f"{figure.scope}: {named}" if is_later_scope(figure, names) else named


def in_scope(figure: Figure, names: Names) -> str:
    """' (HS 2818)' where a later scope is served, else nothing."""
    return f" ({figure.scope})" if is_later_scope(figure, names) else ""


def is_later_scope(figure: Figure, names: Names) -> bool:
    """Whether the figure counts something else than the series' first scope."""
    commodity = names.get(figure.series.commodity)
    return bool(commodity and figure.scope != commodity.scopes[0])


def _overview(answer: Answer, question: Question) -> str:
    own = [figure for figure in answer.figures if figure.period == question.period]
    told = "; ".join(
        _short_said(figure, answer.catalogue, question.unit) for figure in own[:HEADLINE_FIGURES]
    )
    return f"China's aluminium trade, {own[0].period.name}: {told}"


def _comparison(answer: Answer, question: Question) -> str:
    now = [figure for figure in answer.figures if figure.period == question.period]
    then = {figure.series: figure for figure in answer.figures if figure.period == question.against}
    told = []
    for figure in now:
        base = then.get(figure.series)
        level = value(figure, question.unit)
        beside = f", against {value(base, question.unit)} in {base.period.name}" if base else ""
        told.append(f"{opening(figure, answer.catalogue)}, {figure.period.name}: {level}{beside}")
    return "; ".join(told) or _nothing(answer)


def _nothing(answer: Answer) -> str:
    names = dict.fromkeys(series_name(item.series, answer.catalogue) for item in answer.missing)
    period = answer.question.period if answer.question else None
    listed = (
        enumeration([next(iter(names)), *map(lower_first, list(names)[1:])]) if names else "Nothing asked"
    )
    return f"{listed}, {period.name if period else ''}: not on record."


def enumeration(words: Sequence[str]) -> str:
    """A, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


HELP_HEADLINE = "Ask for China's exports and imports of alumina, bauxite, aluminium, primary metal and scrap."
HELP_LINES = (
    "march: everything in the newest March on record",
    "alumina exports march 2024",
    "bauxite imports ytd",
    "q1 2024 alumina exports",
    "aluminium imports 2025",
    "alumina imports unit value may 2025",
    "private march: only you see the answer",
)
HELP_CLOSE = (
    "In a thread just go on: and february? and imports? Every figure names its source, status and rounding."
)
