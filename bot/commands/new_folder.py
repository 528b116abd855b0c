"""`alumina data new FOLDER`: a data folder to fill, with ten invented rows that pass the check."""

import shutil
from pathlib import Path

from bot.dataset.load import load_record
from bot.errors import UsageError

SKELETON = Path(__file__).parent / "skeleton"
NEXT = """\
{folder} holds {count} invented figures of two series: {files}.
Look at it:  ALUMINA_DATA={folder} alumina ask march
In a local workspace:  ALUMINA_DATA={folder} alumina demo
Write your own into the files, and after each change:  ALUMINA_DATA={folder} alumina data check
What each file holds is written in docs/your-data.md."""


def new_folder(folder: Path) -> str:
    """Writes the skeleton, and says what to do with it; UsageError where something would be overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and nothing in it was changed: name a new folder.")
    try:
        shutil.copytree(SKELETON, folder, dirs_exist_ok=True)
    except OSError as trouble:
        raise UsageError(f"{folder} cannot be written: {trouble.strerror}.") from trouble
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    return NEXT.format(folder=folder, count=len(load_record(folder).rows), files=files)
