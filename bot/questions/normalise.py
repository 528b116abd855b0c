"""Slack's text as plain words: no markup, one case, one kind of dash and quote, numerals as digits."""

import html
import re
import unicodedata
from typing import NamedTuple

from bot.questions.hanzi import simplified
from bot.questions.patterns import pattern

# Control characters, marks of direction, joiners and spaces of no width, fillers, tags, halves of a pair.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_SLACK = (
    (re.compile(r"(?<!\w)~[^~\n]+~(?!\w)"), " "),  # struck out
    (re.compile(r"<[@#!][^<>]*>"), " "),  # mentions of people, channels, groups
    (re.compile(r"<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>"), r" \1 "),  # a link: its label
    (re.compile(r"<(?:https?|mailto|tel):[^<>|]*>|\bhttps?://[^\s<>]+", re.IGNORECASE), " "),
    (re.compile(r":(?:[A-Za-z][\w+-]{0,60}|[+-]1):(?:(?::skin-tone-\d:)?)"), " "),  # emoji by name
)
_SIGNS = (
    (re.compile(r"[‘’ʼ´`′]"), "'"),
    (re.compile(r"[“”„«»\"「」『』《》]"), " "),
    (re.compile(r"[‐‑‒–—―−→⇒➡]"), "-"),
    (re.compile(r"(?<!\w)[*_]|[*_](?!\w)"), " "),
)
_SYMBOLS = re.compile("[\u2190-\u2bff\u3004\u3012\u3020\ufe00-\ufe0f\ufffd\U0001f000-\U0001faff]")
_SOMEONE = re.compile(r"\s*<@U[A-Z0-9]+>")
_PLAIN = re.compile(r"[a-z0-9 ,.?!%'/&()+-]*")
# People begin a new sentence without a full stop: "... May 2026 We need it today".
_TITLED = pattern("normalise", "titled")  # a name is no word of ours
_UNPARTED = pattern("normalise", "unparted")
_SPACES = re.compile(r"[ \t]{2,}")
LONGEST = 10_000  # characters that are looked at, whatever is typed


class Plain(NamedTuple):
    """A text as it is read, and whether somebody else is addressed by name."""

    text: str
    to_someone: bool


def unmarked(text: str) -> str:
    """The text without Slack's markup: no mentions, links by their labels, its signs as they were typed."""
    for markup, label in _SLACK:
        text = markup.sub(label, text)
    return html.unescape(text)


def normalise(text: str) -> Plain:
    """The text in lower case without markup, invisible characters, signatures and what only quotes."""
    text = text[:LONGEST]
    to_someone = bool(_SOMEONE.match(text))
    plain = _TITLED.sub(r"\1 ", text if _is_plain(text) else _cleaned(text))
    plain = _spoken_years(_UNPARTED.sub(". ", plain).lower())
    if not plain.isascii():
        plain = _chinese(plain)
    return Plain(_SPACES.sub(" ", _without_quotes(plain)).strip(), to_someone)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text.lower())) if text.isascii() else False


def _cleaned(text: str) -> str:
    text = unmarked(html.unescape(text)) if any(sign in text for sign in "<&:~") else text
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        text = simplified(text)
    for mark, sign in _SIGNS:
        text = mark.sub(sign, text)
    if text.isascii():
        return text
    return _SYMBOLS.sub(" ", text)


_YEARS = re.compile(
    r"\b(?:twenty|two thousand(?: and)?)[\s-]+"
    r"(?:twenty[\s-]*(one|two|three|four|five|six|seven|eight|nine)?|(nineteen|eighteen))\b"
)
_SHORT_YEARS = re.compile(
    r"(?<=[a-z] )twenty[ -](one|two|three|four|five|six|seven|eight)\b(?! ?(?:kt|million|tonnes|tons"
    r"|percent))"
)
_BEFORE_YEAR = pattern("normalise", "before_year")
_ONES = "one two three four five six seven eight nine".split()
_SHORT = re.compile(r"\b(yr|mth|qtr|mnth|prev|lst)(s?)\b\.?")
_LONG = {"yr": "year", "mth": "month", "qtr": "quarter", "mnth": "month", "prev": "previous", "lst": "last"}
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_COUNTED = "|".join((*_ENGLISH, *_TENS))
_IN_WORDS = re.compile(
    rf"\b(?:(?:{_COUNTED}|a)[ -])+(?:hundred|thousand)\b(?:[ -](?:and )?(?:{_COUNTED}|hundred|thousand)\b)*"
)
_BEFORE_UNIT = re.compile(rf"\b(?:(?:{_COUNTED})[ -]?)+\b(?= (?:million|billion|percent|per cent)\b)")
_DICTATED = (
    (re.compile(r" question mark\b"), "?"),
    (re.compile(r" colon(?= )"), ":"),
    (re.compile(r" exclamation (?:mark|point)\b"), "!"),
    (re.compile(r"(?<=\d) (?=\d{3} ?(?:t|tonnes|tons|ton|kt)\b)"), ""),  # 690 000 t
    (
        re.compile(
            r" (?:full stop|period)(?= (?:and|show|give|what|how|can|could|please|i|we|thanks?|the)\b|$)"
        ),
        ".",
    ),
    (re.compile(r" full stop\b"), "."),
    (re.compile(r" comma\b"), ","),
)


