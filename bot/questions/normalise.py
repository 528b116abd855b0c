"""Slack's text as plain words: no markup, one case, one kind of dash and quote, numerals as digits."""

import html
import re
import unicodedata
from functools import cache
from typing import Any

from bot.profile import forgotten
from bot.questions.amounts import WORDS, in_digits
from bot.questions.folder_words import BOT, with_marks
from bot.questions.language import simplified
from bot.questions.lexicon import load, patterns, residue

# Control characters, marks of direction, joiners and spaces of no width, fillers, tags, halves of a pair.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_COUNTED = "|".join(WORDS)
_IN_WORDS = re.compile(
    rf"\b(?:(?:{_COUNTED}|a)[ -]){{1,4}}(?:hundred|thousand)\b"
    rf"(?:[ -](?:and )?(?:{_COUNTED}|hundred|thousand)\b)*"
)
_BEFORE_UNIT = re.compile(rf"\b(?:(?:{_COUNTED})[ -]?){{1,6}}\b(?= (?:million|billion|percent|per cent)\b)")
_DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
RE = patterns("normalise")
LONGEST = 5_000  # characters that are looked at, whatever is typed
_CLOSING = residue("closing")
_PIECE = 500  # characters: a run of combining marks is put in order in a time that grows by its square


@cache
def _rewrites(table: str) -> list[tuple[re.Pattern[str], str, str]]:
    rows: Any = load("rewrites")[table]
    return [(re.compile(with_marks(written)), instead, "".join(needed)) for written, instead, *needed in rows]


forgotten(_rewrites.cache_clear)


def _rewritten(text: str, table: str) -> str:
    for written, instead, needed in _rewrites(table):
        if needed in text and written.search(text):  # a `sub` that finds nothing costs three times as much
            text = written.sub(instead, text)
    return text


def unmarked(text: str) -> str:
    """The text without Slack's markup: no mentions, links by their labels, its signs as they were typed."""
    return _unescaped(_rewritten(text, "slack"))


def _unescaped(text: str) -> str:
    """The text with characters in place of their codes; thousands of digits are no code, and no integer."""
    return html.unescape(RE.no_code.sub(" ", text))


def normalise(text: str) -> str:
    """The text in lower case without markup, invisible characters, signatures, quotes and our own name."""
    text = text[:LONGEST]
    if RE.tidy.fullmatch(text):  # series, flows and times alone, as most ask
        return text
    plain = text if RE.plain.fullmatch(text) else _cleaned(text)
    if not plain.islower():  # names and new sentences have capitals
        plain = RE.unparted.sub(". ", RE.titled.sub(r"\1 ", plain)).lower()
    plain = _english(plain)
    if not plain.isascii():
        plain = _chinese(plain)
    return _without_address(RE.spaces.sub(" ", _without_quotes(plain)).strip())


def _cleaned(text: str) -> str:
    text = unmarked(_unescaped(text)) if any(sign in text for sign in "<&:~") else text
    if not text.isascii():
        pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
        text = "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)
        text = simplified(INVISIBLE.sub("", text[:LONGEST]))
    text = _rewritten(text, "signs")
    return text if text.isascii() else RE.symbols.sub(" ", RE.between.sub(" . ", text))


def _english(text: str) -> str:
    if "twenty" in text or "two thousand" in text:
        text = RE.short_years.sub(lambda m: f"{m[1]} {2020 + WORDS[m[2]]}", text)
        text = RE.years.sub(
            lambda m: str(2000 + WORDS[m[2]] if m[2] else 2020 + WORDS.get(m[1] or "", 0)), text
        )
    if any(word in text for word in ("hundred", "thousand", "illion", "percent", "per cent")):
        text = _BEFORE_UNIT.sub(_counted, _IN_WORDS.sub(_counted, text))
    return _rewritten(text, "english")


def _counted(words: re.Match[str]) -> str:
    total = part = 0
    for word in re.split("[ -]", words[0].strip()):
        if word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = total + part * 1_000, 0
        else:
            part += WORDS.get(word, word == "a")
    return str(total + part)


def _chinese(text: str) -> str:
    """Numerals of months, quarters, years and amounts as digits, lists of months in full."""
    text = RE.numerals.sub(lambda m: m[0].translate(_DIGITS), _rewritten(text, "chinese_months"))
    text = RE.seasons.sub(lambda m: RE.season.sub("季度,", m[0]).translate(_DIGITS), text)
    text = _rewritten(in_digits(text), "chinese")
    return RE.spaced.sub("", text) if RE.han.search(text) and not RE.english.search(text) else text


def _without_quotes(text: str) -> str:
    """Quoted lines count only where nothing else asks; a signature never does."""
    if "\n" in text:
        lines = text.split("\n")
        if any(line.startswith(">") for line in lines):
            rest = "\n".join(line for line in lines if not line.startswith(">"))
            text = rest if RE.ours.search(rest) else "\n".join(line.lstrip("> ") for line in lines)
        text = RE.signature.sub("", text)
    return RE.regards.sub("", text) if any(word in text for word in _CLOSING) else text


def _without_address(text: str) -> str:
    """The text without the bot's own name where it is spoken to: it is a series as well."""
    if BOT not in text:
        return text
    text = RE.greeted.sub(r"\1 ", text)
    if len(RE.named.findall(text)) > 1:
        text = RE.opened.sub("", text)
    return RE.closed.sub("", text)
