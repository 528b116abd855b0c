"""What blocks say, with plain spaces where the screen must not break a line."""


def spaced(text: str) -> str:
    """The text with a plain space for each no-break space."""
    return text.replace("\u00a0", " ")
