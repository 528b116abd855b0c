"""docs/asking.md, made from the lexicon and the cases: python -m tests.questions.guide"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.messages.headline import help_lines
from bot.questions import lexicon, understand, wishes, words
from bot.questions.marks import MARKS
from bot.questions.question import Question, Unresolved
from tests.offered import worded

from .cases import FOLDER, Case, SmallRecord, single_cases, threads, understood
from .chinese import threads as chinese_threads

PLACE = Path(__file__).parents[2] / "docs" / "asking.md"
RECORD = SmallRecord()
EACH = 7  # examples of a section
THREADS = 16
REFUSED = 30
HEADS = ("typed", "first line")
SHOWN_MARKS = {
    "latest": "the newest on record",
    "ytd": "the running total of a year",
    "since": "from there to the newest on record",
    "compare": "beside another period, series or flow",
    "year_before": "a year earlier",
    "before": "the month or quarter before",
    "total": "the sum of a stretch",
    "world": "no partner",
    "reset": "forget the thread's question",
    "help": "help",
}
HEAD = """# Asking

Made from the lexicon (`bot/questions/`) and the cases (`tests/conversations/`); do not edit: run
`python -m tests.questions.guide`.

Case, spacing and punctuation do not matter; English and Chinese can be mixed. A question without a series is
about all of them, one without a time about the newest month on record; a month without a year is the newest
such month on record. In a thread only what is said changes. Series can also be asked for by their HS codes;
months, quarters, halves, years and stretches in any usual form: march, mar-24, 2024-03, 03/2024, March '24,
2024年3月, q1 2024, 1H24, january to march 2024, since 2021, past 12 months, 12 months to march 2024.

Every printing of a figure is kept. "As of 20 april 2025" and "what did we say in april about march?" are
answered with what was on record on that day, "as first published" with the first printing, "revisions of
bauxite 2025" and "what was revised since january?" with each printing and what it changed; in a thread "and
now?" goes back to today.

An evident slip is set right and owned up to. Any other word that is not known is named, and nothing is
answered: a wrong figure is worse than none.

"In t" says tonnes as they fit: kt and Mt, 吨 and 万吨 in Chinese; "csv" gives each figure in tonnes, with all
its digits.
"""
CHINESE = """## In Chinese

A question in Chinese is answered in Chinese: first line, notes, tables, buttons and files. A Chinese sign
makes it one, but not a unit ("alumina exports in 万吨") or a name in quotes. What is said in both languages
("csv", "2024?", "q1", "kt") is in that of the thread, and each message of a thread in its own. "用英文", "in
Chinese" and the like choose the language of the answer; alone they ask the last question again. Traditional
characters are read, and answered in simplified ones. A file has the same columns and values in both
languages, under a header in that of the answer.

Quantities are told in 万吨, values in 亿美元 or 万美元, unit values in 美元/吨, as customs write them, unless
another unit is asked for. What a button says in Chinese can be typed too: 2024年3月氧化铝出口，对比2023年3月;
2025年铝土矿进口月均; 氧化铝出口最高的5个月; 2025年6月铝土矿进口累计同比; 2024年3月铝土矿进口（千吨）;
2025年铝及铝材出口的修订; 2025年3月铝土矿进口（2025年4月30日版本）.
"""


def guide() -> str:
    """The whole page."""
    parts = [
        HEAD,
        "## To begin with\n",
        *_list(help_lines()),
        "",
        *_words(),
        *_questions(),
        *_threads(),
        *_chinese(),
        *_refused(),
    ]
    return "\n".join(parts) + "\n"


def _list(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"- {line}"


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"| {head[0]} | {head[1]} |"
    yield "|---|---|"
    for left, right in rows:
        yield f"| {_cell(left)} | {_cell(right)} |"
    yield ""


def _cell(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
    return plain.replace("_", "\\_").replace("`", "\\`")


def _words() -> Iterator[str]:
    yield "## Words\n"
    series = {
        item.name_en: ", ".join((*item.aliases, *item.wider_aliases)) for item in RECORD.catalogue.values()
    }
    marks = {title: MARKS[mark] for mark, title in SHOWN_MARKS.items()}
    for title, table in (
        ("series", series),
        ("groups", lexicon.GROUPS),
        ("flow", lexicon.FLOWS),
        ("measure", lexicon.MEASURES),
        ("unit", lexicon.UNITS),
        ("time and comparison", marks),
        ("view", wishes.VIEWS),
        ("ranking", wishes.ORDERS),
        ("change", _named(wishes.CHANGES)),
    ):
        yield from _table((title, "words"), table.items())


def _named(table: Mapping[str, str]) -> dict[str, str]:
    return {value or "any": words for value, words in table.items()}


def _questions() -> Iterator[str]:
    yield "## Examples\n"
    for title, cases in _sections("questions.yaml"):
        yield f"### {title[0].upper()}{title[1:]}\n"
        yield from _table(("typed", "read as"), [(case.typed, _read(case.typed)) for case in cases[:EACH]])


def _sections(file: str) -> Iterator[tuple[str, list[Case]]]:
    """The cases under each headline of the file; what stands under its introduction are the basic ones."""
    cases, title, found = single_cases(file), "the newest and the named month", list[Case]()
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            found.append(next(cases))
        elif line.startswith("# ") and found:
            yield title, found
            title, found = line[2:], []
    yield title, found


def _read(typed: str) -> str:
    return _told(understand(typed, record=RECORD))


def _told(got: Question | Unresolved) -> str:
    return words(got, RECORD.catalogue) if isinstance(got, Question) else _refusal(got)


def _refusal(reply: Unresolved) -> str:
    offered = f" Offered: {'; '.join(worded(reply.suggestions))}." if reply.suggestions else ""
    return "not answered: " + " ".join(issue.sentence for issue in reply.issues) + offered


def _threads() -> Iterator[str]:
    yield "## In a thread\n"
    chosen = list(threads())
    for turns in chosen[:: max(1, len(chosen) // THREADS)]:
        yield from _table(("typed", "read as"), _turns(turns))


def _turns(turns: Iterable[Case]) -> Iterator[tuple[str, str]]:
    yield from ((turn.typed, _told(got)) for turn, got in understood(tuple(turns), RECORD))


def _chinese() -> Iterator[str]:
    yield CHINESE
    turns = [(len(thread) > 1, [(turn.typed, turn.first) for turn in thread]) for thread in chinese_threads()]
    yield from _table(HEADS, (row for many, rows in turns if not many for row in rows))
    for rows in [rows for many, rows in turns if many][:THREADS]:
        yield from _table(HEADS, rows)


def _refused() -> Iterator[str]:
    yield "## What is not answered\n"
    cases = list(single_cases("refusals.yaml"))
    step = max(1, len(cases) // REFUSED)
    yield from _table(("typed", "why"), [(case.typed, _read(case.typed)) for case in cases[::step]])


if __name__ == "__main__":
    PLACE.write_text(guide(), encoding="utf-8")
