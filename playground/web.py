"""The HTTP side of the workspace: Web API, response addresses, uploads, downloads, Socket Mode."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router, WebSocketRoute

from playground.api import answer
from playground.hooks import respond
from playground.line import Parcel
from playground.payloads import event_body
from playground.strict import STRUCTURED

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from playground.faults import Fault, Faults
    from playground.rate import Rates
    from playground.records import Json
    from playground.socket_mode import SocketHub
    from playground.world import World

TRANSPORT: Final = "transport"
"""Where the server leaves the connection of a request, so that a fault can close it."""

HTTP_OK: Final = 200
HTTP_NOT_FOUND: Final = 404
HTTP_TOO_MANY: Final = 429


class Web:
    """Answers the app's requests.

    Args:
        world: The state to read and change.
        hub: The app's Socket Mode connections.
        faults: The trouble asked for.
        rates: How fast the app may go; None for any speed.
        post: Sends the app what its own calls brought about, without waiting.
    """

    def __init__(
        self,
        world: World,
        hub: SocketHub,
        faults: Faults,
        rates: Rates | None,
        post: Callable[[Parcel], None],
    ) -> None:
        self._world = world
        self._post = post
        self._hub = hub
        self._faults = faults
        self._rates = rates
        # A router alone: an application would wrap each call in two layers that have nothing to do here.
        self.application = Router(
            routes=[
                Route("/api/{method}", self._call, methods=["GET", "POST"]),
                Route("/hooks/{team}/{key}", self._hook, methods=["POST"]),
                Route("/upload/v1/{file_id}", self._upload, methods=["POST", "PUT"]),
                Route("/files/{file_id}/{rest:path}", self._download, methods=["GET"]),
                WebSocketRoute("/link/", self._link),
            ]
        )

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        raw = await request.body()
        arguments = arguments_of(request, raw)
        token = arguments.pop("token", None) or bearer_of(request)

        def work() -> Json:
            with self._world.lock:
                answered = answer(self._world, method, arguments, token)
                events = self._world.take_events()
            for event in events:
                self._post(Parcel("events_api", event_body(self._world, event), takes_answer=False))
            return answered

        wait = self._wait(method, str(arguments.get("channel", "")))
        if wait:
            refused = {"ok": False, "error": "ratelimited"}
            self._record(method, arguments, refused)
            return _json(refused, HTTP_TOO_MANY, {"Retry-After": str(wait)})
        response = await self._through_trouble(request, method, arguments, work)
        if isinstance(response, Response):
            return response
        headers = (
            {"x-oauth-scopes": ",".join(self._world.manifest.bot_scopes)} if method == "auth.test" else {}
        )
        return _json(response, HTTP_OK, headers)

    async def _hook(self, request: Request) -> Response:
        raw = await request.body()
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)

        def work() -> Json:
            return respond(self._world, request.path_params["key"], body)

        response = await self._through_trouble(request, "response_url", body, work)
        if isinstance(response, Response):
            return response
        return PlainTextResponse("ok") if response["ok"] else _json(response, HTTP_NOT_FOUND, {})

    async def _upload(self, request: Request) -> Response:
        raw = await request.body()
        kind = request.headers.get("content-type", "")
        content = _parts(raw, kind).get("file", b"") if kind.startswith("multipart/") else raw
        file_id = request.path_params["file_id"]

        def work() -> Json:
            with self._world.lock:
                file = self._world.files.get(file_id)
                if file is None or file.is_complete:
                    return {"ok": False, "error": "file_not_found"}
                if len(content) != file.length:
                    return {"ok": False, "error": "length_mismatch"}
                file.content = content
                return {"ok": True}

        response = await self._through_trouble(
            request, "upload", {"file": file_id, "length": len(content)}, work
        )
        if isinstance(response, Response):
            return response
        if not response["ok"]:
            return PlainTextResponse(response["error"], HTTP_NOT_FOUND)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        world = self._world
        if bearer_of(request) not in world.bot_tokens or not world.manifest.may(("files:read",)):
            return PlainTextResponse("forbidden", 403)
        file = world.files.get(request.path_params["file_id"])
        if file is None or file.content is None or not file.is_complete:
            return PlainTextResponse("not found", HTTP_NOT_FOUND)
        return Response(file.content, media_type="application/octet-stream")

    async def _link(self, socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        with self._world.lock:
            is_good = ticket in self._world.tickets
            self._world.tickets.discard(ticket)
        if not is_good:
            await socket.close()
            return
        await self._hub.serve(socket)

    def _wait(self, method: str, channel: str) -> int:
        if self._rates is None:
            return 0
        # A person's id and their direct conversation name the same place.
        place = self._world.direct_id(channel) if channel in self._world.members else channel
        return self._rates.wait(method, place)

    async def _through_trouble(
        self, request: Request, method: str, arguments: Json, work: Callable[[], Json]
    ) -> Json | Response:
        """Does the work unless the trouble asked for says otherwise, and writes down what came of it."""
        fault = self._faults.meet(method)
        if fault is None:
            response = work()
            self._record(method, arguments, response)
            return response
        if fault.kind in {"delay", "drop_after"}:
            response = work()
            self._record(method, arguments, response, injected=fault.kind)
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
                return response
            return await _hung_up(request)
        self._record(method, arguments, {"ok": False, "error": fault.kind}, injected=fault.kind)
        return await self._trouble(request, fault)

    async def _trouble(self, request: Request, fault: Fault) -> Response:
        if fault.kind == "ratelimited":
            return _json(
                {"ok": False, "error": "ratelimited"}, HTTP_TOO_MANY, {"Retry-After": str(fault.retry_after)}
            )
        if fault.kind == "500":
            return PlainTextResponse("Internal Server Error", 500)
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds or _A_LONG_TIME)
        return await _hung_up(request)

    def _record(self, method: str, arguments: Json, response: Json, *, injected: str | None = None) -> None:
        with self._world.lock:
            self._world.record(method, _parsed(arguments), response, injected=injected)


_A_LONG_TIME: Final = 3_600.0  # seconds; the workspace's end cuts it short


async def _hung_up(request: Request) -> Response:
    """Closes the connection without a word; the response is for nobody."""
    request.state[TRANSPORT].close()
    # The body was read, so all the server has left to report is that the connection is gone.
    await request.receive()
    return Response()


def _json(body: Json, status: int, headers: dict[str, str]) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, headers, media_type="application/json; charset=utf-8")


def json_answer(body: Json) -> Response:
    """An answer as the Web API gives it."""
    return _json(body, HTTP_OK, {})


def bearer_of(request: Request) -> str | None:
    """The token in the Authorization header, if any."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind == "Bearer" else None


def arguments_of(request: Request, raw: bytes) -> Json:
    """The arguments of a call, however they were sent."""
    arguments: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            return arguments
        return arguments | body if isinstance(body, dict) else arguments
    if kind.startswith("multipart/"):
        return arguments | {name: value.decode() for name, value in _parts(raw, kind).items()}
    return arguments | dict(parse_qsl(raw.decode(), keep_blank_values=True))


def _parts(raw: bytes, kind: str) -> dict[str, bytes]:
    """The parts of a multipart form by name."""
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    whole = email.message_from_bytes(head + raw, policy=email.policy.HTTP)
    parts: dict[str, bytes] = {}
    for part in whole.iter_parts():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        if isinstance(content, bytes) and isinstance(name, str):
            parts[name] = content
    return parts


def _parsed(arguments: Json) -> Json:
    """The arguments with their JSON read, for the record."""
    return {name: _read(value) if name in STRUCTURED else value for name, value in arguments.items()}


def _read(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
