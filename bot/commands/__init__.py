"""The bodies of the commands; bot/cli*.py say how they are typed."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

TEXTS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("texts.toml").read_text("utf-8")
)
