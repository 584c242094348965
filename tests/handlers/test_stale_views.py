"""Stale views: a form, a button or a Home tab that outlived what it was about says so, and changes nothing.

The table walks every act there is, of a pair that has ended since and of a program that has closed since, as
the door and the conversation answer it. What may still be done is named here by hand, with the reason.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.endings import close_pair
from handlers.rights import check_right
from handlers.routing import ACTIONS, FORMS
from handlers.visit import Conversation, Visit
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.pairs import Ending, PairState
from mentoring.programs import ProgramState
from mentoring.rights import ACTS, WHILE_IT_LASTS, Need
from messages.actions import Act
from storage.database import Database
from storage.pairs import pair
from storage.people import workspace_of
from storage.programs import program, save_program, with_state
from storage.tables import MeetingRow, PairRow
from tests.handlers.test_applications import by_application, choose, open_queue
from tests.handlers.test_forged_values import CODES, ROWS, WHO, Anything, fill
from tests.handlers.test_matching_review import proposed_town
from tests.journeys.test_main_job import matched_town
from tests.journeys.test_pair_life import part, state_of
from tests.support.firms import NOW, World, populated
from tests.support.queries import queries
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town

ROUTES: Mapping[str, Conversation] = {**ACTIONS, **FORMS}
PAIRED = (Need.IN_PAIR, Need.WAS_IN_PAIR, Need.PAIR_COORDINATOR)
STILL_OPEN: Mapping[str, str] = {
    "desk.pair": "a coordinator reads what became of a pair",
    "paper.certificate": "what they did stays theirs",
    "paper.hours": "what they did stays theirs",
    "pair.another": "it is asked because the pair goes on without the program",
    "pair.rematch": "it is asked because the pair has ended",
    "pair.no_rematch": "it is asked because the pair has ended",
    "portfolio.send": "what they did stays theirs",
}
"""Acts of a pair that go on after its end."""
OVER = ("has come to its end.", "Spring circle has closed.", "have been introduced meanwhile.")
"""What people read, in the end."""


@dataclass(frozen=True)
class Past:
    """A firm whose pair has ended and whose program has closed since its views were drawn."""

    database: Database
    world: World
    named: Mapping[str, int]


@pytest.fixture(scope="module", params=["the pair has ended", "the program has closed"])
def past(
    request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Past]:
    path = tmp_path_factory.mktemp("stale") / "mentoring.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    world = populated(database)
    with database.write() as session:
        found = fill(session, world.ids, 1, world.people["participant"].id)
        ended = pair(session, 1, int(world.ids["pair"]))
        close_pair(session, ended, Ending.PARTED, NOW, by=world.people["partner"].id)
        if "closed" in request.param:
            about = program(session, 1, int(world.ids["program"]))
            save_program(session, with_state(about, ProgramState.CLOSED))
    yield Past(database, world, {name: found[table] for name, table in ROWS.items() if table in found})
    database.close()


def pressed(past: Past, name: str) -> None:
    """Press or send something as whoever may, with every field filled in; through the door's check."""
    world = past.world
    person = world.people[WHO.get(ACTS[name], "coordinator")]
    own = {key: world.ids[key] for key in ("program", "pair", "request", "goal", "story", "action")}
    act = Act(name, {**CODES, "then": "end", **past.named, **own})
    with past.database.read() as session:
        workspace = workspace_of(session, "THERE")
        check_right(session, person, act)
    assert workspace is not None
    picked = json.dumps({"do": "accept", "page": 0, "n": 0, "who": past.named["person"]})
    fields = Anything([world.people[each].slack_id for each in ("partner", "participant")])
    ROUTES[name](Visit(past.database, workspace, person, NOW, act, fields, picked=picked, channel="C1"))


def stale(past: Past) -> list[str]:
    """The acts that nothing is left of."""
    of_pairs = [name for name in ROUTES if ACTS[name] in PAIRED and name not in STILL_OPEN]
    closed = "closed" if program_state(past) is ProgramState.CLOSED else ""
    return sorted([*of_pairs, *((WHILE_IT_LASTS & {*ROUTES}) if closed else ())])


def program_state(past: Past) -> ProgramState:
    with past.database.read() as session:
        return program(session, 1, int(past.world.ids["program"])).state


