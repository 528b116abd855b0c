"""The tools: what each is called with, and the document that it answers. Pure, and small on its way back."""

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.companions import Commodity
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Flow, Measure
from bot.errors import UsageError
from bot.messages.command_line import document
from bot.messages.for_programs import Json
from bot.questions.question import Pair, Question
from bot.questions.reading import Reading
from bot.questions.view_forms import shaped
from bot.words import Language, listed, say, speaking
from bot.words.folder import with_values

HERE = Path(__file__).parent
TEXTS: Mapping[str, Any] = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
LONGEST_ECHO = 40  # of what was given, in a sentence about it
FIRST_YEAR, LAST_YEAR = 1990, 2049  # a stretch of more months would cost more than a question may
# Views that need no more than series and periods.
FigureView = Literal[
    "figure", "overview", "compare", "trend", "ranking", "record", "average", "growth", "highlights",
    "sources", "revisions", "total", "difference", "share", "ratio", "table", "rolling", "season", "why",
    "events", "partners",
]  # fmt: skip

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
SeriesIds = Annotated[list[str], Field(max_length=20)]


class Tool(BaseModel, ABC):
    """The fields of a call, and nothing else; what each is for stands in texts.toml."""

    model_config = ConfigDict(extra="forbid")

    @abstractmethod
    def answer(self, dataset: Dataset) -> Answer:
        """What the call comes to; UsageError says what there is in the place of what there is not."""

    @classmethod
    def schema_on(cls, dataset: Dataset) -> Json:
        """The JSON schema of the fields, with the series that there are."""
        schema = cls.model_json_schema()
        for name, field in schema["properties"].items():
            if told := TEXTS["fields"].get(name):
                field["description"] = told.format(partners=", ".join(dataset.partners))
            if name == "series":
                field["items"]["enum"] = list(dataset.catalogue)
        return schema


class AskTool(Tool):
    """A question in words."""

    question: Text
    earlier: list[Text] = Field([], max_length=6)

    def answer(self, dataset: Dataset) -> Answer:
        """The answer to the last turn."""
        *_, last = converse([*self.earlier, self.question], dataset)
        return last


class FigureTool(Tool):
    """A question in slots."""

    language: Language = "en"
    series: SeriesIds = Field(min_length=1)
    flow: Flow | None = None
    partner: str | None = None
    measure: Measure = "quantity"
    periods: list[str] = Field([], max_length=40)
    view: FigureView = "figure"
    as_of: str | None = Field(None, json_schema_extra={"format": "date"})

    def answer(self, dataset: Dataset) -> Answer:
        """About the newest month where none is given and the view needs one."""
        names = _series(self.series, dataset)
        partner = _one_of(self.partner, dataset.partners) if self.partner else ""
        flows_of = {name: _flows(name, self.flow, dataset) for name in names}
        pairs = tuple(Pair(name, each, partner) for name, flows in flows_of.items() for each in flows)
        day, periods = _day(self.as_of, dataset), tuple(map(_period, self.periods))
        if not periods and self.view in ("figure", "overview"):
            flows, known = dict.fromkeys(pair.flow for pair in pairs), dataset.on(day or dataset.today)
            newest = newest_month(known, names, flows, partner=partner, measure=self.measure)
            periods = (Period.month(newest),)
        question = Question(
            pairs, periods, self.view, self.measure,
            "%" if self.view == "share" and partner else UNITS[self.measure],
            as_of=day, open_ended=not self.periods, language=self.language,
        )  # fmt: skip
        return respond(shaped(question) if periods else question, dataset)


class CoverageTool(Tool):
    """Series to look at; all where none is given."""

    language: Language = "en"
    series: SeriesIds = []

    def answer(self, dataset: Dataset) -> Answer:
        """What there is of them."""
        names = _series(self.series, dataset) or tuple(dataset.catalogue)
        asked = Question.of(names, ("export", "import"), view="coverage", language=self.language)
        return respond(asked, dataset)


class ReleaseTool(Tool):
    """A month to look at beside the next ones."""

    language: Language = "en"
    month: str | None = None

    def answer(self, dataset: Dataset) -> Answer:
        """When they come."""
        periods = (_period(self.month),) if self.month else ()
        return respond(Question(periods=periods, view="release", language=self.language), dataset)


TOOLS: Mapping[str, type[Tool]] = {
    "ask": AskTool,
    "figures": FigureTool,
    "coverage": CoverageTool,
    "releases": ReleaseTool,
}


