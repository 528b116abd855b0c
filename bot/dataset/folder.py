"""Where the data files are: one function, for an installed wheel and for a checkout."""

from pathlib import Path

from bot.errors import SettingError


def data_folder(chosen: Path | None = None) -> Path:
    """The data folder: `chosen` (ALUMINA_DATA) if given, else the packaged one, else the checkout's."""
    package = Path(__file__).resolve().parent.parent
    candidates = [chosen] if chosen else [package / "data", package.parent / "data"]
    for folder in candidates:
        if (folder / "figures.csv").is_file():
            return folder
    raise SettingError(f"ALUMINA_DATA: there is no figures.csv in {candidates[-1]}.")
