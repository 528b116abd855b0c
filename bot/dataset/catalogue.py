"""The series' names, aliases, scopes and HS codes, as commodities.toml holds them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from bot.dataset.model import Flow
from bot.errors import DataFileError

NEEDED = ("aliases", "scopes", "hs", "flows")
LISTS = (*NEEDED, "wider_aliases", "lines")


@dataclass(frozen=True, slots=True)
class Commodity:
    """One series of commodities.toml; a later scope is served only where the first is missing."""

    id: str
    name_en: str
    name_zh: str
    short_en: str
    short_zh: str
    aliases: tuple[str, ...]
    wider_aliases: tuple[str, ...]
    scopes: tuple[str, ...]
    hs: tuple[str, ...]
    lines: tuple[str, ...]
    flows: tuple[Flow, ...]
    inside: str


def load_catalogue(path: Path) -> Mapping[str, Commodity]:
    """Commodities by id, in the file's order; a DataFileError where an entry is not as expected."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataFileError(path.name, 1, "(file)", str(error), "readable TOML in UTF-8") from error
    return MappingProxyType({name: _commodity(path.name, name, table) for name, table in tables.items()})


def _commodity(file: str, name: str, table: Any) -> Commodity:
    if not isinstance(table, dict):
        raise DataFileError(file, 1, name, str(table), "a table of a commodity")
    texts = {key: _text(file, name, table, key) for key in ("name_en", "name_zh")}
    lists = {key: _texts(file, name, table, key, needed=key in NEEDED) for key in LISTS}
    for flow in lists["flows"]:
        if flow not in get_args(Flow):
            raise DataFileError(file, 1, f"{name}.flows", flow, "export or import")
    return Commodity(
        id=name,
        name_en=texts["name_en"],
        name_zh=texts["name_zh"],
        short_en=table.get("short_en", texts["name_en"]),
        short_zh=table.get("short_zh", texts["name_zh"]),
        inside=table.get("inside", ""),
        **lists,
    )


def _text(file: str, name: str, table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise DataFileError(file, 1, f"{name}.{key}", str(value), "a name")
    return value


def _texts(file: str, name: str, table: dict[str, Any], key: str, *, needed: bool) -> tuple[Any, ...]:
    value = table.get(key, [])
    if (
        not isinstance(value, list)
        or (needed and not value)
        or not all(isinstance(item, str) for item in value)
    ):
        raise DataFileError(file, 1, f"{name}.{key}", str(value), "a list of texts")
    return tuple(value)
