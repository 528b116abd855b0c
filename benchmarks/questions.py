"""The 200 questions that both bots get: always the same ones, every one of them answered."""

import random
from datetime import date

from bot.answers.conversation import answer_to
from bot.dataset.calendar import Kind, Period
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.dataset.load import load_dataset
from bot.dataset.model import Series
from bot.dataset.releases import leading
from bot.questions import understand
from bot.questions.named import period_name

TODAY = date(2026, 11, 24)
OVERVIEWS, FIGURES = 30, 170
KINDS: tuple[Kind, ...] = ("month", "ytd", "quarter", "year")


class BenchmarkError(Exception):
    """The run did not measure what it is meant to measure, so it says no figure at all."""


def packaged() -> Dataset:
    """The shipped figures as of a fixed day, so that every machine is asked for the same."""
    return load_dataset(data_folder(), TODAY)


def questions(dataset: Dataset) -> list[str]:
    """Whole months and single figures, mixed; BenchmarkError where one of them is not answered."""
    chosen = [*_overviews(dataset), *_spread(_figures(dataset), FIGURES)]
    random.Random(1).shuffle(chosen)
    unanswered = [text for text in chosen if not _answered(text, dataset)]
    if unanswered or len(set(chosen)) < OVERVIEWS + FIGURES:
        raise BenchmarkError(f"{len(set(chosen))} questions, of which not answered: {unanswered}")
    return chosen


def _overviews(dataset: Dataset) -> list[str]:
    common = set.intersection(*(set(dataset.lines.periods(series, "month", None)) for series in leading()))
    return [period_name(period).lower() for period in sorted(common)[-OVERVIEWS:]]


def _figures(dataset: Dataset) -> list[str]:
    return [
        f"{dataset.catalogue[series.commodity].aliases[0]} {series.flow}s {_words(period)}"
        for series in _world(dataset)
        for kind in KINDS
        for period in dataset.lines.periods(series, kind, None)
    ]


def _world(dataset: Dataset) -> list[Series]:
    return [Series(item.id, flow) for item in dataset.catalogue.values() for flow in item.flows]


def _words(period: Period) -> str:
    return f"ytd {period.end.name}".lower() if period.kind == "ytd" else period_name(period).lower()


def _spread(texts: list[str], count: int) -> list[str]:
    """So many of the texts, at even distances."""
    return [texts[place * len(texts) // count] for place in range(count)]


def _answered(text: str, dataset: Dataset) -> bool:
    answer = answer_to(understand(text, record=dataset), dataset)
    return answer.outcome == "answered" and len(answer.figures) > 0
