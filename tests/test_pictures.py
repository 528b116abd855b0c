"""The pictures of README.md and docs/ are those that `make pictures` takes, and all of them are shown."""

import re
from pathlib import Path

from tests.browser.animation import ANIMATED
from tests.browser.pictures import IMAGES, PICTURES

ROOT = IMAGES.parent.parent
WORKSPACE = {"gallery", ANIMATED, "playground-light", "playground-dark"}


def shown() -> set[Path]:
    """The files that the pages name."""
    named = set()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        names = re.findall(r"[\w/.-]+\.png", page.read_text())
        named |= {(page.parent / name).resolve() for name in names}
    return named


def test_every_picture_is_there_and_shown() -> None:
    assert shown() == set(IMAGES.glob("*.png"))


def test_every_picture_is_taken_by_the_script() -> None:
    assert {file.stem for file in IMAGES.glob("*.png")} == {each.name for each in PICTURES} | WORKSPACE
