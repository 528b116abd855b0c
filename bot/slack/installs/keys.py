"""Tokens at rest: closed with the first key of ALUMINA_KEY, opened with any of them."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text, TypeDecorator

from bot.errors import SettingError

NOT_OPENED = (
    "ALUMINA_KEY is wrong: none of its keys opens what the workspaces' tokens were kept under. Put the former"
    " key behind the newest, with a comma between them."
)


class WrongKeyError(SettingError):
    """What was kept was closed with another key."""

    def __init__(self) -> None:
        super().__init__(NOT_OPENED)


class Keys:
    """The keys that tokens are kept under; they do not print."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = MultiFernet([Fernet(each) for each in keys])

    def close(self, secret: str) -> str:
        """What may lie in a database."""
        return self._keys.encrypt(secret.encode()).decode()

    def open(self, kept: str) -> str:
        """The secret again; WrongKeyError where it was closed with another key, or was tampered with."""
        try:
            return self._keys.decrypt(kept.encode()).decode()
        except InvalidToken:
            raise WrongKeyError from None


class Sealed(TypeDecorator[str]):
    """A column of secrets: closed on the way into the database, open on the way out."""

    impl = Text
    cache_ok = True

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is written."""
        return None if value is None else self.keys.close(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """What was written."""
        return None if value is None else self.keys.open(value)


def new_key() -> str:
    """A key, as ALUMINA_KEY takes it."""
    return Fernet.generate_key().decode()
