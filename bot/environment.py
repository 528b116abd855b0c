"""What a command is given: the settings of its environment, and the figures that they point at."""

import os
from typing import TYPE_CHECKING, Any

import typer

from bot.settings import LAST_PORT, Settings

if TYPE_CHECKING:
    from bot.dataset.dataset import Dataset

FOR_EVERYONE, FOR_OPERATORS = "For everyone", "For who runs it"


def settings() -> Settings:
    """The settings of this process; the one place that reads the environment."""
    return Settings.from_env(os.environ)


def dataset(chosen: Settings) -> "Dataset":
    """The dataset that the settings point at, as of their day."""
    from bot.store.glance import nothing_added

    if nothing_added(chosen):
        from bot.dataset.data_files import data_folder
        from bot.dataset.load import load_dataset

        return load_dataset(data_folder(chosen.alumina_data), chosen.today())
    from bot.store.figures import current_dataset

    return current_dataset(chosen)


def port_option(help_: str) -> Any:
    """An option that takes a port; 0 is any that is free."""
    return typer.Option(help=help_, min=0, max=LAST_PORT)
