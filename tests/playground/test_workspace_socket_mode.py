"""Socket Mode: several connections, redelivery, disconnects and events."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from playground import Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

    from playground import Person


GREETINGS = 100
"""One in fifty was greeted before it was there."""


@pytest.fixture
def quiet() -> Iterator[Playground]:
    """A workspace whose app the test plays itself, envelope by envelope."""
    with Playground(manifest(), clock=StillClock(new_year()), patience=2.0) as pg:
        pg.add_person("U1", "Ada Byron", email="ada@example.com")
        yield pg


@contextmanager
def dial(pg: Playground) -> Iterator[ClientConnection]:
    app = WebClient(token=pg.app_token, base_url=pg.api_url)
    with connect(app.apps_connections_open(app_token=pg.app_token)["url"]) as socket:
        assert json.loads(socket.recv())["type"] == "hello"
        yield socket


def received(socket: ClientConnection) -> dict[str, Any]:
    envelope: dict[str, Any] = json.loads(socket.recv(timeout=5))
    return envelope


def acknowledge(socket: ClientConnection, envelope: dict[str, Any], **payload: Any) -> None:
    answer = {"envelope_id": envelope["envelope_id"]}
    socket.send(json.dumps(answer | ({"payload": payload} if payload else {})))


def test_hello_counts_connections_and_a_ticket_opens_one(quiet: Playground) -> None:
    app = WebClient(token=quiet.app_token, base_url=quiet.api_url)
    url = app.apps_connections_open(app_token=quiet.app_token)["url"]
    with connect(url) as first, dial(quiet):
        hello = json.loads(first.recv())
        assert (hello["num_connections"], hello["connection_info"]["app_id"]) == (1, quiet.app_id)
        quiet.wait_for_app(connections=2)
        assert quiet.connections == 2
        with pytest.raises(InvalidStatus):
            connect(url)


def test_an_app_holds_ten_connections_and_no_more(quiet: Playground) -> None:
    app = WebClient(token=quiet.app_token, base_url=quiet.api_url)
    with ExitStack() as held:
        for _ in range(10):
            held.enter_context(dial(quiet))
        quiet.wait_for_app(connections=10)
        with connect(app.apps_connections_open(app_token=quiet.app_token)["url"]) as eleventh:
            assert json.loads(eleventh.recv())["reason"] == "too_many_websockets"


def test_each_payload_goes_to_one_connection_and_all_take_part(quiet: Playground) -> None:
    seen: list[str] = []

    def serve(name: str, socket: ClientConnection) -> None:
        for _ in range(3):
            acknowledge(socket, received(socket))
            seen.append(name)

    with dial(quiet) as one, dial(quiet) as two, ThreadPoolExecutor(2) as pool:
        quiet.wait_for_app(connections=2)
        served = [pool.submit(serve, "one", one), pool.submit(serve, "two", two)]
        assert all(quiet.person("U1").command("/lantern").acked for _ in range(6))
        for each in served:
            each.result()
    assert sorted(seen) == ["one"] * 3 + ["two"] * 3


def test_a_payload_unacknowledged_at_hang_up_travels_again(quiet: Playground) -> None:
    with ThreadPoolExecutor(1) as pool:
        with dial(quiet) as first:
            outcome = pool.submit(quiet.person("U1").command, "/lantern", "twice")
            assert received(first)["payload"]["text"] == "twice"
        with dial(quiet) as second:
            envelope = received(second)
            assert envelope["payload"]["text"] == "twice"
            acknowledge(second, envelope, text="At last")
            assert [message.text for message in outcome.result().shown] == ["At last"]
    assert outcome.result().acked


def test_a_payload_waits_for_an_app_that_is_just_reconnecting(quiet: Playground) -> None:
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(quiet.person("U1").command, "/lantern")
        with dial(quiet) as socket:
            acknowledge(socket, received(socket))
            assert outcome.result().acked


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns all the time: what happens seldom between two of them happens often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_whoever_was_greeted_misses_nothing_from_then_on(quiet: Playground) -> None:
    for _ in range(GREETINGS):
        with dial(quiet):
            assert quiet.connections == 1
        until(lambda: quiet.connections == 0)


def test_an_event_nobody_acknowledged_comes_again_with_its_number() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.2) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        with dial(pg) as socket, ThreadPoolExecutor(1) as pool:
            outcome = pool.submit(person.open_home)
            first, again = received(socket), received(socket)
            assert not outcome.result().acked
        assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
        assert first["payload"]["event_id"] == again["payload"]["event_id"]


def test_an_event_that_found_no_app_is_delivered_when_it_comes_back() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.1) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        assert not person.change(tz="Europe/Sofia").acked
        with dial(pg) as socket:
            envelope = received(socket)
            assert envelope["payload"]["event"]["user"]["tz"] == "Europe/Sofia"
            assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "connection_failed")


def test_nobody_waits_for_an_event_while_the_app_is_away(quiet: Playground) -> None:
    person = quiet.person("U1")
    began = time.monotonic()
    for zone in ("Europe/Sofia", "Asia/Tokyo"):
        person.change(tz=zone)
    assert time.monotonic() - began < quiet.world.patience
    with dial(quiet) as socket:
        zones = [received(socket)["payload"]["event"]["user"]["tz"] for _ in range(2)]
    assert zones == ["Europe/Sofia", "Asia/Tokyo"]


def test_an_app_told_to_go_comes_back_by_itself(pg: Playground, bot: Bot, priya: Person) -> None:
    bot.on("/lantern", lambda _: "Still here")
    for reason in ("warning", "refresh_requested"):
        pg.disconnect(reason)
        pg.wait_for_app()
        assert [message.text for message in priya.command("/lantern").shown] == ["Still here"]
    assert pg.connections == 1


def test_every_connection_is_told_why_it_ends(quiet: Playground) -> None:
    with dial(quiet) as socket:
        quiet.wait_for_app()
        quiet.disconnect("link_disabled")
        message = json.loads(socket.recv())
        assert (message["type"], message["reason"]) == ("disconnect", "link_disabled")
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
    assert quiet.connections == 0


def test_people_act_at_the_same_time_without_mixing_up(pg: Playground, bot: Bot, newcomer: Any) -> None:
    people = [newcomer() for _ in range(8)]
    bot.on("/plain", lambda body: body["user_id"])

    def ask_often(person: Person) -> list[str]:
        return [message.text for _ in range(5) for message in person.command("/plain").shown]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask_often, people))
    assert answers == [[person.id] * 5 for person in people]
    stamps = [message.ts for person in people for message in person.inbox()]
    assert len(set(stamps)) == len(stamps)
    assert pg.connections == 1


# Events


def test_a_changed_profile_is_told_with_the_whole_person(bot: Bot, priya: Person) -> None:
    priya.change(tz="Asia/Tokyo", name="Priya Shah-Ito", locale="ja-JP")
    user = bot.heard["user_change"][-1]["event"]["user"]
    assert (user["id"], user["tz"], user["real_name"], user["locale"]) == (
        priya.id,
        "Asia/Tokyo",
        "Priya Shah-Ito",
        "ja-JP",
    )
    priya.deactivate()
    assert bot.heard["user_change"][-1]["event"]["user"]["deleted"] is True


def test_a_newcomer_is_announced_to_a_connected_app(bot: Bot, newcomer: Any) -> None:
    person = newcomer("Nia Okafor")
    assert bot.heard["team_join"][-1]["event"]["user"]["id"] == person.id


def test_messages_reach_the_app_where_it_may_read(bot: Bot, priya: Person, room: str, pg: Playground) -> None:
    bot.client.chat_postMessage(channel=priya.id, text="Say something")
    priya.say(priya.inbox()[0].channel, "5 < 6 & true")
    event = bot.heard["message"][-1]["event"]
    assert (event["text"], event["channel_type"]) == ("5 &lt; 6 &amp; true", "im")
    before = len(bot.heard["message"])
    priya.say(room, "Only among us")
    assert len(bot.heard["message"]) == before
    priya.say(room, f"@{pg.world.members[pg.bot_user_id].name}, are you there?")
    assert bot.heard["app_mention"][-1]["event"]["channel"] == room


def test_an_uninstalled_app_hears_of_it_and_can_do_nothing_more() -> None:
    with Playground(manifest(), clock=StillClock(new_year())) as pg:
        bot = Bot(pg)
        bot.connect()
        pg.wait_for_app()
        pg.uninstall()
        assert bot.heard["app_uninstalled"]
        assert bot.heard["tokens_revoked"][-1]["event"]["tokens"]["bot"] == [pg.bot_user_id]
        with pytest.raises(SlackApiError, match="account_inactive"):
            bot.client.users_list()
        bot.close()


def test_an_event_without_its_subscription_or_scope_is_never_sent() -> None:
    few = manifest(without=("users:read",))
    few["settings"]["event_subscriptions"] = {"bot_events": ["user_change"]}
    with Playground(few, clock=StillClock(new_year()), patience=0.1) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        assert person.change(name="Ada King").acked
        assert person.open_home().acked
        with dial(pg) as socket, pytest.raises(TimeoutError):
            socket.recv(timeout=0.05)
