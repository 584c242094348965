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
