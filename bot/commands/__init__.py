"""The bodies of the commands, each imported when it is first needed; bot/cli*.py say how they are typed."""

import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.commands import ask, data, database, doctor, post, serve

__all__ = ["TEXTS", "ask", "data", "database", "doctor", "post", "serve"]

TEXTS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("texts.toml").read_text("utf-8")
)


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