def _spoken_years(text: str) -> str:
    """Years in words as digits, and short words for spans of time in full."""
    if "twenty" in text or "two thousand" in text:
        text = _SHORT_YEARS.sub(
            lambda m: str(2021 + _ONES.index(m[1])) if _BEFORE_YEAR.search(text[: m.start()]) else m[0], text
        )
        text = _YEARS.sub(_spoken, text)
    if any(short in text for short in _LONG):
        text = _SHORT.sub(lambda m: _LONG[m[1]] + m[2], text)
    text = _OF_LAST.sub("of last year", _LAST_AS_WELL.sub(r"\1 last year", text))
    for said, sign in _DICTATED:
        text = said.sub(sign, text)
    if "hundred" in text or "thousand" in text:
        text = _IN_WORDS.sub(lambda match: str(_counted(match[0])), text)
    if "illion" in text or "percent" in text or "per cent" in text:
        text = _BEFORE_UNIT.sub(lambda match: str(_counted(match[0])), text)
    text = _AND.sub("and", text)
    text = _MORE_IN.sub("imports vs exports", text)
    return _IN_OR_OUT.sub(r"\1 imports or \1 exports", text) if " in or " in text else text


_OF_LAST = re.compile(r"\bof last\b(?=\s*(?:$|[.?!,]))")
_LAST_AS_WELL = re.compile(r"(\bthis year (?:and|vs|n|&|against|or)(?: the)?) last\b(?! year)")
_AND = re.compile(r"(?:^|(?<=[\w,?.!] ))n(?= \w)")  # q1 n q2


_MORE_IN = re.compile(r"\b(?:more )?in (?:or|vs\.?|versus) (?:more )?out\b")
_IN_OR_OUT = re.compile(
    r"\b(alumina|aluminium|aluminum|alu|bauxite|scrap)(?: coming)? in or (?:\1 )?(?:going )?out\b"
)


def _counted(words: str) -> int:
    """The number that words say: "six hundred ninety thousand"."""
    total = part = 0
    for word in re.split("[ -]", words.strip()):
        if word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = total + part * 1_000, 0
        elif word in _TENS:
            part += 10 * (_TENS.index(word) + 2)
        elif word in _ENGLISH or word == "a":
            part += _ENGLISH.index(word) + 1 if word != "a" else 1
    return total + part


def _spoken(match: re.Match[str]) -> str:
    if match[2]:
        return "2019" if match[2] == "nineteen" else "2018"
    return str(2020 + (_ONES.index(match[1]) + 1 if match[1] else 0))


_DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_HAN = re.compile("[\u3400-\u9fff]")
_TEENS = (re.compile(r"十([一二])(?=月|个月)"), re.compile(r"十(?=月|个月)"))
_NUMERALS = re.compile(
    r"[〇零二一三四五六七八九]{4}(?=年)|(?<![\d近前去这])二[〇零一二三四五六七八九](?=年)"
    r"|[一二三四五六七八九](?=月)|(?<![前上下])[一二三四五六七八九](?=季)|[一二三四五六七八九两](?=个月)|(?<=[前头])[两二三](?=季)"
    r"|[一二三四五六七八九](?=(?:[、到至-][\d一二三四五六七八九]{1,2})+月)|(?<=[到至-])[一二三四五六七八九](?=月)"
)


_AMOUNTS = re.compile(
    "(?<![\\d.])(?:[一二两三四五六七八九]|十)[一二两三四五六七八九十百千]{0,6}(?=[万亿]?(?:吨|美元)|亿|万吨)"
)
_STEPS = {"十": 10, "百": 100, "千": 1_000}


_MONTHS_LISTED = re.compile(r"(?<!\d)((?:\d{1,2}、)+)(\d{1,2})[两二三四五六2-6]个月")
_SPACED = re.compile(
    "(?<=[\u3400-\u9fff\\d])[ \\t]+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[ \\t]+(?=\\d+[ \\t]*[月年季])"
)


