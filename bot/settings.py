"""The settings: one frozen object made from an environment that is passed in. Secrets do not print."""

import re
import tomllib
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict

from bot.errors import SettingError

_TOLD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
FORMS = {name: (re.compile(form, re.DOTALL), said) for name, (form, said) in _TOLD["forms"].items()}
CHANNEL, CHANNEL_FORM = FORMS["alumina_channel"]
NEEDED: dict[str, str] = _TOLD["needed"]
KEY_BYTES = 32
KEY_FORM = "each key is 44 characters as `alumina key` prints them; several have commas between them"
TOO_SHORT_LEASE = (
    "ALUMINA_LEASE_SECONDS is wrong: it has to be longer than ALUMINA_TIMEOUT_SECONDS, or a post could be"
    " sent twice."
)
NO_WORKSPACE = (
    "ALUMINA_OWNER is wrong: with SLACK_CLIENT_ID write the person's workspace too, as in"
    " T0123ABCD/U0123ABCD."
)

# Up to the last @, so that one which should have been written as %40 is in it.
PASSWORD = re.compile(r"://[^:/@]*:(?P<first>[^?]+)@|[?&](?:ssl)?password=(?P<second>[^&]+)")
PORT = re.compile(r"@(?:\[[^\]]*\]|[^:/?@]*):(?P<port>[^/?]*)")
LAST_PORT = 65_535
METRICS_FORM = re.compile(r"(?:(?P<host>[^\s:]+|\[[0-9a-fA-F:.]+\]):)?(?P<port>\d{1,5})")


