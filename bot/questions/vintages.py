"""Reads at one place of the text on which day's knowledge it asks: as of 20 April, as first published.

Each gives an item of the sense "known"; its value says how its day is meant:

- as_of: what was on record on that day; until: perhaps that, perhaps what a stretch runs to ("as of June");
- told: the same, unless that is all that is asked ("what did we say in April");
- first: as first published; before: as it was before it was revised;
- since: revised after that day; from: perhaps that, perhaps figures from then on ("revisions since April");
- within: revised in that stretch, perhaps figures of it ("revised in April");
- changed: revised after that day, perhaps trade from then on ("changed since April");
- after: as it is now that it was revised; lately: revised nobody says since when.
"""

import re
from dataclasses import replace
from datetime import date

from bot.questions.days import Day, read_day
from bot.questions.items import Item
from bot.questions.moments import read_moment
from bot.questions.relative import MIDDLE

_END = r"(?![^\W\d_])"
_SAY = (
    r"(?:(?:did|had|have|has|would) (?:we|you|u|they|it|customs|china|alumina|the bot) (?:ever )?"
    r"(?:say|said|tell|told|quote|give|gave|state|print|publish|report|show|have|know|think|put out)"
    r"|(?:we|you|u|they|customs|the bot) (?:had )?(?:said|told|quoted|gave|stated|printed|published|reported|"
    r"showed|had|knew|thought)|(?:was|were) (?:known|said|reported|published|on record|printed))"
    rf"(?: us| me| here)?{_END}"
)
_ON = r"(?:back )?(?:in|on|at|by|as of|as at|around)(?: the)?"
_STOOD = (
    r"(?:as (?:(?:we|you|it|they) )?(?:(?:was|were|had been) )?"
    r"(?:known|knew|published|reported|printed|recorded|stood|seen|on record|had|saw|showed|quoted|gave)"
    r"(?: it| them| that| this)?"
    r"|(?:was|were) on record|(?:the )?(?:vintage|version|state)(?: of| from)?|known)"
)
_BEFORE_A_DAY = re.compile(
    rf"(?P<as_of>{_STOOD}(?: {_ON})? |(?:what )?{_SAY} (?=[\w ]{{1,14}} ago|last ))"
    rf"|(?P<told>(?:what )?{_SAY} {_ON} )"
    r"|(?P<until>(?:as[ -]?of|as at) |截至到?|截止到?)"
    r"|(?P<since>(?:(?:been )?(?:revised|corrected|restated|updated) )?since )"
    r"|(?P<changed>(?:changed?|moved|altered) since )"
    r"|(?P<from>(?:revisions?|corrections?) since )"
    r"|(?P<within>(?:revised|corrected|restated) (?:in |during )?)"
    rf"|(?P<beside>{_ON} )"
)
_SAID_BEFORE = re.compile(rf"{_SAY} (?:about|for|on|of|regarding|re) ")
_SAID_AFTER = re.compile(rf" (?:what |how much )?{_SAY}")
_WHO = re.compile(r"(?:我们|你们|你|您|海关)?在?")
_CLOSES = re.compile(
    r"份?(?:时|的时候)?(?:你|我们|你们)?(?:说过?的?|讲过?的?|告诉我们?的?|已?知道?的)|的?版本?"
    r"|(?P<within>[被有]?修[订正改]过?了?的?)|(?P<out>份?(?:公布|发布|所报)的)"
    r"|(?P<when>(?:时|的时候)(?!间))|(?P<since>以来|之后|以后)的?"
    rf"| (?:vintage|version)s?{_END}|(?P<today> (?:beside|vs|versus|against) (?:today|now){_END})"
)
_OUT = re.compile("末?(?:所|已)?(?:公布|发布)的")
_NEAR = 36  # letters within which a day is closed by such a word
_PART = re.compile(
    r"第?[一二三四1-4]季|[上下]半年|[前头] ?(?:\d\d?|十[一二]?|[二两三四五六七八九]) ?个?[季月]"
    rf"|年?{MIDDLE}"
)
_PHRASES = re.compile(
    r"(?P<both>before (?:and|vs|versus) after (?:the |any |its |being )?(?:revised|revisions?|corrections?)"
    r"|(?:the )?(?:first|original|initial|orig) (?:and|vs|versus|against|or) (?:the )?"
    r"(?:revised|latest|current|final|newest|last)"
    rf"(?: (?:print(?:ing)?|vintage|version|estimate|reading|figure|number|value)s?)?{_END}"
    rf"|both (?:prints?|printings?|vintages?|versions?)(?: of)?{_END}"
    r"|修[正订]前后的?|初值(?:和|与|及|到|、)?(?:终值|修[订正]值))"
    r"|(?P<first>(?:(?:as |when )?(?:(?:it|they|this|that) (?:was|were) )?(?:first|initially|originally) "
    r"(?:publish|report|print|releas|announc|told|tell|put out|said|say|stat)(?:ed|e)?"
    r"|(?:the |its |their )?(?:first|initial|original|orig) "
    r"(?:print(?:ing)?|vintage|version|estimate|reading|figure|number|value|release)s?(?: of)?"
    rf"|originally|initially|at first|to begin with){_END}"
    r"|初值|(?:首次|最初)(?:公布|发布)的?值?(?!时间|日期)|最初的)"
    r"|(?P<after>(?:after (?:the |any |its |their |being |it was |they were |it got )?"
    r"(?:last |latest )?(?:revised|revisions?|corrected|corrections?)"
    rf"|as (?:later |since )?revised(?! in | on | by )){_END}"
    r"|修[正订][后後]的?)"
    rf"|(?P<lately>(?:revised|corrected|restated) (?:recently|lately|of late){_END}"
    rf"|(?:recently|lately|newly) (?:been )?(?:revised|corrected|restated){_END}"
    rf"|(?:the )?(?:latest|recent|newest|last|most recent) (?:revisions?|corrections?)(?: to| of)?{_END}"
    r"|最近(?:有没有|有|是否)?被?修[订正改][过了]?的?)"
    r"|(?P<before>(?:(?:before|prior to|pre) (?:the |any |its |their |being |it was |they were |it got )?"
    rf"(?:last |latest )?(?:revised|revisions?|corrected|corrections?)(?: of)?|unrevised){_END}"
    r"|修[正订]前的?)"
)
STARTS = frozenset(
    "asof end both recently lately newly latest recent newest last most "
    "when after moved altered its their orig "
    "as was were vintage version state known the what did had have has would we you u they customs "
    "first initially originally initial original before prior pre unrevised since revised change changed "
    "corrected restated updated moved altered revision revisions correction corrections it "
    "in on at by back around been".split()
) | frozenset("截在我你您海初首最修今本去上这被")


