"""Times as they are written in Chinese."""

import re
from datetime import date

from bot.questions.times import Form, Time, range_of, year

_YEARS = {"今年": 0, "本年": 0, "去年": -1, "旧年": -1, "上年": -1, "前年": -2, "明年": 1}
_Y = r"(?:(20\d\d|19\d\d|(?<!\d)\d\d)年|(今年|去年|旧年|前年|明年|上年|本年)(?!同期|同月)度?)?的?"
_TO = "[-至到~—]"


def _year(m: re.Match[str], today: date) -> int | None:
    return year(m[1]) if m[1] else today.year + _YEARS[m[2]] if m[2] else None


def _range(m: re.Match[str], today: date) -> Time:
    first, last = int(m[3]), int(m[4])
    return Time("impossible") if first >= last else range_of(first, last, _year(m, today))


def _to_date(m: re.Match[str], today: date) -> Time | None:
    return Time("to_date", _year(m, today), int(m[3])) if int(m[3]) > 1 else None


FORMS: tuple[Form, ...] = (
    (r"(?:20\d\d|\d\d)年(?:1[3-9]|[2-9]\d)月", lambda m, t: Time("impossible")),
    (
        r"\d{2,4}年\d{1,2}月(?:第.周|[上中下]旬|\d{1,2}[日号])|\d{1,2}月(?:第.周|[上中下]旬|\d{1,2}[日号])",
        lambda m, t: Time("day"),
    ),
    (
        r"去年同期|旧年同期|旧年同月|上年同期|去年同月|上年同月|(20\d\d|\d\d)年(?:的)?(?:同期|同月)",
        lambda m, t: Time("same", year(m[1]) or "relative"),
    ),
    (
        r"同期|同月|当月(?=.{0,4}[呢吗])|那个?月|该月|同一?个?月|同年|这[个几]月",
        lambda m, t: Time("same", None, pointing=True),
    ),
    (rf"{_Y}1月?份?(?:{_TO}|和)(1[0-2]|[1-9])月份?", _to_date),
    (rf"{_Y}(1[0-2]|[1-9])月?份?{_TO}(1[0-2]|[1-9])月份?", _range),
    (rf"{_Y}(?:前|头)(\d{{1,2}})个?月", _to_date),
    (rf"{_Y}(?:前|头)([23])个?季度?", lambda m, t: Time("to_date", _year(m, t), 3 * int(m[3]))),
    (rf"{_Y}第?([1-4])季度?", lambda m, t: Time("quarter", _year(m, t), int(m[3]))),
    (r"(20\d\d)年?q([1-4])", lambda m, t: Time("quarter", int(m[1]), int(m[2]))),
    (rf"{_Y}([上下头])半年", lambda m, t: Time("half", _year(m, t), 2 if m[3] == "下" else 1)),
    (
        r"年初(?:以来|至今|到现在)|今年以来|今年至今|今年到目前(?:为止)?|本年累计|今年累计|今年到现在",
        lambda m, t: Time("to_date", t.year),
    ),
    (
        rf"(?:截[至止]到?|到){_Y}(1[0-2]|0?[1-9])月份?[底末]?(?=.{{0,8}}(?:累计|为止|总|一共|合计))",
        lambda m, t: Time("to_date", _year(m, t), int(m[3])),
    ),
    (rf"{_Y}(?<![\d.])(1[0-2]|0?[1-9])月份?(?![日号])", lambda m, t: Time("month", _year(m, t), int(m[3]))),
    (
        r"(20\d\d)年?(?:全年|整年|年度)|(20\d\d|19\d\d|(?<!\d)\d\d)年度?(?:全年|整年)?",
        lambda m, t: Time("year", year(m[1] or m[2])),
    ),
    (
        r"(今年|去年|旧年|前年|明年|上年|本年)度?(?:全年|整年)?",
        lambda m, t: Time("year", t.year + _YEARS[m[1]], pointing=_YEARS[m[1]] == -1),
    ),
    (r"全年|整年|一整年|年度", lambda m, t: Time("full")),
    (r"上上个?月", lambda m, t: Time("ago", number=(2, "published"))),
    (
        r"再往前(?:推|数)?[一1]?个?月|前[一1]个?月|上[一1]个?月|往前[一1]?个?月|再上[一1]?个?月|再前[一1]?个?月",
        lambda m, t: Time("relative", number=("month", -1)),
    ),
    (
        r"再往后[一1]?个?月|后[一1]?个月|下[一1]?个?月|再后[一1]?个?月",
        lambda m, t: Time("relative", number=("month", 1)),
    ),
    (
        r"上个?月|本月|这个月|当前月|最近(?:嗰|那)?一?1?个?月|最新(?:1|一)?(?:期|个月|月份?)?|最近一期|近期|最近1期|最新1期",
        lambda m, t: Time("latest"),
    ),
    (r"(?:最近|过去|近|前面)(\d{1,2})个?月", lambda m, t: Time("last", number=(int(m[1]), "month"))),
    (r"(?:最近|过去|近)(\d)年", lambda m, t: Time("last", number=(int(m[1]), "year"))),
    (r"(\d{1,2})个?月(?:之)?前", lambda m, t: Time("ago", number=(int(m[1]), "month"))),
    (r"1年前|前1年|上1年", lambda m, t: Time("relative", number=("year", -1))),
    (r"[上前][一1]?个?季度?", lambda m, t: Time("relative", number=("quarter", -1))),
    (r"本季度?|这个季度", lambda m, t: Time("relative", number=("quarter", 0))),
    (r"累计|累積", lambda m, t: Time("cumulative")),
)
STARTS = frozenset("0123456789去旧今前明上本同当那该这头第年截到全整再往后下最近过累一")
