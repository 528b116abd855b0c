"""Whether anything was added to the files' record, seen without SQLAlchemy, which takes longer to load."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.settings import Settings

LAYOUT = "4aa6b7ba6ee1"  # the newest revision of migrations/versions
FORMS = ("sqlite:///", "sqlite+aiosqlite:///")
SEEN = "SELECT (SELECT max(version) FROM figure_versions), group_concat(version_num) FROM alembic_version"


def nothing_added(settings: Settings) -> bool:
    """Whether the SQLite file is not there, or is ours without figures; False where that is not plain."""
    url = settings.need("DATABASE_URL")
    address = next((url.removeprefix(form) for form in FORMS if url.startswith(form)), "")
    path, _, options = address.partition("?")
    if not path or path.startswith(":") or (options and Path(path).exists()):
        return False
    if not Path(path).exists():
        return True
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as connection:
            newest, layout = connection.execute(SEEN).fetchone()
    except sqlite3.Error:
        return False
    return newest is None and layout == LAYOUT
