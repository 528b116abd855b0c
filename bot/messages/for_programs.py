"""How values stand in the JSON document, and figures in lines of a CSV file: numbers in base units, changes
in percent, by the lists of fields in document.toml. The release calendar as an iCalendar file (RFC 5545).
"""

import csv
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer, Highlight
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Growth, Source
from bot.dataset.releases import Stage, stages_in_use
from bot.messages.blocks import File, visible
from bot.messages.names import month_list, stage_name, upper_first
from bot.profile import profile
from bot.questions.question import Question
from bot.questions.serialise import period_as_json
from bot.words import say
from bot.words.folder import CODES

Json = dict[str, Any]
Written = Callable[[Any], Any]
HERE = Path(__file__).parent
CONTRACT: Mapping[str, Any] = tomllib.loads((HERE / "document.toml").read_text("utf-8"))
CALENDAR: Mapping[str, str] = tomllib.loads((HERE / "release_calendar.toml").read_text("utf-8"))
BACK, AHEAD = 3, 12  # months of the calendar
FIELD = re.compile(r"<(\w+):?([\w.]*)>|(\w+)=?([\w.-]*)\[?(\w*)\]?([#%~?!*]?)")
HEADER: list[str] = CONTRACT["csv"]["columns"].split()
# What a spreadsheet would work out, in full width where it is set to Chinese.
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]")


def encoded(value: Any) -> Any:
    """A value as JSON has it: months and days in digits, a period by its first and last month."""
    if isinstance(value, Period):
        return period_as_json(value)
    if isinstance(value, Month | date):
        return str(value)
    if hasattr(value, "_asdict"):
        return value._asdict()
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return list(map(encoded, value)) if isinstance(value, tuple | list) else value


def as_number(value: Any) -> Any:
    """Whole numbers without a decimal point, others to six decimals; of a pair each."""
    if value is None or isinstance(value, tuple):
        return value and list(map(as_number, value))
    return int(value) if value == int(value) else round(value, 6)


def as_percent(pct: Any) -> Any:
    """A percentage to one decimal; of a pair each; of a growth the one that leads."""
    if isinstance(pct, Growth):
        return pct.pct if pct.origin == "published" else as_percent(pct.pct)
    if pct is None or isinstance(pct, tuple):
        return pct and list(map(as_percent, pct))
    return round(pct, 1) + 0.0


WRITTEN: Mapping[str, Written] = {
    "": encoded,
    "#": as_number,
    "%": as_percent,
    "~": lambda pct: None if pct is None else round(pct, 2),
    "?": lambda value: value or None,
    "!": lambda holds: "yes" if holds else "no",
    "*": lambda several: list(dict.fromkeys(several)),
}


def picked(item: object, fields: str) -> Json:
    """The fields of an item under their keys: null where a path breaks off."""
    found: Json = {}
    for key, path, written in _fields(fields):
        value: Any = item
        for name in path:
            value = None if value is None else _step(value, name)
        found[key] = written(value)
    return found


@cache
def _fields(spec: str) -> list[tuple[str, list[str], Written]]:
    """Of each field its key, the path to its value, and what writes it."""
    found = []
    for name, under, key, path, each, sign in FIELD.findall(CONTRACT["fields"].get(spec, spec)):
        if name:
            beside = under.split(".") if under else []
            found += [(key, [*beside, *path], written) for key, path, written in _fields(name)]
        else:
            found.append((key, (path or key).split("."), partial(_all, each) if each else WRITTEN[sign]))
    return found


def _all(fields: str, found: Any) -> Any:
    several = isinstance(found, tuple)
    return [picked(each, fields) for each in found] if several else found and picked(found, fields)


def _step(value: Any, name: str) -> Any:
    """A field of a value or of each of a sequence; by its place one of that; how many it has."""
    found = getattr(value, name, WRITTEN)  # which nothing holds
    if found is not WRITTEN:
        return found
    if name == "len":
        return len(value)
    if name.lstrip("-").isdigit():
        return value[int(name)] if value else None
    return [getattr(each, name) for each in value]


def figure(item: Figure, question: Question | None = None) -> Json:
    """A figure with its changes, its rounding and, of a derived one, what it was made from."""
    found = picked(item, "figure")
    found["published" if item.derived else "inputs"] = None if item.derived else []
    by_day = question is not None and question.unit == "t/day" and item.value is not None
    found["per_day"] = as_number((item.value or 0) / item.period.days) if by_day else None
    return found if item.growth.origin == "published" else found | {"yoy_source": None}


