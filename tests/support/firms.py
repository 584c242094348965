"""Everybody there can be, in two programs of a firm and in one of another, and all that acts can name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState, Profile
from mentoring.goals import Goal, Progress
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import Member
from mentoring.people import Person, StaffRole
from mentoring.phases import PhaseName
from mentoring.programs import Program, ProgramState
from mentoring.stories import Place, Story, StoryState
from mentoring.surveys.requests import SurveyRequest
from storage.database import Database
from storage.goals import save_goal
from storage.pairs import NewPair, add_pairs, mark_announced
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

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
HERE, ELSEWHERE, ABROAD = "Spring circle", "Autumn circle", "Winter circle"
"""The program most people are in, another of the same firm, and one of another firm."""

PEOPLE = (
    "stranger", "guest", "deactivated", "participant", "partner", "other pair", "left", "coordinator",
    "coordinator elsewhere", "viewer", "owner", "other workspace",
)  # fmt: skip
"""Everybody whose rights are walked; the last one owns everything in the other firm."""
OTHERS = {
    ELSEWHERE: ("elsewhere mentor", "elsewhere mentee"),
    ABROAD: ("abroad mentor", "abroad mentee"),
}


@dataclass(frozen=True)
class World:
    """Everybody, and what acts can name: in the program, in another one of the firm, in another firm."""

    people: Mapping[str, Person]
    ids: Mapping[str, int | str]
    elsewhere: Mapping[str, int | str] = field(default_factory=dict)
    abroad: Mapping[str, int | str] = field(default_factory=dict)


def slack_id(name: str) -> str:
    """Whose id is easy to read."""
    return f"U0{name.replace(' ', '').upper()}"


def _profile(name: str) -> SlackProfile:
    return SlackProfile(
        slack_id=slack_id(name),
        name=name,
        email=None,
        time_zone="UTC",
        locale="en-US",
        is_admin=False,
        active=name != "deactivated",
        member=name != "guest",
    )


def populated(database: Database) -> World:
    """Fill a database."""
    with database.write() as session:
        firm = ensure_workspace(session, Workspace(0, "THERE", "Here", "UBOT", None), NOW)
        other = ensure_workspace(session, Workspace(0, "TTHERE", "There", "UBOT", None), NOW)
        at_home = (
            *(each for each in PEOPLE if each != "other workspace"),
            "their partner",
            *OTHERS[ELSEWHERE],
        )
        people = _people(session, firm, at_home) | _people(
            session, other, ("other workspace", *OTHERS[ABROAD])
        )
        about, elsewhere = _program(session, firm, HERE), _program(session, firm, ELSEWHERE)
        abroad = _program(session, other, ABROAD)
        ids = _things(session, firm, about, people["partner"], people["participant"], people["coordinator"])
        _pair(session, about, people["other pair"], people["their partner"])
        gone = Profile(roles=frozenset({Role.MENTEE}))
        save_enrollment(session, about, people["left"].id, EnrollmentState.LEFT, gone, NOW)
        for name, role, program_id in (
            ("coordinator", StaffRole.COORDINATOR, about.id),
            ("coordinator elsewhere", StaffRole.COORDINATOR, elsewhere.id),
            ("viewer", StaffRole.VIEWER, about.id),
            ("owner", StaffRole.OWNER, None),
        ):
            add_staff(session, firm.id, people[name].id, role, program_id, NOW)
        add_staff(session, other.id, people["other workspace"].id, StaffRole.OWNER, None, NOW)
        keep_supervisor(session, firm.id, about.id, people["participant"].id, people["viewer"].id)
        sets = {}
        for where, workspace, program, owner in (
            (ELSEWHERE, firm, elsewhere, "coordinator elsewhere"),
            (ABROAD, other, abroad, "other workspace"),
        ):
            mentor, mentee = (people[each] for each in OTHERS[where])
            sets[where] = _things(session, workspace, program, mentor, mentee, people[owner])
    return World(people, ids, sets[ELSEWHERE], sets[ABROAD])


def _people(session: Session, where: Workspace, names: tuple[str, ...]) -> dict[str, Person]:
    save_profiles(session, where.id, [_profile(name) for name in names], NOW)
    found = {name: person_by_slack_id(session, where.id, slack_id(name)) for name in names}
    return {name: person for name, person in found.items() if person is not None}


def _program(session: Session, workspace: Workspace, name: str) -> Program:
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
        cadence="weeks:2",
        sponsor_name="",
        sponsor_words="",
    )
    return add_program(session, made, NOW)


def _pair(session: Session, program: Program, mentor: Person, mentee: Person) -> int:
    members = []
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        profile = Profile(roles=frozenset({role}))
        kept = save_enrollment(session, program, person.id, EnrollmentState.MATCHED, profile, NOW)
        members.append(Member(person.id, kept.id, role))
    pair = NewPair(tuple(members), "", 1.0)
    made = add_pairs(session, program.workspace_id, program.id, [pair], program.ends_on, NOW)[0]
    mark_announced(session, made.id, NOW)
    return made.id


def _things(
    session: Session, where: Workspace, about: Program, mentor: Person, mentee: Person, owner: Person
) -> dict[str, int | str]:
    """A pair of the program, and one of everything that acts name, of the mentee or the owner."""
    pair = _pair(session, about, mentor, mentee)
    asking = SurveyRequest(
        id=0,
        instrument_id="check_in_start_mentee",
        version=1,
        person_id=mentee.id,
        pair_id=pair,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=14),
    )
    request = ask_survey(session, where.id, about.id, f"survey:{pair}", asking)
    assert request is not None
    debrief = open_debrief(session, where.id, about.id, PhaseName.START, NOW)
    told = Story(0, about.id, mentee.id, "It helped", False, frozenset(Place), StoryState.TOLD)  # noqa: FBT003
    goal = Goal(0, about.id, mentee.id, "Lead", "I led", date(2026, 6, 30), Progress.NOT_BEGUN, NOW)
    return {
        "program": about.id,
        "pair": pair,
        "request": request.id,
        "story": add_story(session, where.id, told, NOW).id,
        "action": add_improvement(session, where.id, debrief, "Ask", owner.id, date(2026, 3, 2)).id,
        "goal": save_goal(session, where.id, goal).id,
    }