def _han_number(said: str) -> int:
    """The number of an amount: 三十, 两百五十."""
    total, digit = 0, 0
    for sign in said:
        if sign in _STEPS:
            total, digit = total + (digit or 1) * _STEPS[sign], 0
        else:
            digit = int(sign.translate(_DIGITS))
    return total + digit


def _chinese(text: str) -> str:
    """Numerals of months, quarters and years as digits, lists of months in full."""
    if "十" in text:
        text = _TEENS[1].sub("10", _TEENS[0].sub(lambda m: "1" + m[1].translate(_DIGITS), text))
    text = _NUMERALS.sub(lambda m: m[0].translate(_DIGITS), text)
    text = text.replace("元月", "1月").replace("上、下半年", "上半年、下半年")
    text = re.sub(
        "(?<![一二三四五六七八九十\\d])[一二三四五六七八九]{2,4}(?=月)", lambda m: "月,".join(m[0]), text
    )
    text = re.sub(r"(?<=\d)/(?=\d{1,2}(?:/\d{1,2})*月)", "月,", text)
    text = re.sub("(?<![0-9一二两三四五六七八九十百千万几])过?(?=亿吨)", "超过1", text)
    text = re.sub(
        "((?:[一二三四1-4]、)+)(?=[一二三四1-4]季)",
        lambda m: m[1].replace("、", "季度,").translate(_DIGITS),
        text,
    )
    text = _AMOUNTS.sub(lambda match: str(_han_number(match[0])), text)
    text = _MONTHS_LISTED.sub(lambda m: m[1].replace("、", "月,") + m[2] + "月", text)
    text = re.sub(r"(?<=\d)、(?=\d{1,2}(?:、\d{1,2})*月)", "月,", text)
    text = re.sub("(?<=[啊呢吗吧了呀哦嘛啦的])[ \\t]+(?=[\u3400-\u9fff])", ",", text)
    if _HAN.search(text) and not re.search(r"[a-z]{3}", text):
        text = _SPACED.sub("", text)
    return text


_SIGNATURE = pattern("normalise", "signature")
_REGARDS = re.compile(
    r"(?:best|kind|warm)\s+regards\b.*$|[.!?]\s*(?:best|cheers|regards|br|rgds),?\s+\w+\W*$|\s(?:best"
    r"|cheers|regards|br|rgds),\s+[a-z]+\W*$|\bmany thanks,? \w+$",
    re.DOTALL,
)
_OURS = re.compile(r"alumin|bauxite|铝|export|import|出口|进口")


def _without_quotes(text: str) -> str:
    """Quoted lines count only where nothing else asks; a signature never does."""
    if "\n" in text:
        lines = text.split("\n")
        if any(line.startswith(">") for line in lines):
            rest = "\n".join(line for line in lines if not line.startswith(">"))
            text = rest if _OURS.search(rest) else "\n".join(line.lstrip("> ") for line in lines)
        text = _SIGNATURE.sub("", text)
    if "regards" in text or "many thanks" in text or ", " in text[-20:] or text[-40:].find("best") >= 0:
        text = _REGARDS.sub("", text)
    return text


_CALLED = r"@?alumina(?:\s*bot)?"
_GREETED = re.compile(
    r"(?:^|(?<=[.!?:\n] )|(?<=[.!?:\n]))((?:good\s+)?(?:hi|hello|hey|hiya|yo|dear|morning|afternoon"
    r"|evening|ok|okay|thanks"
    rf"|thank you|cheers|@)[\s,]+(?:there\s+)?(?:dear\s+)?){_CALLED}"
    r"(?=\s*(?:$|[,!.:;?-]|\s(?:can|could|what|how|please|pls|i|do|any|give|show|tell|need|boss)\b))"
)
_OPENED = re.compile(rf"^{_CALLED}\s*[,:!]\s*(?=.*(?:alumin|bauxite|scrap|primary|铝))", re.DOTALL)
_CLOSED = re.compile(r"\b(?:thanks|thank you|cheers|morning|hello|hi),? alumina\s*[!.]*$")


def without_address(text: str) -> str:
    """The text without the bot's own name where it is spoken to: it is a series as well."""
    if "alumina" not in text:
        return text
    text = _GREETED.sub(r"\1 ", text)
    if len(re.findall("alumin|bauxite|scrap|primary", text)) > 1:
        text = _OPENED.sub("", text)
    return _CLOSED.sub("", text)
