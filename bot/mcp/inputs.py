"""What each tool is called with: its fields and their schema, and the Question that they make."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Flow, Measure
from bot.errors import UsageError
from bot.questions.forms import shaped, summed
from bot.questions.question import Pair, Question, Unit
from bot.words import Language, say
from bot.words.countries import CODES
from bot.words.joints import listed

LONGEST_TEXT = 2_000  # characters
LONGEST_ECHO = 40  # of what was given, in a sentence about it
FIRST_YEAR, LAST_YEAR = 1990, 2049  # a stretch of more months would cost more than a question may
# Views that need no more than series and periods.
FigureView = Literal[
    "figure", "overview", "compare", "trend", "ranking", "record", "average", "growth", "highlights",
    "sources", "revisions", "total", "difference", "share", "ratio", "table", "rolling", "season", "why",
    "events", "partners",
]  # fmt: skip

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
SeriesIds = Annotated[list[str], Field(max_length=20, description="Series by id.")]
Periods = Annotated[
    list[str],
    Field(
        max_length=40,
        description="Each 2024-03, 2024-03 ytd (January to March), 2024-Q1, 2024-H1, 2024 or"
        " 2023-06..2024-05. The newest on record where none is given.",
    ),
]


class Inputs(BaseModel):
    """The fields of a tool, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class AskInputs(Inputs):
    """A question in words."""

    question: Text = Field(description="The user's question, in English or Chinese.")
    earlier: list[Text] = Field(
        [], max_length=6, description="Earlier questions that it builds on, the oldest first."
    )


class SpokenInputs(Inputs):
    """What has no words of the user's to hear a language in."""

    language: Language = Field("en", description="The language of the texts in the answer.")


class FigureInputs(SpokenInputs):
    """A question in slots."""

    series: SeriesIds = Field(min_length=1)
    flow: Flow | None = Field(
        None, description="net is exports less imports. Exports and imports where none is given."
    )
    partner: str | None = Field(None, description="A country's English name or ISO code; null is the world.")
    measure: Measure = Field("quantity", description="quantity in t, value in USD, unit_value in USD per t.")
    periods: Periods = []
    view: FigureView = "figure"
    as_of: str | None = Field(
        None, description="A day: what was known then.", json_schema_extra={"format": "date"}
    )


class CoverageInputs(SpokenInputs):
    """Series to look at; all where none is given."""

    series: SeriesIds = []


class ReleaseInputs(SpokenInputs):
    """A month to look at beside the next ones."""

    month: str | None = Field(None, description="A month such as 2024-03: when it came out or is due.")


def schema_of(inputs: type[Inputs], dataset: Dataset) -> dict[str, Any]:
    """The JSON schema of a tool's fields, with the series that there are."""
    schema = inputs.model_json_schema()
    if series := schema["properties"].get("series"):
        series["items"]["enum"] = list(dataset.catalogue)
    if partner := schema["properties"].get("partner"):
        partner["description"] += f" On record: {', '.join(dataset.partners)}."
    return schema


def figures_asked(given: FigureInputs, dataset: Dataset) -> Question:
    """The question of the slots; UsageError says what there is in the place of what there is not."""
    names, partner = _series(given.series, dataset), _partner(given.partner, dataset)
    flows = {name: _flows(name, given.flow, dataset) for name in names}
    pairs = tuple(Pair(name, flow, partner) for name in names for flow in flows[name])
    day = _day(given.as_of, dataset)
    periods = tuple(map(_period, given.periods)) or _newest(pairs, given, dataset.on(day or dataset.today))
    unit: Unit = "%" if given.view == "share" and partner else UNITS[given.measure]
    question = Question(
        pairs, periods, given.view, given.measure, unit,
        as_of=day, open_ended=not given.periods, language=given.language,
    )  # fmt: skip
    return shaped(summed(question)) if periods else question


def coverage_asked(given: CoverageInputs, dataset: Dataset) -> Question:
    """What is on record, of these series or of all."""
    names = _series(given.series, dataset) or tuple(dataset.catalogue)
    return Question.of(names, ("export", "import"), view="coverage", language=given.language)


def releases_asked(given: ReleaseInputs, _dataset: Dataset) -> Question:
    """What comes out next, and when that month came or comes."""
    periods = tuple(map(_period, [given.month] if given.month else []))
    return Question(periods=periods, view="release", language=given.language)


def shown(text: str) -> str:
    """What was given, short and in Unicode, for a sentence about it."""
    cut = text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + "…"
    return cut.encode(errors="replace").decode()


def _series(names: Iterable[str], dataset: Dataset) -> tuple[str, ...]:
    for name in names:
        if name not in dataset.catalogue:
            raise UsageError(say("mcp.no_series", name=shown(name), known=listed(list(dataset.catalogue))))
    return tuple(dict.fromkeys(names))


def _flows(name: str, flow: Flow | None, dataset: Dataset) -> tuple[Flow, ...]:
    known = dataset.flows(name)
    if flow and flow not in known:
        raise UsageError(say("mcp.no_flow", name=name, flow=flow, known=listed(known)))
    return (flow,) if flow else dataset.catalogue[name].flows


def _partner(name: str | None, dataset: Dataset) -> str:
    if not name:
        return ""
    codes = {code: country for country, code in CODES.items()}
    known = {each.lower(): each for each in dataset.partners}
    if found := known.get(codes.get(name.upper(), name).lower()):
        return found
    raise UsageError(say("mcp.no_partner", name=shown(name), known=listed(dataset.partners)))


def _period(text: str) -> Period:
    try:
        period = Period.from_text(text)
    except UsageError:
        raise UsageError(say("mcp.no_period", text=shown(text))) from None
    if period.start.year < FIRST_YEAR or period.end.year > LAST_YEAR:
        raise UsageError(say("mcp.far_period", text=text, first=FIRST_YEAR, last=LAST_YEAR))
    return period


def _newest(pairs: tuple[Pair, ...], given: FigureInputs, dataset: Dataset) -> tuple[Period, ...]:
    """The newest month, for views that have to be given one; where nothing is on record, the last month."""
    if given.view not in ("figure", "overview"):
        return ()
    names, flows = {pair.commodity: None for pair in pairs}, {pair.flow: None for pair in pairs}
    newest = dataset.newest([*names], [*flows], partner=pairs[0].partner, measure=given.measure)
    return (Period.month(newest or Month.of_day(dataset.today).plus(-1)),)


def _day(text: str | None, dataset: Dataset) -> date | None:
    """The day; None where it is today or later, of which no more is known."""
    try:
        day = date.fromisoformat(text) if text else dataset.today
    except ValueError:
        raise UsageError(say("mcp.no_day", text=shown(text or ""))) from None
    return day if day < dataset.today else None
