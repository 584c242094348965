"""Several workspaces at one address, and an app that is installed in them by OAuth: Slack as a whole.

Each is a `Playground` of its own. A call is led to the workspace its token belongs to; an organization's
token belongs to several, and the people, rooms and views the call names tell which.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, Self

from starlette.requests import Request

from playground.oauth import OAuth
from playground.playground import PATIENCE_SECONDS, Playground
from playground.server import Server
from playground.shape import stable_id
from playground.strict import Refusal
from playground.web import arguments_of, bearer_of, json_answer
from playground.world import Organization

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from playground.clock import StillClock
    from playground.records import Json


class ManyWorkspaces:
    """Slack, with several workspaces in which one app can be installed.

    Args:
        manifest: The app's manifest, as a YAML or JSON file or already parsed.
        clock: The time of all workspaces.
        patience: Real seconds an app has to acknowledge, and a trigger lives.
    """

    def __init__(
        self, manifest: Path | Mapping[str, Any], *, clock: StillClock, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.clock = clock
        self.workspaces: list[Playground] = []
        self.oauth = OAuth(lambda: [each.world for each in self.workspaces])
        self._manifest = manifest
        self._patience = patience
        self._url = ""
        self._request_url = ""
        self._server = Server(self)

    def __enter__(self) -> Self:
        self._url = self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def api_url(self) -> str:
        """Where the Web API of all of them is."""
        return f"{self._url}/api/"

    def add(self, team_name: str, organization: Organization | None = None) -> Playground:
        """Founds a workspace; the app is not in it yet."""
        made = Playground(
            self._manifest,
            clock=self.clock,
            team_name=team_name,
            patience=self._patience,
            organization=organization,
        )
        made.world.base_url = self._url
        made.world.is_installed = False
        made.world.bot_tokens = {}
        if self._request_url:
            made.deliver_to_http(self._request_url)
        self.workspaces.append(made)
        return made

    def found_organization(self, name: str) -> Organization:
        """Founds an Enterprise Grid organization, to add workspaces to."""
        return Organization(stable_id("E", name), name)

    def deliver_to_http(self, url: str) -> None:
        """Delivers by signed requests to this address, from every workspace, also those yet to come."""
        self._request_url = url
        for each in self.workspaces:
            each.deliver_to_http(url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leads a request to the workspace it is for."""
        request = Request(scope, receive)
        raw = await request.body()
        arguments = arguments_of(request, raw)
        method = request.url.path.removeprefix("/api/")
        if method == "oauth.v2.access":
            await self._access(request, arguments)(scope, receive, send)
            return
        whose = self._whose(request, arguments)
        await whose.application(scope, _again(raw, receive), send)

    def _access(self, request: Request, arguments: Json) -> Any:
        who, _, secret = _basic(request.headers.get("authorization", "")).partition(":")
        try:
            answered = self.oauth.access(arguments, who or None, secret or None)
        except Refusal as refusal:
            answered = refusal.answer
        return json_answer(answered)

    def _whose(self, request: Request, arguments: Json) -> Playground:
        path = request.url.path
        token = str(arguments.get("token") or bearer_of(request) or "")
        theirs = [each for each in self.workspaces if token in each.world.bot_tokens]
        if path.startswith("/hooks/"):
            theirs = [each for each in self.workspaces if path.startswith(f"/hooks/{each.team_id}/")]
        elif path.startswith(("/upload/v1/", "/files/")):
            file_id = path.split("/")[-1] if path.startswith("/upload/") else path.split("/")[2]
            theirs = [each for each in self.workspaces if file_id in each.world.files]
        named = _words(arguments)
        for each in theirs:
            world = each.world
            known = {world.me.team_id} | world.members.keys() | world.channels.keys()
            if named & (known | world.views.keys() | world.triggers.keys() | world.files.keys()):
                return each
        # A call that names nothing is the same in all of them; one without a good token is refused by any.
        return (theirs or self.workspaces)[0]


def _again(raw: bytes, receive: Receive) -> Receive:
    """A body that was read already, to be read by somebody else; then whatever comes."""
    waiting = [raw]

    async def once_more() -> MutableMapping[str, Any]:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return once_more


def _basic(header: str) -> str:
    kind, _, value = header.partition(" ")
    if kind != "Basic":
        return ""
    try:
        return base64.b64decode(value).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _words(arguments: Json) -> set[str]:
    """Whatever a call names: ids stand alone, in lists with commas, or in JSON."""
    words: set[str] = set()
    for value in arguments.values():
        if isinstance(value, str) and not value.startswith("{"):
            words.update(value.split(",") if not value.startswith("[") else _ids_in(value))
        elif isinstance(value, list):
            words.update(_ids_in(json.dumps(value)))
    return words


def _ids_in(text: str) -> set[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return set()
    return {str(one.get("id", "")) for one in found if isinstance(one, dict)}
