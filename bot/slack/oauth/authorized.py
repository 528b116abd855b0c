"""In whose name a request is handled, where many workspaces may have installed the bot."""

import logging
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bot.errors import AluminaError
from bot.manifest import INSTALL_PATH
from bot.settings import Settings
from bot.slack.client import Clients
from bot.slack.errors import SlackTrouble, reason
from bot.slack.installs.workspaces import NotInstalledError

NOT_INSTALLED = (
    "Alumina is no longer installed here. Whoever looks after this workspace can install it again{at}."
)

log = logging.getLogger(__name__)


class SlackSilentError(AluminaError):
    """Slack did not say who we are in a workspace, so that its request has to come again."""


class Authorized(AsyncAuthorize):
    """Asks Slack once for each token. Bolt's own takes an overload, too, for a token that holds no more."""

    def __init__(self, clients: Clients) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._clients = clients

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        """None where the workspace has not installed us; what else goes wrong is raised."""
        try:
            seat = await self._clients.seat_of(team_id or "")
        except NotInstalledError as missing:
            log.warning("not_installed", extra={"team": team_id or "", "why": str(missing)})
            return None
        except SlackTrouble as trouble:
            raise SlackSilentError(f"Slack does not say who we are ({reason(trouble)})") from trouble
        who = seat.identity
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=who.user_id,
            bot_id=who.bot_id,
            bot_token=seat.client.token,
            user_id=context.user_id,
        )


def not_installed(settings: Settings) -> str:
    """What a person reads whose workspace has no token here."""
    at = f": {settings.alumina_url}{INSTALL_PATH}" if settings.alumina_url else ""
    return NOT_INSTALLED.format(at=at)
