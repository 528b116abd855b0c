"""The Slack app's manifest, for Socket Mode or for HTTP, with the reason of each scope and event."""

from bot.settings import Settings

SCOPES = {
    "app_mentions:read": "to hear @alumina (event app_mention)",
    "channels:history": "follow-ups in threads of public channels; the search before a monthly post",
    "channels:read": "whether a public channel is shared with another company",
    "chat:write": "to answer, and to post the monthly summary",
    "commands": "/alumina",
    "groups:history": "as channels:history, in private channels",
    "groups:read": "as channels:read, for private channels",
    "im:history": "questions in a direct message (event message.im)",
    "im:read": "/alumina typed in a direct message: whom it is shared with",
    "mpim:history": "follow-ups in group messages (event message.mpim)",
    "mpim:read": "/alumina typed in a group message: whom it is shared with",
    "users:read": "the clock that a new subscription is offered on; the bot runs without it",
}
OPTIONAL = {"users:read"}
EVENTS = {
    "app_mention": "a question to @alumina, answered in its thread",
    "message.channels": "a reply in a thread of ours, in a public channel",
    "message.groups": "a reply in a thread of ours, in a private channel",
    "message.im": "a direct message to the bot: always a question",
    "message.mpim": "a reply in a thread of ours, in a group message",
}
EVENTS_PATH = "slack/events"

TEMPLATE = """\
# The manifest of the Slack app: https://api.slack.com/apps, Create New App, From a manifest.
# {how}
_metadata:
  major_version: 2
  minor_version: 1
display_information:
  name: Alumina
  description: China's aluminium trade, month by month, from published figures with their sources.
  background_color: "#1f2937"
features:
  app_home:  # the messages tab is where a direct message to the bot is typed
    home_tab_enabled: false
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: alumina
    always_online: true
  slash_commands:
    - command: /alumina
      description: Ask for a month of China's aluminium trade
      usage_hint: "march 2024 | alumina exports q1 2024 | private march | subscribe | next | help"
      # Names and links arrive as they do in messages (<@U1>, <https://...>), so one reader serves both.
      should_escape: true{command_url}
oauth_config:
  scopes:
    bot:
{scopes}
settings:
  event_subscriptions:{request_url}
    bot_events:
{events}
  interactivity:{interactive_url}
    is_enabled: true  # buttons under answers, and the form of a subscription
  org_deploy_enabled: false
  socket_mode_enabled: {socket}
  token_rotation_enabled: false  # the token of one workspace comes from the environment
"""


def socket_manifest() -> str:
    """The manifest for Socket Mode; needs no setting. `manifest.yml` holds this text."""
    return _filled("Written by: alumina manifest --socket", "", "true")


def http_manifest(settings: Settings) -> str:
    """The manifest for HTTP, with the request URLs of ALUMINA_URL; SettingError where that is missing."""
    return _filled("Written by: alumina manifest", settings.need("ALUMINA_URL") + EVENTS_PATH, "false")


def _filled(how: str, url: str, socket: str) -> str:
    return TEMPLATE.format(
        how=how,
        command_url=f"\n      url: {url}" if url else "",
        request_url=f"\n    request_url: {url}" if url else "",
        interactive_url=f"\n    request_url: {url}" if url else "",
        scopes=_listed(SCOPES, 6),
        events=_listed(EVENTS, 6),
        socket=socket,
    )


def _listed(reasons: dict[str, str], indent: int) -> str:
    width = max(map(len, reasons))
    return "\n".join(f"{' ' * indent}- {name:{width}}  # {why}" for name, why in reasons.items())
