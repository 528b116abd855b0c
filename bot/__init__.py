"""Alumina: a Slack bot for published trade figures. text → Question → Answer → message."""

PROJECT = "alumina"


def installed_version() -> str:
    """The version that is installed; `source` where it runs from a folder that nobody has installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(PROJECT)
    except PackageNotFoundError:
        return "source"
