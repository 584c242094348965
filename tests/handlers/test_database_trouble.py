"""A database that is full or lets nobody write: people read a sentence, and nothing is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from structlog.testing import capture_logs

from storage.people import meet_person, person_by_slack_id
from storage.programs import programs
from tests.support.town import PRIYA, ROBIN, Town, send

Trouble = Callable[[Town], None]
FULL = "a full SQLite file; on PostgreSQL the server's own disk is its operator's"
WRITING_FAILS = {"OperationalError", "InternalError"}
"""What SQLAlchemy calls it where a file may not be written, and where a transaction may not write."""


def fill_up(town: Town) -> None:
    """Not a page more than there is, as on a disk without room; what is free inside is used up as well."""
    _tell(town, "CREATE TABLE ballast (words TEXT)", "PRAGMA max_page_count=1")
    for size in (100_000, 1_000, 10):
        with suppress(sqlite3.OperationalError):
            while True:
                _tell(town, f"INSERT INTO ballast VALUES ('{'x' * size}')")


def lock_up(town: Town) -> None:
    """Nobody may write, as on a disk mounted again after a fault, or on a server that stands in."""
    if on_a_server(town):
        _only_read(town, only="on")
    else:
        _tell(town, "PRAGMA query_only=ON")


def mend(town: Town) -> None:
    """There is room again, and writing is allowed."""
    if on_a_server(town):
        _only_read(town, only="off")
    else:
        _tell(town, "PRAGMA query_only=OFF", "PRAGMA max_page_count=1000000")


def on_a_server(town: Town) -> bool:
    return town.database.url.startswith("postgresql")


def _only_read(town: Town, *, only: str) -> None:
    """For every connection that is made from here on."""
    name = town.database.writer.url.database
    _tell(
        town,
        "SET default_transaction_read_only = off",
        f'ALTER DATABASE "{name}" SET default_transaction_read_only = {only}',
    )
    town.database.close()


def _tell(town: Town, *statements: str) -> None:
    """Straight to the one connection that writes."""
    connection = town.database.writer.raw_connection()
    try:
        for each in statements:
            connection.cursor().execute(each)
    finally:
        connection.close()


@pytest.fixture(params=[fill_up, lock_up], ids=["full", "read-only"])
def trouble(request: pytest.FixtureRequest, town: Town) -> Trouble:
    if on_a_server(town) and request.param is fill_up:
        pytest.skip(FULL)
    found: Trouble = request.param
    return found


def test_a_form_keeps_what_was_typed_and_can_be_sent_when_writing_is_allowed_again(town: Town) -> None:
    robin = town.person(ROBIN)
    town.claim()
    robin.command("/mentoring", "program new")
    robin.fill("name", "Spring of plenty")
    lock_up(town)
    with capture_logs() as logged:
        said = str(robin.submit().errors)
    failed = [each for each in logged if each["event"] == "failed"]
    assert len(failed) == 1
    assert failed[0]["error"] in WRITING_FAILS
    assert failed[0]["reference"] in said
    assert "it's on us" in said
    mend(town)
    assert robin.view is not None
    assert "Spring of plenty" in str(robin.view.state)
    send(robin)
    with town.database.read() as session:
        assert [each.name for each in programs(session, town.workspace.id)] == ["Spring of plenty"]


def meet_somebody_and_more(town: Town) -> None:
    with town.database.write() as session:
        meet_person(session, town.workspace.id, "U0NEW", "Nina New")
        session.execute(text("INSERT INTO ballast VALUES (:words)"), {"words": "x" * 100_000})


def test_a_transaction_for_which_there_is_no_room_leaves_nothing_of_itself(town: Town) -> None:
    if on_a_server(town):
        pytest.skip(FULL)
    fill_up(town)
    with pytest.raises(OperationalError, match="full"):
        meet_somebody_and_more(town)
    with town.database.read() as session:
        assert person_by_slack_id(session, town.workspace.id, "U0NEW") is None


def test_a_button_is_answered_with_a_sentence_and_can_be_pressed_again(town: Town) -> None:
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "coordinators").shown[0]
    lock_up(town)
    assert "it's on us" in robin.click(shown, "staff.claim").shown[0].text
    mend(town)
    robin.click(shown, "staff.claim")
    assert "it's on us" not in robin.command("/mentoring", "program").shown[0].text


@pytest.mark.usefixtures("faulty")
def test_a_letter_that_was_due_meanwhile_is_said_afterwards_and_once(town: Town, trouble: Trouble) -> None:
    town.claim()
    town.draft()
    listed = town.person(ROBIN).command("/mentoring", "program", channel=town.channel).shown
    town.person(ROBIN).click(listed[0], "program.open")
    before = len(town.playground.posts)
    trouble(town)
    with suppress(DBAPIError):
        # The clock contains it and tries again; a claim may still find room.
        town.beat()
    mend(town)
    town.beat()
    announced = [each for each in town.playground.posts[before:] if each.channel == town.channel]
    assert len(announced) == 1


def test_what_is_only_read_goes_on(town: Town, trouble: Trouble) -> None:
    town.person(PRIYA).command("/mentoring", "help")
    trouble(town)
    assert "/mentoring join" in town.person(PRIYA).command("/mentoring", "help").shown[0].reading
