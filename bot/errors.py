"""Everything that can go wrong and has a sentence for it: a tree, with the exit status of each branch."""

from collections.abc import Sequence

MOST_ERRORS = 21  # of a file that are told
LONGEST_REASON = 400  # characters: a damaged page can hold a label as long as itself
BY_HAND = " Save the page in a browser, then: alumina data import FILE."


class AluminaError(Exception):
    """Base of the tree; `exit_status` is what the command line returns."""

    exit_status = 70


class UserError(AluminaError):
    """The reader can mend it; the message names what is wrong and what was expected."""

    exit_status = 2


class DataFileError(UserError):
    """A data file is wrong: names file, line, column, value and what was expected."""

    exit_status = 65

    def __init__(self, file: str, line: int, column: str, value: str, expected: str) -> None:
        super().__init__(f"{file}, line {line}, column {column}: {value!r} is not {expected}.")
        self.file, self.line, self.column, self.value, self.expected = file, line, column, value, expected

    @classmethod
    def of(cls, errors: "Sequence[DataFileError]") -> "DataFileError":
        """The first of the errors, which tells of the others too."""
        more = len(errors) - MOST_ERRORS
        told = [*map(str, errors[:MOST_ERRORS]), *([f"And {more:,} more."] if more > 0 else [])]
        errors[0].args = ("\n".join(told),)
        return errors[0]


class SourceError(UserError):
    """A published page cannot be read: names the page and what was missing; nothing of it was taken."""

    exit_status = 65

    def __init__(self, page: str, missing: str) -> None:
        told = missing if len(missing) <= LONGEST_REASON else missing[:LONGEST_REASON] + "…"
        super().__init__(f"{page}: {told}. Nothing was taken from it.")
        self.page, self.missing = page, told


class FetchError(UserError):
    """A page could not be fetched; `by_hand` is true where a person with a browser would get it."""

    exit_status = 1

    def __init__(self, address: str, reason: str, *, by_hand: bool = False) -> None:
        super().__init__(f"{address}: {reason}." + (BY_HAND if by_hand else ""))
        self.address, self.reason, self.by_hand = address, reason, by_hand


class SettingError(UserError):
    """A setting of the environment is missing or wrong: one sentence that names it."""

    exit_status = 78


class StoredValueError(UserError):
    """A stored or pressed value cannot be read: it is of another version, or was damaged."""


class UsageError(UserError):
    """A command, month or name was given in a form that is not understood."""


class InternalError(AluminaError):
    """A value broke a rule that the program itself promises to keep."""
