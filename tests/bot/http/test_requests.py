"""What comes to the address Slack knows: signed, forged, old, too large, unreadable, of no known type."""

import json
import socket
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from bot.site import LARGEST_BODY
from tests.support.site import World, facts, revoked, signed
from tests.support.web import post


@pytest.mark.parametrize(
    ("how", "status"),
    # What comes from the future is nearer with every second that a busy machine takes to send it.
    [({"secret": "of-another-app"}, 401), ({"age": 301}, 401), ({"age": -360}, 401)],
    ids=["wrong signature", "old", "of the future"],
)
def test_a_request_that_is_forged_or_replayed_changes_nothing(world: World, how: Any, status: int) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    before = facts(world)
    with capture_logs() as logged:
        assert signed(world, revoked(firm), **how).status == status
    assert facts(world) == before
    assert [each["event"] for each in logged] == ["request refused"]


@pytest.mark.parametrize("headers", [{}, {"X_Slack_Request_Timestamp": "soon", "X_Slack_Signature": "v0=0"}])
def test_a_request_without_a_signature_changes_nothing(world: World, headers: dict[str, str]) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    page = post(f"{world.url}/slack/events", revoked(firm), Content_Type="application/json", **headers)
    assert page.status == 401


def test_ten_megabytes_are_refused_before_they_are_read(world: World) -> None:
    host, port = world.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /slack/events HTTP/1.1\r\nHost: us\r\nContent-Length: 10000000\r\n\r\n")
        assert b" 413 " in connection.recv(100)


def test_what_is_as_large_as_allowed_is_read(world: World) -> None:
    assert signed(world, b"{" + b" " * (LARGEST_BODY - 2) + b"}").status != 413


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"type": ', b"payload=%7B", b'"text"', b"[]", b"17"])
def test_what_cannot_be_read_is_a_bad_request(world: World, body: bytes) -> None:
    with capture_logs() as logged:
        assert signed(world, body).status in {400, 404}
    assert not [each for each in logged if each["log_level"] == "error"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "something_new"},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "nobody.knows"}]},
        {"type": "view_submission", "view": {"callback_id": "nobody.knows", "state": {"values": {}}}},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
    ],
)
def test_a_payload_of_an_unknown_type_is_nobodys_and_changes_nothing(
    world: World, body: dict[str, Any]
) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    before = facts(world)
    whole = {"team": {"id": firm.team_id}, "user": {"id": firm.people[0].id}, "team_id": firm.team_id} | body
    assert signed(world, json.dumps(whole).encode()).status in {400, 404}
    assert facts(world) == before


def test_slack_can_verify_the_address(world: World) -> None:
    page = signed(world, json.dumps({"type": "url_verification", "challenge": "abc"}).encode())
    assert (page.status, json.loads(page.body)) == (200, {"challenge": "abc"})


def test_a_command_with_a_form_body_is_read(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    who = {"team_id": firm.team_id, "user_id": firm.people[0].id, "user_name": "robin"}
    form = who | {"command": "/mentoring", "text": "help", "trigger_id": "1", "channel_id": "C1"}
    page = signed(world, urlencode(form).encode(), kind="application/x-www-form-urlencoded")
    assert page.status == 200
    assert "/mentoring join" in page.body
