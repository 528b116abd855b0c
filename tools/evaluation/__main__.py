"""Print how well every kept set is read, when it was new and now, and what an aside changes.

python -m tools.evaluation [--asides COUNT] [--seed SEED]
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.dataset.data_files import data_folder
from tools.evaluation import judge

HERE = Path(__file__).parent
ALUMINA = Path(sys.executable).with_name("alumina")
Case = dict[str, Any]
Judged = list[Any]  # verdict, why, case, turn, answer


def main():
    """Judges all sets by the record as it is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--asides", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    judge.load(data_folder() / "figures.csv")
    found = {path.stem: judge.judged(ALUMINA, cases(path)) for path in sets()}
    console = Console(width=120)
    console.print(shares(found))
    everything = [each for name, judged in found.items() if name.startswith("r") for each in judged]
    console.print(among_people(everything))
    console.print(beside(everything, asked.asides, Random(asked.seed)))


def sets():
    """The sets in the order in which they were written, traps last."""
    return sorted(
        HERE.glob("*.jsonl"), key=lambda path: (path.stem[0] != "r", int(path.stem.lstrip("rtaps")))
    )


def cases(path):
    """The threads of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def shares(found):
    """Each set as it was measured before anybody had read it, and now; the first slips of threads apart."""
    first = {row["set"]: row for row in csv.DictReader((HERE / "rounds.csv").open(encoding="utf-8"))}
    table = Table(
        "set", "turns", "new: right", "helpful", "wrong", "now: right", "helpful", "wrong", "first slips"
    )
    for name, judged in found.items():
        new, now = first.get(name, {}), judge.shares(judged)
        table.add_row(
            name, str(len(judged)), *(new.get(each, "") for each in ("right", "helpful", "wrong")),
            *(f"{now[each]:.1f}" for each in ("right", "helpful", "wrong")), str(first_slips(judged)),
        )  # fmt: skip
    return table


def first_slips(judged):
    """How many threads have a turn that is not right: what follows it in the thread is not counted again."""
    return len({case["id"] for verdict, _, case, _, _ in judged if verdict != "right"})


def among_people(judged):
    """How often a follow-up without a mention meets silence, and people's talk an answer."""
    apart = [
        (case["expect"][turn]["ok"], answer)
        for _, _, case, turn, answer in judged
        if isinstance(case["turns"][turn], dict)
    ]
    asked = [answer for ok, answer in apart if ok is True]
    talk = [answer for ok, answer in apart if ok == "quiet"]
    silent = sum(answer.get("outcome") == "silent" for answer in asked)
    answered = sum(answer.get("outcome") != "silent" for answer in talk)
    met = f"follow-ups met with silence: {silent} of {len(asked)}"
    return f"{met}; people's talk answered: {answered} of {len(talk)}"


def beside(judged, count, draw):
    """What becomes of right single questions when people say something before or after them."""
    alone = [case for verdict, _, case, _, _ in judged if verdict == "right" and is_single(case)]
    drawn = draw.sample(alone, min(count, len(alone)))
    share = judge.shares(judge.judged(ALUMINA, [with_aside(case, draw) for case in drawn]))
    told = f"right {share['right']:.1f} %, wrong {share['wrong']:.1f} %"
    return f"{len(drawn)} right questions with an aside: {told}"


def is_single(case):
    """Whether it is one question, said to the bot, that has an answer."""
    turns, expect = case["turns"], case["expect"]
    return len(turns) == 1 and isinstance(turns[0], str) and expect[0]["ok"] is True


def with_aside(case, draw):
    """The case with something that people say beside a question, in its language."""
    text = case["turns"][0]
    lines = (HERE / "asides.txt").read_text(encoding="utf-8").splitlines()
    aside = draw.choice([line for line in lines if line and line.isascii() == text.isascii()] or lines)
    ended = text if text[-1:] in ".?!。？！" else f"{text}."
    return {**case, "turns": [f"{aside} {text}" if draw.random() < 0.5 else f"{ended} {aside}"]}


if __name__ == "__main__":
    main()
