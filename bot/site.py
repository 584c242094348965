"""What Slack, browsers and load balancers reach by HTTP: one WSGI application."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App, BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.installing import InstallFlow
from bot.office import Office
from bot.pace import Pace
from bot.places import EVENTS_PATH, HEALTH_PATH, INSTALL_PATH, READY_PATH, REDIRECT_PATH
from bot.process import LISTENER_THREADS, afterwards_for, showing_client
from bot.tokens import OAuthApp, Tokens
from bot.work import quiet
from handlers.measured import arriving
from handlers.routing import register
from handlers.trouble import where_it_broke
from handlers.visit import Clock
from mentoring.errors import MentoringError
from messages.replies import not_installed
from storage.asking import UNREACHABLE
from storage.database import Database, is_sqlite
from storage.schema import check
from storage.spans import span
from storage.turnstile import Turnstile

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = structlog.get_logger()

LARGEST_BODY = 1_000_000
"""Bytes a request may have. A view is 250,000 at most (docs.slack.dev, views), comes with its state beside
it, and grows when it is encoded for a form; ten megabytes are never Slack's."""

ANSWERS_AT_ONCE = 8
"""Payloads worked on at the same time over SQLite, the others wait in their order. Threads of one process
compute one after the other anyway; thirty-two that took turns at it, and at the connections for reading, kept
some waiting for seconds while others came and went: of 64 clients the slowest hundredth waited five times as
long as the median, and half of that with eight. On PostgreSQL an answer mostly waits for the network, and may
wait for its workspace, in which nobody else's is to be held up."""

UNREADABLE = "The request cannot be read."


class Site(Office):
    """Listens by HTTP, for every workspace that installs the app.

    Args:
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    def __init__(self, database: Database, app: OAuthApp, clock: Clock, pace: Pace | None = None) -> None:
        super().__init__(database, app, clock, pace)
        self._verifier = SignatureVerifier(app.signing_secret)
        self._turnstile = Turnstile(ANSWERS_AT_ONCE if is_sqlite(database.url) else LISTENER_THREADS)
        self._flow = InstallFlow(app, self.tokens, clock.now)
        self.app = App(
            name="mentoring",
            client=showing_client(app.api_url, None),
            authorize=_authorize_with(self.tokens),  # type: ignore[arg-type] # None means: not installed
            signing_secret=app.signing_secret,
            process_before_response=True,
            listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
            user_facing_authorize_error_message=not_installed().text,
            logger=quiet("bolt"),
        )
        self._afterwards = afterwards_for(pace)
        register(self.app, database, clock, self._afterwards)
        self._pages: dict[tuple[str, str], Callable[[WSGIEnvironment], BoltResponse]] = {
            ("GET", HEALTH_PATH): lambda _: _said(HTTPStatus.OK, "ok"),
            ("GET", READY_PATH): lambda _: self._ready(),
            ("GET", INSTALL_PATH): lambda environ: self._flow.handle_installation(_request(environ, "")),
            ("GET", REDIRECT_PATH): lambda environ: self._flow.handle_callback(_request(environ, "")),
            ("POST", EVENTS_PATH): self._payload,
        }

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        page = self._pages.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
        answer = page(environ) if page else _refused(HTTPStatus.NOT_FOUND, "There is nothing here.")
        status = HTTPStatus(answer.status)
        headers = [(name, value) for name, values in answer.headers.items() for value in values]
        body = (answer.body or "").encode()
        headers.append(("Content-Length", str(len(body))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def close(self) -> None:
        """Let every listener finish; nothing is taken in any more."""
        self.app.listener_runner.listener_executor.shutdown(wait=True)
        self._afterwards.close()

    def _payload(self, environ: "WSGIEnvironment") -> BoltResponse:
        """Answer what Slack sends, and count from here: its three seconds run while a request waits."""
        with arriving():
            return self._answer(environ)

    def _answer(self, environ: "WSGIEnvironment") -> BoltResponse:
        """Take in what Slack sends: not too much, signed, of this minute, and readable; in this order."""
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdecimal():
            return _refused(HTTPStatus.LENGTH_REQUIRED, "Say how long the request is.")
        if int(length) > LARGEST_BODY:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large.")
        try:
            body = environ["wsgi.input"].read(int(length)).decode()
        except UnicodeDecodeError:
            return _refused(HTTPStatus.BAD_REQUEST, UNREADABLE)
        if not self._is_signed(body, environ):
            return _refused(HTTPStatus.UNAUTHORIZED, "The signature is missing, wrong or too old.")
        try:
            with span("request"), self._turnstile:
                return self.app.dispatch(_request(environ, body))
        except Exception as error:  # noqa: BLE001 - our own errors Bolt hands to us; here it stumbled itself
            # Over what is no JSON, or no object, or lacks what every payload of its type has.
            log.warning("request not understood", error=type(error).__name__, where=where_it_broke(error))
            return _said(HTTPStatus.BAD_REQUEST, UNREADABLE)

    def _is_signed(self, body: str, environ: "WSGIEnvironment") -> bool:
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        # slack_sdk takes the timestamp for a number without looking.
        return timestamp.isdecimal() and self._verifier.is_valid(body, timestamp, signature)

    def _ready(self) -> BoltResponse:
        """Whether payloads can be turned into facts: the database is there and of our version."""
        try:
            check(self.database)
        except MentoringError as error:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except UNREACHABLE:
            # Without the driver's words: they name the server, and anybody can ask.
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be used.")
        return _said(HTTPStatus.OK, "ready")


def _authorize_with(tokens: Tokens) -> Callable[[BoltContext], AuthorizeResult | None]:
    # Bolt hands in arguments by their names, and would take a method's `self` for one.
    def authorize(context: BoltContext) -> AuthorizeResult | None:
        order = [context.team_id, context.enterprise_id]
        if context.is_enterprise_install:
            order.reverse()
        return tokens.authorize([each for each in order if each])

    return authorize


def _request(environ: "WSGIEnvironment", body: str) -> BoltRequest:
    headers = {
        name.removeprefix("HTTP_").lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name == "CONTENT_TYPE"
    }
    return BoltRequest(body=body, query=environ.get("QUERY_STRING", ""), headers=headers)


def _refused(status: HTTPStatus, sentence: str) -> BoltResponse:
    if status is not HTTPStatus.NOT_FOUND:
        log.warning("request refused", status=status.value)
    return _said(status, sentence)


def _said(status: HTTPStatus, sentence: str) -> BoltResponse:
    return BoltResponse(status=status, body=sentence, headers={"Content-Type": "text/plain; charset=utf-8"})
