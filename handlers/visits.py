"""Who comes from where, read from what Slack sends; and whether they are served there at all. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.settings import Settings
from bot.slack.transcript import is_direct
from bot.words import say
from bot.words.joints import listed

Body = Mapping[str, Any]

# What ends an installation is heard wherever it comes from.
SERVED = {"app_mention", "message", "app_home_opened"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a person's. `channel` is blank where it has none: the home tab, a modal.

    `home`: the workspace of the person where it may be another one than the bot's; blank where it is not.
    `enterprise`: the organisation of the bot's own workspace, if it is in one.
    """

    team: str
    enterprise: str
    user: str
    channel: str
    home: str
    is_event: bool

    @property
    def direct(self) -> bool:
        """Whether it is between the person and the bot, where a channel is not asked for."""
        return not self.channel or is_direct(self.channel)


def visit_of(body: Body, context: AsyncBoltContext, team: str) -> Visit | None:
    """Whose request it is; None where it is no person's."""
    event = body.get("event")
    if event is not None and event.get("type") not in SERVED:
        return None
    return Visit(
        team=team,
        enterprise=context.enterprise_id or "",
        user=context.user_id or "",
        channel=context.channel_id or "",
        home=_home(body, event, team, context.enterprise_id),
        is_event=event is not None,
    )


def _home(body: Body, event: Body | None, team: str, enterprise: str | None) -> str:
    """Slack says where a person belongs in the events of a shared channel, with every press and command."""
    if event is None:
        user = body.get("user")
        found = (user if isinstance(user, Mapping) else body).get("team_id")
    else:
        said = event.get("message") or event  # of an edit only the message says who wrote it
        found = (said.get("user_team") or said.get("team")) if body.get("is_ext_shared_channel") else None
    return "" if found in (team, enterprise) else str(found or "")


def turned_away(visit: Visit, settings: Settings) -> str | None:
    """Why this person is not served there, in a sentence; None where they are."""
    if settings.alumina_teams and {visit.team, visit.enterprise}.isdisjoint(settings.alumina_teams):
        return say("replies.not_this_workspace")
    if settings.alumina_channels and not visit.direct and visit.channel not in settings.alumina_channels:
        shown = listed([f"<#{each}>" for each in settings.alumina_channels])
        return say("replies.not_here", channels=shown)
    if settings.alumina_guests == "off" and visit.home and visit.home not in settings.alumina_teams:
        return say("replies.guests_not")
    return None
