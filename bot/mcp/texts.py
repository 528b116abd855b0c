"""What assistants are told in words: descriptions, the prompt, the skill, the glossary."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.dataset.companions import Commodity
from bot.dataset.dataset import Dataset
from bot.words.folder import with_values

HERE = Path(__file__).parent
TEXTS: Mapping[str, Any] = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))


def filled(text: str, **values: object) -> str:
    """The text with the data folder's values and further ones."""
    return with_values(text).format(**values).strip()


def instructions(dataset: Dataset) -> str:
    """What the server is for, and what it has."""
    series = "; ".join(map(_series_line, dataset.catalogue.values()))
    return filled(TEXTS["instructions"], series=series)


def skill(dataset: Dataset) -> str:
    """A Markdown skill that teaches an assistant to ask and to quote."""
    series = "\n".join(f"- {_series_line(each)}" for each in dataset.catalogue.values())
    return filled((HERE / "skill.md").read_text(encoding="utf-8"), series=series) + "\n"


def glossary(dataset: Dataset) -> str:
    """Every term in both languages, in Markdown."""
    paragraph = "## {0.name_en} ({0.name_zh})\n\n{0.text_en}\n\n{0.text_zh}\n"
    return "\n".join(map(paragraph.format, dataset.record.glossary.values()))


def _series_line(each: Commodity) -> str:
    flows, scopes = ", ".join(f"{flow}s" for flow in each.flows), ", ".join(each.scopes)
    return f"`{each.id}` ({each.name_en}, {each.name_zh}; {flows}; {scopes})"
