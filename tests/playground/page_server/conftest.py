"""The page over a workspace with a scripted app, and a visitor who talks to it as the browser does."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

import pytest

from playground.page import Page, Plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground import Person, Playground
    from tests.playground.conftest import Bot

Json = dict[str, Any]


class Visitor:
    """A browser tab without a browser: where it is, and what it has been told."""

    def __init__(self, page: Page, person: Person, place: str = "messages") -> None:
        self.page = page
        self.spot: Json = {"as": person.id, "at": place, "tab": "", "about": ""}
        self.keys: dict[str, str] = {}
        self.regions: dict[str, str] = {}
        self.stream: Json = {"room": "", "order": [], "items": {}, "change": 0, "older": False}
        self.said: list[str] = []
        self.sent: Json = {}

    def ask(
        self, method: str, path: str, body: Any = None, *, host: str = "", token: str | None = None
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """One request, raw."""
        connection = http.client.HTTPConnection(self.page.base.removeprefix("http://"), timeout=20)
        headers = {"Content-Type": "application/json"} | ({"Host": host} if host else {})
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        inside = self.page.token if token is None else token
        connection.request(method, f"/{inside}{path}", text, headers)
        response = connection.getresponse()
        read = response.read().decode()
        connection.close()
        return response.status, read, response.headers

    def post(self, path: str, **body: Any) -> Json:
        have = {"keys": self.keys, "room": self.stream["room"], "change": self.stream["change"]}
        have["oldest"] = self.stream["order"][0] if self.stream["order"] else ""
        status, text, _ = self.ask("POST", path, {"spot": self.spot, "have": have, **body})
        assert status == 200, text
        answer: Json = json.loads(text)
        self.said = list(answer.get("says", ()))
        self.sent = answer.get("regions", {})
        for name, region in self.sent.items():
            self.keys[name], self.regions[name] = region["key"], region["html"]
        if "stream" in answer:
            before = self.stream["items"] if self.stream["room"] == answer["stream"]["room"] else {}
            self.stream = answer["stream"] | {"items": before | answer["stream"]["items"]}
            self.spot["at"] = answer["at"]
        return answer

    def look(self, place: str = "") -> None:
        """Goes somewhere, or looks again."""
        self.spot["at"] = place or self.spot["at"]
        self.post("/state")

    def do(self, does: str, **deed: Any) -> Json:
        return self.post("/do", deed={"does": does, **deed})

    def open_panel(self, tab: str, about: str = "") -> None:
        self.spot |= {"tab": tab, "about": about}
        self.look()

    @property
    def newest(self) -> str:
        """The ts of the last message on the screen."""
        return str(self.stream["order"][-1])

    @property
    def html(self) -> str:
        """The conversation on the screen."""
        return "\n".join(self.stream["items"][ts] for ts in self.stream["order"])


# These tests have a folder of their own, after the page's other tests: the app's connection draws random
# numbers in the background, which tests that generate their examples must not be disturbed by.
@pytest.fixture(scope="session")
def page(pg: Playground, bot: Bot) -> Iterator[Page]:
    del bot
    host = pg.add_person("UHOST", "Robin Host", email="host@example.com")
    served = Page(pg, Plainly(pg.clock, host.id))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def visit(page: Page) -> Callable[..., Visitor]:
    def come(person: Person, place: str = "messages") -> Visitor:
        visitor = Visitor(page, person, place)
        visitor.look()
        return visitor

    return come


@pytest.fixture
def visitor(visit: Callable[..., Visitor], priya: Person, room: str) -> Visitor:
    """Priya, in a channel with the app."""
    return visit(priya, room)
