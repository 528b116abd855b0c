"""What keeps rows out that cannot be true, and by how much a relation may be off before it is broken."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

_TOLERANCES = Path(__file__).with_name("tolerances.toml").read_text(encoding="utf-8")
tolerances = SimpleNamespace(**tomllib.loads(_TOLERANCES))
