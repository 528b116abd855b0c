"""Installing the app by OAuth: a person agrees, the app changes the code for a token; and taking it away."""

import base64
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from bot.playground import people
from bot.playground.arguments import ApiError
from bot.playground.endpoints import token_of
from bot.playground.space import Space


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a code stands for; `org`: the organisation, where the app was installed in all of it."""

    space: Space
    scopes: frozenset[str]
    redirect_uri: str
    org: str


class Refused:
    """In the place of a workspace: whatever is called, this is the error."""

    def __init__(self, error):
        self.error = error

    def call(self, method, arguments):
        """Never an answer."""
        raise ApiError(self.error)


class OAuth:
    """Slack's part of the flow. Whoever comes to the page agrees at once, in the workspace `team`, else in
    the first one; with `org` set, on behalf of that organisation. With `denied` set they say no;
    with `rotates` the tokens run out.

    `redirect_url` is the one of the app's page, for who comes without one.
    """

    def __init__(self, endpoints, first):
        self.client_id, self.client_secret = "100.200", "local-client-secret"
        self.org, self.denied, self.rotates, self.redirect_url = "", False, False, ""
        self._endpoints, self.spaces = endpoints, [first]
        self._codes: dict[str, Agreed] = {}
        self._tokens: dict[str, str] = {}
        endpoints.open_methods |= {"oauth.v2.access": self.access, "auth.revoke": self.auth_revoke}

    def routes(self):
        """Where people come to."""
        return [Route("/oauth/v2/authorize", self.page)]

    async def page(self, request):
        """Back to the app, with a code, or with what came of it."""
        asked = dict(request.query_params)
        if asked.get("client_id") != self.client_id:
            return PlainTextResponse("Invalid client_id parameter", 400)
        space = self._space(asked.get("team", ""))
        back = asked.get("redirect_uri") or self.redirect_url
        state = {"state": asked["state"]} if "state" in asked else {}
        if self.denied:
            return RedirectResponse(f"{back}?{urlencode({'error': 'access_denied', **state})}", 302)
        code = secrets.token_hex(8)
        scopes = frozenset(asked.get("scope", "").split(","))
        self._codes[code] = Agreed(space, scopes, asked.get("redirect_uri", ""), self.org)
        return RedirectResponse(f"{back}?{urlencode({'code': code, **state})}", 302)

    def access(self, request, arguments):
        """oauth.v2.access: the token that a code stands for, once."""
        self._check_app(request, arguments)
        agreed = self._codes.pop(arguments.text("code"), None)
        if agreed is None:
            raise ApiError("invalid_code")
        if arguments.text("redirect_uri") != agreed.redirect_uri:
            raise ApiError("bad_redirect_uri")
        rotated = {"refresh_token": f"xoxe-1-{secrets.token_hex(6)}", "expires_in": 43_200}
        return _installation(agreed, self._token(agreed)) | (rotated if self.rotates else {})

    def auth_revoke(self, request, arguments):
        """auth.revoke: the app gives its token up."""
        webapi = self._endpoints.webapis.get(token_of(request, arguments), Refused("invalid_auth"))
        webapi.call("auth.test", arguments)
        self._refuse(webapi)
        return {"revoked": True}

    def uninstall(self, space, *, told=True):
        """Somebody takes the app away; the bot hears of it twice, in no promised order."""
        self._refuse(space.webapi)
        if told:
            space.announce(revoked(space))
            space.announce({"type": "app_uninstalled"})

    def revoke(self, space):
        """The token holds no more, and the bot hears of it; the app stays."""
        self._refuse(space.webapi)
        space.announce(revoked(space))

    def _refuse(self, webapi):
        for token in [token for token, own in self._endpoints.webapis.items() if own is webapi]:
            self._endpoints.webapis[token] = Refused("token_revoked")
        self._tokens.pop(webapi.workspace.team, None)

    def _token(self, agreed):
        """The one that the workspace gave before, as long as it holds; its scopes are the new ones."""
        team, space = agreed.space.workspace.team, agreed.space
        token = self._tokens.setdefault(team, f"xoxb-{team}-{secrets.token_hex(6)}")
        space.scopes.clear()
        space.scopes.update(agreed.scopes)
        self._endpoints.webapis[token] = space.webapi
        return token

    def _check_app(self, request, arguments):
        given = request.headers.get("authorization", "").removeprefix("Basic ")
        name, _, secret = base64.b64decode(given).decode().partition(":")
        if (name or arguments.text("client_id")) != self.client_id:
            raise ApiError("invalid_client_id")
        if (secret or arguments.text("client_secret")) != self.client_secret:
            raise ApiError("bad_client_secret")

    def _space(self, team):
        return next((each for each in self.spaces if each.workspace.team == team), self.spaces[0])


def revoked(space):
    """The event that tells of it."""
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [space.workspace.bot]}}


def _installation(agreed, token):
    workspace = agreed.space.workspace
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(agreed.scopes)),
        "bot_user_id": workspace.bot,
        "app_id": workspace.app_id,
        "team": None if agreed.org else {"id": workspace.team, "name": workspace.name},
        "enterprise": {"id": agreed.org, "name": "Metal Group"} if agreed.org else None,
        "is_enterprise_install": bool(agreed.org),
        "authed_user": {"id": people.ANA},
    }
