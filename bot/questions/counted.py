"""Numbers that count months or ranks: past 12 months, 12 months to, top 5, five lowest months."""

import re

from bot.questions.items import Item, Moment
from bot.questions.lexicon import NUMBER_WORDS
from bot.questions.wishes import ORDERS
from bot.words import say

LONGEST_BACK = 600  # months; no record of trade goes further
MOST = 100
ORDINALS = frozenset("second third fourth 2nd 3rd 4th".split())
_MORE_NUMBERS = {"eighteen": 18, "twenty four": 24, "thirty six": 36, "couple of": 2, "a couple of": 2}
_NUMBERS = NUMBER_WORDS | _MORE_NUMBERS
_WORDS = "|".join(sorted((word for word in _NUMBERS if word.isascii()), key=len, reverse=True))
_N = rf"(?P<n>\d{{1,3}}(?!\d)|(?:{_WORDS})(?![^\W_]))"
_CN_N = r"(?P<n>\d{1,3}|十[一二]?|[一二两三四五六七八九])"
_END = r"(?![^\W\d_])"
_LAST = "past|last|latest|newest|most recent|previous|prev|prior|preceding|recent"
_MONTHS = r"(?:months?|mths?|mos?|m(?! ?(?:t|tonnes?|tons?|usd|dollars?)(?![^\W\d_])))"
_SUMMED = "trailing|rolling"
_ORDER = {
    word.strip(): order
    for order, words in ORDERS.items()
    for word in words.split(",")
    if word.strip().isascii()
}
_RANKED = "|".join(sorted(_ORDER, key=len, reverse=True))

_BACK = re.compile(
    rf"(?P<how>{_LAST}|{_SUMMED})[ -]{_N}[ -]?(?P<u>{_MONTHS}|quarters?|qtrs?|years?|yrs?){_END}"
    rf"|(?P<how2>past|{_SUMMED})[ -](?P<u2>month|quarter|qtr|year|yr)s?{_END}"
    rf"|{_N.replace('<n>', '<n6>')}[ -](?P<u4>month)(?=[ -](?:total|sum|average|avg|mean){_END})"
    rf"|(?P<sum>ltm|ttm|l12m){_END}"
    rf"|(?:过去|最近|近)(?:的)?{_CN_N.replace('<n>', '<n3>')} ?(?P<u3>个?月|个?季度?|年)(?:来)?"
    r"|(?:过去|最近|近)(?P<half>半年)"
)
_LEADING = re.compile(
    rf"{_N}[ -]?{_MONTHS}[ -](?:up to|to|through|until|till|ended|ending)(?: in| at)?{_END}"
    rf"|(?:year|yr)[ -](?:to|through|until|ended|ending)(?: in)?{_END}(?! date{_END})"
)
_TOP = re.compile(
    rf"(?:top|bottom)[ -]?{_N}(?:[ -](?P<o>{_RANKED}){_END})?(?: months?{_END})?"
    rf"|{_N.replace('<n>', '<n1>')} (?P<o1>{_RANKED}){_END}(?: months?{_END})?"
    rf"|(?P<o2>{_RANKED}) {_N.replace('<n>', '<n2>')}(?: months?{_END}|$|(?= (?:in|of|for|since){_END}))"
    rf"|(?P<o3>{_RANKED}) month{_END}"
    rf"|(?:排名)?前 ?{_CN_N.replace('<n>', '<n4>')} ?(?:名|大|高|位)(?:的?月份?)?"
    rf"|排名前 ?{_CN_N.replace('<n>', '<n7>')} ?个?(?:的?月份?)?(?![季年])"
    rf"|前 ?{_CN_N.replace('<n>', '<n8>')} ?的月份?"
    rf"|最(?P<o5>[高大多低小少])的 ?{_CN_N.replace('<n>', '<n5>')} ?个月"
)
STARTS = frozenset(
    {
        word.split()[0]
        for word in (*_LAST.split("|"), *_SUMMED.split("|"), *_NUMBERS, *_ORDER)
        if word.isascii()
    }
    | {"year", "yr", "ltm", "ttm", "l", *"过最近前排"}
)


def read_counted(text: str, at: int) -> tuple[Item, int] | None:
    """The counted stretch or rank that begins at that place, and where it ends; None where none does."""
    for pattern, read in ((_LEADING, _leading), (_BACK, _back), (_TOP, _top)):
        if match := pattern.match(text, at):
            return read(match), match.end()
    return None


def _number(match: re.Match[str], otherwise: int) -> int:
    said = next((match[group] for group in match.groupdict() if group[0] == "n" and match[group]), None)
    if said is None:
        return otherwise
    return int(said) if said.isdigit() else _NUMBERS.get(said, 0)


def _group(match: re.Match[str], letter: str) -> str:
    return next((match[group] for group in match.groupdict() if group[0] == letter and match[group]), "")


def _leading(match: re.Match[str]) -> Item:
    said, months = match.group(), _number(match, 12)
    return Item("leading", "", said, count=months) if 0 < months <= LONGEST_BACK else _wrong(said, "months")


def _back(match: re.Match[str]) -> Item:
    said, unit = match.group(), _group(match, "u")
    yearly = match["sum"] or unit[:1] == "y" or "年" in unit
    quarterly = unit[:1] == "q" or "季" in unit
    months = 6 if match["half"] else _number(match, 12 if match["sum"] else 1)
    months *= 12 if yearly and not match["sum"] else 3 if quarterly else 1
    if not 0 < months <= LONGEST_BACK:
        return _wrong(said, "months")
    summed = match["sum"] or re.match(_SUMMED, said)
    step = -1 if re.match("prev|prio|prec", said) else 0  # in a thread: those before the last question's
    moment = Moment("range", step=step, back=months, unit="quarter" if quarterly else "month")
    return Item("time", "total" if summed else said, said, moment)


def _top(match: re.Match[str]) -> Item:
    said = match.group()
    if (ordinal := said.split()[0]) in ORDINALS:
        return Item("wrong", say("counted.ordinal", said=said, top=_NUMBERS[ordinal]), said)
    word = _group(match, "o") or ("bottom" if said.startswith("bottom") else "top")
    order = "lowest" if word in "低小少" else _ORDER.get(word, "highest")
    top = _number(match, 1)
    return Item("order", order, said, count=top) if 0 < top <= MOST else _wrong(said, "top")


def _wrong(said: str, what: str) -> Item:
    return Item(
        "wrong", say(f"counted.from_1_{what}", said=said, most=MOST if what == "top" else LONGEST_BACK), said
    )
