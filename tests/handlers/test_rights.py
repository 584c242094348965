"""Who may do what: every act there is, tried by every kind of person there is."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.routing import ACTIONS, CLOSED, FORMS, OPTIONS
from mentoring.enrollment import EnrollmentState, Profile
from mentoring.errors import NoLongerOpen, NotAllowed
from mentoring.goals import Goal, Progress
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import Member
from mentoring.people import Person, StaffRole
from mentoring.phases import PhaseName
from mentoring.programs import Program, ProgramState
from mentoring.rights import ACTS, REFUSALS, Need, check_member
from mentoring.stories import Place, Story, StoryState
from mentoring.surveys.requests import SurveyRequest
from messages.actions import Act
from storage.database import Database
from storage.goals import save_goal
from storage.pairs import NewPair, add_pairs
from storage.people import (
    SlackProfile,
    Workspace,
    add_staff,
    ensure_workspace,
    person_by_slack_id,
    save_profiles,
)
from storage.phases import add_improvement, open_debrief
from storage.programs import add_program, save_enrollment
from storage.stories import add_story
from storage.supervisors import keep_supervisor
from storage.surveys import ask_survey
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)

MAY: Mapping[Need, set[str]] = {
    Need.MEMBER: {
        "stranger", "participant", "partner", "other pair", "left", "coordinator", "coordinator elsewhere",
        "viewer", "owner", "other workspace",
    },
    Need.PARTICIPANT: {"participant", "partner", "other pair"},
    Need.IN_PAIR: {"participant", "partner"},
    Need.ASKED: {"participant"},
    Need.READER: {"coordinator", "owner", "viewer"},
    Need.GOAL: {"participant"},
    Need.ACTION: {"coordinator"},
    Need.SUPERVISOR: {"viewer"},
    Need.COORDINATOR: {"coordinator", "owner"},
    Need.PAIR_COORDINATOR: {"coordinator", "owner"},
    Need.STAFF: {"coordinator", "coordinator elsewhere", "viewer", "owner"},
    Need.ANY_COORDINATOR: {"coordinator", "coordinator elsewhere", "owner"},
    Need.TELLER: {"participant"},
    Need.OWNER: {"owner"},
}  # fmt: skip
"""Who may, said here a second time and by hand: the table the checks are held against.

What needs no role beyond being a member names nothing of a workspace: people of another may do it in theirs.
"""

NAMES_NOTHING = {Need.MEMBER, Need.STAFF, Need.ANY_COORDINATOR, Need.OWNER}
"""Needs that look at the person alone, whatever the act names."""

PEOPLE = (
    "stranger", "guest", "deactivated", "participant", "partner", "other pair", "left", "coordinator",
    "coordinator elsewhere", "viewer", "owner", "other workspace",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everybody, and what acts can name."""

    people: Mapping[str, Person]
    ids: Mapping[str, int | str]


def profile(slack_id: str) -> SlackProfile:
    return SlackProfile(
        slack_id=slack_id,
        name=slack_id,
        email=None,
        time_zone="UTC",
        locale="en-US",
        is_admin=False,
        active=slack_id != "deactivated",
        member=slack_id != "guest",
    )


def new_program(session: Session, workspace: Workspace, name: str) -> Program:
    made = Program(
        id=0,
        workspace_id=workspace.id,
        name=name,
        kind=ProgramKind.TRADITIONAL,
        state=ProgramState.RUNNING,
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 6, 30),
        time_zone="UTC",
        hours_per_month=2,
        cadence="every 2 weeks",
        sponsor_name="",
        sponsor_words="",
    )
    return add_program(session, made, NOW)


def new_pair(session: Session, program: Program, mentor: Person, mentee: Person) -> int:
    members = []
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        profile = Profile(roles=frozenset({role}))
        kept = save_enrollment(session, program, person.id, EnrollmentState.MATCHED, profile, NOW)
        members.append(Member(person.id, kept.id, role))
    pair = NewPair(tuple(members), "", 1.0)
    return add_pairs(session, program.workspace_id, program.id, [pair], program.ends_on, NOW)[0].id


def an_action(session: Session, where: Workspace, about: Program, owner: Person) -> int:
    debrief = open_debrief(session, where.id, about.id, PhaseName.START, NOW)
    return add_improvement(session, where.id, debrief, "Ask earlier", owner.id, date(2026, 3, 2)).id


def a_story(session: Session, where: Workspace, about: Program, teller: Person) -> int:
    told = Story(0, about.id, teller.id, "It helped", False, frozenset(Place), StoryState.TOLD)  # noqa: FBT003
    return add_story(session, where.id, told, NOW).id


def a_goal(session: Session, about: Program, person: Person) -> int:
    new = Goal(0, about.id, person.id, "Lead", "I led", date(2026, 6, 30), Progress.NOT_BEGUN, NOW)
    return save_goal(session, about.workspace_id, new).id


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
    with shared.write() as session:
        here = ensure_workspace(session, Workspace(0, "THERE", "Here", "UBOT", None), NOW)
        there = ensure_workspace(session, Workspace(0, "TTHERE", "There", "UBOT", None), NOW)
        people = {}
        for name in (*PEOPLE, "their partner"):
            where = there if name == "other workspace" else here
            save_profiles(session, where.id, [profile(name)], NOW)
            person = person_by_slack_id(session, where.id, name)
            assert person is not None
            people[name] = person
        about, elsewhere = new_program(session, here, "This one"), new_program(session, here, "Another")
        pair = new_pair(session, about, people["partner"], people["participant"])
        new_pair(session, about, people["other pair"], people["their partner"])
        gone = Profile(roles=frozenset({Role.MENTEE}))
        save_enrollment(session, about, people["left"].id, EnrollmentState.LEFT, gone, NOW)
        for name, role, program_id in (
            ("coordinator", StaffRole.COORDINATOR, about.id),
            ("coordinator elsewhere", StaffRole.COORDINATOR, elsewhere.id),
            ("viewer", StaffRole.VIEWER, about.id),
            ("owner", StaffRole.OWNER, None),
        ):
            add_staff(session, here.id, people[name].id, role, program_id, NOW)
        keep_supervisor(session, here.id, about.id, people["participant"].id, people["viewer"].id)
        asking = SurveyRequest(
            id=0,
            instrument_id="check_in_start_mentee",
            version=1,
            person_id=people["participant"].id,
            pair_id=pair,
            opens_at=NOW,
            closes_at=NOW + timedelta(days=14),
        )
        request = ask_survey(session, here.id, about.id, "survey:1", asking)
        assert request is not None
        ids = {
            "program": about.id,
            "pair": pair,
            "request": request.id,
            "story": a_story(session, here, about, people["participant"]),
            "action": an_action(session, here, about, people["coordinator"]),
            "goal": a_goal(session, about, people["participant"]),
        }
    return World(people, ids)


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
