"""Installing an app by OAuth: the page where somebody allows it, codes, tokens, and tokens that expire.

Sources: docs.slack.dev/authentication/installing-with-oauth and /authentication/using-token-rotation, read
2026-08.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from playground.strict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from playground.records import Json
    from playground.world import World

CODE_LIVES: Final = timedelta(minutes=10)
"""How long a code may be exchanged."""

TOKEN_LIVES: Final = timedelta(hours=12)
"""How long a token lives where the app rotates its tokens."""


@dataclass(frozen=True)
class Grant:
    """What a code or a refresh token stands for: one workspace, or all of an organization."""

    worlds: tuple[World, ...]
    installer: str
    redirect_uri: str
    given_at: datetime


class OAuth:
    """Gives out codes and tokens.

    Args:
        worlds: Tells every workspace there is by now; the app is the same in all of them.
    """

    def __init__(self, worlds: Callable[[], Sequence[World]]) -> None:
        self._all = worlds
        self._codes: dict[str, Grant] = {}
        self._refreshes: dict[str, Grant] = {}

    @property
    def _worlds(self) -> Sequence[World]:
        return self._all()

    def allow(self, address: str, team_id: str, installer: str, *, whole_organization: bool = False) -> str:
        """Somebody presses Allow on the page at this address; gives the address the browser goes to next.

        Raises:
            ValueError: The address names another app, or asks for scopes the manifest does not have.
        """
        query = self._understood(address)
        here = next(world for world in self._worlds if world.me.team_id == team_id)
        worlds = [here]
        if whole_organization:
            worlds = [world for world in self._worlds if world.organization is here.organization]
        code = secrets.token_urlsafe(24)
        grant = Grant(tuple(worlds), installer, query.get("redirect_uri", ""), here.clock.now())
        self._codes[code] = grant
        return _with_query(grant.redirect_uri, {"code": code, "state": query.get("state", "")})

    def refuse(self, address: str) -> str:
        """Somebody presses Cancel; gives the address the browser goes to next."""
        query = self._understood(address)
        answer = {"error": "access_denied", "state": query.get("state", "")}
        return _with_query(query.get("redirect_uri", ""), answer)

    def access(self, arguments: Json, client_id: str | None, client_secret: str | None) -> Json:
        """Answers `oauth.v2.access`: a code or a refresh token becomes a bot token.

        Raises:
            Refusal: The app is not who it says, or what it brings is unknown, used or too old.
        """
        me = self._worlds[0].me
        if (client_id or arguments.get("client_id")) != me.client_id:
            raise Refusal("invalid_client_id")
        if (client_secret or arguments.get("client_secret")) != me.client_secret:
            raise Refusal("bad_client_secret")
        kind = arguments.get("grant_type", "authorization_code")
        if kind == "refresh_token":
            grant = self._refreshes.pop(str(arguments.get("refresh_token", "")), None)
            if grant is None or not grant.worlds[0].is_installed:
                raise Refusal("invalid_refresh_token")
            return self._token(grant)
        if kind != "authorization_code":
            raise Refusal("invalid_grant_type")
        grant = self._codes.pop(str(arguments.get("code", "")), None)
        if grant is None or grant.worlds[0].clock.now() >= grant.given_at + CODE_LIVES:
            raise Refusal("invalid_code")
        if arguments.get("redirect_uri", "") != grant.redirect_uri:
            raise Refusal("bad_redirect_uri")
        for world in grant.worlds:
            # Whatever was installed before is replaced, with its tokens.
            world.bot_tokens = {}
            world.is_installed = True
            world.is_installed_by_organization = len(grant.worlds) > 1
        return self._token(grant)

    def _token(self, grant: Grant) -> Json:
        first = grant.worlds[0]
        org = first.organization
        rotates = first.manifest.rotates_tokens
        token = f"{'xoxe.xoxb-1-' if rotates else 'xoxb-'}{secrets.token_urlsafe(24)}"
        for world in grant.worlds:
            world.bot_tokens[token] = world.clock.now() + TOKEN_LIVES if rotates else None
        body: Json = {
            "ok": True,
            "app_id": first.me.app_id,
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(first.manifest.bot_scopes),
            "bot_user_id": first.me.bot_user_id,
            "team": None,
            "enterprise": {"id": org.id, "name": org.name} if org else None,
            "authed_user": {"id": grant.installer},
            "is_enterprise_install": first.is_installed_by_organization,
        }
        if not first.is_installed_by_organization:
            body["team"] = {"id": first.me.team_id, "name": first.me.team_name}
        if rotates:
            refresh = f"xoxe-1-{secrets.token_urlsafe(24)}"
            self._refreshes[refresh] = grant
            body |= {"refresh_token": refresh, "expires_in": int(TOKEN_LIVES.total_seconds())}
        return body

    def _understood(self, address: str) -> dict[str, str]:
        query = dict(parse_qsl(urlsplit(address).query))
        first = self._worlds[0]
        if query.get("client_id") != first.me.client_id:
            raise ValueError("there is no app with this client_id")
        asked = {scope for scope in query.get("scope", "").split(",") if scope}
        unknown = asked - set(first.manifest.bot_scopes)
        if unknown or not asked:
            raise ValueError(f"the manifest does not ask for {', '.join(sorted(unknown)) or 'any scope'}")
        return query


def _with_query(address: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode(query)))
