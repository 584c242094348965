"""Somebody new, met by two processes at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.database import Database
from storage.people import SlackProfile, Workspace, ensure_workspace, meet_person, save_profiles
from tests.support.waiting import until

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def profile(slack_id: str) -> SlackProfile:
    return SlackProfile(
        slack_id=slack_id,
        name=f"Somebody {slack_id}",
        email=None,
        time_zone="Europe/London",
        locale="en-GB",
        is_admin=False,
        active=True,
        member=True,
    )


def by_a_payload(session: Session, workspace: int) -> None:
    meet_person(session, workspace, "U2", "two")


def by_the_list(session: Session, workspace: int) -> None:
    save_profiles(session, workspace, [profile("U3"), profile("U2"), profile("U1")], NOW)


@pytest.mark.parametrize("first", [by_a_payload, by_the_list])
@pytest.mark.parametrize("second", [by_a_payload, by_the_list])
def test_both_find_the_same_person(
    on_postgresql: Database,
    first: Callable[[Session, int], None],
    second: Callable[[Session, int], None],
) -> None:
    database = on_postgresql
    with database.write() as session:
        workspace = ensure_workspace(session, Workspace(0, "T1", "Harbor Law", "UBOT", None), NOW).id

    def other() -> str:
        with database.write() as session:
            second(session, workspace)
            return meet_person(session, workspace, "U2", "two").slack_id

    def waits() -> bool:
        with database.read() as session:
            return bool(session.scalar(text(WAITING)))

    with ThreadPoolExecutor() as another_process:
        with database.write() as session:
            first(session, workspace)
            answer = another_process.submit(other)
            until(waits)
        assert answer.result(60) == "U2"
    with database.read() as session:
        known = session.execute(text("SELECT slack_id FROM person ORDER BY slack_id")).scalars().all()
    assert known in (["U2"], ["U1", "U2", "U3"])
