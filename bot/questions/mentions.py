"""Typed spans of the text: times, numbers that are claimed, HS codes, phrases of the lexicon."""

from collections.abc import Iterator
from datetime import date

from bot.questions.draft import Mention
from bot.questions.lexicon import CHINESE_WORDS, MONTHS, Lexicon, Phrase, Token, patterns, tokenise
from bot.questions.times import forms_at, forms_in_chinese, time_at

RE = patterns("mentions")
MOST, MOST_TOKENS = 45, 500  # mentions: a text with more is not read on


class Scan:
    """One pass over the tokens of a text.

    What begins at a token is read by methods that say where it ends, 0 for nothing.
    """

    def __init__(self, text: str, lexicon: Lexicon, today: date) -> None:
        self.text, self.lexicon, self.today = text, lexicon, today
        self.mentions: list[Mention] = []
        self.left: list[Token] = []
        self.modal = [m.span() for m in RE.modal.finditer(text)] if "may" in text else []
        self.waits = [m.span() for m in RE.duration.finditer(text)]
        self.tokens = tokenise(text)
        self.forms = forms_at if text.isascii() else forms_in_chinese
        self.words = [t.text.removesuffix("'s") if len(t.text) > 2 else t.text for t in self.tokens]
        at = 0
        while at < len(self.tokens) and not self.is_too_long:
            token = self.tokens[at]
            waits = any(start <= token.start < stop for start, stop in self.waits)
            end = 0 if waits else self._time(at) or self._number(token) or self._phrase(at)
            if not end:
                self.left.append(token)
            at += 1
            while at < len(self.tokens) and self.tokens[at].start < end:
                at += 1

    @property
    def is_too_long(self) -> bool:
        """Whether it names or says more than is read."""
        return len(self.mentions) > MOST or len(self.tokens) > MOST_TOKENS

    def _add(self, kind: str, value: object, start: int, end: int) -> int:
        self.mentions.append(Mention(kind, value, start, end, self.text[start:end]))
        return end

    def _time(self, at: int) -> int:
        token = self.tokens[at]
        forms = self.forms(token.text)
        found = time_at(forms, self.text, token.start, self.today) if forms else None
        if not found:
            return 0
        time, end = found
        if token.text in MONTHS:
            modal = any(start <= token.start < stop for start, stop in self.modal)
            return 0 if modal and end - token.start <= 4 else self._add("time", time, token.start, end)
        if "average" in self.text[token.start : end]:  # "three-month average to July"
            self._add("view", "average", token.start, end)
        longer = (run for _, run in self._phrases(at) if len(run) > 1 and run[-1].end > end)
        return 0 if any(longer) else self._add("time", time, token.start, end)  # "first one", "next week"

    def _phrases(self, at: int) -> Iterator[tuple[Phrase, list[Token]]]:
        for count in self.lexicon.lengths.get(self.words[at], ()):
            phrase = self.lexicon.phrases.get(tuple(self.words[at : at + count]))
            if phrase and self._holds(run := self.tokens[at : at + count]):
                yield phrase, run

    def _number(self, token: Token) -> int:
        if not token.text[0].isdigit():
            return 0
        amount = RE.amount.match(self.text, token.start)
        in_unit = RE.after_unit_word.search(self.text[: token.start][-4:])
        if amount and not in_unit and not RE.is_unit.match(amount[0]):
            return self._add("claim", amount[0], token.start, amount.end())
        return self._code(token.start)

    def _code(self, at: int, *, named: bool = False) -> int:
        match = RE.code.match(self.text, at)
        if not match:
            return 0
        code = "".join(part for part in match.groups()[1:5] if part)
        while len(code) > 4 and code.endswith("00") and code not in self.lexicon.codes:
            code = code[:-2]
        if found := self.lexicon.codes.get(code):
            for kind, value in zip(("series", "scope"), filter(None, found), strict=False):
                self._add(kind, value, at, match.end())
            return match.end()
        named = named or bool(match[1] or match[6]) or (code[:2] == "76" and len(code) > 4)
        return self._add("oos", "code", at, match.end()) if named else 0

    def _phrase(self, at: int) -> int:
        start = self.tokens[at].start
        coded = self.tokens[at].text in ("hs", "品", "税", "海", "编")
        if coded and (end := self._code(start, named=True)):
            return end
        for phrase, run in self._phrases(at):
            if not self._is_part(run, phrase.kind):
                return self._add(phrase.kind, phrase.value, start, run[-1].end)
        return 0

    def _is_part(self, run: list[Token], kind: str) -> bool:
        """Whether a time within it goes beyond it, or a single character belongs to another word."""
        at = run[0].start
        if len(run) == 1:
            alone = kind == "oos" and run[0].is_han and bool(self.left) and self.left[-1].end == at
            return alone and self.text[at - 1 : at + 1] in CHINESE_WORDS
        for token in run[1:] if kind != "oos" else ():
            forms = forms_at(token.text)
            time = time_at(forms, self.text, token.start, self.today) if forms else None
            if time and time[1] > run[-1].end:
                return True
        return False

    def _holds(self, run: list[Token]) -> bool:
        start, end = run[0].start, run[-1].end
        close = end - start <= sum(len(token.text) for token in run) + 3 * len(run)
        return len(run) == 1 or (close and "\n" not in self.text[start:end])