def test_what_outlived_its_matter_says_so_and_changes_nothing(past: Past) -> None:
    answers, written = {}, {}
    with queries(past.database) as asked:
        for name in stale(past):
            before = len(asked)
            try:
                pressed(past, name)
                answers[name] = "it went on"
            except NoLongerOpen as refusal:
                answers[name] = refusal.sentence
            written[name] = [
                each for each in asked[before:] if not each.lstrip().startswith(("SELECT", "BEGIN"))
            ]
    unclear = {
        name: said
        for name, said in answers.items()
        if not (said.startswith("This is no longer open: ") and any(each in said for each in OVER))
    }
    assert unclear == {}
    assert {name: each for name, each in written.items() if each} == {}


# The same through the front door: something is opened, somebody else settles it, and then it is sent.


def shown(town: Town, who: str) -> str:
    """What somebody's open form says."""
    view = town.person(who).view
    return view.reading if view else ""


def test_a_meeting_is_not_booked_for_a_pair_that_parted_while_the_form_was_open(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.open_home()
    priya.click_home("meeting.book")
    part(town, MARCUS)
    priya.submit()
    assert "no longer open: this pairing has come to its end" in shown(town, PRIYA)
    with town.database.read() as session:
        assert session.scalars(select(MeetingRow)).all() == []


def test_a_home_tab_drawn_long_ago_answers_in_words_and_is_drawn_anew(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.open_home()
    part(town, MARCUS)
    priya.click_home("pause.open")
    priya.close(all=True)
    assert priya.home is not None
    assert "Marcus" not in priya.home.reading


def test_the_quiet_check_is_no_longer_open_once_two_have_been_introduced(town: Town) -> None:
    proposed_town(town, kind="reverse")
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=1)
    priya = town.person(PRIYA)
    asked = town.newest(PRIYA)
    priya.click(asked, "match.rather_not")
    town.later(days=5)
    priya.submit()
    assert "you have been introduced meanwhile" in shown(town, PRIYA)
    priya.close(all=True)
    assert "you have been introduced meanwhile" in priya.click(asked, "match.fine").shown[0].reading
    with town.database.read() as session:
        assert {each.state for each in session.scalars(select(PairRow))} == {PairState.ANNOUNCED}


def test_another_match_is_not_asked_for_by_somebody_who_has_one_again(town: Town) -> None:
    matched_town(town)
    town.join(LEILA, "mentor", offers=["negotiation"])
    part(town, MARCUS)
    offer = town.with_button(town.person(PRIYA).inbox(), "pair.rematch")
    town.person(PRIYA).click(offer, "pair.rematch")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "pair <@U0PRIYA> <@U0LEILA>")
    robin.submit()
    robin.close(all=True)
    again = town.person(PRIYA).click(offer, "pair.rematch", stale=True)
    assert "you are in a pair again" in again.shown[0].reading
    assert state_of(town, PRIYA) is EnrollmentState.MATCHED


def test_two_coordinators_do_not_decide_over_each_other_and_the_list_stays(town: Town) -> None:
    by_application(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.person(ROBIN).command("/mentoring", "coordinators add @Leila Petrov")
    leila = town.person(LEILA)
    leila.command("/mentoring", "applications")
    assert leila.view is not None
    block = next(each for each in leila.view.blocks if "Priya Raman" in str(each.get("text", "")))
    leila.press((block["block_id"], "apply.decide"), "Decline…")
    open_queue(town)
    choose(town, "Priya Raman", "Accept")
    leila.submit()
    assert "Somebody decided about Priya Raman meanwhile." in shown(town, LEILA)
    assert "accepted" in shown(town, LEILA), "the list stands below, as it is now"
    assert state_of(town, PRIYA) is EnrollmentState.JOINED


def test_dates_are_not_changed_by_a_form_opened_before_enrollment_opened(town: Town) -> None:
    town.claim()
    before = town.draft()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "coordinators add @Leila Petrov")
    leila = town.person(LEILA)
    leila.command("/mentoring", "charter")
    leila.press("charter.edit_1")
    leila.fill("ends_on", "2026-12-18")
    town.open()
    leila.submit()
    assert "opened meanwhile, and people go by its dates" in shown(town, LEILA)
    assert town.program().ends_on == before.ends_on
