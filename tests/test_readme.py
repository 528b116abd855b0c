"""The pages name every command, every setting, and nothing that is not there."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from bot.cli import app
from bot.dataset.coverage import counts, first_counted
from bot.dataset.dataset import Dataset
from bot.messages.names import series_name
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
YEAR = 12


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))]


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
    table = page("docs/commands.md").partition("| command |")[2].partition("\n\n")[0]
    listed = {" ".join(re.findall(r"[a-z]+", each)) for each in re.findall(r"`alumina ([a-z ]+[a-z])", table)}
    assert listed == commands()


def test_every_setting_is_in_the_table() -> None:
    listed = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", page("docs/settings.md"), re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}


def test_what_is_linked_is_there() -> None:
    for file in pages():
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), (file.name, link)


def coverage_table(dataset: Dataset) -> Iterator[str]:
    """The counts in Markdown, with how many months lack of which year; of countries with a year of months."""
    names = list(dataset.catalogue)
    partners = counts(dataset, names, partners=True)
    countries = [each for each in partners if len(each.cells) - each.count["missing"] >= YEAR]
    yield f"| months since {first_counted()} | scope | printed | estimated | derived | missing | of them in |"
    yield "|---|---|---|---|---|---|---|"
    for each in (*counts(dataset, names), *countries):
        name, count = series_name(each.series), each.count
        lost = Counter(month.year for month, cell in each.cells.items() if cell == "missing")
        holes = ", ".join(f"{year} {months}" for year, months in lost.items())
        known = f"{count['printed']} | {count['estimated'] or ''} | {count['derived'] or ''}"
        yield f"| {name} | {each.scope} | {known} | {count['missing']} of {len(each.cells)} | {holes} |"


def test_the_table_of_what_is_on_record_is_what_is_on_record(dataset: Dataset) -> None:
    table = page("README.md").partition("| months since")[1:]
    assert "".join(table).split("\n\n")[0].splitlines() == list(coverage_table(dataset))


def test_every_file_of_the_map_is_there() -> None:
    table = page("CONTRIBUTING.md").partition("| what a person sees |")[2]
    for row in re.findall(r"^\| .+ \| (.+) \|$", table, re.MULTILINE):
        room = Path()
        for name in re.findall(r"`([\w/.]+)`", row):
            place = Path(name) if "/" in name else room / name
            assert (ROOT / place).exists(), place
            room = place.parent if place.suffix else place
