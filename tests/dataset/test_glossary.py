"""The glossary: read with the record, each entry in both languages, a wrong one named by its line."""

from pathlib import Path

import pytest

from bot.dataset.glossary import load_glossary
from bot.errors import DataFileError

ENTRY = """
[net]
name_en = "Net trade"
name_zh = "净进出口"
text_en = "Exports less imports. Below zero are net imports."
text_zh = "出口减进口。为负即净进口。"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_without_a_glossary_has_no_entries(tmp_path: Path) -> None:
    assert load_glossary(tmp_path / "glossary.toml") == {}


def test_an_entry_has_names_and_texts_in_both_languages(tmp_path: Path) -> None:
    entry = load_glossary(written(tmp_path, ENTRY + 'aliases = ["balance"]\n'))["net"]
    assert (entry.name_en, entry.name_zh, entry.aliases) == ("Net trade", "净进出口", ("balance",))
    assert entry.text_en.startswith("Exports less imports")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ENTRY.replace("text_zh", "text_fr"), "net.text_zh"),
        (ENTRY + "aliases = [3]\n", "net.aliases"),
        ("[net", "(file)"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(DataFileError) as refused:
        load_glossary(written(tmp_path, text))
    assert named in str(refused.value)
