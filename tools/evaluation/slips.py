"""Write `slips.txt` anew: the turns of the kept sets that are not read right, each with its verdict.

python -m tools.evaluation.slips
"""

import json
from datetime import date

from bot.answers.conversation import converse
from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.messages.command_line import document
from tools.evaluation import judge
from tools.evaluation.__main__ import HERE, cases, sets

KNOWN = HERE / "slips.txt"
WRITTEN = date(2026, 12, 4)  # the newest set; "last month" is another one on another day


def record():
    """Loads the data folder as of the day of the newest set, and what was published for the judge."""
    if not judge.rec:
        judge.load(data_folder() / "figures.csv")
    return load_dataset(data_folder(), WRITTEN)


def slips(path, dataset):
    """Returns the turns of a set that are not right: set/thread/turn and verdict."""
    return {
        f"{path.stem}/{case['id']}/{turn} {verdict}"
        for case in cases(path)
        for turn, verdict in enumerate(_verdicts(case, dataset))
        if verdict != "right"
    }


def known(path):
    """Returns the turns of a set that slips.txt has."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line.startswith(f"{path.stem}/")}


def _verdicts(case, dataset):
    for expected, answer in zip(case["expect"], converse(case["turns"], dataset), strict=True):
        said = json.loads(json.dumps(document(answer)))
        verdict, _ = judge.judge(expected, said)
        yield "broad" if verdict == "wrong" and judge.broad(expected, said) else verdict


if __name__ == "__main__":
    dataset = record()
    lines = sorted(slip for path in sets() for slip in slips(path, dataset))
    KNOWN.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
