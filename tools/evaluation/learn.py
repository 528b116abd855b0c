"""Learn which words beside a question change what it asks: writes the vocabulary's weights anew.

python -m tools.evaluation.learn [--apart NAME ...]   (sets that are left out, to be measured afterwards)
"""

import argparse
import csv
from datetime import date
from pathlib import Path
from random import Random
from sys import modules
from unittest.mock import patch

import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.answers.conversation import converse
from bot.questions.beside import WEIGHTS, signs
from bot.questions.lexicon import lexicon_of
from bot.questions.residue import weigh
from bot.questions.speak import words
from bot.settings import Settings
from bot.store.figures import base_record
from bot.words import LANGUAGES, speaking
from tools.evaluation.__main__ import cases, is_single, sets, with_aside

READINGS = Path(__file__).parents[2] / "tests" / "questions" / "readings.yaml"
TODAY = date(2026, 11, 27)  # of which the sets' writers knew
FEWEST = 2  # messages with a sign, that it has a weight
LEAST = 0.05  # a weight that is kept
KEPT = 5  # how much more a kept reading counts than a sentence of a set
NEUTRAL = 0.1  # a risk that changes no answer
Example = tuple[set[str], bool]  # the signs of a message, and whether its slots alone would be wrong


def main():
    """Reads the kept sets, single questions once more with an aside, the kept readings, the bot's words."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--apart", nargs="*", default=[])
    apart = parser.parse_args().apart
    record = base_record(Settings.from_env({})).as_of(TODAY).derived()
    threads = [case for path in sets() if path.stem not in apart for case in cases(path)]
    kept, draw = list(_kept()) * KEPT, Random(1)
    beside = [with_aside(case, draw) for case in (*threads, *kept) if is_single(case)]
    said: set[str] = set()
    examples = [each for case in (*threads, *kept, *beside) for each in _examples(case, record, said)]
    worded = ({"turns": [text], "expect": [{"ok": True}]} for text in sorted(said))
    examples += [each for case in worded for each in _examples(case, record, set())]
    own = {word for phrase in lexicon_of(record.catalogue).phrases.values() for word in _named(phrase)}
    weights = _weights(examples)
    _write({sign: weight for sign, weight in weights.items() if own.isdisjoint(sign.split())})


def _named(phrase):
    """The words of a series' name: another folder is about other goods."""
    return phrase.words if phrase.kind == "series" else ()


def _kept():
    """Yields the single texts whose reading is kept: questions, and those with a word that counts."""
    singles = yaml.safe_load(READINGS.read_text(encoding="utf-8"))["singles"]
    for text, reading in singles.items():
        if not reading.startswith(("ask_back", "outside", "silent", "courtesy", "not_understood")):
            yield {"turns": [text], "expect": [{"ok": True}]}
        elif reading.startswith("ask_back unread"):
            yield {"turns": [text], "expect": [{"ok": False}]}


def _examples(case, record, said):
    """Yields each turn of a thread that was composed into Questions; adds how the bot says these itself."""
    noted: list[set[str]] = []

    def note(draft, trade):
        noted.append(signs(draft, trade))
        return weigh(draft, trade)

    reading = patch.object(modules["bot.questions.understand"], "weigh", note)
    with reading, patch("bot.questions.residue.risk", return_value=NEUTRAL):
        for answer, expected in zip(converse(case["turns"], record), case["expect"], strict=True):
            answered = expected["ok"] is True or (expected["ok"] == "ask" and bool(answer.figures))
            if noted and (answered or expected["ok"] is False):
                yield noted[-1], not answered
                said |= set(_worded(answer.question, record)) if answered and answer.question else set()
            noted.clear()


def _worded(question, record):
    for language in LANGUAGES:
        with speaking(language):
            yield words(question, record.catalogue)


def _weights(examples):
    vectors = DictVectorizer()
    found = vectors.fit_transform([dict.fromkeys(each, 1.0) for each, _ in examples])
    common = (found > 0).sum(axis=0).A1 >= FEWEST
    model = LogisticRegression(solver="liblinear", fit_intercept=False, random_state=1)
    model.fit(found[:, common], [wrong for _, wrong in examples])
    names = [name for name, kept in zip(vectors.feature_names_, common, strict=True) if kept]
    return dict(zip(names, model.coef_[0], strict=True))


def _write(weights):
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("sign", "weight"))
        out.writerows(
            (sign, f"{weight:.2f}") for sign, weight in sorted(weights.items()) if abs(weight) >= LEAST
        )


if __name__ == "__main__":
    main()
