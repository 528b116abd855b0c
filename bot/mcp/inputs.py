"""What each tool is called with: its fields and their schema, and the Question that they make."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Flow, Measure
from bot.errors import UsageError
from bot.mcp.texts import TEXTS
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
SeriesIds = Annotated[list[str], Field(max_length=20)]


class Inputs(BaseModel):
    """The fields of a tool, and nothing else; what each is for stands in texts.toml."""

    model_config = ConfigDict(extra="forbid")


class AskInputs(Inputs):
    """A question in words."""

    question: Text
    earlier: list[Text] = Field([], max_length=6)


class SpokenInputs(Inputs):
    """What has no words of the user's to hear a language in."""

    language: Language = "en"


class FigureInputs(SpokenInputs):
    """A question in slots."""

    series: SeriesIds = Field(min_length=1)
    flow: Flow | None = None
    partner: str | None = None
    measure: Measure = "quantity"
    periods: list[str] = Field([], max_length=40)
    view: FigureView = "figure"
    as_of: str | None = Field(None, json_schema_extra={"format": "date"})


class CoverageInputs(SpokenInputs):
    """Series to look at; all where none is given."""

    series: SeriesIds = []


class ReleaseInputs(SpokenInputs):
    """A month to look at beside the next ones."""

    month: str | None = None


def schema_of(inputs: type[Inputs], dataset: Dataset) -> dict[str, Any]:
    """The JSON schema of a tool's fields, with the series that there are."""
    schema = inputs.model_json_schema()
    for name, field in schema["properties"].items():
        if told := TEXTS["fields"].get(name):
            field["description"] = told.format(partners=", ".join(dataset.partners))
        if name == "series":
            field["items"]["enum"] = list(dataset.catalogue)
    return schema


def figures_asked(given: FigureInputs, dataset: Dataset) -> Question:
    """The question of the slots; UsageError says what there is in the place of what there is not."""
    names, partner = _series(given.series, dataset), _partner(given.partner, dataset)
    pairs = tuple(Pair(name, flow, partner) for name in names for flow in _flows(name, given.flow, dataset))
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


def newest_month(dataset: Dataset, names: Iterable[str], flows: Iterable[Flow], **which: Any) -> Month:
    """The newest month on record; the one before today where nothing is."""
    return dataset.newest([*names], [*flows], **which) or Month.of_day(dataset.today).plus(-1)


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
    """The newest month, for views that have to be given one."""
    if given.view not in ("figure", "overview"):
        return ()
    flows, partner = dict.fromkeys(pair.flow for pair in pairs), pairs[0].partner
    newest = newest_month(dataset, given.series, flows, partner=partner, measure=given.measure)
    return (Period.month(newest),)


def _day(text: str | None, dataset: Dataset) -> date | None:
    """The day; None where it is today or later, of which no more is known."""
    try:
        day = date.fromisoformat(text) if text else dataset.today
    except ValueError:
        raise UsageError(say("mcp.no_day", text=shown(text or ""))) from None
    return day if day < dataset.today else None
