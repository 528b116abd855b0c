"""The periods that a message asks for, beside what its thread is about."""

from collections.abc import Mapping
from typing import Literal

from bot.dataset.calendar import Month, Period, joined
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.periods import Resolver, of_year, stretch
from bot.questions.question import Pair, Question
from bot.questions.reading import Refusal
from bot.questions.times import Time
from bot.questions.turn import once, periods_in

RE = patterns("when")
_COUNTS = (("two", 2), ("both", 2), ("2 ", 2), ("three", 3), ("3 ", 3), ("four", 4))
_TIMELESS = ("ranking", "count", "streak", "events", "definition", "coverage", "export")
_SPANNED = ("trend", "average", "rolling", "record")
ON_PREVIOUS: Mapping[Literal["quarter", "half"], int] = {"quarter": 3, "half": 6}  # months
_CHANGES = ("growth", "compare", "difference")
_OF_YEARS = ("trend", "ranking", "average", "table", "export", "count", "streak")
_PARTS = ("month", "ytd", "quarter", "half")


class When:
    """The periods of one wish; whether they are left to the record, and make it a trend or a comparison.

    `before` are those that relative times count from.
    """

    def __init__(
        self,
        draft: Draft,
        times: list[Mention],
        pairs: tuple[Pair, ...] = (),
        last: tuple[Question, ...] = (),
        before: tuple[Period, ...] = (),
        view: str = "figure",
        measure: str = "quantity",
        cumulative: bool = False,
    ) -> None:
        self.draft, self.times, self.last, self.before, self.view = draft, times, last, before, view
        self.resolver = Resolver(draft, pairs, measure)
        self.base = max(before, key=lambda period: (period.end, -period.length)) if before else None
        self.periods: tuple[Period, ...] = ()
        self.open_ended = self.trend = self.compared = False
        if times:
            self._read(cumulative)
        else:
            self._assume(cumulative)

    def _assume(self, cumulative: bool) -> None:
        """Takes the thread's periods, else what the view is about, where no time was said."""
        if cumulative:
            self.periods = (Period.ytd(self.base.end if self.base else self.resolver.newest),)
            self.open_ended = not self.before
        elif self.before:
            self.draft.inherited.add("period")
            self.periods, self.open_ended = self.before, any(question.open_ended for question in self.last)
            self._on_previous()
        else:
            self.draft.assumed.add("period")
            newest = self.resolver.newest
            if self.view == "table":
                self.periods = (stretch(Month(newest.year - 5, 1), newest),)
            elif self.view in _SPANNED:
                self.periods = (stretch(newest.plus(-11), newest),)
            elif self.view not in _TIMELESS:
                self.periods, self.open_ended = (Period.month(newest),), True
            self._on_previous()

    def _read(self, cumulative: bool) -> None:
        for mention in sorted(self.times, key=lambda mention: mention.time.kind == "same"):
            self._add(mention)
        bare = len(self.times) == 1 and self.times[0].time.kind == "year"
        if bare:
            self._against_year(cumulative)
        self._against_last_year()
        self._on_previous()
        ago = self.times[0].time if len(self.times) == 1 else None
        if (
            ago
            and ago.kind == "ago"
            and ago.number[1] == "year"
            and self.view in _CHANGES
            and not self.before
        ):
            newest = Period.month(self.resolver.newest)
            self.periods, self.compared = (newest, *self.periods), True  # "grown compared to two years ago"
        if cumulative:
            beside = self.view not in _CHANGES and RE.and_cumulative.search(self.draft.text)  # "and the ytd"
            read = [(p, Period.ytd(p.end) if p.kind == "month" else p) for p in self.periods]
            self.periods = once(each for pair in read for each in (pair if beside else pair[1:]))
        if "month alone" in self.draft.assumed:
            self.periods = tuple(Period.month(p.end) if p.kind == "ytd" else p for p in self.periods)
        if self.last:
            if self.before and (not self.draft.has_any("series", "flow") or self.draft.has("point", "both")):
                self._after_thread(bare)
            self._keep_running()
        self.compared = self.compared or (self.view in _CHANGES and len(self.periods) > 1)

    def _against_year(self, cumulative: bool) -> None:
        """Reads "Exports, against last year", "ytd vs 2024": this year so far, and as much of that."""
        mention, newest = self.times[0], Period.ytd(self.resolver.newest)
        year, draft = mention.time.year, self.draft
        if not isinstance(year, int) or year >= newest.end.year:
            return
        changes = self.view in _CHANGES
        held = changes and not self.before and RE.against.search(draft.before(mention))
        compared = held or (cumulative and RE.compared.search(draft.text))
        if compared or (cumulative and mention.time.pointing):
            self.periods = (*((newest,) if compared else ()), of_year(newest, year))

    def _on_previous(self) -> None:
        """Reads "Half-on-half, 2025": its last half, or the newest, beside the one before."""
        unit = next((unit for unit in ON_PREVIOUS if self.draft.has("view", f"on_{unit}")), None)
        if unit is None or len(self.periods) != 1:
            return
        size, period = ON_PREVIOUS[unit], self.periods[0]
        assumed = "period" in self.draft.assumed
        if not assumed and (period.length < size or (unit == "quarter" and period.length > size)):
            return  # of a year each quarter is told
        end = min(period.end, self.resolver.newest)
        now = period if period.length == size else Period.around(end, unit)
        now = now.plus(-size) if now.end > end and now != period else now
        self.periods, self.compared, self.open_ended = (now, now.plus(-size)), True, False

    def _against_last_year(self) -> None:
        """Reads "The newest month, against last year": the same month of that year, and not all of it."""
        if self.view not in _CHANGES or len(self.periods) != 2:
            return
        last = next((m.time for m in self.times if m.time.kind == "year" and m.time.pointing), None)
        parts = [period for period in self.periods if period.length < 12]
        if last and len(parts) == 1:
            self.periods = (parts[0], _in_year(parts[0], last))

    def _add(self, mention: Mention) -> None:
        time, plain = mention.time, self.view in ("figure", "growth", "trend")
        if (
            time.kind == "same"
            and time.pointing
            and not (self.periods or self.before)
            and len(self.times) > 1
        ):
            return  # "in december: how much in that month (dec 2025)"
        if time.kind == "same":
            self.periods = self._same(time, mention.text)
            return
        if time.kind == "around" and time.number == "year" and self.periods:
            return  # "May of that year"
        if time.kind == "latest" and self.base and RE.extends.search(self.draft.before(mention)):
            self.periods, self.trend = (stretch(self.base.start, self.resolver.newest),), True
            return
        periods = self.resolver.periods(time, self.periods[-1] if self.periods else self.base)
        if not periods:
            raise Refusal("ask_back", "time", (mention.text,), offers_of=_fiscal(time))
        self.open_ended |= time.kind == "latest" and periods[0].end == self.resolver.newest
        if time.kind == "last" and time.number[1] == "month" and plain and not RE.total.search(mention.text):
            self.trend = True
        self.periods = once((*self.periods, *self._edges(mention, periods)))

    def _same(self, time: Time, said: str) -> tuple[Period, ...]:
        meant = self._meant(said)
        if self.periods and time.pointing and said.endswith(("that year", "same year")):
            return self.periods
        if self.periods and "years" in said and meant:
            return once(of_year(p, each.end.year) for each in meant for p in self.periods)
        periods = self.periods or meant
        if not periods:
            raise Refusal("ask_back", "same_as_what", (said,))
        if time.year is not None:
            periods = tuple(p.plus(-12) if time.year == "relative" else _in_year(p, time) for p in periods)
        return once((*self.periods, *periods))

    def _meant(self, said: str) -> tuple[Period, ...]:
        """The periods that are pointed at: of "the same two months" the last two that were shown."""
        halves = {Period.around(period.end, "half") for period in self.before}
        if "half" in said and len(halves) == 1:
            return tuple(halves)
        count = next((n for word, n in _COUNTS if word in said), 0)
        shown = once(figure.period for figure in self.draft.turn.figures) if count else ()
        return shown[-count:] if len(self.before) < count <= len(shown) else self.before

    def _edges(self, mention: Mention, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        """Opens or closes a stretch where "since" or "until" stands beside the time."""
        after = self.draft.after(mention)
        if self.draft.only_slots and not RE.to_date.match(after):
            return periods
        before, time, period = self.draft.before(mention).rstrip(), mention.time, periods[-1]
        dated = time.kind in ("month", "quarter", "year", "half") and len(periods) == 1
        since = RE.since.search(before) or (RE.from_before.search(before) and RE.onwards.match(after))
        if dated and (since or RE.to_now.match(after)):
            whole = time.kind == "year" and isinstance(time.year, int)
            if whole and not since and time.year == self.resolver.today.year:
                return (Period.ytd(self.resolver.newest),)  # "2026 until now"
            start = Month(period.end.year, 1) if whole else period.start
            if start > self.resolver.newest:
                raise Refusal("ask_back", "future", (mention.text,))
            self.trend = self.trend or self.view in ("figure", "growth", "trend", "share")
            return (stretch(start, self.resolver.newest),)
        closed = RE.until.search(before) or (RE.to_date.match(after) and time.kind == "month")
        if closed and period.kind in ("month", "quarter") and not RE.versus.search(before):
            self.draft.assumed.add("from January")
            return (Period.ytd(period.end),)
        return periods

    def _after_thread(self, bare: bool) -> None:
        draft, text, first, base = self.draft, self.draft.text, self.times[0].time, self.base
        before, alone = self.before, len(self.periods) == 1
        left_open = any(question.open_ended for question in self.last)
        of_part = bare and base and base.kind in _PARTS and not RE.whole_year.search(text)
        years = [m.time for m in self.times if m.time.kind == "year"]
        if len(years) == len(self.times) > 1 and self.view in _CHANGES and base and base.kind in _PARTS:
            self.periods = once(_in_year(base, year) for year in years)  # of the quarters that were shown
        elif draft.says(RE.compares) or (self.view in ("compare", "difference") and alone):
            if of_part and base:
                self.periods = (_in_year(base, first),)
            shown = self.last[0].periods[:1] if self.last[0].against else before  # "vs June", then "vs May"
            kept = [p for p in shown if p not in self.periods]
            newest = [base] if of_part and base in kept else kept[-1:]
            self.periods = once((*newest, *self.periods))
            self.compared = True
        elif len(before) == 2 and alone and draft.says(RE.mistake):
            gone = {p for p in before if any(_is_withdrawn(p, m) for m in draft.mentions)}
            self.periods = once((*(p for p in before if gone and p not in gone), *self.periods))
        elif self.view in _CHANGES and alone and RE.against.search(draft.before(self.times[0])):
            beside = (_in_year(base, first),) if bare and base and base.kind != "range" else self.periods
            self.periods = once((before[-1], *beside))
        elif part := self._part_of_whole():
            self.periods = (part, *self.periods)
        elif self._repeats_parts():
            self.periods = once(of_year(self.periods[-1], year) for year in self._years_shown())
        elif self._repeats_years():
            self.periods = once(Period.month(Month(p.end.year, first.number)) for p in before)
            self.compared = True
        elif of_part and base and alone and self.view not in _OF_YEARS and not left_open:
            year = _in_year(base, first).end.year
            self.periods = once(of_year(period, year) for period in before)
            draft.assumed.add("same months")

    def _part_of_whole(self) -> Period | None:
        """Reads "As a share of 2025?": the stretch that was shown, within the one that is named."""
        shown, whole = joined(self.before), self.periods
        if self.view != "share" or len(whole) > 1 or shown is None:
            return None
        within = whole[0].start <= shown.start and shown.end <= whole[0].end
        return stretch(shown.start, shown.end) if within and shown.length < whole[0].length else None

    def _repeats_parts(self) -> bool:
        """Reads "And the second quarter of each?", after halves of two years."""
        several = len(self._years_shown()) > 1
        return self._is_open("quarter", "half") and several and bool(self.draft.says(RE.of_each))

    def _years_shown(self) -> tuple[int, ...]:
        """The years of the last answer; where it is of one, of all that is remembered."""
        last = once(period.end.year for period in self.before)
        return last if len(last) > 1 else once(figure.period.end.year for figure in self.draft.turn.figures)

    def _repeats_years(self) -> bool:
        """Reads "Same for April", after March of two years: a month of each of these years."""
        months = {period.end.number for period in self.before if period.kind == "month"}
        years = {period.end.year for period in self.before}
        alike = len(months) == 1 or (len(months) * len(years) == len(self.before) and len(years) > 1)
        whole = all(period.kind == "month" for period in self.before)
        return self._is_open("month") and len(self.before) > 1 and alike and whole

    def _is_open(self, *kinds: str) -> bool:
        time = self.times[0].time
        return len(self.times) == 1 and time.kind in kinds and time.year is None

    def _keep_running(self) -> None:
        """A month named after a running total is one too."""
        shown = periods_in(self.last)
        totals = (
            shown and all(p.kind == "ytd" for p in shown) and any(p.end.number not in (2, 12) for p in shown)
        )
        months = self.periods and all(p.kind == "month" for p in self.periods)
        if not (totals and months and self.draft.turn.running) or RE.one_month.search(self.draft.text):
            return
        named = self.draft.has("series") and self.draft.has("flow")
        if not named and all(m.time.kind in ("month", "relative") for m in self.times):
            self.periods = tuple(Period.ytd(p.end) for p in self.periods)
            self.draft.inherited.add("kind of period")


def _in_year(base: Period, time: Time) -> Period:
    """The same period of the year that was named, or of the one before."""
    return of_year(base, base.end.year - 1 if time.pointing else time.year)


def _fiscal(time: Time) -> tuple[Period, ...]:
    if time.kind != "fiscal" or not isinstance(time.year, int):
        return ()
    starts = (Month(time.year, 7), Month(time.year, 4))
    return (Period.whole_year(time.year), *(Period.span(start, start.plus(11)) for start in starts))


def _is_withdrawn(period: Period, mention: Mention) -> bool:
    """Whether a correction takes that period back."""
    if mention.kind != "time" or mention.live:
        return False
    time, end = mention.time, period.end
    named = time.kind == "month" and time.number == end.number and time.year in (None, end.year)
    return named or (time.kind == "year" and time.year == end.year)
