"""Who may do what: every act there is, tried by every kind of person there is."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.routing import ACTIONS, CLOSED, FORMS, OPTIONS
from mentoring.errors import NoLongerOpen, NotAllowed
from mentoring.people import Person
from mentoring.rights import ACTS, REFUSALS, Need, check_member
from messages.actions import Act
from storage.database import Database
from storage.people import SlackProfile, save_profiles
from tests.support.firms import PEOPLE, World, populated
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

MAY: Mapping[Need, set[str]] = {
    Need.MEMBER: {
        "stranger", "participant", "partner", "other pair", "left", "coordinator", "coordinator elsewhere",
        "viewer", "owner", "other workspace",
    },
    Need.PARTICIPANT: {"participant", "partner", "other pair"},
    Need.IN_PAIR: {"participant", "partner"},
    Need.WAS_IN_PAIR: {"participant", "partner"},
    Need.ASKED: {"participant"},
    Need.READER: {"coordinator", "owner", "viewer"},
    Need.GOAL: {"participant"},
    Need.ACTION: {"coordinator"},
    Need.SUPERVISOR: {"viewer"},
    Need.COORDINATOR: {"coordinator", "owner"},
    Need.PAIR_COORDINATOR: {"coordinator", "owner"},
    Need.STAFF: {"coordinator", "coordinator elsewhere", "viewer", "owner", "other workspace"},
    Need.ANY_COORDINATOR: {"coordinator", "coordinator elsewhere", "owner", "other workspace"},
    Need.TELLER: {"participant"},
    Need.OWNER: {"owner", "other workspace"},
}  # fmt: skip
"""Who may, said here a second time and by hand: the table the checks are held against.

What needs no role beyond being a member names nothing of a workspace: people of another may do it in theirs.
"""

ELSEWHERE: Mapping[Need, set[str]] = {
    Need.READER: {"coordinator elsewhere", "owner"},
    Need.ACTION: {"coordinator elsewhere"},
    Need.COORDINATOR: {"coordinator elsewhere", "owner"},
    Need.PAIR_COORDINATOR: {"coordinator elsewhere", "owner"},
}
"""Who may of the same people where an act names another program of the firm, and what belongs to it."""

NAMES_NOTHING = {Need.MEMBER, Need.STAFF, Need.ANY_COORDINATOR, Need.OWNER}
"""Needs that look at the person alone, whatever the act names."""


@pytest.fixture(scope="module")
def shared(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for the whole table: trying an act reads, and changes nothing."""
    path = tmp_path_factory.mktemp("rights") / "mentoring.db"
    shutil.copy(migrated, path)
    found = Database(f"sqlite:///{path}")
    yield found
    found.close()


@pytest.fixture(scope="module")
def world(shared: Database) -> World:
    return populated(shared)


def try_it(session: Session, person: Person, act: Act) -> str:
    """What the door does before anything else, and how it ends."""
    try:
        check_member(person)
        check_right(session, person, act)
    except NotAllowed as refusal:
        return "refused" if refusal.sentence in REFUSALS.values() else refusal.sentence
    except NoLongerOpen:
        return "not there"
    return "allowed"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_is_for_those_it_is_for_and_for_nobody_else(shared: Database, world: World, name: str) -> None:
    may = MAY[ACTS[name]]
    with shared.read() as session:
        found = {who: try_it(session, world.people[who], Act(name, world.ids)) for who in PEOPLE}
    assert {who for who, end in found.items() if end == "allowed"} == may
    assert set(found.values()) <= {"allowed", "refused", "not there"}
    if ACTS[name] not in NAMES_NOTHING:
        assert found["other workspace"] == "not there"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_on_another_program_is_for_those_of_that_program(
    shared: Database, world: World, name: str
) -> None:
    need = ACTS[name]
    may = MAY[need] if need in NAMES_NOTHING else ELSEWHERE.get(need, set())
    with shared.read() as session:
        found = {who: try_it(session, world.people[who], Act(name, world.elsewhere)) for who in PEOPLE}
    assert {who for who, end in found.items() if end == "allowed"} == may
    assert set(found.values()) <= {"allowed", "refused", "not there"}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_what_belongs_to_another_workspace_is_not_there_whoever_asks(
    shared: Database, world: World, name: str
) -> None:
    here = [who for who in PEOPLE if who not in ("other workspace", "guest", "deactivated")]
    with shared.read() as session:
        found = {who: try_it(session, world.people[who], Act(name, world.abroad)) for who in here}
    if ACTS[name] in NAMES_NOTHING:
        assert {who for who, end in found.items() if end == "allowed"} == MAY[ACTS[name]] & {*here}
    else:
        assert set(found.values()) == {"not there"}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_on_what_is_not_there_is_no_longer_open(shared: Database, world: World, name: str) -> None:
    gone = dict.fromkeys(world.ids, 999)
    needs_nothing = ACTS[name] in NAMES_NOTHING
    with shared.read() as session:
        found = try_it(session, world.people["owner"], Act(name, gone))
        mute = try_it(session, world.people["owner"], Act(name))
    assert found == mute == ("allowed" if needs_nothing else "not there")


def test_every_act_a_payload_can_name_has_its_right() -> None:
    routed = {*ACTIONS, *FORMS, *OPTIONS} | {act for act, _ in CLOSED.values()}
    assert routed <= set(ACTS)


# A few of the same through the front door, where the payload comes from Slack.


def running_pair(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()


def test_a_guest_is_told_that_mentoring_is_for_members(town: Town) -> None:
    running_pair(town)
    shown = town.person("U0GUEST").command("/mentoring", "join").shown
    assert REFUSALS[Need.MEMBER] in shown[0].text


def test_the_deactivated_are_refused_even_where_slack_lets_them_through(town: Town) -> None:
    running_pair(town)
    with town.database.write() as session:
        save_profiles(session, town.workspace.id, [leaving(LEILA)], town.clock.now())
    shown = town.person(LEILA).command("/mentoring", "join").shown
    assert REFUSALS[Need.MEMBER] in shown[0].text


def leaving(slack_id: str) -> SlackProfile:
    return SlackProfile(
        slack_id, "Leila Petrov", None, "UTC", "en-US", is_admin=False, active=False, member=True
    )


@pytest.mark.parametrize("who", [PRIYA, MARCUS, JONAS])
def test_nobody_but_coordinators_gets_at_programs_and_matches(town: Town, who: str) -> None:
    running_pair(town)
    before = town.program()
    for words in ("program", "program new", "match", "coordinators add <@U0PRIYA>"):
        shown = town.person(who).command("/mentoring", words).shown
        assert "coordinators` says who" in shown[0].text, words
    assert town.program() == before


def test_what_somebody_may_do_ends_with_their_role(town: Town) -> None:
    running_pair(town)
    listed = town.person(ROBIN).command("/mentoring", "program").shown[0]
    with town.database.write() as session:
        save_profiles(session, town.workspace.id, [leaving(ROBIN)], town.clock.now())
    assert REFUSALS[Need.MEMBER] in town.person(ROBIN).click(listed, "program.new").shown[0].text
