"""The courier's stories: what becomes of a letter, whatever Slack answers."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.courier import MOST_ATTEMPTS
from bot.giving_up import MOST_TOLD, tell_coordinators
from mentoring.notices import Notice, ToPair, ToPerson
from playground.faults import FaultKind
from storage.outbox import LEASE, LetterState, claim_letter, settle_unsent, write_letter
from storage.tables import LetterRow, PairRow, PersonRow
from tests.journeys.test_main_job import matched_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town

POST = "chat.postMessage"


def write(
    town: Town, slack_id: str, number: int = 1, *, kind: str = "joined", expires_at: datetime | None = None
) -> str:
    """Queue a letter to somebody; gives its key."""
    key = f"{kind}:{slack_id}:{number}"
    with town.database.write() as session:
        to = session.scalars(select(PersonRow).where(PersonRow.slack_id == slack_id)).one()
        notice = Notice(kind, ToPerson(to.id), key, town.clock.now(), "a test", expires_at)
        write_letter(session, town.workspace.id, notice, town.clock.now(), program_id=town.program().id)
    return key


def letter(town: Town, key: str) -> LetterRow:
    with town.database.read() as session:
        return session.scalars(select(LetterRow).where(LetterRow.key == key)).one()


def posts(town: Town) -> int:
    return sum(call.method == POST and call.ok for call in town.playground.calls)


@pytest.fixture
def quiet(town: Town) -> Town:
    """A pair that was introduced, and nothing waiting."""
    matched_town(town)
    town.later(minutes=5)
    return town


def test_a_letter_is_said_once_and_its_place_is_kept(quiet: Town) -> None:
    key, before = write(quiet, PRIYA), posts(quiet)
    quiet.beat()
    quiet.beat()
    found = letter(quiet, key)
    assert found.state == LetterState.SENT
    assert posts(quiet) == before + 1
    assert found.ts == quiet.newest(PRIYA).ts


def test_the_same_key_is_never_written_twice(quiet: Town) -> None:
    write(quiet, PRIYA)
    write(quiet, PRIYA)
    before = posts(quiet)
    quiet.beat()
    assert posts(quiet) == before + 1


@pytest.mark.parametrize(("kind", "stands"), [("drop_after", True), ("drop", False), ("500", False)])
def test_a_lost_answer_is_looked_up_and_the_letter_stands_once(
    quiet: Town, kind: FaultKind, caplog: pytest.LogCaptureFixture, *, stands: bool
) -> None:
    key, before = write(quiet, PRIYA), posts(quiet)
    quiet.playground.faults.inject(POST, kind)
    with capture_logs() as logged:
        quiet.beat()
    # Told once and by us: it passes by itself, and slack_sdk would call it an error.
    assert [(each["event"], each["log_level"]) for each in logged] == [("no clear answer", "warning")]
    assert "Failed to" not in caplog.text
    assert letter(quiet, key).state == LetterState.SENDING
    quiet.later(seconds=LEASE.total_seconds() + 60)
    assert letter(quiet, key).state == LetterState.SENT
    marks = [
        each
        for each in quiet.person(PRIYA).inbox()
        if each.metadata and letter(quiet, key).mark in str(each.metadata)
    ]
    assert len(marks) == 1
    assert posts(quiet) - before == 1
    assert stands is (letter(quiet, key).attempts == 1)


def test_a_reminder_to_a_pair_is_not_repeated_when_nobody_can_know(quiet: Town) -> None:
    key = "meeting_due:test"
    with quiet.database.write() as session:
        pair = session.scalars(select(PairRow)).one()
        notice = Notice(
            "pair_paused",
            ToPair(pair.id),
            key,
            quiet.clock.now(),
            "a test",
            ids={"pair": pair.id, "until": "2026-09-01T00:00:00+00:00"},
        )
        write_letter(session, quiet.workspace.id, notice, quiet.clock.now(), program_id=pair.program_id)
    before = len(quiet.room(PRIYA, MARCUS))
    quiet.playground.faults.inject(POST, "drop_after")
    quiet.later(hours=26)
    found = letter(quiet, key)
    assert (found.state, found.reason) == (LetterState.CANCELLED, "unknown_after_crash")
    assert len(quiet.room(PRIYA, MARCUS)) == before + 1


def test_slack_says_wait_and_nothing_is_tried_before_then(quiet: Town) -> None:
    first, second = write(quiet, PRIYA, 1), write(quiet, MARCUS, 2)
    quiet.playground.faults.inject(POST, "ratelimited", retry_after=30)
    before = len(quiet.playground.calls)
    quiet.beat()
    tried = [call for call in quiet.playground.calls[before:] if call.method == POST]
    assert len(tried) == 1
    quiet.later(seconds=29)
    assert letter(quiet, first).state == letter(quiet, second).state == LetterState.QUEUED
    quiet.later(seconds=2)
    assert letter(quiet, first).state == letter(quiet, second).state == LetterState.SENT
    assert letter(quiet, first).attempts == 1, "a try that was turned away at the door is not counted"


def test_order_is_kept_for_each_person(quiet: Town) -> None:
    first, second = write(quiet, PRIYA, 1), write(quiet, PRIYA, 2)
    other = write(quiet, MARCUS, 3)
    quiet.playground.faults.inject(POST, "drop")
    quiet.beat()
    assert letter(quiet, second).state == LetterState.QUEUED, "the one before is still under way"
    assert letter(quiet, other).state == LetterState.SENT, "nobody else waits for it"
    quiet.later(minutes=2)
    assert letter(quiet, first).sent_at
    assert float(str(letter(quiet, first).ts)) < float(str(letter(quiet, second).ts))


def test_tries_are_bounded_and_giving_up_is_told_to_the_coordinator(quiet: Town) -> None:
    key = write(quiet, PRIYA)
    quiet.playground.faults.inject(POST, "drop", times=MOST_ATTEMPTS)
    quiet.later(hours=30)
    found = letter(quiet, key)
    assert found.state == LetterState.FAILED
    assert found.attempts == MOST_ATTEMPTS
    assert "I've stopped trying" in quiet.newest(ROBIN).reading


@pytest.mark.usefixtures("faulty")
def test_a_letter_whose_words_cannot_be_found_holds_up_no_other_and_is_told_as_our_own_fault(
    quiet: Town,
) -> None:
    # It names no program's phase, as a letter of an older version might.
    broken, other = write(quiet, MARCUS, kind="phase_opens"), write(quiet, PRIYA)
    with capture_logs() as logged:
        quiet.beat()
        assert letter(quiet, other).state == LetterState.SENT
        quiet.later(hours=30)
    assert {each["kind"] for each in logged if each["event"] == "no words found"} == {"phase_opens"}
    assert letter(quiet, broken).state == LetterState.FAILED
    assert "The fault is mine" in quiet.newest(ROBIN).reading
    quiet.press(ROBIN, "desk.failed")
    view = quiet.person(ROBIN).view
    assert view is not None
    assert "Slack says" not in view.reading


def test_of_many_that_are_given_up_a_coordinator_hears_ten_and_where_the_others_are(quiet: Town) -> None:
    for number in range(MOST_TOLD + 3):
        write(quiet, PRIYA, number)
    with quiet.database.write() as session:
        for _ in range(MOST_TOLD + 3):
            claimed = claim_letter(session, quiet.clock.now())
            assert claimed is not None
            settle_unsent(session, claimed.id, LetterState.FAILED, "restricted_action")
            tell_coordinators(session, claimed, "restricted_action", quiet.clock.now())
    quiet.later(minutes=5)
    heard = [each for each in quiet.person(ROBIN).inbox() if "I've stopped trying" in each.reading]
    assert len(heard) == MOST_TOLD
    assert ["I won't write of each" in each.reading for each in heard] == [False] * 9 + [True]
    quiet.press(ROBIN, "desk.failed")
    view = quiet.person(ROBIN).view
    assert view is not None
    assert "13 messages did not arrive" in view.reading


def test_an_outage_of_three_hours_loses_nothing(quiet: Town) -> None:
    key, before = write(quiet, PRIYA), posts(quiet)
    quiet.playground.faults.inject(POST, "500", times=1_000)
    quiet.later(hours=3)
    assert letter(quiet, key).state == LetterState.QUEUED
    quiet.playground.faults.clear()
    quiet.later(hours=1)
    assert letter(quiet, key).state == LetterState.SENT
    assert posts(quiet) == before + 1


def test_what_has_expired_is_never_said(quiet: Town) -> None:
    key = write(quiet, PRIYA, expires_at=quiet.clock.now() + timedelta(minutes=1))
    quiet.clock.advance(timedelta(minutes=2))
    before = posts(quiet)
    quiet.beat()
    assert letter(quiet, key).state == LetterState.EXPIRED
    assert posts(quiet) == before


def test_a_letter_to_somebody_who_left_is_cancelled_with_the_reason(quiet: Town) -> None:
    key = write(quiet, PRIYA)
    quiet.person(PRIYA).deactivate()
    quiet.beat()
    found = letter(quiet, key)
    assert (found.state, found.reason) == (LetterState.CANCELLED, "left_the_workspace")


def test_a_letter_that_came_too_late_for_the_day_waits_for_the_next_one(quiet: Town) -> None:
    while quiet.clock.now().hour != 2:
        quiet.later(hours=1)
    with quiet.database.write() as session:
        pair = session.scalars(select(PairRow)).one()
        to = session.scalars(select(PersonRow).where(PersonRow.slack_id == MARCUS)).one()
        ids: dict[str, int | str] = {"pair": pair.id, "until": "2026-09-01T00:00:00+00:00"}
        notice = Notice("partner_away", ToPerson(to.id), "away:test", quiet.clock.now(), "a test", ids=ids)
        write_letter(session, quiet.workspace.id, notice, quiet.clock.now(), program_id=pair.program_id)
    quiet.beat()
    found = letter(quiet, "away:test")
    assert (found.state, found.reason) == (LetterState.QUEUED, "quiet_hours")
    assert found.not_before.astimezone(UTC).hour == 9
    quiet.later(hours=8)
    assert letter(quiet, "away:test").state == LetterState.SENT


def test_two_couriers_never_take_the_same_letter(quiet: Town) -> None:
    write(quiet, PRIYA)
    with quiet.database.write() as session:
        assert claim_letter(session, quiet.clock.now()) is not None
    with quiet.database.write() as session:
        assert claim_letter(session, quiet.clock.now()) is None
