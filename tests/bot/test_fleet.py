"""Several workers over one PostgreSQL: nothing is lost, nothing is said twice, and no workspace starves."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.fleet import SCHEMA, Fleet
from bot.manifest_command import for_http, read_manifest
from bot.office import Office
from bot.rehearsal.stage import UNHURRIED_S
from bot.tokens import OAuthApp
from mentoring.notices import Notice, ToPerson
from playground import ManyWorkspaces, Playground, StillClock
from storage.database import Database
from storage.outbox import write_letter
from storage.people import meet_person, workspace_of
from storage.schema import newest
from storage.sealing import seal_with
from tests.support.command_line import invoke
from tests.support.freezing import freezing
from tests.support.postgres import Server
from tests.support.releases import CONTRACTED, EXPANDED, migrate
from tests.support.waiting import until


@dataclass
class World:
    """Slack, the database, and the offices of as many workers as are wanted."""

    slack: ManyWorkspaces
    database: Database
    clock: StillClock
    app: OAuthApp

    def office(self) -> Office:
        return Office(Database(self.database.url), self.app, self.clock)

    def firm(self, name: str, people: int) -> Playground:
        """A workspace with the app in it and people who are known."""
        firm = self.slack.add(name)
        for number in range(people):
            firm.add_person(f"U{firm.team_id[-4:]}{number}", f"Person {number}", email="")
        answer = self.slack.oauth.access(
            {"code": code_for(self.slack, firm), "redirect_uri": "https://ours.example/back"},
            self.app.client_id,
            self.app.client_secret,
        )
        office = self.office()
        office.tokens.store.save(installed := installation(answer))
        office.tokens.welcome(installed, self.clock.now())
        office.database.close()
        return firm

    def write(self, firm: Playground, count: int, name: str = "news") -> None:
        """Letters that are due, one for each person in turn."""
        now = self.clock.now()
        with self.database.write() as session:
            known = workspace_of(session, firm.team_id)
            assert known is not None
            people = [meet_person(session, known.id, each.id, each.id).id for each in firm.people]
            for number in range(count):
                notice = Notice(
                    kind="letter_given_up",
                    to=ToPerson(people[number % len(people)]),
                    key=f"{name}:{number}",
                    not_before=now,
                    why="a story",
                    ids={"kind": name, "reason": str(number)},
                )
                write_letter(session, known.id, notice, now)

    def left(self) -> int:
        with self.database.read() as session:
            return int(session.scalar(text("SELECT count(*) FROM letter WHERE state <> 'sent'")) or 0)

    def said_twice(self) -> list[str]:
        marks = Counter(
            post.metadata["event_payload"]["id"]
            for firm in self.slack.workspaces
            for post in firm.posts
            if post.metadata
        )
        return [mark for mark, count in marks.items() if count > 1]


def code_for(slack: ManyWorkspaces, firm: Playground) -> str:
    me = firm.world.me
    scopes = ",".join(firm.world.manifest.bot_scopes)
    page = f"https://slack.example/?client_id={me.client_id}&scope={scopes}&redirect_uri=https://ours.example/back"
    return slack.oauth.allow(page, firm.team_id, firm.people[0].id).split("code=")[1].split("&")[0]


def installation(answer: dict[str, Any]) -> Installation:
    return Installation(
        app_id=answer["app_id"],
        team_id=answer["team"]["id"],
        team_name=answer["team"]["name"],
        bot_token=answer["access_token"],
        bot_user_id=answer["bot_user_id"],
        user_id=answer["authed_user"]["id"],
    )


@pytest.fixture
def world(on_postgresql: Database) -> Iterator[World]:
    seal_with([Fernet.generate_key().decode()])
    clock = StillClock(datetime.now(UTC))
    manifest = for_http(read_manifest(), "https://ours.example")
    manifest["settings"]["token_rotation_enabled"] = False
    with ManyWorkspaces(manifest, clock=clock, patience=UNHURRIED_S) as slack:
        me = slack.add("Where the app comes from").world.me
        app = OAuthApp(me.client_id, me.client_secret, me.signing_secret, slack.api_url, "")
        yield World(slack, on_postgresql, clock, app)
    seal_with([])


@contextmanager
def working(world: World, office: Office | None = None, schema: str = SCHEMA) -> Iterator[Fleet]:
    """A worker, until the end of the block."""
    fleet = Fleet(office or world.office(), world.database.url, couriers=3, schema=schema)
    fleet.make_tables()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(fleet.run()), daemon=True)
    thread.start()
    try:
        yield fleet
    finally:
        loop.call_soon_threadsafe(fleet.stop)
        thread.join(30)
        assert not thread.is_alive()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        fleet.office.database.close()


def test_three_workers_say_everything_once_in_every_workspace(world: World) -> None:
    firms = [world.firm(name, people=4) for name in ("Harbor Law", "Summit Legal", "Bay Partners")]
    for firm in firms:
        world.write(firm, 15)
    with ExitStack() as workers:
        for _ in range(3):
            workers.enter_context(working(world))
        until(lambda: world.left() == 0)
    assert world.said_twice() == []
    assert [len(firm.posts) for firm in firms] == [15, 15, 15]


def test_workers_of_two_releases_share_the_letters_while_the_schema_moves(world: World) -> None:
    firm = world.firm("Harbor Law", people=4)
    with ExitStack() as until_the_end:
        with working(world, schema="jobs_of_the_release_before"):
            migrate(world.database, *EXPANDED)
            world.write(firm, 4, "expanded")
            until(lambda: world.left() == 0)
            # The schema is the one of the new workers now; the old ones are stopped after they came.
            migrate(world.database, *CONTRACTED, to=newest())
            until_the_end.enter_context(working(world))
            world.write(firm, 8, "side by side")
            until(lambda: world.left() == 0)
            world.write(firm, 4, "taken over")
        until(lambda: world.left() == 0)
    assert world.said_twice() == []
    assert len(firm.posts) == 16


def test_a_lost_connection_is_found_again(world: World, postgresql: Server) -> None:
    firm = world.firm("Harbor Law", people=4)
    with working(world):
        world.write(firm, 5, "before")
        until(lambda: world.left() == 0)
        postgresql.cut_connections()
        world.write(firm, 5, "after")
        until(lambda: world.left() == 0)
    assert world.said_twice() == []


def test_a_connection_lost_while_a_job_is_told_done_keeps_no_workspace_waiting(world: World) -> None:
    """The worker lives on, so nobody would take the job, and the lock it holds, for those of a dead one."""
    firm = world.firm("Harbor Law", people=4)
    Fleet(world.office(), world.database.url, couriers=1).make_tables()
    with world.database.writer.begin() as connection:
        # What a sequence has given stays given when everything else of the connection is rolled back.
        connection.execute(text(f"SET search_path TO {SCHEMA}"))
        connection.execute(text("CREATE SEQUENCE cuts"))
        connection.execute(
            text(
                "CREATE FUNCTION cut_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " IF OLD.task_name = 'deliver' AND nextval('cuts') = 1 THEN"
                " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN OLD; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER cut_once BEFORE DELETE ON procrastinate_jobs"
                " FOR EACH ROW EXECUTE FUNCTION cut_once()"
            )
        )
        connection.execute(text("SET search_path TO public"))
    world.write(firm, 3, "before")
    with working(world):
        until(lambda: world.left() == 0)
        until(lambda: _cuts(world) > 0)
        world.write(firm, 3, "after")
        until(lambda: world.left() == 0, patience=60)
    assert world.said_twice() == []


def test_a_worker_that_froze_in_the_middle_of_a_look_says_what_it_was_and_goes_on(world: World) -> None:
    """The change is undone, and the next turn makes it; nobody is sent to look for a fault."""
    firm = world.firm("Harbor Law", people=4)
    office = world.office()
    with capture_logs() as logged, freezing(office.database) as frozen, working(world, office):
        world.write(firm, 5)
        until(lambda: frozen and world.left() == 0)
    errors = {each["event"] for each in logged if each["log_level"] == "error"}
    assert errors == {"database lost"}
    assert world.said_twice() == []


def test_a_worker_that_was_taken_for_dead_while_it_was_frozen_signs_on_again(world: World) -> None:
    firm = world.firm("Harbor Law", people=4)
    with capture_logs() as logged, working(world):
        world.write(firm, 5, "before")
        until(lambda: world.left() == 0)
        with world.database.writer.begin() as connection:
            # What another worker does to it after half a minute of silence.
            connection.execute(text(f"DELETE FROM {SCHEMA}.procrastinate_workers"))
        world.write(firm, 5, "after")
        until(lambda: world.left() == 0)
    assert "signs on again" in {each["event"] for each in logged}
    assert [each for each in logged if each["log_level"] == "error"] == []
    assert world.said_twice() == []


def test_a_worker_that_waits_for_its_database_hears_that_it_is_to_stop(world: World) -> None:
    """Nobody answers it as a server would; the engine by itself would wait for one for half a minute."""
    office = world.office()

    async def stop_while_it_waits() -> None:
        called = asyncio.Event()

        async def say_nothing(_heard: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
            called.set()
            await released.wait()
            line.close()

        released = asyncio.Event()
        silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        fleet = Fleet(office, f"postgresql+psycopg://mentoring@127.0.0.1:{port}/mentoring", couriers=1)
        working = asyncio.create_task(fleet.run())
        await asyncio.wait_for(called.wait(), 60)
        fleet.stop()
        released.set()
        await asyncio.wait_for(working, 10)
        silent.close()

    asyncio.run(stop_while_it_waits())
    office.database.close()


def _cuts(world: World) -> int:
    with world.database.read() as session:
        query = text(f"SELECT last_value FROM {SCHEMA}.cuts WHERE is_called")
        return int(session.scalar(query) or 0)


def test_a_job_of_a_dead_worker_keeps_no_workspace_from_being_served(world: World) -> None:
    firm = world.firm("Harbor Law", people=4)
    Fleet(world.office(), world.database.url, couriers=1).make_tables()
    with world.database.writer.begin() as connection:
        # What a worker leaves behind that is killed while it delivers: its job, its lock, no heartbeat.
        connection.execute(text(f"SET search_path TO {SCHEMA}"))
        worker = connection.scalar(
            text(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '1 hour') RETURNING id"
            )
        )
        connection.execute(
            text(
                "INSERT INTO procrastinate_jobs"
                " (queue_name, task_name, lock, queueing_lock, args, status, worker_id) VALUES"
                " ('letters', 'deliver', 'deliver 1', 'deliver 1', :args, 'doing', :worker),"
                # It was also the one that frees what others left behind.
                " ('clock', 'free', 'free', 'free', :moment, 'doing', :worker)"
            ),
            {"worker": worker, "args": '{"workspace_id": 1}', "moment": '{"timestamp": 0}'},
        )
        connection.execute(text("SET search_path TO public"))
    world.write(firm, 3)
    with working(world):
        until(lambda: world.left() == 0, patience=60)
    assert len(firm.posts) == 3


def test_a_workspace_that_slack_tells_to_wait_keeps_no_other_waiting(world: World) -> None:
    busy, quiet = world.firm("Harbor Law", people=4), world.firm("Summit Legal", people=4)
    busy.faults.inject("chat.postMessage", "ratelimited", times=1_000, retry_after=60)
    world.write(busy, 30)
    world.write(quiet, 5)
    with working(world):
        until(lambda: len(quiet.posts) == 5)
    assert busy.posts == []
    with world.database.read() as session:
        held = session.scalars(text("SELECT DISTINCT attempts FROM letter WHERE state = 'queued'")).all()
    # Turned away at the door is not a try.
    assert held == [0]


def test_two_letters_that_were_left_behind_are_looked_for_by_one_worker_alone(world: World) -> None:
    firm = world.firm("Harbor Law", people=2)
    world.write(firm, 2)
    one, other = world.office(), world.office()
    with world.database.write() as session:
        session.execute(
            text("UPDATE letter SET state = 'sending', claimed_at = :then, attempts = 1"),
            {"then": world.clock.now() - timedelta(minutes=5)},
        )
    threads = [threading.Thread(target=each.courier.deliver) for each in (one, other)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    one.deliver()
    assert world.left() == 0
    assert world.said_twice() == []
    for office in (one, other):
        office.database.close()


def test_work_needs_postgresql_and_says_so(migrated: Any, tmp_path: Any) -> None:
    settings = {
        "DATABASE_URL": f"sqlite:///{migrated}",
        "SLACK_CLIENT_ID": "1",
        "SLACK_CLIENT_SECRET": "2",
        "SLACK_SIGNING_SECRET": "3",
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }
    said = str(invoke("work", folder=tmp_path, **settings).exception)
    assert "`mentoring run` does everything by itself" in said
    seal_with([])
