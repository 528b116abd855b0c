"""Cases that are data and no code: tables in YAML files beside the tests that try them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def tables(name: str) -> Any:
    """All tables of a file below tests/, by their names."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)
