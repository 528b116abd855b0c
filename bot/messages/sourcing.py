"""Sources in one line: each publisher once, with its publication in plain words."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.answers.answer import Answer
from bot.dataset.model import Figure, Source, Status
from bot.messages.report import Cited, Credit, Report
from bot.words import Language, language, say, say_or
from bot.words.joints import comma

OWN = {"China Customs": "customs.gov.cn", "UN Comtrade": "comtrade"}  # whose own pages these are
CUSTOMS, PRESS = "China Customs", "press"
IN_TITLES = {"preliminary": "flash", "query": "query"}  # what a revised row was printed in
MOST = 3


def cited(answer: Answer, shown: Iterable[Figure] = ()) -> tuple[Cited, ...]:
    """The publishers behind an answer's figures; of many the first, the rest as others."""
    by_id = {each.source.id: each for each in (*answer.citations, *answer.behind)}
    figures = shown or (*answer.figures, *answer.around)
    rows = dict.fromkeys((row.source, row.status) for figure in figures for row in figure.rows)
    own = ((status, by_id[name].source) for name, status in rows if name in by_id)
    named = _united(_published(language(), *each) for each in own)
    return tuple(named if len(named) <= MOST else (*named[:MOST], Cited(say("sourcing.others"))))


def publishers(made: Sequence[Report]) -> list[Credit]:
    """Each publisher of several reports once."""
    if len(made) == 1:
        return list(map(_named, made[0].sources))
    return list(map(_named, _united(source for report in made for source in report.sources)))


def _united(sources: Iterable[Cited]) -> list[Cited]:
    found: dict[str, Cited] = {}
    for each in sources:
        if own := found.get(each.publisher):
            kinds = tuple(dict.fromkeys((*own.kinds, *each.kinds)))
            beside = own.beside if own.beside == each.beside else ""
            each = Cited(own.publisher, kinds, own.url or each.url, beside)
        found[each.publisher] = each
    return list(found.values())


def _named(each: Cited) -> Credit:
    """China Customs, monthly bulletin; China Customs via trade press."""
    if each.kinds == (PRESS,):
        name = say("sourcing.via_press", publisher=each.publisher)
    else:
        kinds = sorted(filter(None, each.kinds), key=PRESS.__eq__)[:MOST]
        name = comma([each.publisher, *(say(f"sourcing.kind_{kind}") for kind in kinds)])
    return Credit(name, comma(["", each.beside]) if each.beside else "", each.url)


@lru_cache(maxsize=1_000)
def _published(_: Language, status: Status | None, source: Source) -> Cited:
    """The publisher, in which publication, and its own page: an article quotes customs."""
    if source.publisher not in OWN:
        return Cited(say("sourcing.publisher_china_customs"), (PRESS,))
    told = (kind for word, kind in IN_TITLES.items() if word in source.title.lower())
    stage = status if status in ("flash", "query") else next(told, "bulletin")
    own = OWN[source.publisher] in source.url and source.url.count("/") > 3
    kind = stage if source.publisher == CUSTOMS else ""
    return Cited(publisher(source), (kind,), source.url if own else "")


def publisher(source: Source) -> str:
    """Who published it, by the name that the language has for them; else as it is on record."""
    name = re.sub("[^a-z]+", "_", source.publisher.lower())
    return say_or(source.publisher, f"sourcing.publisher_{name}")
