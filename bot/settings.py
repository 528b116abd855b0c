"""The settings: one frozen object made from an environment that is passed in. Secrets do not print."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

_TOLD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
FORMS = {name: (re.compile(form, re.DOTALL), said) for name, (form, said) in _TOLD["forms"].items()}
CHANNEL, CHANNEL_FORM = FORMS["alumina_channel"]
NEEDED: dict[str, str] = _TOLD["needed"]
DATABASE: dict[str, str] = _TOLD["database"]
# Up to the last @, so that one which should have been written as %40 is in it.
PASSWORD = re.compile(r"://[^:/@]*:(?P<first>[^?]+)@|[?&](?:ssl)?password=(?P<second>[^&]+)")
LAST_PORT = 65_535


class Settings(BaseSettings):
    """What the environment says; what a command cannot do without is asked for by `need`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    alumina_key: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: SecretStr = SecretStr("sqlite:///alumina.sqlite3")
    port: int | None = Field(default=None, ge=0, le=LAST_PORT)
    alumina_url: str | None = None
    alumina_channel: str | None = None
    alumina_post_cron: str = "0 9-20 * * *"
    alumina_timezone: str = "Asia/Shanghai"
    alumina_language: Literal["en", "zh"] = "en"
    alumina_owner: str | None = None
    alumina_data: Path | None = None
    alumina_today: date | None = None
    alumina_scheduler: Literal["on", "off"] = "on"
    alumina_refresh: Literal["on", "off"] | None = None
    customs_url: str = "http://english.customs.gov.cn/"
    comtrade_url: str = "https://comtradeapi.un.org/"
    comtrade_api_key: SecretStr | None = None
    alumina_timeout_seconds: float = Field(default=10, gt=0)
    alumina_lease_seconds: float = Field(default=60, gt=0)
    alumina_tick_seconds: float = Field(default=60, gt=0)
    alumina_teams: tuple[str, ...] = ()
    alumina_channels: tuple[str, ...] = ()
    alumina_guests: Literal["on", "off"] = "on"
    alumina_mcp: Literal["on", "off"] = "off"
    alumina_mcp_token: SecretStr | None = None
    alumina_user_rate: int = Field(default=60, ge=0)
    alumina_channel_rate: int = Field(default=300, ge=0)
    alumina_retention_days: int = Field(default=180, ge=1, le=36_500)
    alumina_log: Literal["json", "plain"] | None = None
    alumina_log_text: Literal["on", "off"] = "off"
    alumina_metrics: Literal["on", "off"] = "on"

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[Any, ...]:
        """Nothing but what is passed in: the process's environment is not looked at here."""
        return (sources["init_settings"],)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Makes settings of what is not blank in an environment; SettingError names all that are wrong."""
        given = {name.lower(): value for name, value in env.items() if value.strip()}
        try:
            return cls.model_validate({name: given[name] for name in cls.model_fields if name in given})
        except ValidationError as problem:
            # `from None`: the foreign error's traceback would show the values.
            raise SettingError(" ".join(map(_sentence, problem.errors()))) from None

    @field_validator("alumina_teams", "alumina_channels", mode="before")
    @classmethod
    def _listed(cls, ids: Any) -> tuple[str, ...]:
        return tuple(re.split(r"[,\s]+", ids.strip(", "))) if isinstance(ids, str) else tuple(ids)

    @field_validator(*FORMS)
    @classmethod
    def _in_form(cls, value: Any, info: Any) -> Any:
        form, said = FORMS[info.field_name]
        for each in value if isinstance(value, tuple) else [value]:
            text = each.get_secret_value() if isinstance(each, SecretStr) else each
            if text and not form.fullmatch(text):
                raise ValueError(said)
        return value.rstrip("/") + "/" if value and said.startswith("an address") else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: SecretStr) -> SecretStr:
        """What would be read as another host or port, and then be told of, may be half a password."""
        _, _, address = url.get_secret_value().partition("://")
        login, _, place = address.rpartition("@")
        if "@" in login:
            raise ValueError("write an @ in the password as %40")
        try:
            _ = urlsplit(f"//{place}").port
        except ValueError:
            raise ValueError(_TOLD["together"]["port"]) from None
        return url

    @field_validator("alumina_timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, LookupError):
            raise ValueError("not a time zone; write one such as Asia/Shanghai") from None
        return zone

    @model_validator(mode="after")
    def _fitting_together(self) -> "Settings":
        if self.alumina_lease_seconds <= self.alumina_timeout_seconds:
            raise SettingError(_TOLD["together"]["lease"])
        for name, instead in _TOLD["of_one"].items() if self.many else ():
            if getattr(self, name.lower()) is not None:
                raise SettingError(_TOLD["together"]["of_one"].format(name=name, instead=instead))
        if self.many and self.alumina_owner and "/" not in self.alumina_owner:
            raise SettingError(_TOLD["together"]["owner"])
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone that days and the cron are counted in."""
        return ZoneInfo(self.alumina_timezone)

    @property
    def lease(self) -> timedelta:
        """How long a claimed post is left to who claimed it."""
        return timedelta(seconds=self.alumina_lease_seconds)

    @property
    def many(self) -> bool:
        """Whether any workspace may install the bot (SLACK_CLIENT_ID is set), and not one has it."""
        return self.slack_client_id is not None

    @property
    def token_keys(self) -> list[str]:
        """What tokens are kept under: the first closes, each one opens; SettingError where there is none."""
        return list(filter(None, re.split(r"[,\s]+", self.need("ALUMINA_KEY"))))

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached through a socket (SLACK_APP_TOKEN is set) and not by HTTP."""
        return self.slack_app_token is not None

    @property
    def secrets(self) -> list[str]:
        """Every secret value, of DATABASE_URL the password alone, as written and as meant: for no log."""
        held = {name.upper(): each.get_secret_value() for name, each in self if isinstance(each, SecretStr)}
        return secrets_in(held)

    def now(self) -> datetime:
        """The clock in ALUMINA_TIMEZONE, on the day ALUMINA_TODAY where that is set."""
        now = datetime.now(self.zone)
        return datetime.combine(self.alumina_today, now.timetz()) if self.alumina_today else now

    def today(self) -> date:
        """The day the bot lives on: ALUMINA_TODAY, else the calendar's in ALUMINA_TIMEZONE."""
        return self.now().date()

    def plain(self, name: str) -> str:
        """The variable's value as plain text; '' where it is missing."""
        value = getattr(self, name.lower())
        value = value.get_secret_value() if isinstance(value, SecretStr) else value
        return "" if value is None else str(value)

    def need(self, name: str) -> str:
        """The variable's value as plain text; SettingError where it is missing."""
        if value := self.plain(name):
            return value
        instead = "" if self.many else _TOLD["instead"].get(name, "")
        raise SettingError(f"{name} is not set: {NEEDED[name]}{instead}.")


def secrets_in(env: Mapping[str, str]) -> list[str]:
    """Every secret of an environment, whether or not settings can be made of it; passwords as meant too."""
    own = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    values = [env.get(name.upper(), "") for name in own if name != "database_url"]
    parts = [part for value in values for part in (value.strip(), *re.split(r"[,\s]+", value))]
    passwords = [each["first"] or each["second"] for each in PASSWORD.finditer(env.get("DATABASE_URL", ""))]
    return [*filter(None, parts), *passwords, *map(unquote, passwords)]


def _sentence(error: Any) -> str:
    """One sentence for one wrong variable; says nothing of its value, which may be a secret."""
    name = str(error["loc"][0]).upper()
    said = _TOLD["kinds"].get(error["type"]) or error["msg"].removeprefix("Value error, ")
    said = said.replace("Input should", "it should").rstrip(".")
    return f"{name} is wrong: {said}."
