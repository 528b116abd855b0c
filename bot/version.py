"""Which Alumina this is."""

from importlib.metadata import PackageNotFoundError, version

PROJECT = "alumina"


def installed_version() -> str:
    """The version that is installed; `source` where it runs from a folder that nobody has installed."""
    try:
        return version(PROJECT)
    except PackageNotFoundError:
        return "source"
