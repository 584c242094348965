"""How the page answers: headers that keep it to itself, bodies that must be objects, refusals in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response

from playground.page.templates import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from playground.records import Json

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    "; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
    "; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",  # the address holds the secret
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

HTTP_OK: Final = 200
HTTP_BAD: Final = 400
HTTP_NOBODY: Final = 404
HTTP_CANNOT: Final = 422


async def with_body(request: Request, work: Callable[[Json], Json]) -> Response:
    """Answer a request with what the work makes of its body, in a thread of its own."""
    try:
        body = json.loads(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return JSONResponse({"says": ["That was no message we understand."]}, HTTP_BAD, HEADERS)
    # People's acts wait for the app, so they must not hold up the loop that serves everybody.
    return JSONResponse(await run_in_threadpool(work, body), headers=HEADERS)


async def nobody(request: Request) -> Response:
    """Answer whoever asks at an address that leads nowhere."""
    del request
    return HTMLResponse(filled("page/nobody.html"), HTTP_NOBODY, HEADERS)


async def cannot(request: Request, error: Exception) -> Response:
    """Say in words why something was not done: on a page of its own, or to the page's script."""
    if request.headers.get("accept", "").startswith("text/html"):
        return HTMLResponse(filled("page/nobody.html", sentence=sentence_of(error)), HTTP_NOBODY, HEADERS)
    # What was asked for by a deed is answered in words, like any deed: a refusal is no fault of the page, and
    # the browser would log any other status as one.
    status = HTTP_OK if request.method == "POST" else HTTP_CANNOT
    return JSONResponse({"says": [sentence_of(error)]}, status, HEADERS)


def sentence_of(error: Exception) -> str:
    """A refusal as a sentence of its own."""
    said = str(error)
    ended = said if said.endswith((".", "!", "?")) else f"{said}."
    return ended[:1].upper() + ended[1:]
