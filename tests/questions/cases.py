"""The cases in tests/conversations as typed objects, and the small record that they are asked of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.commodities import Commodity, load_catalogue
from bot.dataset.folder import data_folder
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions import understand
from bot.questions.question import Question, Unresolved
from tests.offered import worded

FOLDER = Path(__file__).parents[1] / "conversations"
FIRST_MONTH, LAST_MONTH = Month(2023, 8), Month(2026, 7)
ENDS = {"month": range(1, 13), "ytd": range(1, 13), "quarter": (3, 6, 9, 12), "half": (6, 12), "year": (12,)}


@dataclass(frozen=True)
class SmallRecord:
    """Every month from August 2023 to July 2026 of the world's figures; two partners with one series each."""

    catalogue: dict[str, Commodity] = field(
        default_factory=lambda: dict(load_catalogue(data_folder() / "commodities.toml"))
    )
    partners: tuple[str, ...] = ("Guinea", "Russia")
    today: date = date(2026, 11, 24)
    last: Month = LAST_MONTH
    partner_series: frozenset[tuple[str, str, str, str]] = frozenset(
        {("Guinea", "bauxite", "import", "value"), ("Russia", "alumina", "export", "quantity")}
    )

    def counts(self, scope: str) -> bool:
        return any(scope in item.scopes for item in self.catalogue.values())

    begins: date = date(2023, 9, 18)

    def as_of(self, day: date) -> "SmallRecord":
        """A month is known from the 18th of the next one on."""
        newest = Month(day.year, day.month).plus(-1 if day.day >= 18 else -2)
        return replace(self, today=day, last=min(self.last, newest))

    def newest(
        self,
        commodities: Sequence[str],
        flows: Sequence[Flow],
        *,
        partner: str = "",
        measure: Measure = "quantity",
        kind: Kind = "month",
        number: int | None = None,
    ) -> Month | None:
        pairs = [(name, flow) for name in commodities for flow in flows]
        if partner and not any((partner, *pair, measure) in self.partner_series for pair in pairs):
            return None
        months = (self.last.plus(-step) for step in range(FIRST_MONTH.until(self.last) + 1))
        return next((m for m in months if m.number in ENDS[kind] and number in (None, m.number)), None)


@dataclass(frozen=True)
class Case:
    """What was typed and what was expected of it, as the file has it."""

    typed: str
    expected: dict[str, Any]

    def check(self, got: Question | Unresolved, record: SmallRecord) -> None:
        if "outcome" in self.expected:
            assert isinstance(got, Unresolved), got
            self._check_refusal(got)
        else:
            assert isinstance(got, Question), got
            assert facts(got) == self._facts(record)
            said = self.expected.get("restated")
            assert (said in "; ".join(got.restated)) if said else not got.restated, got.restated

    def _check_refusal(self, got: Unresolved) -> None:
        assert got.outcome == self.expected["outcome"]
        assert str(self.expected["says"]) in " ".join(issue.sentence for issue in got.issues)
        if "suggests" in self.expected:
            assert sorted(worded(got.suggestions)) == sorted(self.expected["suggests"])

    def _facts(self, record: SmallRecord) -> dict[str, Any]:
        want = self.expected
        if want.get("view") == "help":
            return facts(Question(view="help"))
        every = list(record.catalogue)
        series = _listed(want.get("series", every))
        flows = _listed(want.get("flows", ["export", "import"]))
        measure: Measure = want.get("measure", "quantity")
        against = want.get("against")
        return {
            "series": series,
            "flows": flows,
            "period": None if want["period"] == "none" else period(want["period"]),
            "against": period(against) if against else None,
            "view": want.get("view", "compare" if against else "overview" if series == every else "figure"),
            "partner": want.get("partner", ""),
            "measure": measure,
            "unit": want.get("unit", UNITS[measure]),
            "scope": want.get("scope"),
            "open": want.get("open", False),
            "change": want.get("change"),
            "order": want.get("order", "highest"),
            "top": want.get("top", 5),
            "monthly": want.get("monthly", False),
            "pairs": [tuple(pair) for pair in want.get("pairs", [])],
            "as_of": want.get("as_of"),
            "first": want.get("first", False),
            "since": want.get("since"),
        }


def facts(question: Question) -> dict[str, Any]:
    """A question as the cases write it."""
    return {
        "series": list(question.commodities),
        "flows": list(question.flows),
        "period": question.period,
        "against": question.against,
        "view": question.view,
        "partner": question.partner,
        "measure": question.measure,
        "unit": question.unit,
        "scope": question.scope,
        "open": question.open_ended,
        "change": question.change,
        "order": question.order,
        "top": question.top,
        "monthly": question.monthly,
        "pairs": list(question.lines) if question.is_mixed else [],
        "as_of": question.as_of,
        "first": question.first,
        "since": question.since,
    }


def period(text: object) -> Period:
    """2024-03, ytd 2024-03, 2024-Q1, 2024-H1, 2024, 2024-03..2024-06."""
    written = str(text)
    if written.startswith("ytd "):
        return Period.ytd(Month.from_text(written[4:]))
    if ".." in written:
        first, last = written.split("..")
        return Period("range", Month.from_text(first), Month.from_text(last))
    if "-" not in written:
        return Period.whole_year(int(written))
    year, part = written.split("-")
    if part[0] == "Q":
        return Period.quarter(int(year), int(part[1]))
    if part[0] == "H":
        return Period.half(int(year), int(part[1]))
    return Period.month(Month.from_text(written))


@cache
def loaded(file: str) -> Any:
    """What a file of conversations holds; by the parser in C, as every worker loads them all."""
    with (FOLDER / file).open(encoding="utf-8") as opened:
        return yaml.load(opened, yaml.CSafeLoader)


def single_cases(file: str) -> Iterator[Case]:
    """The cases of a file that holds one turn each."""
    for entry in loaded(file):
        yield _case(entry)


def threads() -> Iterator[tuple[Case, ...]]:
    """The threads, each a tuple of turns."""
    for turns in loaded("threads.yaml"):
        yield tuple(_case(entry) for entry in turns)


def understood(turns: Sequence[Case], record: SmallRecord) -> Iterator[tuple[Case, Question | Unresolved]]:
    """Each turn of a thread with what it is understood as."""
    last: Question | None = None
    offered: tuple[Question, ...] = ()
    for turn in turns:
        got = understand(turn.typed, record=record, last=last, offered=offered)
        if isinstance(got, Question):
            last, offered = got, ()
        else:
            offered = got.suggestions or offered
        yield turn, got


def _case(entry: dict[str, Any]) -> Case:
    return Case(str(entry["typed"]), {key: value for key, value in entry.items() if key != "typed"})


def _listed(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]
