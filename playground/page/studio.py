"""Rehearse my program: load a roster, choose settings, run to the end, read and take home what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from playground.page.direction import CannotDirect
from playground.page.templates import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from playground.page.direction import Direction, Rehearsal

ROSTER_MAX: Final = 5_000_000
"""Characters of a roster: these are some 20,000 people; more is a wrong file."""

SETTINGS_MAX: Final = 10_000
"""Characters of a file of settings, which has five lines."""


def studio_routes(direction: Direction, headers: Mapping[str, str]) -> list[Route]:
    """The routes of the rehearsal; they say so where a direction has none."""
    studio = _Studio(direction, dict(headers))
    return [
        Route("/rehearse", studio.form, methods=["GET"]),
        Route("/rehearse", studio.start, methods=["POST"]),
        Route("/rehearse/stop", studio.stop, methods=["POST"]),
        Route("/rehearse/progress", studio.progress),
        Route("/rehearse/sample.csv", studio.sample),
        Route("/rehearse/settings.csv", studio.settings),
        Route("/rehearse/settings", studio.read_settings, methods=["POST"]),
        Route("/rehearse/digest.html", studio.digest),
        Route("/rehearse/transcript.jsonl", studio.transcript),
    ]


class _Studio:
    def __init__(self, direction: Direction, headers: dict[str, str]) -> None:
        self._direction = direction
        self._headers = headers

    @property
    def _rehearsal(self) -> Rehearsal:
        if self._direction.rehearsal is None:
            raise CannotDirect("There is nothing to rehearse here.")
        return self._direction.rehearsal

    async def form(self, request: Request) -> Response:
        root = request.scope["root_path"]
        html = filled(
            "page/rehearse.html",
            root=root,
            settings=self._rehearsal.settings,
            progress=self._rehearsal.progress(),
        )
        return HTMLResponse(html, headers=self._headers)

    async def start(self, request: Request) -> Response:
        try:
            body = json.loads(await request.body())
            roster, chosen = str(body["roster"]), dict(body["chosen"])
        except (ValueError, KeyError, TypeError):
            raise CannotDirect("That was no roster and settings.") from None
        if len(roster) > ROSTER_MAX:
            raise CannotDirect("This file is too large for a roster.")
        faults = await run_in_threadpool(self._rehearsal.start, roster, chosen)
        return JSONResponse({"faults": faults}, headers=self._headers)

    async def stop(self, request: Request) -> Response:
        del request
        self._rehearsal.stop()
        return JSONResponse({}, headers=self._headers)

    async def progress(self, request: Request) -> Response:
        del request
        now = self._rehearsal.progress()
        return JSONResponse(
            {"state": now.state, "share": now.share, "sentence": now.sentence}, headers=self._headers
        )

    async def sample(self, request: Request) -> Response:
        del request
        return self._download(self._rehearsal.sample, "roster.csv", "text/csv")

    async def settings(self, request: Request) -> Response:
        text = self._rehearsal.settings_file(dict(request.query_params))
        return self._download(text, "settings.csv", "text/csv")

    async def read_settings(self, request: Request) -> Response:
        try:
            text = str(json.loads(await request.body())["settings"])
        except (ValueError, KeyError, TypeError):
            raise CannotDirect("Those were no settings.") from None
        if len(text) > SETTINGS_MAX:
            raise CannotDirect("This file is too large for settings.")
        chosen, faults = self._rehearsal.read_settings(text)
        return JSONResponse({"chosen": chosen, "faults": faults}, headers=self._headers)

    async def digest(self, request: Request) -> Response:
        html = await run_in_threadpool(self._rehearsal.digest)
        if "download" in request.query_params:
            return self._download(html, "rehearsal.html", "text/html")
        # The digest is one file with its style inside, so that it can be passed on; it runs no script.
        policy = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
            "; frame-ancestors 'self'"
        )
        return HTMLResponse(html, headers={**self._headers, "Content-Security-Policy": policy})

    async def transcript(self, request: Request) -> Response:
        del request
        text = await run_in_threadpool(self._rehearsal.transcript)
        return self._download(text, "transcript.jsonl", "application/jsonl")

    def _download(self, text: str, name: str, kind: str) -> Response:
        headers = {**self._headers, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
