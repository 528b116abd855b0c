"""The periods that a message asks for, beside what its thread is about."""

from itertools import takewhile

from bot.dataset.calendar import Month, Period, natural_period
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import NUMBER_WORDS, patterns
from bot.questions.periods import Resolver, of_year
from bot.questions.question import Pair
from bot.questions.reading import Refusal
from bot.questions.times import Time
from bot.questions.turn import once, periods_in

RE = patterns("when")
_TIMELESS = ("ranking", "count", "streak", "events", "definition", "coverage", "export")
_CHANGES = ("growth", "compare", "difference")
_OF_YEARS = ("trend", "ranking", "average", "table", "export", "count", "streak")
_BY_MONTH = ("trend", "ranking", "record", "average", "count", "streak")
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
        before: tuple[Period, ...] = (),
        view: str = "figure",
        measure: str = "quantity",
        cumulative: bool = False,
    ) -> None:
        self.draft, self.times, self.last = draft, times, draft.turn.questions
        self.before, self.view = before, view
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
            totals = len(self.before) > 1 and {period.kind for period in self.before} == {"ytd"}
            if totals and self.view == "trend":  # "single months instead", after running totals
                self.periods = tuple(Period.month(period.end) for period in self.before)
        else:
            self.draft.assumed.add("period")
            newest = self.resolver.newest
            if self.view in ("trend", "average", "rolling", "record", "table"):
                self.periods = (natural_period(newest.plus(-11), newest),)
            elif self.view not in _TIMELESS:
                self.periods, self.open_ended = (Period.month(newest),), True

    def _read(self, cumulative: bool) -> None:
        for mention in sorted(self.times, key=lambda mention: mention.time.kind == "same"):
            self._add(mention)
        bare = len(self.times) == 1 and self.times[0].time.kind == "year"
        if bare:
            self._against_year(cumulative)
        last = next((m.time for m in self.times if m.time.kind == "year" and m.time.pointing), None)
        parts = [period for period in self.periods if period.length < 12]
        if self.view in _CHANGES and last and len(parts) == 1 and len(self.periods) == 2:
            self.periods = (parts[0], _in_year(parts[0], last))  # "the newest month, against last year"
        for mention in self.times:
            named = mention.time.kind == "latest" and RE.month_before.match(mention.text)
            if named and len(self.periods) == 1 and self._is_held_against(mention):
                self.periods = (*self.periods, self.periods[0].plus(-1))  # not against itself
        if cumulative:
            self._as_far()
            beside = self.view not in _CHANGES and RE.and_cumulative.search(self.draft.text)  # "and the ytd"
            read = [(p, Period.ytd(p.end) if p.kind == "month" else p) for p in self.periods]
            self.periods = once(each for pair in read for each in (pair if beside else pair[1:]))
        if self.last and self.before:
            if not self.draft.has_any("series", "flow") or self.draft.has("point", "both"):
                self._after_thread(bare)
            self._keep_running()
        self.compared = self.compared or (self.view in _CHANGES and len(self.periods) > 1)

    def _against_year(self, cumulative: bool) -> None:
        """Reads "Exports, against last year", "ytd vs 2024": this year so far, and as much of that."""
        mention, newest = self.times[0], Period.ytd(self.resolver.newest)
        compared = self._is_held_against(mention) or (cumulative and RE.compared.search(self.draft.text))
        if compared and isinstance(mention.time.year, int) and mention.time.year < newest.end.year:
            self.periods = (newest, of_year(newest, mention.time.year))

    def _as_far(self) -> None:
        """Reads "2026 ytd against 2024": of the earlier years as much as is out of the newest."""
        running, draft = next((p for p in self.periods if p.kind == "ytd"), None), self.draft
        if not running or RE.of_all_months.search(draft.text):
            return
        words = [m for m in draft.live("time") if m.time.kind == "cumulative"]
        newest = [m for m in self.times if m.time.kind == "year" and m.time.year == running.end.year]
        pairs = (sorted((word, year), key=lambda m: m.start) for word in words for year in newest)
        of_one = len(words) == 1 and any(not draft.between(*pair).strip() for pair in pairs)
        if self.view in _CHANGES or not of_one:  # "2024, 2025, ytd 2026" lists whole years
            years = [of_year(running, p.end.year) if p.kind == "year" else p for p in self.periods]
            draft.assumed |= {"same months"} if of_one and years != [*self.periods] else set()
            self.periods = once(years)

    def _is_held_against(self, mention: Mention) -> bool:
        """Whether a change to that time is asked for, and no thread says from which: "vs last month"."""
        asked = self.view in _CHANGES and not self.before
        return asked and bool(RE.against.search(self.draft.before(mention)))

    def _add(self, mention: Mention) -> None:
        time, plain = mention.time, self.view in ("figure", "growth", "trend")
        if time.kind == "same":
            self.periods = self._same(time, mention.text)
            return
        if time.kind == "around" and time.unit == "year" and self.periods:
            return  # "May of that year"
        periods = self.resolver.periods(time, self.periods[-1] if self.periods else self.base)
        if not periods:
            raise Refusal("ask_back", "time", (mention.text,))
        self.open_ended |= time.kind == "latest" and periods[0].end == self.resolver.newest
        if time.kind == "last" and time.unit == "month" and plain and not RE.total.search(mention.text):
            self.trend = True
        full = RE.of_all_months.search(self.draft.text)
        if time.kind == "last" and time.unit == "year" and self.view in _BY_MONTH and not full:
            newest = self.resolver.newest  # "the highest month of the past two years" may be this year's
            periods = (natural_period(newest.plus(1 - 12 * time.number), newest),)
        self.periods = once((*self.periods, *self._edges(mention, periods)))

    def _same(self, time: Time, said: str) -> tuple[Period, ...]:
        meant = self._meant(said)
        if self.periods and "years" in said and meant:
            return once(of_year(p, each.end.year) for each in meant for p in self.periods)
        if not meant and any(m.time.kind == "cumulative" for m in self.draft.live("time")):
            self.periods = self.periods or (Period.ytd(self.resolver.newest),)  # "ytd, on the same period"
        periods = self.periods or meant
        if not periods:
            raise Refusal("ask_back", "same_as_what", (said,))
        if time.year is not None:
            years = tuple(p.plus(-12) if time.year == "relative" else _in_year(p, time) for p in periods)
            beside = not self.periods and tuple(p for p in years if p in meant)  # shown with its year before
            periods = beside or years
        return once((*self.periods, *periods))

    def _meant(self, said: str) -> tuple[Period, ...]:
        """The periods that are pointed at: of "the same two months" the last two that were shown."""
        numbers = (str(NUMBER_WORDS.get(word, word)) for word in said.split())
        few = (int(each) for each in numbers if each.isdigit() and len(each) < 3)  # and no year
        count = next(few, 2 if "both" in said else 0)
        shown = once(figure.period for figure in self.draft.turn.figures)
        if not count and RE.several.search(said):
            count = len([*takewhile(lambda period: period.kind == shown[-1].kind, reversed(shown))])
        return shown[-count:] if len(self.before) < count <= len(shown) else self.before

    def _edges(self, mention: Mention, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        """Opens or closes a stretch where "since" or "until" stands beside the time."""
        after = self.draft.after(mention)
        if self.draft.only_slots and not RE.to_date.match(after):
            return periods
        before, time, period = self.draft.before(mention).rstrip(), mention.time, periods[-1]
        dated = time.kind in ("month", "quarter", "year", "half") and len(periods) == 1
        if dated and (RE.since.search(before) or RE.to_now.match(after)):
            whole = time.kind == "year" and isinstance(time.year, int)
            start = Month(period.end.year, 1) if whole else period.start
            if start > self.resolver.newest:
                raise Refusal("ask_back", "future", (mention.text,))
            self.trend = self.view in ("figure", "growth", "trend", "share")
            return (natural_period(start, self.resolver.newest),)
        ends = self.view != "streak" and RE.until.search(before) and not RE.versus.search(before)
        if ends and period.kind in ("month", "quarter"):
            self.draft.assumed.add("from January")
            return (Period.ytd(period.end),)
        return periods

    def _after_thread(self, bare: bool) -> None:
        draft, text, first, base = self.draft, self.draft.text, self.times[0].time, self.base
        before, alone = self.before, len(self.periods) == 1
        left_open = any(question.open_ended for question in self.last)
        of_part = bare and base and base.kind in _PARTS and not RE.whole_year.search(text)
        years = [m.time for m in self.times if m.time.kind == "year"]
        repeats = len(self.times) == 1 and first.kind == "month" and first.year is None
        one_month = {(p.kind, p.end.number) for p in before} == {("month", before[0].end.number)}
        if len(years) == len(self.times) > 1 and self.view in _CHANGES and base and base.kind in _PARTS:
            self.periods = once(_in_year(base, year) for year in years)  # of the quarters that were shown
        elif draft.says(RE.compares) or (self.view in ("compare", "difference") and alone):
            if of_part and base:
                self.periods = (_in_year(base, first),)
            shown = self.last[0].periods[:1] if self.last[0].against else before  # "vs June", then "vs May"
            kept = [p for p in shown if p not in self.periods]
            self.periods = once((*kept[-1:], *self.periods))
            self.compared = True
        elif self.view in _CHANGES and alone and RE.against.search(draft.before(self.times[0])):
            beside = (_in_year(base, first),) if bare and base and base.kind != "range" else self.periods
            self.periods = once((before[-1], *beside))
        elif repeats and len(before) > 1 and one_month:  # "Same for April", after March of two years
            self.periods = once(Period.month(Month(p.end.year, first.number)) for p in before)
            self.compared = True
        elif of_part and base and alone and self.view not in _OF_YEARS and not left_open:
            year = _in_year(base, first).end.year
            self.periods = once(of_year(period, year) for period in before)
            draft.assumed.add("same months")

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
        listed = self.last[0].view in _TIMELESS  # months were told of the running total
        if not (named or listed) and all(m.time.kind in ("month", "relative") for m in self.times):
            self.periods = tuple(Period.ytd(p.end) for p in self.periods)
            self.draft.inherited.add("kind of period")


def _in_year(base: Period, time: Time) -> Period:
    return of_year(base, base.end.year - 1 if time.pointing else time.year)
