"""What a tab is shown, and that only changes travel."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from playground.page import Page, Plainly, site
from playground.page.stream import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from slack_sdk import WebClient

    from playground import Person, Playground
    from playground.page.direction import Times
    from tests.playground.conftest import Bot
    from tests.playground.page_server.conftest import Visitor


def test_without_the_word_in_the_address_nobody_gets_in(visitor: Visitor) -> None:
    for token in ("", "wrong", visitor.page.token[:-1]):
        status, html, _ = visitor.ask("POST", "/state", {}, token=token)
        assert status == 404
        assert "terminal printed" in html


def test_a_page_from_elsewhere_cannot_reach_us_under_its_own_name(visitor: Visitor) -> None:
    status, _, _ = visitor.ask("GET", f"/as/{visitor.spot['as']}/home", host="evil.example")
    assert status == 400


def test_the_page_fetches_nothing_from_elsewhere_and_tells_nobody_its_address(visitor: Visitor) -> None:
    status, html, headers = visitor.ask("GET", f"/as/{visitor.spot['as']}/home")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "https://" not in html
    assert "Simulation" in html


def test_somebody_who_is_not_there_is_refused_in_words(visitor: Visitor) -> None:
    answer = visitor.post("/state", spot={"as": "UNOBODY", "at": "home"})
    assert answer["says"] == ["There is nobody with the id 'UNOBODY' here."]


def test_what_is_no_json_is_refused_in_words(visitor: Visitor) -> None:
    status, text, _ = visitor.ask("POST", "/state", "{nonsense")
    assert status == 400
    assert json.loads(text)["says"] == ["That was no message we understand."]


def test_only_what_changed_is_sent_again(visitor: Visitor) -> None:
    assert "sidebar" in visitor.sent
    visitor.look()
    assert visitor.sent == {}
    visitor.look("home")
    assert {"sidebar", "head"} <= set(visitor.sent)
    assert "timebar" not in visitor.sent


def test_a_message_arrives_is_changed_and_taken_away(visitor: Visitor, client: WebClient, room: str) -> None:
    ts = client.chat_postMessage(channel=room, text="Good *morning*")["ts"]
    visitor.look()
    assert "Good <strong>morning</strong>" in visitor.html
    before = visitor.stream["change"]
    client.chat_update(channel=room, ts=str(ts), text="Good night")
    visitor.look()
    assert "Good night" in visitor.html
    assert visitor.stream["change"] > before
    client.chat_delete(channel=room, ts=str(ts))
    visitor.look()
    assert visitor.stream["order"] == []


def test_an_unchanged_message_does_not_travel_twice(visitor: Visitor, client: WebClient, room: str) -> None:
    client.chat_postMessage(channel=room, text="Once")
    visitor.look()
    answer = visitor.post("/state")
    assert len(answer["stream"]["order"]) == 1
    assert answer["stream"]["items"] == {}


def test_what_nobody_has_read_is_counted_until_it_is_read(
    visitor: Visitor, client: WebClient, room: str
) -> None:
    client.chat_postMessage(channel=room, text="Old")
    visitor.do("read")
    client.chat_postMessage(channel=room, text="New")
    client.chat_postMessage(channel=room, text="Newer")
    visitor.look("home")
    assert ", 2 unread" in visitor.regions["sidebar"]
    visitor.look(room)
    assert visitor.stream["unread"] == visitor.stream["order"][1]
    visitor.do("read")
    assert "unread" not in visitor.regions["sidebar"]


def test_a_long_conversation_comes_in_pieces(visitor: Visitor, priya: Person, room: str) -> None:
    for number in range(2 * PAGE + 5):
        priya.say(room, f"Line {number}")
    visitor.look()
    assert len(visitor.stream["order"]) == PAGE
    assert visitor.stream["older"]
    seen = set(visitor.stream["order"])
    while visitor.stream["older"]:
        answer = visitor.post("/older", before=visitor.stream["order"][0])
        assert not seen & set(answer["order"])
        seen |= set(answer["order"])
        visitor.stream["order"] = [*answer["order"], *visitor.stream["order"]]
        visitor.stream["older"] = answer["older"]
    assert len(seen) == 2 * PAGE + 5
    visitor.look()
    assert len(visitor.stream["order"]) == 2 * PAGE + 5


def test_days_and_senders_are_shown_once(
    visitor: Visitor, client: WebClient, pg: Playground, room: str
) -> None:
    client.chat_postMessage(channel=room, text="One")
    client.chat_postMessage(channel=room, text="Two")
    visitor.look()
    assert visitor.html.count('class="day"') == 1
    assert visitor.html.count("message follows") == 1
    assert pg.clock.now().strftime("%A, %B") in visitor.html


def test_times_are_on_the_readers_own_clock(
    visit: Callable[..., Visitor], newcomer: Callable[..., Person], pg: Playground, client: WebClient
) -> None:
    near, far = newcomer(tz="UTC"), newcomer(tz="Asia/Tokyo")
    room = pg.add_channel(f"zones-{near.id.lower()}", members=[near.id, far.id, pg.bot_user_id])
    client.chat_postMessage(channel=room, text="When?")
    hours = [re.findall(r"[0-9]+:[0-9]{2} [AP]M</time>", visit(one, room).html) for one in (near, far)]
    assert all(hours)
    assert hours[0] != hours[1]


def test_whoever_is_not_in_a_conversation_is_shown_their_own(
    visit: Callable[..., Visitor], visitor: Visitor, newcomer: Callable[..., Person], client: WebClient
) -> None:
    first, second = newcomer(), newcomer()
    group = client.conversations_open(users=[visitor.spot["as"], first.id])["channel"]["id"]
    assert visit(first, group).spot["at"] == group
    assert visit(second, group).spot["at"] == "messages"


def test_people_are_found_by_any_part_of_their_name(
    visitor: Visitor, newcomer: Callable[..., Person]
) -> None:
    newcomer("Zofia Wisniewska")
    newcomer("Zoltan Wise")
    _, html, _ = visitor.ask("GET", "/people?q=wis+zof")
    assert "Zofia" in html
    assert "Zoltan" not in html
    _, html, _ = visitor.ask("GET", "/people?q=xyzzy")
    assert "Nobody called “xyzzy”" in html


def test_a_file_is_listed_and_can_be_downloaded(visitor: Visitor, client: WebClient, room: str) -> None:
    client.files_upload_v2(channel=room, filename="report.csv", title="The report", content="a,b\n1,2\n")
    visitor.look()
    assert "The report" in visitor.html
    path = visitor.html.split('class="attachment" href="../..')[1].split('"')[0]
    status, text, headers = visitor.ask("GET", path)
    assert (status, text) == (200, "a,b\n1,2\n")
    assert "report.csv" in headers["Content-Disposition"]


def test_every_call_of_the_app_is_listed_with_its_outcome(
    visitor: Visitor, client: WebClient, room: str
) -> None:
    client.chat_postMessage(channel=room, text="Look behind")
    visitor.open_panel("calls")
    assert "chat.postMessage" in visitor.regions["aside"]
    assert 'call-about">#' in visitor.regions["aside"], "where it went is said by name"
    number = visitor.regions["aside"].split('data-call="')[1].split('"')[0]
    _, html, _ = visitor.ask("GET", f"/call/{number}")
    assert "Look behind" in html
    status, text, _ = visitor.ask("GET", "/call/999999")
    assert status == 422
    assert "no call 999999" in text


def test_the_payload_of_a_message_is_shown_as_it_was_sent(
    visitor: Visitor, client: WebClient, room: str
) -> None:
    ts = client.chat_postMessage(channel=room, text="<plain> & simple")["ts"]
    visitor.open_panel("payload", str(ts))
    assert "&lt;plain&gt; &amp; simple" in visitor.regions["aside"]


def test_news_reach_a_tab_that_waits(visitor: Visitor, client: WebClient, room: str, page: Page) -> None:
    connection = http.client.HTTPConnection(page.base.removeprefix("http://"), timeout=10)
    connection.request("GET", f"/{page.token}/news?as={visitor.spot['as']}")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    first = [stream.readline() for _ in range(4)]
    assert b"data: change\n" in first
    client.chat_postMessage(channel=room, text="Hot off the press")
    assert stream.readline() == b"data: change\n"
    connection.close()


class Moving(Plainly):
    """A direction in the midst of a move."""

    moving = "Going to June"

    def revision(self) -> object:
        return self.moving

    def times(self) -> Times:
        return replace(super().times(), moving=self.moving)


def test_a_tab_that_rests_while_weeks_fly_by_hears_at_once_that_they_stopped(
    pg: Playground, bot: Bot, client: WebClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del bot
    monkeypatch.setattr(site, "MOVING_SECONDS", 60)
    direction = Moving(pg.clock, "UHOST")
    page = Page(pg, direction)
    page.start()
    connection = http.client.HTTPConnection(page.base.removeprefix("http://"), timeout=10)
    connection.request("GET", f"/{page.token}/news?as=UHOST")
    stream = connection.getresponse()
    assert b"data: change\n" in [stream.readline() for _ in range(4)]
    client.chat_postMessage(channel=room, text="One of many")
    direction.moving = ""
    assert stream.readline() == b"data: change\n"
    connection.close()
    page.stop()


def test_an_app_that_is_gone_is_told_of(visitor: Visitor, pg: Playground, bot: Bot) -> None:
    assert visitor.regions["health"].strip() == ""
    bot.close()
    try:
        for _ in range(200):
            if not pg.connections:
                break
        visitor.look()
        assert "Lantern is not connected" in visitor.regions["health"]
        assert "Start it again" in visitor.regions["health"]
        answer = visitor.post("/direct", order={"what": "restart"})
        assert answer["says"] == ["Start the app again where you started it."]
    finally:
        bot.reconnect()
        pg.wait_for_app()


def test_time_moves_only_where_it_can(visitor: Visitor, pg: Playground) -> None:
    before = pg.clock.now()
    visitor.post("/direct", order={"what": "move", "to": "hour"})
    assert (pg.clock.now() - before).total_seconds() == 3600
    assert visitor.post("/direct", order={"what": "move", "to": "eternity"})["says"]
    answer = visitor.post("/direct", order={"what": "sing"})
    assert answer["says"] == ["There is nothing called 'sing' to direct."]
