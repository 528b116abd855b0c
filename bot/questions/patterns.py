"""Turns of phrase as compiled patterns: their alternatives lie in the vocabulary."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "vocabulary" / "patterns.toml"


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def pattern(module: str, name: str) -> re.Pattern[str]:
    """The pattern of that name, any of whose alternatives matches."""
    return re.compile("|".join(_tables()[module][name]))