def read_vintage(text: str, at: int, today: date) -> tuple[Item, int] | None:
    """The day whose knowledge is asked for, where it begins at that place, and where it ends; else None."""
    if phrase := _PHRASES.match(text, at):
        return _phrase(phrase.lastgroup or "", phrase.group().strip()), phrase.end()
    if opened := _BEFORE_A_DAY.match(text, at):
        return _opened(opened, text, today)
    return _closed(text, at, today) if _CLOSES.search(text, at, at + _NEAR) else None


def _phrase(how: str, said: str) -> Item:
    """Every printing of it is its revisions; the others are of one of them."""
    return Item("view", "revisions", said) if how == "both" else Item("known", how, said)


def _opened(opened: re.Match[str], text: str, today: date) -> tuple[Item, int] | None:
    """What a word before the day says: as of it, known on it, since it."""
    read = read_day(text, opened.end(), today)
    if not read:
        return None
    (day, end), how = read, opened.lastgroup or ""
    if how == "beside":
        return _beside(text, opened, day, end, today)
    if day.size == "year" and _PART.match(text, end):
        return _part(opened, text, today)
    if day.size == "day":
        how = {"until": "as_of", "told": "as_of", "from": "since", "changed": "since"}.get(how, how)
    if how == "within" and not _within(opened.group(), text[opened.end() : end], day):
        return None
    if opened.group() == "since " and day.size != "day":
        return None  # a stretch of months
    return Item("known", how, text[opened.start() : end], day=day), end


def _part(opened: re.Match[str], text: str, today: date) -> tuple[Item, int] | None:
    """截至2025年上半年公布的 as its last day; None where it is what was traded until then."""
    item, end = read_moment(text, opened.end(), today) or (None, 0)
    moment, out = item and item.moment, _OUT.match(text, end)
    if not moment or not out:
        return None
    day = Day(None, moment.last_month, moment.year, "month")
    return Item("known", opened.lastgroup or "", text[opened.start() : out.end()], day=day), out.end()


def _within(opened: str, said: str, day: Day) -> bool:
    """Whether something can have been revised in it: in April; what is "revised april" is a figure of it."""
    return day.size != "day" and (opened.endswith(("in ", "during ")) or said.startswith(("this ", "last ")))


def _beside(text: str, opened: re.Match[str], day: Day, end: int, today: date) -> tuple[Item, int] | None:
    """Whether “in april” is such a day: where what was said about something stands beside it.

    At the end of a text it is a time that may be one: "and in may?", "on 20 may".
    """
    at = opened.start()
    if after := _SAID_AFTER.match(text, end):
        return Item("known", "as_of", text[at : after.end()], day=day), after.end()
    if end == len(text) and _SAID_BEFORE.search(text, 0, at):
        sure = day.size == "day" or " end" in text[at:end]
        return Item("known", "as_of" if sure else "told", text[at:], day=day), end
    if opened.group().startswith("back ") and day.size != "day":
        return Item("known", "told", text[at:end], day=day), end
    timed = read_moment(text, opened.end(), today) if opened.group() in ("in ", "on ") else None
    if timed and timed[1] == end == len(text):
        return replace(timed[0], day=day), end
    return None


def _closed(text: str, at: int, today: date) -> tuple[Item, int] | None:
    """A day before the word that says how it is meant: the april vintage, 4月说的."""
    who = _WHO.match(text, at)
    read = read_day(text, who.end() if who else at, today)
    after = _CLOSES.match(text, read[1]) if read else None
    near = text[at] in "今本去上这"  # 今年被修订; what is said of 4月 may be a figure of it
    if not read or not after or (after["out"] and read[0].size != "day" and "月" not in text[after.end() :]):
        return None
    if (
        after["when"] and text[read[1] - 1] not in "底末日号"
    ):  # 8月时 is of August; 8月底时 what was known then
        return None
    since = after["today"] or after["since"]
    if (after["within"] and not near) or (since and read[0].size != "day"):
        return None
    how = "within" if after["within"] else "since" if since else "as_of"
    return Item("known", how, text[at : after.end()], day=read[0]), after.end()
