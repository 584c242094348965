"""Delivery by signed HTTP requests, to an app that checks the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.routing import Route

from playground import Playground, StillClock
from playground.server import Server
from tests.playground.conftest import manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Lantern"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [],
}


@pytest.fixture
def pg() -> Iterator[Playground]:
    with Playground(manifest(), clock=StillClock(new_year()), patience=1.0) as workspace:
        workspace.add_person("U1", "Ada Byron", email="ada@example.com")
        yield workspace


def serving(pg: Playground, signing_secret: str) -> Server:
    client = WebClient(token=pg.bot_token, base_url=pg.api_url)
    app = App(client=client, signing_secret=signing_secret, process_before_response=True)

    @app.command("/lantern")
    def open_form(ack: object, body: dict[str, str]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        ack("By HTTP")  # type: ignore[operator]  # Bolt injects a callable

    @app.view("form")
    def refuse_form(ack: object) -> None:
        ack(response_action="update", view=MODAL | {"callback_id": "next"})  # type: ignore[operator]  # as above

    @app.event("app_home_opened")
    def greet(event: dict[str, str]) -> None:
        client.chat_postMessage(channel=event["user"], text="Hello")

    handler = SlackRequestHandler(app)

    async def receive(request: Request) -> Response:
        return await handler.handle(request)

    return Server(Starlette(routes=[Route("/slack/events", receive, methods=["POST"])]))


def test_commands_forms_and_events_travel_by_signed_requests(pg: Playground) -> None:
    app = serving(pg, pg.signing_secret)
    pg.deliver_to_http(f"{app.start()}/slack/events")
    person = pg.person("U1")
    assert [message.text for message in person.command("/lantern").shown] == ["By HTTP"]
    outcome = person.submit()
    assert outcome.view is not None
    assert outcome.view.callback_id == "next"
    assert person.open_home().acked
    assert person.inbox()[-1].text == "Hello"
    app.stop()


def test_an_app_with_another_secret_refuses_what_comes(pg: Playground) -> None:
    app = serving(pg, "not the secret")
    pg.deliver_to_http(f"{app.start()}/slack/events")
    assert pg.person("U1").command("/lantern").error == '/lantern failed with the error "dispatch_failed"'
    app.stop()


def test_an_app_that_does_not_listen_cannot_be_reached(pg: Playground) -> None:
    app = serving(pg, pg.signing_secret)
    pg.deliver_to_http(f"{app.start()}/slack/events")
    app.stop()
    assert pg.person("U1").command("/lantern").error == '/lantern failed with the error "dispatch_failed"'
