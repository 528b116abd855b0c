"""One check of the doctor's: its name, and what is fine or not."""

from collections.abc import Callable

from bot.errors import UserError

Check = tuple[str, str, UserError | None]


class TroubleError(UserError):
    """Something is not as it should be, and it is no setting; says what to do."""

    exit_status = 1


def looked_at(name: str, look: Callable[[], str]) -> Check:
    """The check that a look comes to; the sentence of what it raises where that is for the user."""
    try:
        return name, look(), None
    except UserError as trouble:
        return name, "", trouble
