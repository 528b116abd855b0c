"""The Slack app's manifest, for Socket Mode or for HTTP, with the reason of each scope and event."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import SettingError
from bot.settings import Settings
from bot.words import say
from bot.words.folder import with_values

_TOLD: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("manifest.toml").read_text("utf-8"))
SCOPES: dict[str, str] = _TOLD["scopes"]
AGENT_SCOPES: dict[str, str] = _TOLD["agent_scopes"]
MCP_SCOPES: dict[str, str] = _TOLD["mcp_scopes"]
EVENTS: dict[str, str] = _TOLD["events"]
OPTIONAL = {"files:write", "usergroups:read", "users:read"}
PROMPTS = ("newest", "chart", "release", "help")  # four at most
EVENTS_PATH, MCP_PATH = "slack/events", "mcp"
INSTALL_PATH, REDIRECT_PATH = "slack/install", "slack/oauth_redirect"


def manifest(settings: Settings, *, socket: bool = False, agent: bool = False, mcp: bool = False) -> str:
    """The manifest, for HTTP unless `socket`; SettingError where Slack cannot call ALUMINA_URL."""
    url = "" if socket and not mcp else settings.need("ALUMINA_URL")
    if url and not url.startswith("https://"):
        raise SettingError("ALUMINA_URL is wrong: Slack calls no address but one that begins with https://.")
    events_url = "" if socket else url + EVENTS_PATH
    back = url + REDIRECT_PATH if settings.many and not socket else ""
    events = dict(sorted((EVENTS | _TOLD["many_events"]).items())) if back else EVENTS
    scopes = SCOPES | (AGENT_SCOPES if agent else {}) | (MCP_SCOPES if mcp else {})
    suggested = "\n".join(_TOLD["prompt"].format(*map(json.dumps, each)) for each in prompts().items())
    options = "".join(f" --{name}" for name, on in (("socket", socket), ("agent", agent), ("mcp", mcp)) if on)
    return with_values(_TOLD["template"]).format(
        how=f"Written by: alumina manifest{options}",
        agent="\n" + with_values(_TOLD["agent"]).format(prompts=suggested) if agent else "",
        command_url=f"\n      url: {events_url}" if events_url else "",
        request_url=f"\n    request_url: {events_url}" if events_url else "",
        scopes=_listed(dict(sorted(scopes.items()))),
        redirect_urls=f"\n  redirect_urls:\n    - {back}" if back else "",
        events=_listed(events),
        rotation=_TOLD["rotation"]["many" if back else "one"],
        socket=str(socket).lower(),
        mcp="\n" + _TOLD["mcp"].format(url=url + MCP_PATH) if mcp else "",
    )


def prompts() -> dict[str, str]:
    """What an agent suggests: how it is shown, and what is then asked."""
    titles = {name: say(f"manifest.prompt_{name}") for name in PROMPTS}
    return {title[:1].upper() + title[1:]: say(f"manifest.ask_{name}") for name, title in titles.items()}


def _listed(reasons: dict[str, str]) -> str:
    width = max(map(len, reasons))
    return "\n".join(f"      - {name:{width}}  # {why}" for name, why in reasons.items())
