"""Typed spans of the text: times, numbers that are claimed, HS codes, phrases of the lexicon."""

import re
from datetime import date

from bot.questions.draft import Mention
from bot.questions.lexicon import CHINESE_WORDS, MONTHS, Lexicon
from bot.questions.patterns import pattern
from bot.questions.times import forms_at, time_at
from bot.questions.times_zh import FORMS as CHINESE_FORMS
from bot.questions.times_zh import STARTS
from bot.questions.tokenise import Token, tokenise

_AMOUNT = pattern("mentions", "amount")
_IS_UNIT = re.compile(r"(?:1000|1 000|10 000|10k?)\s*(?:t|kt|tonnes)")
_AFTER_UNIT_WORD = re.compile(r"(?:in|to|as)\s$")
_CODE = re.compile(
    r"(?<![\d.])((?:hs ?(?:codes?)?|海关编码|税号|编码|品目)"
    r" ?)?(\d{4})(?:\.?(\d\d))?(?:\.?(\d\d))?(?:\.?(\d\d))?(?!\d)( ?品目| ?项下)?"
)
# "may" as a verb is no month.
_MODAL = pattern("mentions", "modal")


class Scan:
    """One pass over the tokens of a text."""

    def __init__(self, text: str, lexicon: Lexicon, today: date) -> None:
        self.text, self.lexicon, self.today = text, lexicon, today
        self.mentions: list[Mention] = []
        self.left: list[Token] = []
        self.modal = [m.span() for m in _MODAL.finditer(text)] if "may" in text else []
        tokens = tokenise(text)
        self.words = [
            token.text.removesuffix("'s") if len(token.text) > 2 else token.text for token in tokens
        ]
        self._read(tokens)
        self.mentions.sort(key=lambda m: (m.start, -m.end))

    def _read(self, tokens: list[Token]) -> None:
        at, count = 0, len(tokens)
        while at < count:
            token = tokens[at]
            end = self._time(tokens, at) or (self._number(token) if token.text[0].isdigit() else 0)
            if not end and (phrase := self._phrase(tokens, at)):
                end = phrase
            if end:
                while at < count and tokens[at].start < end:
                    at += 1
            else:
                self.left.append(token)
                at += 1

    def _add(self, kind: str, value: object, start: int, end: int) -> int:
        self.mentions.append(Mention(kind, value, start, end, self.text[start:end]))
        return end

    def _time(self, tokens: list[Token], at: int) -> int:
        """The end of the time that begins here, 0 for none."""
        token = tokens[at]
        if token.text[0] in STARTS and not self.text.isascii():
            forms = CHINESE_FORMS if token.is_han else (*forms_at(token.text), *CHINESE_FORMS)
        else:
            forms = forms_at(token.text)
        if not forms:
            return 0
        time = time_at(forms, self.text, token.start, self.today)
        if time is None or (time.end - time.start <= 4 and self._is_verb(token)):
            return 0
        if self._phrase_beyond(tokens, at, time.end):
            return 0
        return self._add("time", time, time.start, time.end)

    def _is_verb(self, token: Token) -> bool:
        return token.text in MONTHS and any(start <= token.start < end for start, end in self.modal)

    def _phrase_beyond(self, tokens: list[Token], at: int, end: int) -> bool:
        """Whether a longer phrase of the lexicon begins at the same word: "first one", "next week"."""
        if tokens[at].text in MONTHS:
            return False
        for count in self.lexicon.lengths.get(self.words[at], ()):
            run = tokens[at : at + count]
            if count > 1 and run[-1].end > end and tuple(self.words[at : at + count]) in self.lexicon.phrases:
                return self._holds(run)
        return False

    def _number(self, token: Token) -> int:
        """The end of an amount or an HS code that begins here, 0 for neither."""
        amount = _AMOUNT.match(self.text, token.start)
        if (
            amount
            and not _IS_UNIT.match(amount[0])
            and not _AFTER_UNIT_WORD.search(self.text[: token.start][-4:])
        ):
            return self._add("claim", amount[0], token.start, amount.end())
        return self._code(token.start)

    def _code(self, at: int, *, named: bool = False) -> int:
        match = _CODE.match(self.text, at)
        if not match:
            return 0
        code = "".join(part for part in match.groups()[1:5] if part)
        while len(code) > 4 and code.endswith("00") and code not in self.lexicon.codes:
            code = code[:-2]
        named = named or bool(match[1] or match[6])
        if found := self.lexicon.codes.get(code):
            self._add("series", found[0], at, match.end())
            if found[1]:
                self._add("scope", found[1], at, match.end())
            return match.end()
        if named or (code[:2] == "76" and len(code) > 4):
            return self._add("oos", "code", at, match.end())
        return 0

    def _phrase(self, tokens: list[Token], at: int) -> int:
        """The end of the longest phrase that begins at a token, 0 for none."""
        token = tokens[at]
        if token.text in ("hs", "品", "税", "海", "编") and (end := self._code(token.start, named=True)):
            return end
        word = self.words[at]
        for count in self.lexicon.lengths.get(word, ()):
            phrase = self.lexicon.phrases.get(tuple(self.words[at : at + count]))
            if phrase and self._holds(run := tokens[at : at + count]) and not self._is_part(run, phrase.kind):
                return self._add(phrase.kind, phrase.value, token.start, run[-1].end)
        return 0

    def _is_part(self, run: list[Token], kind: str) -> bool:
        """Whether a time within it goes beyond it, or a single character belongs to another word."""
        if len(run) == 1:
            at = run[0].start
            alone = kind == "oos" and run[0].is_han and bool(self.left) and self.left[-1].end == at
            return alone and self.text[at - 1 : at + 1] in CHINESE_WORDS
        for token in run[1:] if kind != "oos" else ():
            forms = forms_at(token.text)
            time = time_at(forms, self.text, token.start, self.today) if forms else None
            if time and time.end > run[-1].end:
                return True
        return False

    def _holds(self, run: list[Token]) -> bool:
        """Whether these tokens stand together on one line."""
        if len(run) == 1:
            return True
        start, end = run[0].start, run[-1].end
        close = end - start <= sum(len(token.text) for token in run) + 3 * len(run)
        return close and "\n" not in self.text[start:end]
