"""The site on a port of its own, in this process: what Slack and browsers reach, without gunicorn's start."""

import http.cookies
import socketserver
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

NO_PROXY = urllib.request.ProxyHandler({})


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has
        """Say nothing."""


@contextmanager
def served(make: Any) -> Iterator[str]:
    """Serve what `make(url)` gives at a free port; gives the address."""
    server = Threaded(("127.0.0.1", 0), Silent)
    url = f"http://127.0.0.1:{server.server_port}"
    server.set_app(make(url))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    status: int
    body: str
    headers: Message


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirect is shown, not followed."""


@dataclass
class Browser:
    """Asks for pages and keeps cookies, also those for https: this machine needs none."""

    language: str = "en-US,en;q=0.8"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        """Ask for a page."""
        request = urllib.request.Request(url, headers={"Accept-Language": self.language})  # noqa: S310 - loopback
        if self.cookies:
            request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        page = asked(request)
        for name, morsel in http.cookies.SimpleCookie(page.headers.get("Set-Cookie", "")).items():
            self.cookies[name] = morsel.value
        return page


def post(url: str, body: bytes, **headers: str) -> Page:
    """Send a body; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asked(urllib.request.Request(url, data=body, headers=named))  # noqa: S310 - loopback


def asked(request: urllib.request.Request) -> Page:
    opener = urllib.request.build_opener(NO_PROXY, _Stays)
    try:
        with opener.open(request, timeout=10) as answer:
            return Page(answer.status, answer.read().decode(), answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return Page(error.code, error.read().decode(), error.headers)
