"""The outbox: what is to be said is kept once, taken in order, and by one courier only."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentoring.notices import Notice, ToPerson
from storage.database import Database
from storage.due import next_due_at
from storage.housekeeping import REMEMBERED, forget_events
from storage.outbox import (
    LEASE,
    Letter,
    LetterState,
    cancel_letters,
    claim_letter,
    count_letters,
    hold_letters,
    note_event,
    put_back,
    settle_sent,
    stranded_letters,
    waiting_workspaces,
    where_said,
    write_letter,
)
from storage.people import Workspace, ensure_workspace, stop_workspace
from tests.storage.conftest import NOW, Place

SECOND = timedelta(seconds=1)


def notice(place: Place, key: str = "joined:1", at: datetime = NOW) -> Notice:
    return Notice(kind="joined", to=ToPerson(place.person_id), key=key, not_before=at, why="they joined")


def write(database: Database, place: Place, key: str = "joined:1", at: datetime = NOW) -> bool:
    with database.write() as session:
        return write_letter(session, place.workspace_id, notice(place, key, at), NOW)


def claim(database: Database, now: datetime = NOW) -> Letter | None:
    with database.write() as session:
        return claim_letter(session, now)


def settle(database: Database, letter: Letter) -> None:
    with database.write() as session:
        settle_sent(session, letter.id, "D1", "1.2", NOW)


def claimed_keys(database: Database, now: datetime = NOW) -> list[str]:
    keys = []
    while (letter := claim(database, now)) is not None:
        keys.append(letter.key)
        settle(database, letter)
    return keys


def test_the_same_thing_is_written_once(database: Database, here: Place) -> None:
    assert write(database, here)
    assert not write(database, here)
    with database.read() as session:
        assert count_letters(session, here.workspace_id) == {LetterState.QUEUED: 1}


def test_a_key_belongs_to_its_workspace(database: Database, here: Place, elsewhere: Place) -> None:
    assert write(database, here)
    assert write(database, elsewhere)


def test_a_letter_that_was_sent_is_not_written_again(database: Database, here: Place) -> None:
    write(database, here)
    claimed_keys(database)
    assert not write(database, here)


def test_letters_are_taken_oldest_first(database: Database, here: Place) -> None:
    write(database, here, "third", NOW + 3 * SECOND)
    write(database, here, "first", NOW + SECOND)
    write(database, here, "second", NOW + 2 * SECOND)
    assert claimed_keys(database, NOW + timedelta(minutes=1)) == ["first", "second", "third"]


def test_a_letter_is_not_taken_before_its_time(database: Database, here: Place) -> None:
    write(database, here, at=NOW + SECOND)
    assert claim(database, NOW) is None
    assert claim(database, NOW + SECOND) is not None


def test_a_letter_is_taken_by_one_courier_only(database: Database, here: Place) -> None:
    write(database, here)
    taken = claim(database)
    assert taken is not None
    assert (taken.state, taken.attempts, taken.claimed_at) == (LetterState.SENDING, 1, NOW)
    assert claim(database) is None


def test_a_workspace_told_to_wait_does_not_hold_up_another(
    database: Database, here: Place, elsewhere: Place
) -> None:
    write(database, here, "held")
    write(database, elsewhere, "free")
    with database.write() as session:
        hold_letters(session, here.workspace_id, NOW + 30 * SECOND)
    assert claimed_keys(database) == ["free"]
    assert claimed_keys(database, NOW + 30 * SECOND) == ["held"]


def test_a_letter_put_back_waits_for_its_new_time(database: Database, here: Place) -> None:
    write(database, here)
    taken = claim(database)
    assert taken is not None
    with database.write() as session:
        put_back(session, taken.id, NOW + 30 * SECOND, "ratelimited", counted=False)
    assert claim(database, NOW) is None
    again = claim(database, NOW + 30 * SECOND)
    assert again is not None
    assert again.attempts == 1


@pytest.mark.parametrize(("after", "left_behind"), [(LEASE - SECOND, False), (LEASE, True)])
def test_a_letter_is_left_behind_once_no_call_can_be_under_way(
    database: Database, here: Place, after: timedelta, *, left_behind: bool
) -> None:
    write(database, here)
    claim(database)
    with database.read() as session:
        assert bool(stranded_letters(session, NOW + after)) is left_behind
        assert bool(waiting_workspaces(session, NOW + after)) is left_behind


def test_nothing_is_to_be_sent_before_a_letter_is_due(database: Database, here: Place) -> None:
    write(database, here, at=NOW + SECOND)
    with database.read() as session:
        assert waiting_workspaces(session, NOW) == []
        assert waiting_workspaces(session, NOW + SECOND) == [here.workspace_id]


def test_letters_of_a_settled_matter_are_taken_back_and_others_stay(
    database: Database, here: Place, elsewhere: Place
) -> None:
    write(database, here, "settled")
    write(database, here, "open")
    write(database, elsewhere, "settled")
    with database.write() as session:
        cancel_letters(session, here.workspace_id, "answered", keys=["settled"])
    assert sorted(claimed_keys(database)) == ["open", "settled"]
    with database.read() as session:
        assert count_letters(session, here.workspace_id) == {LetterState.CANCELLED: 1, LetterState.SENT: 1}


def test_where_a_letter_was_said_is_known_once_it_is(database: Database, here: Place) -> None:
    write(database, here)
    with database.read() as session:
        assert where_said(session, here.workspace_id, "joined:1") is None
    claimed_keys(database)
    with database.read() as session:
        assert where_said(session, here.workspace_id, "joined:1") == ("D1", "1.2")


def test_a_letter_never_leaves_before_it_is_written(database: Database, here: Place) -> None:
    early = replace(notice(here), not_before=NOW - timedelta(days=3))
    with database.write() as session:
        write_letter(session, here.workspace_id, early, NOW)
    letter = claim(database)
    assert letter is not None
    assert letter.not_before == NOW


def test_an_event_becomes_a_fact_once(database: Database, here: Place, elsewhere: Place) -> None:
    with database.write() as session:
        assert note_event(session, here.workspace_id, "Ev1", NOW)
        assert not note_event(session, here.workspace_id, "Ev1", NOW)
        assert note_event(session, elsewhere.workspace_id, "Ev1", NOW)


def test_events_are_forgotten_when_they_cannot_come_again(database: Database, here: Place) -> None:
    with database.write() as session:
        note_event(session, here.workspace_id, "Ev old", NOW)
        note_event(session, here.workspace_id, "Ev new", NOW + 2 * SECOND)
    with database.write() as session:
        assert forget_events(session, NOW + REMEMBERED + SECOND) == 1
        assert not note_event(session, here.workspace_id, "Ev new", NOW)
        assert note_event(session, here.workspace_id, "Ev old", NOW)


def test_a_workspace_that_removed_the_app_gets_nothing_until_it_is_back(
    database: Database, here: Place, elsewhere: Place
) -> None:
    write(database, here)
    write(database, here, "joined:2", NOW + SECOND)
    claim(database)
    with database.write() as session:
        stop_workspace(session, here.workspace_id, NOW, NOW)
    much_later = NOW + LEASE * 10
    assert claim(database, much_later) is None
    with database.read() as session:
        assert next_due_at(session) is None
        assert waiting_workspaces(session, much_later) == []
        assert stranded_letters(session, much_later) == []
    write(database, elsewhere)
    assert claimed_keys(database, much_later) == ["joined:1"]
    with database.write() as session:
        ensure_workspace(session, Workspace(0, "THERE1", "Here again", "U0BOT", None), NOW)
    with database.read() as session:
        assert [each.key for each in stranded_letters(session, much_later)] == ["joined:1"]
