"""The command line: the contract other programs rely on."""


def main() -> None:
    """Entry point of the command `alumina`."""
