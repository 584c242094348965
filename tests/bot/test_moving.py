"""Moving to PostgreSQL: everything arrives, is checked, and the story goes on there."""

from dataclasses import replace
from pathlib import Path

import pytest
from psycopg.errors import FeatureNotSupported
from sqlalchemy import text

from bot.process import Bot
from bot.rehearsal.stage import connection_to
from storage.database import Database
from storage.moving import Moved, MovingError, move
from storage.outbox import note_event
from storage.postgresql import FORSAKEN
from storage.schema import upgrade
from tests.support.command_line import invoke
from tests.support.direct import DirectLine
from tests.support.postgres import Server
from tests.support.queries import queries
from tests.support.town import LEILA, MARCUS, PRIYA, Town
from tests.support.waiting import until

WAITED = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND state = 'idle in transaction' AND state_change < clock_timestamp() - interval '60ms'"
)


def joined(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])


def test_a_program_goes_on_where_it_was_moved_to(town: Town, on_postgresql: Database) -> None:
    joined(town)
    before = len(town.playground.posts)
    moved = {each.table: each.rows for each in move(town.database, on_postgresql)}
    assert moved["enrollment"] >= 2
    assert moved["letter"] > 0
    bot = Bot(on_postgresql, connection_to(town.playground), town.clock)
    town.playground.deliver_to(DirectLine(bot.app))
    there = replace(town, database=on_postgresql, bot=bot)
    there.beat()
    assert len(town.playground.posts) == before, "nothing is said again"
    there.join(LEILA, "mentor", offers=["mediation"])
    assert len(town.playground.posts) > before
    bot.stop_sending()


def test_what_arrived_is_compared_in_one_order_whatever_language_a_server_sorts_by(
    town: Town, postgresql: Server, tmp_path: Path
) -> None:
    joined(town)
    with town.database.write() as session:
        for event_id in ("EvB", "Eva", "EvA", "Evb"):
            note_event(session, town.workspace.id, event_id, town.clock.now())
    there = Database(sorted_as_english_does(postgresql, f"english_{tmp_path.name}".lower()[:40]))
    upgrade(there.url)
    with queries(there) as asked:
        moved = {each.table: each.rows for each in move(town.database, there)}
    there.close()
    assert moved["event_seen"] >= 4
    assert [each for each in asked if "FROM event_seen" in each and each.endswith('event_id COLLATE "C"')]


def sorted_as_english_does(server: Server, name: str) -> str:
    """A database as most servers make them; without languages, where the server was built so."""
    try:
        return server.make_database(name, "template0", more="LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    except FeatureNotSupported:
        return server.make_database(name)


def test_a_target_that_holds_something_is_left_alone(town: Town, on_postgresql: Database) -> None:
    joined(town)
    move(town.database, on_postgresql)
    with pytest.raises(MovingError, match="something in the table workspace"):
        move(town.database, on_postgresql)


def test_what_does_not_arrive_as_it_was_is_found_and_nothing_is_kept(
    town: Town, on_postgresql: Database
) -> None:
    joined(town)
    with on_postgresql.writer.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER forget BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION forget()")
        )
    with pytest.raises(MovingError, match="The table person did not arrive as it was"):
        move(town.database, on_postgresql)
    with on_postgresql.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM workspace")) == 0


def test_the_target_waits_while_the_source_is_at_work_however_long_that_takes(
    town: Town, on_postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORSAKEN, "idle_in_transaction_session_timeout", "50ms")
    impatient = Database(on_postgresql.url)

    compared: list[Moved] = []

    def dawdle(table: Moved) -> None:
        compared.append(table)
        if len(compared) == 1:
            with on_postgresql.glance() as session:
                until(lambda: session.scalar(text(WAITED)), patience=5)

    assert move(town.database, impatient, dawdle) == compared
    impatient.close()


def test_the_command_makes_the_target_fills_it_and_says_what_it_checked(
    town: Town, postgresql: Server, tmp_path: Path
) -> None:
    joined(town)
    to = postgresql.make_database(f"copy_{tmp_path.name}".lower()[:40])
    while_running = invoke("db", "copy", "--to", to, folder=tmp_path, DATABASE_URL=town.database.url)
    assert "Stop the bot first" in str(while_running.exception)
    town.database.close()
    done = invoke("db", "copy", "--to", to, folder=tmp_path, DATABASE_URL=town.database.url)
    assert done.exit_code == 0, done.exception
    assert "enrollment: " in done.output
    assert "the same on both sides" in done.output
    assert "Set DATABASE_URL to the new one" in done.output


def test_nothing_is_copied_from_a_server_to_which_a_bot_is_connected(
    on_postgresql: Database, tmp_path: Path
) -> None:
    to = f"sqlite:///{tmp_path / 'copy.db'}"
    with on_postgresql.read() as session:
        session.execute(text("SELECT 1"))
    refused = invoke("db", "copy", "--to", to, folder=tmp_path, DATABASE_URL=on_postgresql.url)
    assert "Stop the bot first" in str(refused.exception)
    on_postgresql.close()
    done = invoke("db", "copy", "--to", to, folder=tmp_path, DATABASE_URL=on_postgresql.url)
    assert done.exit_code == 0, done.exception
