"""Everything that can go wrong and has a sentence for it.

AluminaError
├── UserError            the reader of the sentence can act on it
│   ├── DataFileError    a file in the data folder does not hold what it should     exit 65
│   ├── SettingError     a setting is missing or wrong                              exit 78
│   └── UsageError       a command or a value was given in the wrong form           exit 2
└── InternalError        our fault: a rule of the program was broken
"""


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


class SettingError(UserError):
    """A setting of the environment is missing or wrong: one sentence that names it."""

    exit_status = 78


class UsageError(UserError):
    """A command, month or name was given in a form that is not understood."""


class InternalError(AluminaError):
    """A value broke a rule that the program itself promises to keep."""