def standout(item: Highlight, words: str) -> Json:
    """A highlight: its rule, its sentence, the figures it rests on and the sources behind them."""
    sources = [row.source for figure in item.evidence for row in figure.rows]
    return picked(item, "highlight") | {"text": words, "sources": list(dict.fromkeys(sources))}


def every_line(answer: Answer) -> tuple[str, ...]:
    """The header in the language that is spoken and a line a figure; nothing where there is none."""
    if not answer.figures:
        return ()
    sources = {citation.source.id: citation.source for citation in answer.citations}
    question, known = answer.question, ""
    if question and (question.as_of or question.first):  # on which day's knowledge they rest
        known = str(question.as_of) if question.as_of else "first published"
    rows: list[list[object]] = [[say(f"sheet.{column}") for column in HEADER]]
    rows += [[*_cells(figure, sources), known] for figure in answer.figures]
    out = StringIO()
    for cells in rows:  # each on one line; no spreadsheet takes text in them for a formula
        told = (FORMULA.sub(r"'\g<0>", visible(each)) if isinstance(each, str) else each for each in cells)
        csv.writer(out, lineterminator="\n").writerow(told)
    return tuple(out.getvalue().split("\n")[:-1])


def file_of(title: str, lines: Sequence[str]) -> File:
    """The lines as a file that a spreadsheet opens with a double click: trade-2026-01-2026-04.csv."""
    periods = (line.split(",")[0] for line in (lines[1], lines[-1]))
    name = "-".join(dict.fromkeys((profile().channel, *periods)))
    content = "".join(f"{line}\r\n" for line in lines)
    return File(f"{name}.csv", title, content.encode("utf-8-sig"))  # by its mark a spreadsheet knows UTF-8


def _cells(figure: Figure, sources: Mapping[str, Source]) -> list[object]:
    """In a line; of a derived figure the printed ones: 2026-04 ytd 1060000 - 2026-04 month 520000."""
    cited = list(dict.fromkeys(item.row.source for item in figure.inputs))
    printed = dict.fromkeys(item.row.published for item in figure.inputs)
    rows = [(item.role, item.row) for item in figure.inputs] if figure.derived else []
    told = [f"{role} {row.period.label} {row.period.kind} {as_number(row.value)}" for role, row in rows]
    found = picked(figure, "sheet") | {
        "source": "+".join(cited),
        "inputs": " ".join(told).removeprefix("+ "),
        "published": " + ".join(str(day) for day in printed if day),
        "source_title": " + ".join(sources[name].title for name in cited),
        "source_url": " + ".join(sources[name].url for name in cited),
        "partner_iso": CODES.get(figure.series.partner, ""),
    }
    return [found[column] for column in HEADER[:-1]]


def release_calendar(dataset: Dataset) -> str:
    """The releases of the last months and of the next year."""
    now, stages, comes = Month.of_day(dataset.today), stages_in_use(), dataset.calendar.comes_with_next
    coming = [(month, stage) for month in map(now.plus, range(-BACK, AHEAD)) for stage in stages]
    events = (_event(month, stage, dataset) for month, stage in coming if not comes(month, stage))
    text = CALENDAR["calendar"].format(title=_escaped(say("release_calendar.title")), events="".join(events))
    return "".join(f"{line}\r\n" for line in text.splitlines())


def _event(month: Month, stage: Stage, dataset: Dataset) -> str:
    release, before = dataset.calendar.release(month, stage), month.plus(-1)
    together = [before, month] if dataset.calendar.comes_with_next(before, stage) else [month]
    kind, status = ("expected", "TENTATIVE") if release.expected else ("event", "CONFIRMED")
    told = say(f"release_calendar.{kind}", stage=stage_name(stage), month=month_list(together))
    return CALENDAR["event"].format(
        id=f"{stage}-{month}", today=dataset.today, day=release.day, after=release.day + timedelta(days=1),
        summary=_escaped(upper_first(told)), status=status,
    )  # fmt: skip


def _escaped(text: str) -> str:
    return re.sub(r"[\\,;]", r"\\\g<0>", text)
