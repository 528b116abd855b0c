"""Rows that break a relation with others are held: the relations, and how far each may be off."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

tolerances = SimpleNamespace(
    **tomllib.loads(Path(__file__).with_name("tolerances.toml").read_text(encoding="utf-8"))
)