# As written in the environment: with commas between them.
Ids = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """What the environment says; a field's variable is its name in capitals.

    What a command cannot do without is asked for by `need`, so that `ask` runs with no variable set at all.
    """

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
    alumina_teams: Ids = ()
    alumina_channels: Ids = ()
    alumina_guests: Literal["on", "off"] = "on"
    alumina_mcp: Literal["on", "off"] = "off"
    alumina_mcp_token: SecretStr | None = None
    alumina_user_rate: int = Field(default=60, ge=0)
    alumina_channel_rate: int = Field(default=300, ge=0)
    alumina_retention_days: int = Field(default=180, ge=1, le=36_500)
    alumina_log: Literal["json", "plain"] | None = None
    alumina_log_text: Literal["on", "off"] = "off"
    alumina_metrics: str = "on"
    alumina_ready_data_days: int | None = Field(default=None, ge=0)
    alumina_drain_seconds: float = Field(default=0, ge=0)

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[Any, ...]:
        """Nothing but what is passed in: the process's environment is not looked at here."""
        return (sources["init_settings"],)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """The settings of an environment such as os.environ; SettingError names every variable that is wrong.

        A variable that is set to nothing counts as not set.
        """
        source = EnvSettingsSource(cls, env_ignore_empty=True)
        source.env_vars = {name.lower(): value for name, value in env.items() if value.strip()}
        try:
            return cls(**source())
        except ValidationError as problem:
            # `from None`: the foreign error's traceback would show the values.
            raise SettingError(" ".join(map(_sentence, problem.errors()))) from None

    @field_validator("alumina_teams", "alumina_channels", mode="before")
    @classmethod
    def _listed(cls, ids: Any) -> tuple[str, ...]:
        """Ids with commas or spaces between them; a name in their place would shut everybody out."""
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

    @field_validator("alumina_key")
    @classmethod
    def _keys_as_made(cls, keys: SecretStr | None) -> SecretStr | None:
        try:  # the form of a key of Fernet's, without loading what works with it
            fitting = all(len(urlsafe_b64decode(each)) == KEY_BYTES for each in _listed_keys(keys))
        except ValueError:
            fitting = False
        if not fitting:
            raise ValueError(KEY_FORM)
        return keys

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: SecretStr) -> SecretStr:
        """What would be read as another host or port, and then be told of, may be half a password."""
        text = url.get_secret_value()
        if text.startswith("sqlite"):
            return url
        if (found := PASSWORD.search(text)) and "@" in (found["first"] or ""):
            raise ValueError("write an @ in the password as %40")
        if (found := PORT.search(text)) and not re.fullmatch(r"[0-9]{0,5}", found["port"]):
            raise ValueError("the port after the host is no number; write a : in the user's name as %3A")
        return url

    @field_validator("alumina_timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, LookupError):
            raise ValueError("not a time zone; write one such as Asia/Shanghai") from None
        return zone

    @field_validator("alumina_metrics")
    @classmethod
    def _on_off_or_an_address(cls, chosen: str) -> str:
        address = METRICS_FORM.fullmatch(chosen)
        if chosen not in ("on", "off") and not (address and int(address["port"]) <= LAST_PORT):
            raise ValueError("write on, off, a port such as 9464, or a host and a port")
        return chosen

    @model_validator(mode="after")
    def _fitting_together(self) -> "Settings":
        if self.alumina_lease_seconds <= self.alumina_timeout_seconds:
            raise SettingError(TOO_SHORT_LEASE)
        for name, instead in _TOLD["of_one"].items() if self.many else ():
            if getattr(self, name.lower()) is not None:
                raise SettingError(
                    f"{name} and SLACK_CLIENT_ID are both set, but the one is for one workspace and the"
                    f" other for many: {instead}. Take one of them away."
                )
        if self.many and self.alumina_owner and "/" not in self.alumina_owner:
            raise SettingError(NO_WORKSPACE)
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
        self.need("ALUMINA_KEY")
        return _listed_keys(self.alumina_key)

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached through a socket (SLACK_APP_TOKEN is set) and not by HTTP."""
        return self.slack_app_token is not None

    @property
    def metrics_address(self) -> tuple[str | None, int] | None:
        """Where ALUMINA_METRICS wants a listener of its own, with a host or without; None for nowhere."""
        if not (found := METRICS_FORM.fullmatch(self.alumina_metrics)):
            return None
        host = found["host"]
        return (host.strip("[]") if host else None), int(found["port"])

    @property
    def secrets(self) -> list[str]:
        """Every secret value, of DATABASE_URL the password alone, as written and as meant: for no log."""
        held = {name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)}
        passwords = passwords_of(held.pop("database_url"))
        return [*held.values(), *_listed_keys(self.alumina_key), *passwords]

    @property
    def comtrade_key(self) -> str | None:
        """The key of UN Comtrade's data, as plain text; without one its preview is asked."""
        return self.comtrade_api_key.get_secret_value() if self.comtrade_api_key else None

    def now(self) -> datetime:
        """The clock in ALUMINA_TIMEZONE, on the day ALUMINA_TODAY where that is set."""
        now = datetime.now(self.zone)
        return datetime.combine(self.alumina_today, now.timetz()) if self.alumina_today else now

    def today(self) -> date:
        """The day the bot lives on: ALUMINA_TODAY, else the calendar's in ALUMINA_TIMEZONE."""
        return self.now().date()

    def need(self, name: str) -> str:
        """The variable's value, as plain text; SettingError where it is missing."""
        value = getattr(self, name.lower())
        if value is None:
            instead = "" if self.many else _TOLD["instead"].get(name, "")
            raise SettingError(f"{name} is not set: {NEEDED[name]}{instead}.")
        return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def passwords_of(database_url: str) -> list[str]:
    """The passwords in an address of a database, as written and as meant; in one that cannot be read too."""
    found = [each["first"] or each["second"] for each in PASSWORD.finditer(database_url)]
    return [form for each in found for form in (each, unquote(each))]


def secrets_in(env: Mapping[str, str]) -> list[str]:
    """Every secret of an environment, whether or not settings can be made of it."""
    own = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    values = [env.get(name.upper(), "") for name in own if name != "database_url"]
    parts = [part for value in values for part in (value.strip(), *re.split(r"[,\s]+", value))]
    return [*filter(None, parts), *passwords_of(env.get("DATABASE_URL", ""))]


def _listed_keys(keys: SecretStr | None) -> list[str]:
    found = re.split(r"[,\s]+", keys.get_secret_value().strip(", \n")) if keys else []
    return list(filter(None, found))


def _sentence(error: Any) -> str:
    """One sentence for one wrong variable; says nothing of its value, which may be a secret."""
    name = str(error["loc"][0]).upper()
    said = error["msg"].removeprefix("Value error, ").replace("Input should", "it should").rstrip(".")
    return f"{name} is wrong: {said}."
