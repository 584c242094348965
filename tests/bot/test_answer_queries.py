"""What an answer costs the database before Slack has it: on PostgreSQL each is a message and back."""

import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import event

from bench.ack import KINDS, Sent, headers, payload
from bench.listeners import app_at, install
from bench.many_pairs import database_with
from bot.clock import RealClock
from bot.pace import Pace
from bot.site import Site
from storage.sealing import seal_with

NOWHERE = "http://127.0.0.1:9/"
"""Slack, where nobody listens: what comes after the answer is not looked at here."""
MOST = {
    # The token, who acts where, and what roles they have: help shows what each may type.
    "slash command": 3,
    # The token, who acts where, their part in the program, and the one change.
    "modal, one write": 4,
    # The token, and who acts where; the tab is drawn afterwards.
    "Home": 2,
}
SOMEBODY = "U00000001"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The bot as it runs by HTTP, in a firm whose people know it."""
    database = database_with(tmp_path_factory.mktemp("answers"), 4, 0)
    install(database, Fernet.generate_key().decode())
    found = Site(database, app_at(NOWHERE), RealClock(), Pace())
    yield found
    found.close()
    database.close()
    seal_with([])


def answered(site: Site, sent: Sent) -> str:
    told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers(sent).items()}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/slack/events",
        "CONTENT_LENGTH": str(len(sent.body)),
        "CONTENT_TYPE": sent.content,
        "wsgi.input": io.BytesIO(sent.body),
    }
    said: list[str] = []
    site(told | environ, lambda status, _headers, *_: said.append(status))  # type: ignore[arg-type]
    return said[0]


def asked_before_the_answer(site: Site, sent: Sent) -> list[str]:
    """The statements of this thread alone: others draw meanwhile what can wait."""
    asked: list[str] = []
    me = threading.get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if threading.get_ident() == me:
            asked.append(statement)

    for engine in (site.database.reader, site.database.writer):
        event.listen(engine, "before_cursor_execute", note)
    assert answered(site, sent) == "200 OK"
    for engine in (site.database.reader, site.database.writer):
        event.remove(engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_asks_the_database_a_few_questions(site: Site, kind: str) -> None:
    sent = payload(kind, SOMEBODY)
    first, again = (asked_before_the_answer(site, sent) for _ in range(2))
    assert len(first) == len(again) == MOST[kind], again
