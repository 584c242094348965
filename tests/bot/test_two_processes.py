"""Two `mentoring run` in one workspace share the work: one is killed, or takes over after a migration.

Real processes over Socket Mode, on the real clock.
"""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.rehearsal.stage import MANIFEST
from mentoring.notices import Notice, ToPerson
from playground import Playground, StillClock
from storage.database import Database
from storage.outbox import LEASE, write_letter
from storage.people import meet_person, workspace_of
from storage.schema import newest
from storage.tables import LetterRow
from tests.support.command_line import MENTORING, environment, invoke, settings_for
from tests.support.releases import CONTRACTED, EXPANDED, migrate
from tests.support.waiting import until

PEOPLE = 8
LETTERS = 2 * PEOPLE
"""Two to each person, who hears one a second at most: both processes find some to say."""
BEFORE_THE_KILL = 5


@pytest.fixture
def firm() -> Iterator[Playground]:
    with Playground(MANIFEST, clock=StillClock(datetime.now(UTC))) as playground:
        for number in range(PEOPLE):
            playground.add_person(f"U0{number:05}", f"Person {number}", email="")
        yield playground


@contextmanager
def running(firm: Playground, database: Database, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A bot in a process of its own; killed at the end."""
    settings = settings_for(firm, database.url) | {"LOG_FORMAT": "json"}
    with (
        log.open("wb") as told,
        subprocess.Popen(  # noqa: S603 - our own command
            [*MENTORING, "run"], env=environment(**settings), cwd=log.parent, stderr=told
        ) as bot,
    ):
        try:
            yield bot
        finally:
            bot.kill()


def sent_by(log: Path) -> int:
    lines = [line for line in log.read_text().splitlines() if line.startswith("{")]
    return sum(json.loads(line)["event"] == "sent" for line in lines)


def write(firm: Playground, database: Database, news: int = 0) -> None:
    """Letters that are due, two for each person; other news each time."""
    now = firm.clock.now()
    with database.write() as session:
        known = workspace_of(session, firm.team_id)
        assert known is not None
        people = [meet_person(session, known.id, each.id, each.id).id for each in firm.people]
        for number in range(LETTERS):
            notice = Notice(
                kind="letter_given_up",
                to=ToPerson(people[number % PEOPLE]),
                key=f"news {news}:{number}",
                not_before=now,
                why="a story",
                ids={"kind": "news", "reason": str(number)},
            )
            write_letter(session, known.id, notice, now)


def write_until_both_speak(firm: Playground, database: Database, logs: Sequence[Path]) -> int:
    """Write letters until each process has sent some; gives how many.

    On a busy machine one may have sent all of them before the other looks.
    """
    news = 0

    def both_speak() -> bool:
        nonlocal news
        if not unsent(database):
            write(firm, database, news)
            news += 1
        return len(firm.posts) >= BEFORE_THE_KILL and all(map(sent_by, logs))

    until(both_speak)
    return news * LETTERS


def let_the_lease_pass(database: Database) -> None:
    """As if a quarter of a minute had gone by since the last letter was claimed."""
    with database.write() as session:
        before = datetime.now(UTC) - LEASE - timedelta(seconds=1)
        session.execute(update(LetterRow).where(LetterRow.state == "sending").values(claimed_at=before))


def unsent(database: Database) -> int:
    with database.read() as session:
        return int(session.scalar(text("SELECT count(*) FROM letter WHERE state <> 'sent'")) or 0)


def test_one_of_two_is_killed_and_everything_is_heard_and_said_once(
    firm: Playground, on_postgresql: Database, tmp_path: Path
) -> None:
    database = on_postgresql
    logs = [tmp_path / "one.log", tmp_path / "other.log"]
    with ExitStack() as until_the_end:
        one, other = (until_the_end.enter_context(running(firm, database, each)) for each in logs)
        firm.wait_for_app(timeout=60, connections=2)
        written = write_until_both_speak(firm, database, logs)
        one.kill()
        # Slack gives to the other what the dead one had not acknowledged.
        assert all(each.command("/mentoring", "help").acked for each in firm.people)
        one.wait()
        let_the_lease_pass(database)
        until(lambda: not unsent(database))
        assert other.poll() is None
    said = Counter(post.metadata["event_payload"]["id"] for post in firm.posts if post.metadata)
    assert len(said) == written
    assert set(said.values()) == {1}
    assert not firm.refused


def test_a_process_works_on_while_the_schema_moves_and_the_next_one_takes_over(
    firm: Playground, on_postgresql: Database, tmp_path: Path
) -> None:
    old_log, new_log = tmp_path / "old.log", tmp_path / "new.log"
    settings = settings_for(firm, on_postgresql.url)
    with running(firm, on_postgresql, old_log) as old:
        firm.wait_for_app(timeout=60)
        migrate(on_postgresql, *EXPANDED)
        write(firm, on_postgresql)
        assert all(each.command("/mentoring", "help").acked for each in firm.people)
        until(lambda: not unsent(on_postgresql))
        refused = invoke("run", folder=tmp_path, **settings)
        assert "which this version does not know: a newer version made it" in str(refused.exception)
        # The schema is the one of the new processes now.
        migrate(on_postgresql, *CONTRACTED, to=newest())
        with running(firm, on_postgresql, new_log) as new:
            firm.wait_for_app(timeout=60, connections=2)
            old.terminate()
            assert old.wait(60) == 0
            assert all(each.command("/mentoring", "help").acked for each in firm.people)
            assert new.poll() is None
    assert [line for line in old_log.read_text().splitlines() if '"level": "error"' in line] == []
    assert not firm.refused
