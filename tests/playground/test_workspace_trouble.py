"""Faults on request, and rate limits in real time."""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from playground import Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground import Person


@pytest.fixture
def calm(pg: Playground) -> Iterator[WebClient]:
    """A client that never retries by itself; whatever trouble a test asked for ends with it."""
    yield WebClient(token=pg.bot_token, base_url=pg.api_url, retry_handlers=[], timeout=1)
    pg.faults.clear()


def test_a_rate_limit_says_when_to_come_back_and_nothing_happened(
    pg: Playground, calm: WebClient, priya: Person
) -> None:
    pg.faults.inject("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        calm.chat_postMessage(channel=priya.id, text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert priya.inbox() == []
    assert (pg.calls[-1].injected, pg.calls[-1].error) == (True, "ratelimited")
    assert pg.calls[-1] not in pg.refused


def test_a_server_error_passes(pg: Playground, calm: WebClient, priya: Person) -> None:
    pg.faults.inject("*", "500", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            calm.chat_postMessage(channel=priya.id, text="x")
        assert caught.value.response.status_code == 500
    calm.chat_postMessage(channel=priya.id, text="Through")
    assert [message.text for message in priya.inbox()] == ["Through"]


@pytest.mark.parametrize(("kind", "arrived"), [("drop", []), ("drop_after", ["x"])])
def test_a_dropped_connection_may_or_may_not_have_taken_effect(
    pg: Playground, calm: WebClient, priya: Person, kind: Any, arrived: list[str]
) -> None:
    pg.faults.inject("chat.postMessage", kind)
    with pytest.raises(http.client.RemoteDisconnected):
        calm.chat_postMessage(channel=priya.id, text="x")
    assert [message.text for message in priya.inbox()] == arrived


def test_a_late_answer_took_effect_all_the_same(pg: Playground, priya: Person) -> None:
    hasty = WebClient(token=pg.bot_token, base_url=pg.api_url, retry_handlers=[], timeout=0.1)  # type: ignore[arg-type]  # urllib takes fractions
    pg.faults.inject("chat.postMessage", "delay", seconds=0.3)
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=priya.id, text="x")
    assert [message.text for message in priya.inbox()] == ["x"]


def test_a_hanging_call_did_nothing(pg: Playground, priya: Person) -> None:
    hasty = WebClient(token=pg.bot_token, base_url=pg.api_url, retry_handlers=[], timeout=0.1)  # type: ignore[arg-type]  # urllib takes fractions
    pg.faults.inject("chat.postMessage", "hang", seconds=0.2)
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=priya.id, text="x")
    assert priya.inbox() == []


def test_trouble_reaches_response_addresses_too(
    pg: Playground, bot: Bot, calm: WebClient, priya: Person
) -> None:
    assert calm.token
    bot.on("/lantern", lambda _: None)
    priya.command("/lantern")
    pg.faults.inject("response_url", "500")
    address = WebhookClient(bot.heard["/lantern"][-1]["response_url"])
    assert [address.send(text="x").status_code for _ in range(2)] == [500, 200]


def test_trouble_by_chance_is_the_same_for_the_same_seed(
    pg: Playground, calm: WebClient, priya: Person
) -> None:
    def run() -> list[bool]:
        pg.faults.chance(0.5, ["500", "ratelimited"], seed=4)
        outcomes = []
        for _ in range(12):
            try:
                calm.chat_postMessage(channel=priya.id, text="x")
                outcomes.append(True)
            except SlackApiError:
                outcomes.append(False)
        return outcomes

    first = run()
    assert run() == first
    assert 0 < sum(first) < 12
    assert calm.auth_test()["ok"]


def test_a_workspace_stops_although_a_call_hangs() -> None:
    with Playground(manifest(), clock=StillClock(new_year())) as pg:
        pg.faults.inject("api.test", "hang")
        hasty = WebClient(token=pg.bot_token, base_url=pg.api_url, retry_handlers=[], timeout=0.1)  # type: ignore[arg-type]  # urllib takes fractions
        with pytest.raises(TimeoutError):
            hasty.api_test()
        began = time.monotonic()
    assert time.monotonic() - began < 3


@pytest.fixture
def strict() -> Iterator[WebClient]:
    with Playground(manifest(), clock=StillClock(new_year()), enforce_rate=True) as pg:
        for user in ("U1", "U2"):
            pg.add_person(user, f"Person {user}", email=f"{user}@example.com")
        yield WebClient(token=pg.bot_token, base_url=pg.api_url)


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(strict: WebClient) -> None:
    place = "U1"
    for _ in range(3):
        # Named by the person or by the conversation, it is the same place.
        place = strict.chat_postMessage(channel=place, text="x")["channel"]
    with pytest.raises(SlackApiError) as caught:
        strict.chat_postMessage(channel="U1", text="x")
    assert (caught.value.response["error"], caught.value.response.headers["Retry-After"]) == (
        "ratelimited",
        "1",
    )
    assert strict.chat_postMessage(channel="U2", text="x")["ok"]


def test_each_method_has_its_tier(strict: WebClient) -> None:
    for _ in range(20):
        strict.users_list()
    with pytest.raises(SlackApiError) as caught:
        strict.users_list()
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 3
    assert strict.users_info(user="U1")["ok"]
