"""README's tables name every command, every setting, and nothing that is not there."""

import re
from pathlib import Path

from typer.main import get_command

from bot.cli import app
from bot.commands.data import coverage_table
from bot.dataset.dataset import Dataset
from bot.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    """Every command as it is typed."""
    root = get_command(app)
    top = root.commands  # type: ignore[attr-defined]
    return {
        f"{name} {below}".strip()
        for name, command in top.items()
        for below in (getattr(command, "commands", None) or ("",))
    }


def test_every_command_is_in_the_table() -> None:
    table = README.partition("| command |")[2].partition("\n\n")[0]
    listed = {" ".join(re.findall(r"[a-z]+", each)) for each in re.findall(r"`alumina ([a-z ]+[a-z])", table)}
    assert listed == commands()


def test_every_setting_is_in_the_table() -> None:
    table = README.partition("## Settings")[2]
    listed = set(re.findall(r"`([A-Z][A-Z_]+)`", table))
    assert listed == {name.upper() for name in Settings.model_fields}


def test_what_is_linked_is_there() -> None:
    here = Path(__file__).parent.parent
    for page in [*here.glob("*.md"), *sorted((here / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_every_setting_that_is_named_elsewhere_is_there() -> None:
    here = Path(__file__).parent.parent
    for page in [here / "SECURITY.md", *(here / "docs").glob("*.md")]:
        named = set(re.findall(r"`(ALUMINA_[A-Z_]+)", page.read_text(encoding="utf-8")))
        assert named <= {name.upper() for name in Settings.model_fields}, page.name


def test_the_table_of_what_is_on_record_is_the_one_that_is_made(dataset: Dataset) -> None:
    table = README.partition("| months since")[1:]
    assert "".join(table).split("\n\n")[0].splitlines() == list(coverage_table(dataset))
