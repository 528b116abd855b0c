"""The Slack app's manifest, for Socket Mode or for HTTP, with the reason of each scope and event."""

import json

from bot.errors import SettingError
from bot.settings import Settings
from bot.words import say
from bot.words.folder import with_values

SCOPES = {
    "app_mentions:read": "to hear @alumina (event app_mention)",
    "channels:history": "follow-ups in threads of public channels; the search before a monthly post",
    "channels:read": "whether a public channel is shared with another company",
    "chat:write": "to answer, and to post the monthly summary",
    "commands": "/alumina, and the shortcut in the menu of a message",
    "files:write": "the CSV file in the thread of an export; the bot runs without it",
    "groups:history": "as channels:history, in private channels",
    "groups:read": "as channels:read, for private channels",
    "im:history": "questions in a direct message (event message.im)",
    "im:read": "/alumina typed in a direct message: whom it is shared with",
    "mpim:history": "follow-ups in group messages (event message.mpim)",
    "mpim:read": "/alumina typed in a group message: whom it is shared with",
    "usergroups:read": "the user groups that a post can mention; the bot runs without it",
    "users:read": "the clock that a new subscription is offered on; the bot runs without it",
}
OPTIONAL = {"files:write", "usergroups:read", "users:read"}
AGENT_SCOPES = {"assistant:write": "the prompts that an agent suggests"}
MCP_SCOPES = {"mcp:connect": "Slackbot asks the MCP server below"}
PROMPTS = ("newest", "chart", "release", "help")  # four at most
EVENTS = {
    "app_home_opened": "the Home tab, made for who opens it",
    "app_mention": "a question to @alumina, answered in its thread",
    "message.channels": "a reply in a thread of ours, in a public channel",
    "message.groups": "a reply in a thread of ours, in a private channel",
    "message.im": "a direct message to the bot: always a question",
    "message.mpim": "a reply in a thread of ours, in a group message",
}
# Where many workspaces may install the app.
MANY_EVENTS = {
    "app_uninstalled": "the workspace takes the app away: what is kept of it goes",
    "tokens_revoked": "the workspace's token holds no more",
}
EVENTS_PATH = "slack/events"
INSTALL_PATH, REDIRECT_PATH = "slack/install", "slack/oauth_redirect"
MCP_PATH = "mcp"

TEMPLATE = """\
# The manifest of the Slack app: https://api.slack.com/apps, Create New App, From a manifest.
# {how}
_metadata:
  major_version: 2
  minor_version: 1
display_information:
  name: Alumina
  description: {TRADE}, month by month, from published figures with their sources.
  background_color: "#1f2937"
features:
  app_home:  # the messages tab is where a direct message to the bot is typed
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false{agent}
  bot_user:
    display_name: alumina
    always_online: true
  slash_commands:
    - command: /alumina
      description: Ask for a month of {TRADE}
      usage_hint: "{HINT}"
      # Names and links arrive as they do in messages (<@U1>, <https://...>), so one reader serves both.
      should_escape: true{command_url}
  shortcuts:
    - name: Ask Alumina about this
      type: message
      callback_id: ask_about
      description: Takes a message as a question and answers in its thread
oauth_config:{redirect_urls}
  scopes:
    bot:
{scopes}
settings:
  event_subscriptions:{request_url}
    bot_events:
{events}
  interactivity:{request_url}
    is_enabled: true  # buttons under answers, modals, the home tab, the shortcut
  org_deploy_enabled: false
  socket_mode_enabled: {socket}
  token_rotation_enabled: false  # {rotation}{mcp}
"""


AGENT = """
  agent_view:  # once an app is an agent, Slack does not make it a plain bot again
    agent_description: Ask for {TRADE}, month by month, and get figures with their sources.
    suggested_prompts:
{prompts}"""


MCP = """
mcp_servers:
  alumina:
    url: {url}
    auth_type: slack_identity_auth  # each request is signed, and names who asks"""

KEPT = "each token stays as it was given"
FROM_OUTSIDE = "the token of one workspace comes from the environment"


def socket_manifest(*, agent: bool = False, mcp_url: str = "") -> str:
    """The manifest for Socket Mode; needs no setting. `manifest.yml` holds this text, not as an agent.

    `mcp_url`: where Slackbot reaches the MCP server, by HTTP all the same.
    """
    return _filled(" --socket", "", "true", agent, mcp_url)


def http_manifest(settings: Settings, *, agent: bool = False, mcp: bool = False) -> str:
    """The manifest for HTTP, with the request URLs of ALUMINA_URL; SettingError unless Slack can call it."""
    url = address(settings)
    back = url + REDIRECT_PATH if settings.many else ""
    return _filled("", url + EVENTS_PATH, "false", agent, url + MCP_PATH if mcp else "", back)


def address(settings: Settings) -> str:
    """ALUMINA_URL; SettingError unless Slack can call it."""
    url = settings.need("ALUMINA_URL")
    if not url.startswith("https://"):
        raise SettingError("ALUMINA_URL is wrong: Slack calls no address but one that begins with https://.")
    return url


def _filled(option: str, url: str, socket: str, agent: bool, mcp_url: str, back: str = "") -> str:
    """`back`: where people come back to who install the app, where many workspaces may."""
    events = dict(sorted((EVENTS | MANY_EVENTS).items())) if back else EVENTS
    scopes = SCOPES | (AGENT_SCOPES if agent else {}) | (MCP_SCOPES if mcp_url else {})
    options = f"{option}{' --agent' if agent else ''}{' --mcp' if mcp_url else ''}"
    return with_values(TEMPLATE).format(
        how=f"Written by: alumina manifest{options}",
        agent=with_values(AGENT).format(prompts=_prompts()) if agent else "",
        command_url=f"\n      url: {url}" if url else "",
        request_url=f"\n    request_url: {url}" if url else "",
        scopes=_listed(dict(sorted(scopes.items()))),
        redirect_urls=f"\n  redirect_urls:\n    - {back}" if back else "",
        events=_listed(events),
        rotation=KEPT if back else FROM_OUTSIDE,
        socket=socket,
        mcp=MCP.format(url=mcp_url) if mcp_url else "",
    )


def prompts() -> dict[str, str]:
    """What an agent suggests: how it is shown, and what is then asked."""
    titles = (say(f"manifest.prompt_{name}") for name in PROMPTS)
    asked = (say(f"manifest.ask_{name}") for name in PROMPTS)
    return {title[:1].upper() + title[1:]: ask for title, ask in zip(titles, asked, strict=True)}


def _prompts() -> str:
    return "\n".join(
        f"      - title: {json.dumps(title)}\n        message: {json.dumps(message)}"
        for title, message in prompts().items()
    )


def _listed(reasons: dict[str, str]) -> str:
    width = max(map(len, reasons))
    return "\n".join(f"      - {name:{width}}  # {why}" for name, why in reasons.items())
