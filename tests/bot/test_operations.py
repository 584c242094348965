"""What an operator watches: numbers, and lines of the log."""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from prometheus_client import REGISTRY, generate_latest
from sqlalchemy import text

from bot.log import set_up_logging
from bot.metrics import FromTheDatabase, serve_metrics
from bot.standstill import tell_meanwhile
from bot.work import Work
from handlers.measured import ANSWER_SECONDS
from mentoring.notices import Notice, ToPerson
from storage.heartbeats import last_look, note_look
from storage.outbox import write_letter
from storage.people import person_by_slack_id
from tests.support.ports import free_port
from tests.support.town import PRIYA, ROBIN, Town
from tests.support.web import Browser

ROOT = Path(__file__).parents[2]


def numbers(town: Town) -> dict[str, float]:
    found = FromTheDatabase(town.database, town.clock).collect()
    return {each.name.removeprefix("mentoring_"): each.samples[0].value for each in found}


def test_the_numbers_say_what_is_due_and_how_late_it_is(town: Town) -> None:
    assert numbers(town)["letters_due"] == 0
    town.person(PRIYA).command("/mentoring", "help")
    with town.database.write() as session:
        priya = person_by_slack_id(session, town.workspace.id, PRIYA)
        assert priya is not None
        notice = Notice("letter_given_up", ToPerson(priya.id), "k", town.clock.now(), "a story", None, {})
        write_letter(session, town.workspace.id, notice, town.clock.now())
    town.clock.move_to(town.clock.now().replace(minute=10))
    found = numbers(town)
    assert found["letters_due"] == 1
    assert found["queue_age_seconds"] == 600
    assert found["workspaces"] == 1
    assert "heartbeat_age_seconds" not in found


def test_prometheus_is_answered_with_numbers_and_no_names(town: Town) -> None:
    town.person(PRIYA).command("/mentoring", "help")
    place = f"127.0.0.1:{free_port()}"
    registered = set(REGISTRY._collector_to_names)
    serve_metrics(place, town.database, town.clock)
    try:
        page = Browser().get(f"http://{place}/metrics").body
    finally:
        for each in set(REGISTRY._collector_to_names) - registered:
            REGISTRY.unregister(each)
    assert "mentoring_letters_due 0.0" in page
    assert 'mentoring_answer_seconds_count{kind="command"}' in page
    assert "Priya" not in page


def test_an_answer_is_timed_by_its_kind(town: Town) -> None:
    def count() -> float:
        found = re.search(r'answer_seconds_count\{kind="command"\} (\S+)', generate_latest().decode())
        return float(found[1]) if found else 0.0

    ANSWER_SECONDS.labels("command")
    before = count()
    town.person(PRIYA).command("/mentoring", "help")
    assert count() == before + 1


def test_the_clock_leaves_a_sign_of_life_once_a_minute(town: Town) -> None:
    work = Work(town.database, town.clock, lambda _: town.bot.client)
    work._is_paced = True
    with town.database.read() as session:
        assert last_look(session) is None
    work.look()
    first = town.clock.now()
    town.clock.move_to(first.replace(second=30))
    work.look()
    with town.database.read() as session:
        assert last_look(session) == first
    town.clock.move_to(first.replace(minute=1))
    work.look()
    with town.database.read() as session:
        assert last_look(session) == town.clock.now()
    with town.database.write() as session:
        note_look(session, first)


def test_lines_are_json_and_share_the_id_of_their_payload(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = [*root.handlers], root.level
    try:
        set_up_logging("info", "json")
        with structlog.contextvars.bound_contextvars(request="abcd1234"):
            structlog.get_logger().info("first")
            logging.getLogger("mentoring.library").warning("second")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        structlog.configure(**before)
        root.handlers[:], root.level = handlers, level
    assert [line["event"] for line in lines] == ["first", "second"]
    assert {line["request"] for line in lines} == {"abcd1234"}
    assert all(line["timestamp"].endswith("Z") for line in lines)


# A standstill


def paced(town: Town) -> Work:
    work = Work(town.database, town.clock, lambda _: town.bot.client)
    work._is_paced = True
    return work


def told(town: Town) -> list[str]:
    town.beat()
    return [each.text for each in town.person(ROBIN).inbox() if "switched off" in each.text]


def test_owners_hear_that_nothing_was_sent_for_a_while_and_only_if_somebody_waited(town: Town) -> None:
    town.claim()
    paced(town).look()
    town.clock.move_to(town.clock.now() + timedelta(hours=3))
    paced(town).look()
    assert told(town) == []
    # Now something is due while nothing runs.
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    with town.database.write() as session:
        session.execute(text("UPDATE letter SET state = 'queued', reason = NULL WHERE kind = 'joined'"))
    town.clock.move_to(town.clock.now() + timedelta(hours=3))
    paced(town).look()
    assert len(told(town)) == 1
    assert "Nothing was lost" in told(town)[0]
    paced(town).look()
    assert len(told(town)) == 1


def test_whoever_listens_says_that_the_clock_stands_still(town: Town) -> None:
    town.claim()
    paced(town).look()
    assert tell_meanwhile(town.database, town.clock.now()) == []
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    with town.database.write() as session:
        session.execute(text("UPDATE letter SET state = 'queued', reason = NULL WHERE kind = 'joined'"))
    town.clock.move_to(town.clock.now() + timedelta(minutes=20))
    for _ in range(2):
        assert tell_meanwhile(town.database, town.clock.now()) == [town.workspace.id]
    town.beat()
    said = [each.text for each in town.person(ROBIN).inbox() if "has stopped" in each.text]
    assert len(said) == 1
