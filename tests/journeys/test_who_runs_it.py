"""Who runs a program: roles given, changed and taken, and what somebody sees who only looks on."""

from sqlalchemy import select

from playground.blocks import controls
from storage.tables import StaffRow
from tests.journeys.test_main_job import agreed_town
from tests.support.desk import acts, home, on_the_list, typed
from tests.support.town import JONAS, LEILA, ROBIN, Town


def staff_of(town: Town) -> set[tuple[str, str]]:
    with town.database.read() as session:
        return {(str(row.person_id), row.role) for row in session.scalars(select(StaffRow))}


def test_roles_are_given_changed_and_taken_and_the_last_owner_stays(town: Town) -> None:
    town.claim()
    town.draft()
    assert "is a viewer now" in typed(town, "coordinators add <@U0LEILA> as viewer")
    assert "is a coordinator now" in typed(town, "coordinators role <@U0LEILA> coordinator")
    assert "only of Mentoring" in typed(town, "coordinators add jonas as viewer of Mentoring at Harbor Law")
    assert "Make somebody else one first" in typed(town, "coordinators remove <@U0ROBIN>")
    assert "Make somebody else one first" in typed(town, "coordinators role <@U0ROBIN> viewer")
    assert "is an owner now" in typed(town, "coordinators add <@U0LEILA> as owner")
    assert "no longer has a role here" in typed(town, "coordinators remove <@U0ROBIN>", LEILA)
    assert len(staff_of(town)) == 2
    assert "Only a coordinator can do that" in typed(town, "program", ROBIN)


def test_whoever_is_given_a_role_is_told_once_what_it_is_and_where_it_begins(town: Town) -> None:
    town.claim()
    town.draft()
    for line in ("add <@U0LEILA> as viewer", "add <@U0LEILA>", "add <@U0LEILA>", "add <@U0ROBIN> as owner"):
        typed(town, f"coordinators {line}")
    town.person(JONAS).change(locale="es-MX")
    typed(town, "coordinators add jonas as viewer of Mentoring at Harbor Law")
    town.later(days=1)
    (told,) = town.person(LEILA).inbox()
    assert told.reading.startswith(
        "You're a coordinator of mentoring here now: @Robin Ellery made you one. You run every program: "
        "/mentoring program shows where each stands, and what to do next."
    ), "not of what she was for a minute"
    (told,) = town.person(JONAS).inbox()
    assert told.reading.startswith(
        "Ahora puedes ver cómo va Mentoring at Harbor Law: @Robin Ellery te dio acceso."
    )
    assert not any("made you" in each.reading for each in town.person(ROBIN).inbox())


def test_a_viewer_reads_numbers_and_no_names_and_can_do_nothing(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    typed(town, "coordinators add <@U0JONAS> as viewer")
    view = home(town, JONAS)
    assert "1 pair → 1 agreed" in view.reading
    assert "Priya" not in view.reading
    assert {"care.message", "desk.pairs", "match.want"}.isdisjoint(
        {control.action_id for control in controls(view.blocks)}
    )
    for line in ("people", "pairs", "end priya", "audit", "settings", "pair Priya", "nudge priya", "match"):
        assert "Priya Raman" not in typed(town, line, JONAS), line
    assert acts(town)[-1] == "staff.add"
