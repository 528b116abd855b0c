"""The text of an alert in plain words: no markup, one case, one kind of dash, quote and space."""

import re
import unicodedata
from collections.abc import Callable

from bot.questions.hanzi import simplified
from bot.questions.normalise import INVISIBLE

CJK = r"\u3400-\u9fff"
CN_NUMBERS = "一二三四五六七八九十"

_SLACK = (
    (re.compile(r"(?<!\w)~[^~\n]+~(?!\w)"), " "),  # struck out
    (re.compile(r"<[@#!][^<>]*>"), " "),  # mentions of people, channels, groups
    (re.compile(r"<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>"), r" \1 "),  # a link: its label
    (re.compile(r"<(?:https?|mailto|tel):[^<>|]*>|\bhttps?://[^\s<>]+", re.IGNORECASE), " weblink "),
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r":(?:[A-Za-z][\w+-]{0,60}|[+-]1):(?:(?::skin-tone-\d:)?)"), " "),  # emoji by name
)
_NUMERAL = rf"(?:\d\d?|[{CN_NUMBERS}]{{1,2}})"
_QUARTER = "[1-4一二三四]"
# 二三年 alone is two or three years
_2023 = rf"三(?=年(?:[\d{CN_NUMBERS}]{{1,2}}月|第?[{CN_NUMBERS[:4]}1-4]季|[上下]半年|全年|年?[底末]))"
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?<=[\d{CN_NUMBERS}])、(?=(?:{_NUMERAL}、)+{_NUMERAL}月)"), "月 "),  # 3、4、5月
    (re.compile(rf"(?<=[\d{CN_NUMBERS}])、(?={_NUMERAL}月)"), "月和"),  # 3、4月
    (
        re.compile(
            rf"(?<={_QUARTER})、(?=(?:{_QUARTER}、)*{_QUARTER}季度)|(?<=[一二三四])(?=[一二三四]季度)"
        ),
        "季度和",
    ),
    (re.compile(rf"(?<![{CN_NUMBERS}])([一二三四五六七八九])(?=[二三四五六七八九]月)"), r"\1月和"),  # 三四月
    (  # 截至2024年3月的12个月
        re.compile(r"截[至止]到?((?:\d{2,4}年)?\d\d?月)份?的?(?:过去|前|近)?(\d\d?)个月"),
        r" \2 months to \1",
    ),
    (  # 二〇二五年, 二五年
        re.compile(
            rf"[〇零二一三四五六七八九]{{4}}(?=年)|(?<![\d近去前这的{CN_NUMBERS}])二(?:[〇零一二四五六七八九](?=年)|{_2023})"
        ),
        lambda match: match.group().translate(_DIGITS),
    ),
    (re.compile(r"(?<!截)至(?=今年(?![度均平]))"), "到"),  # 去年12月至今年3月: not 至今
    (re.compile(r"(?<!美)元月份?(?!均)"), "1月"),
    (re.compile(rf"(?<=[{CJK}])、(?=[{CJK}])"), "和"),  # 氧化铝、铝土矿
    (re.compile(r"(?<=[铝材矿口])价(?![格值])"), "价格"),  # 铝价
    (re.compile(r"^scrap (?:that|it)(?= ?[,.;:!-])"), "no"),  # not the metal
    (re.compile(r"(?<=\d)\.\.(?=\d)"), " to "),  # 2024-01..2024-06
    (re.compile(r"^不(?= ?[,。!])"), "不对"),
    (re.compile(r"\.{2,}"), " "),  # an ellipsis
    (re.compile(r"[‐‑‒–—―−～~〜]"), "-"),
    (re.compile(r"[‘’ʼ´`′]"), "'"),
    (re.compile(r"'(?=\d\d(?!\d))"), " 20"),  # march '24
    (re.compile(r"(?<![^\W\d_])(what|where|when|how|who|that|it)'s(?![^\W\d_])"), r"\1 is"),
    (re.compile(r"'s(?![^\W\d_])"), ""),  # china's
    (re.compile(r"(?:us|u\.s\.) ?\$|\$"), " usd "),
    (re.compile(r"€"), " eur "),
    (re.compile(r"£"), " gbp "),
    (re.compile(r"[¥]"), " cny "),
    (re.compile(r" ?/ ?(?=(?:t|mt|tonnes?|tons?|d|day)(?![^\W\d_])|[吨天日])"), " per "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"-+>"), " "),  # "may -> june"
    (re.compile(r"&"), " and "),
    (re.compile(r"\+"), " + "),
    (re.compile(r"u\.s\.a?\.?"), " usa "),
    (re.compile(r"[*']"), ""),
    (re.compile(r"_"), " "),
    (re.compile(r"(?<=[^\W\d_])\.(?=\s|\d|$)"), ""),  # "mar. 2024", the end of a sentence
    (re.compile(r"[^\w./\-+]+"), " "),
    (re.compile(rf"(?<=[{CJK}]) (?=[\d{CJK}])|(?<=\d) (?=[{CJK}])"), ""),
)
_SPACES = re.compile("[\u000b-\u000d\u001c-\u001f\u0085]")  # among them those that part words
# Most questions are that already: nothing of the above applies to them.
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


def clean(text: str) -> str:
    """Lower-case words, numbers and CJK characters, single spaces; `.`, `/`, `-` stay for dates and codes."""
    if _PLAIN_WORDS.fullmatch(text):
        return text.lower()
    text = simplified(unicodedata.normalize("NFKC", unmarked(_seen(text)))).casefold()
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return text.strip(" .-/")


def _seen(text: str) -> str:
    """The text without what nobody sees in it: a word is whole where a soft hyphen stands inside."""
    return text if text.isascii() and text.isprintable() else INVISIBLE.sub("", _SPACES.sub(" ", text))


def unmarked(text: str) -> str:
    """The text without Slack's markup: no mentions, links by their labels, its signs as they were typed."""
    for markup, label in _SLACK:
        text = markup.sub(label, text)
    return text
