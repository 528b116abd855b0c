"""Times counted from today: last month, the previous half, this october, two months ago."""

import re
from datetime import date

from bot.dataset.calendar import LENGTHS, Kind, Month
from bot.questions.items import Moment
from bot.questions.lexicon import MONTHS, NUMBER_WORDS

_LAST = "last|previous|prev|prior|preceding"
_NEWEST = "latest|newest|most recent"
_END = r"(?![^\W\d_])"
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9]|1[0-2]"
_CN_COUNT = r"(?<!\d)(?:[两二三四五六七八九十]|[2-9](?!\d))"
# 年中: its middle, but not 中国, 中俄, 中旬, nor 2025年中各月, 最高的, 3月.
MIDDLE = (
    r"中间?(?! ?(?:[间国旬期俄几美欧日韩澳印外东方资央部企小大型等各每哪最有任所上下第前后两]"
    r"|\d\d?(?!\d)|[一二三四五六七八九十]))"
)
_BEFORE_IT = re.compile("prev|prio|prec|再上|上一|上年")  # in a thread: the one before the last question's
# "12 months ago" and "one year ago" are a year earlier than what is asked, and stand in the lexicon.
RELATIVE = re.compile(
    rf"(?:{_LAST}|this|current|next)[ -](?:month|mth|quarter|qtr|half(?:[ -]year)?|year|yr){_END}"
    rf"|(?:{_NEWEST}) (?:quarter|qtr|half|year){_END}"
    rf"|(?:this|next) (?P<m>{_NAME}){_END}"
    rf"|(?!(?:12|twelve) months|1 )(?P<n>{_COUNT}) (?:month|quarter|year)s? ago{_END}"
    rf"|(?:quarter to date|qtd|year before last){_END}"
    "|so far this year|this year so far|今年以来|今年累计|年初至今|年初以来"
    "|再?(?P<more>上*)上一?个?(?:月|季度)|(?:本|下一?|这)个?(?:月|季度)|最新(?:季度|一个季度)"
    rf"|(?:大?前年|(?:去|今|本|明|上一?)年)(?:[内度](?![新均])|(?P<end>年?[底末])|(?P<mid>年?{MIDDLE}))?"
    rf"|(?P<ago>{_CN_COUNT})(?:个月|(?:个|(?<=两))季度|年)(?:之|以)?前(?!{_CN_COUNT}(?:个月|个?季))"
)
STARTS = frozenset(
    {*_LAST.split("|"), *NUMBER_WORDS, "latest", "newest", "most", *"this current next qtd so year".split()}
    | {*"上本下这去今明前最年大再"}
)


def read_relative(match: re.Match[str], today: date) -> Moment:
    """The moment of a match of RELATIVE on that day; "latest quarter" is left to the record."""
    said, here = match.group(), Month(today.year, today.month)
    if match["m"]:
        return _named(MONTHS[match["m"]], here, ahead=said.startswith("next"))
    kind, step = _kind(said), _step(match)
    if re.match(f"{_NEWEST}|最新", said):
        return Moment(kind)
    if match["end"]:  # 去年底
        return Moment("month", today.year + step, 12, step=step)
    if match["mid"]:
        return Moment("half", today.year + step, 1, step=step)
    ago = bool(match["n"] or match["ago"] or _BEFORE_IT.match(said))
    if kind == "year":
        return Moment("year", today.year + step, so_far=step == 0, step=step, ago=ago)
    length = LENGTHS[kind]
    end = here.plus(length * step)
    so_far = said in ("quarter to date", "qtd")
    return Moment(kind, end.year, (end.number + length - 1) // length, so_far=so_far, step=step, ago=ago)


def _named(number: int, here: Month, *, ahead: bool) -> Moment:
    """The october of this year, or the next one to come."""
    past = ahead and number <= here.number
    return Moment("month", here.year + past, number, step=int(ahead))


def _kind(said: str) -> Kind:
    kinds: dict[Kind, str] = {"quarter": "quarter|qtd|qtr|季", "half": "half", "month": "month|mth|月"}
    return next((kind for kind, words in kinds.items() if re.search(words, said)), "year")


def _step(match: re.Match[str]) -> int:
    if count := match["n"] or match["ago"]:
        return -NUMBER_WORDS[count]
    if match["more"]:
        return -1 - len(match["more"])  # 上上个月
    steps = {"大前年": -3, "前年|year before last": -2, f"{_LAST}|上|去年": -1, "next|下|明年": 1}
    return next((step for words, step in steps.items() if re.search(words, match.group())), 0)
