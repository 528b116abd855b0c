"""Sources in one line: each publisher once, with its publication in plain words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.answers.answer import Answer
from bot.dataset.model import COMTRADE, Figure, Source, Status
from bot.messages.blocks import escape, link
from bot.messages.report import Cited, Report
from bot.profile import profile
from bot.words import Language, language, say
from bot.words.folder import own_name
from bot.words.joints import comma, listed

PRESS, COMTRADE_SITE = "press", "comtrade"
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


def publishers(made: Sequence[Report], *, linked: bool = False) -> list[str]:
    """Each publisher of several reports once; in mrkdwn, `linked` to its own pages."""
    every = (each for report in made for each in report.sources)
    return [_named(language(), each, linked) for each in (_united(every) if len(made) > 1 else every)]


def _united(sources: Iterable[Cited]) -> list[Cited]:
    found: dict[str, Cited] = {}
    for each in sources:
        if (own := found.setdefault(each.publisher, each)) is not each:
            kinds = dict(own.kinds)
            for kind, url in each.kinds:
                kinds[kind] = kinds.get(kind) or url
            beside = own.beside if own.beside == each.beside else ""
            found[each.publisher] = Cited(own.publisher, tuple(kinds.items()), beside)
    return list(found.values())


@lru_cache(maxsize=1_000)
def _named(_: Language, each: Cited, linked: bool) -> str:
    """The customs, monthly bulletin, query by HS code; the customs via trade press."""

    def written(text: str, url: str = "") -> str:
        return link(url, escape(text)) if linked else text

    beside = written(comma(["", each.beside])) if each.beside else ""
    if [kind for kind, _ in each.kinds] == [PRESS]:
        return written(say("sourcing.via_press", publisher=each.publisher)) + beside
    kinds = sorted(((kind, url) for kind, url in each.kinds if kind), key=lambda own: own[0] == PRESS)[:MOST]
    if not kinds:
        return written(each.publisher, each.kinds[0][1] if each.kinds else "") + beside
    if len(kinds) == 1:  # its page is the publisher's
        name = say("sourcing.named", publisher=each.publisher, kinds=say(f"sourcing.kind_{kinds[0][0]}"))
        return written(name, kinds[0][1]) + beside
    told = listed([written(say(f"sourcing.kind_{kind}"), url) for kind, url in kinds])
    return say("sourcing.named", publisher=written(each.publisher), kinds=told) + beside


@lru_cache(maxsize=1_000)
def _published(_: Language, status: Status | None, source: Source) -> Cited:
    """The publisher, in which publication, and its own page: an article quotes the first of them."""
    quoted, official = profile().publisher, source.publisher == profile().publisher
    if quoted and source.publisher not in (quoted, COMTRADE):
        return Cited(own_name(quoted), ((PRESS, ""),))
    site = profile().publisher_site if official else COMTRADE_SITE if source.publisher == COMTRADE else ""
    told = (kind for word, kind in IN_TITLES.items() if word in source.title.lower())
    stage = status if status in ("flash", "query") else next(told, "bulletin")
    own = site in source.url and source.url.count("/") > 3
    kind = stage if official else ""
    return Cited(publisher(source), ((kind, source.url if own else ""),))


def publisher(source: Source) -> str:
    """Who published it, by the name that the language has for them; else as it is on record."""
    return own_name(source.publisher)
