"""That the benchmark runs and checks what it measures; no test says how fast anything is."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.console import Console

from benchmarks.__main__ import main
from benchmarks.beside import Size, comparison, measured
from benchmarks.composed import MOST, Composer
from benchmarks.fanout import Crowd, measure
from benchmarks.load import Run, check
from benchmarks.parts import costs
from benchmarks.questions import FIGURES, OVERVIEWS, BenchmarkError, questions
from benchmarks.scale import scale
from benchmarks.slowest import slowest
from bot.dataset.dataset import Dataset
from bot.playground.workspace import Message
from bot.slack.transcript import question_metadata
from tests.postgres import Postgres

SMALL = Size(runs=1, commands=20, warmup=5)
RUN = Run(
    "ours", 20, acks_per_s=50, p50_ms=1, p99_ms=2, answers_per_s=40, bot_cpu_ms=3, slack_cpu_ms=1,
    paced_p50_ms=5, paced_p99_ms=9,
)  # fmt: skip


def printed(table: object) -> str:
    console = Console(width=160)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def answer(question: str, **more: object) -> Message:
    parts = {"blocks": ({"type": "section"},), "metadata": question_metadata(question)} | more
    return Message("C1", "1.0", "U1", "said", **parts)  # type: ignore[arg-type]


def test_the_questions_are_different_and_always_the_same(dataset: Dataset) -> None:
    asked = questions(dataset)
    assert len(set(asked)) == OVERVIEWS + FIGURES == 200
    assert asked == questions(dataset)


def test_a_question_without_an_answer_stops_the_benchmark(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "benchmarks.questions._overviews", lambda _: ["alumina exports march 1999"] * OVERVIEWS
    )
    with pytest.raises(BenchmarkError, match="alumina exports march 1999"):
        questions(dataset)


def test_ratios_are_made_of_medians() -> None:
    bare = replace(RUN, bot="bare", answers_per_s=80, bot_cpu_ms=1)
    many = replace(RUN, bot="many", answers_per_s=32)
    others = [bare, many] * 3
    runs = [RUN, replace(RUN, answers_per_s=4000), replace(RUN, answers_per_s=8), *others]
    line = next(
        line for line in printed(comparison(runs, SMALL)).splitlines() if "answers delivered/s" in line
    )
    assert re.findall(r"[\d.]+", line) == ["40", "32", "80", "0.50", "0.40"]


@pytest.mark.parametrize(
    "messages",
    [
        [answer("a"), answer("b", blocks=())],
        [answer("a"), answer("b", metadata=None)],
        [answer("a"), answer("a")],
    ],
    ids=["no blocks", "no metadata", "one question twice"],
)
def test_ours_counts_only_with_whole_answers(messages: Sequence[Message]) -> None:
    with pytest.raises(BenchmarkError):
        check(messages, different=2)


def test_whole_answers_to_different_questions_pass() -> None:
    check([answer("a"), answer("b"), answer("a")], different=2)


@pytest.mark.slow
def test_all_bots_answer_a_few_commands_and_a_ratio_is_printed() -> None:
    runs = list(measured(SMALL))
    assert [run.bot for run in runs] == ["ours", "bare", "many"]
    assert {run.answers for run in runs} == {20}
    assert re.search(r"answers delivered/s.*\d\.\d\d", printed(comparison(runs, SMALL)))


def test_costs_name_every_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.parts.TIMES", 2)
    told = printed(costs(repeats=1, number=1))
    assert all(stage in told for stage in ("text to Question", "Question to blocks", "both"))


def test_the_slowest_questions_are_found_and_named_with_their_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in {"MEASURED_AGAIN": 3, "SHOWN": 2, "TIMES": 1}.items():
        monkeypatch.setattr(f"benchmarks.slowest.{name}", few)
    told = printed(slowest(count=12, seed=1))
    assert all(part in told for part in ("parse", "look up", "render", "of seed 1"))
    assert len(re.findall(r"^│ +\d+\.\d │", told, re.MULTILINE)) == 2


def test_the_same_seed_composes_the_same_texts(dataset: Dataset) -> None:
    one, other, third = (Composer(seed, dataset) for seed in (1, 1, 2))
    texts = [one.text() for _ in range(20)]
    assert texts == [other.text() for _ in range(20)]
    assert texts != [third.text() for _ in range(20)]
    assert all(len(text) <= MOST for text in texts)


@pytest.mark.slow
async def test_a_small_crowd_is_posted_to_once_and_nobody_is_left_out(postgres: Postgres) -> None:
    with postgres.database() as url:
        run = await measure(Crowd(workspaces=2, channels=5), url)
    assert (run.posts, run.lost, run.doubled) == (10, 0, 0)


def test_a_small_record_by_partner_is_loaded_and_looked_up_in() -> None:
    told = str(scale(rows=300, repeats=1))
    assert re.match(
        r"1,620 rows: loaded in \d+\.\d\d s of CPU, ", told
    )  # 837 of the shipped record and these
    assert "MB at most" in told


@pytest.mark.slow
def test_the_quick_benchmark_prints_all_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick"])
    told = capsys.readouterr().out
    parts = "ours/bare; all rows of an answer; alumina ask march 2024; first answer; Question to blocks"
    for part in (*parts.split("; "), "rows: loaded", "0 lost"):
        assert part in told
