"""Tokens at rest: encrypted with the first key of ALUMINA_KEY, decrypted with any of them."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text, TypeDecorator

from bot.errors import SettingError


class WrongKeyError(SettingError):
    """What was kept was encrypted with another key, or was tampered with."""


class Keys(MultiFernet):
    """The keys that tokens are kept under; they do not print."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__([Fernet(each) for each in keys])


class Sealed(TypeDecorator[str]):
    """A column of secrets: encrypted on the way into the database, decrypted on the way out."""

    impl = Text
    cache_ok = True

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypts with the first key."""
        return None if value is None else self.keys.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypts with any key; WrongKeyError where none fits."""
        try:
            return None if value is None else self.keys.decrypt(value.encode()).decode()
        except InvalidToken:
            raise WrongKeyError(
                "ALUMINA_KEY is wrong: none of its keys opens what the workspaces' tokens were kept under."
                " Put the former key behind the newest, with a comma between them."
            ) from None


def new_key() -> str:
    """A key, as ALUMINA_KEY takes it."""
    return Fernet.generate_key().decode()
