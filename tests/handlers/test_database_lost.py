"""The database is lost in the middle of a change: people are told to try again, and what they typed stays."""

import re

import pytest
from structlog.testing import capture_logs

from storage.database import Database
from storage.people import staff
from storage.programs import programs
from tests.support.freezing import freezing
from tests.support.town import MARCUS, ROBIN, Town, send

AGAIN = "Please try again in a minute."
REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{2}")


@pytest.fixture
def database(on_postgresql: Database) -> Database:
    return on_postgresql


def test_a_form_keeps_what_was_typed_and_can_be_sent_again(town: Town) -> None:
    robin = town.person(ROBIN)
    town.claim()
    robin.command("/mentoring", "program new")
    robin.fill("name", "Spring of plenty")
    with capture_logs() as logged, freezing(town.database) as frozen:
        said = str(robin.submit().errors)
    assert frozen
    assert AGAIN in said
    assert not REFERENCE.search(said)
    assert [each["event"] for each in logged if each["log_level"] == "error"] == ["database lost"]
    assert robin.view is not None
    assert "Spring of plenty" in str(robin.view.state)
    with town.database.read() as session:
        assert programs(session, town.workspace.id) == []
    send(robin)
    with town.database.read() as session:
        assert [each.name for each in programs(session, town.workspace.id)] == ["Spring of plenty"]


def test_a_button_can_be_pressed_again_in_the_readers_language(town: Town) -> None:
    robin = town.person(ROBIN)
    robin.change(locale="es-MX")
    shown = robin.command("/mentoring", "coordinators").shown[0]
    with freezing(town.database):
        assert "Inténtalo de nuevo en un minuto." in robin.click(shown, "staff.claim").shown[0].text
    robin.click(shown, "staff.claim")
    with town.database.read() as session:
        assert [each.person.slack_id for each in staff(session, town.workspace.id)] == [ROBIN]


def test_an_event_is_not_acknowledged_so_that_it_comes_again(town: Town) -> None:
    with capture_logs() as logged, freezing(town.database) as frozen:
        assert not town.person(MARCUS).change(name="Marcus the Second").acked
    assert frozen
    assert [each["event"] for each in logged if each["log_level"] == "error"] == ["database lost"]