@dataclass(frozen=True, slots=True)
class Result:
    """The document of an answer; `is_wrong`: of arguments that cannot be answered."""

    document: Json
    is_wrong: bool = False


def call(name: str, arguments: Mapping[str, Any], day: date, dataset: Dataset) -> Result:
    """What a tool answers on that day; to wrong arguments, what is wrong and what there is instead."""
    known = dataset.on(day)
    spoken: Language = "zh" if arguments.get("language") == "zh" else "en"
    with speaking(spoken):
        try:
            return Result(document(TOOLS[_one_of(name, TOOLS)].model_validate(arguments).answer(known)))
        except (ValidationError, UsageError) as problem:
            sentence = _sentence(problem) if isinstance(problem, ValidationError) else str(problem)
    refused = respond(Reading("not_understood", language=spoken), known)
    return Result(document(refused._replace(reading=None, refusal=sentence)), is_wrong=True)


def _sentence(problem: ValidationError) -> str:
    """What is wrong with the first of the arguments that are; says nothing of its value."""
    error = problem.errors(include_url=False, include_context=False, include_input=False)[0]
    name = shown(str(next(iter(error["loc"]), "?")))  # a key that is no text has no place
    return say("mcp.wrong_argument", name=name, why=error["msg"])


def newest_month(dataset: Dataset, names: Iterable[str], flows: Iterable[Flow], **which: Any) -> Month:
    """The newest month on record; the one before today where nothing is."""
    return dataset.newest([*names], [*flows], **which) or Month.of_day(dataset.today).plus(-1)


def shown(text: str) -> str:
    """What was given, short and in Unicode, for a sentence about it."""
    cut = text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + "…"
    return cut.encode(errors="replace").decode()


def _one_of(name: str, known: Iterable[str]) -> str:
    """The name as it is known, in whatever letters it was given; UsageError says what there is."""
    found = {each.lower(): each for each in known}
    if name.lower() not in found:
        raise UsageError(say("mcp.none_such", name=shown(name), known=listed([*found.values()])))
    return found[name.lower()]


def _series(names: Iterable[str], dataset: Dataset) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_one_of(each, dataset.catalogue) for each in names))


def _flows(name: str, flow: Flow | None, dataset: Dataset) -> tuple[Flow, ...]:
    if flow is None:
        return dataset.catalogue[name].flows
    _one_of(f"{name}, {flow}", (f"{name}, {each}" for each in dataset.flows(name)))
    return (flow,)


def _period(text: str) -> Period:
    try:
        period = Period.from_text(text)
    except UsageError:
        raise UsageError(say("mcp.no_period", text=shown(text))) from None
    if period.start.year < FIRST_YEAR or period.end.year > LAST_YEAR:
        raise UsageError(say("mcp.far_period", text=text, first=FIRST_YEAR, last=LAST_YEAR))
    return period


def _day(text: str | None, dataset: Dataset) -> date | None:
    """The day; None where it is today or later, of which no more is known."""
    try:
        day = date.fromisoformat(text) if text else dataset.today
    except ValueError:
        raise UsageError(say("mcp.no_day", text=shown(text or ""))) from None
    return day if day < dataset.today else None


def filled(text: str, **values: object) -> str:
    """The text with the data folder's values and further ones."""
    return with_values(text).format(**values).strip()


def instructions(dataset: Dataset) -> str:
    """What the server is for, and what it has."""
    series = "; ".join(map(_series_line, dataset.catalogue.values()))
    return filled(TEXTS["instructions"], series=series)


def skill(dataset: Dataset) -> str:
    """A Markdown skill that teaches an assistant to ask and to quote."""
    series = "\n".join(f"- {_series_line(each)}" for each in dataset.catalogue.values())
    return filled((HERE / "skill.md").read_text(encoding="utf-8"), series=series) + "\n"


def glossary(dataset: Dataset) -> str:
    """Every term in both languages, in Markdown."""
    paragraph = "## {0.name_en} ({0.name_zh})\n\n{0.text_en}\n\n{0.text_zh}\n"
    return "\n".join(map(paragraph.format, dataset.record.glossary.values()))


def _series_line(each: Commodity) -> str:
    flows, scopes = ", ".join(f"{flow}s" for flow in each.flows), ", ".join(each.scopes)
    return f"`{each.id}` ({each.name_en}, {each.name_zh}; {flows}; {scopes})"
