"""Sources in one line: each publisher once, with its publication in plain words."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.answers.answer import Answer
from bot.dataset.model import Figure, Row, Source
from bot.messages.report import Cited, Report
from bot.words import say, say_or
from bot.words.joints import comma

OWN = {"China Customs": "customs.gov.cn", "UN Comtrade": "comtrade"}  # whose own pages these are
CUSTOMS, PRESS = "China Customs", "press"
IN_TITLES = {"preliminary": "flash", "query": "query"}  # what a revised row was printed in
MOST = 3


def cited(answer: Answer, shown: Iterable[Figure] = ()) -> tuple[Cited, ...]:
    """The publishers behind an answer's figures; of many the first, the rest as others."""
    by_id = {each.source.id: each for each in (*answer.citations, *answer.behind)}
    rows = [row for figure in shown or (*answer.figures, *answer.around) for row in figure.rows]
    first: dict[tuple[str, tuple[str, ...]], Cited] = {}
    for each in (_published(row, by_id[row.source].source) for row in rows if row.source in by_id):
        first.setdefault((each.publisher, each.kinds), each)
    named = _united(first.values())
    return tuple(named if len(named) <= MOST else (*named[:MOST], Cited(say("sourcing.others"))))


def foot(
    made: Sequence[Report],
    named: Callable[[Cited], str] | None = None,
    written: Callable[[str], str] = str,
) -> list[str]:
    """What the last line of reports tells: each caveat once, as `written`, and each publisher, as `named`."""
    caveats = dict.fromkeys(written(each) for report in made for each in report.caveats)
    sources = list(map(named or told, publishers(made)))
    return [*caveats, *([say("report.and").join(sources)] if sources else [])]


def publishers(made: Sequence[Report]) -> list[Cited]:
    """Each publisher of several reports once."""
    return _united(source for report in made for source in report.sources)


def _united(sources: Iterable[Cited]) -> list[Cited]:
    found: dict[str, Cited] = {}
    for each in sources:
        own = found.setdefault(each.publisher, each)
        kinds = tuple(dict.fromkeys((*own.kinds, *each.kinds)))
        beside = own.beside if own.beside == each.beside else ""
        found[each.publisher] = own._replace(kinds=kinds, url=own.url or each.url, beside=beside)
    return list(found.values())


def told(each: Cited) -> str:
    """The name with what is said beside it."""
    return comma([name_of(each), each.beside]) if each.beside else name_of(each)


def name_of(each: Cited) -> str:
    """China Customs, monthly bulletin; China Customs via trade press."""
    if each.kinds == (PRESS,):
        return say("sourcing.via_press", publisher=each.publisher)
    kinds = sorted(filter(None, each.kinds), key=PRESS.__eq__)[:MOST]
    return comma([each.publisher, *(say(f"sourcing.kind_{kind}") for kind in kinds)])


def _published(row: Row, source: Source) -> Cited:
    """The publisher, in which publication, and its own page: an article quotes customs."""
    if source.publisher not in OWN:
        return Cited(say("sourcing.publisher_china_customs"), (PRESS,))
    told = (kind for word, kind in IN_TITLES.items() if word in source.title.lower())
    stage = row.status if row.status in ("flash", "query") else next(told, "bulletin")
    own = OWN[source.publisher] in source.url and source.url.count("/") > 3
    kind = stage if source.publisher == CUSTOMS else ""
    return Cited(publisher(source), (kind,), source.url if own else "")


def publisher(source: Source) -> str:
    """Who published it, by the name that the language has for them; else as it is on record."""
    name = re.sub("[^a-z]+", "_", source.publisher.lower())
    return say_or(source.publisher, f"sourcing.publisher_{name}")
