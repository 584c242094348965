"""Importing a roster: everybody on it is invited to a program, or nobody is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState, Profile
from mentoring.errors import MentoringError
from mentoring.programs import Program
from mentoring.roster import Roster, RosterRow, read_roster
from storage.people import SlackProfile, people_by_slack_id, save_profiles
from storage.programs import enrollment, save_enrollment

STILL_OPEN = (None, EnrollmentState.INVITED)
"""Only those who have not answered yet are touched: what people said themselves is theirs."""


class RosterError(MentoringError):
    """A roster has faults; the message names each with its line and column."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    invited: int
    left_alone: int


def read_or_refuse(text: str, name: str) -> Roster:
    """Read a roster's text.

    Raises:
        RosterError: Listing every fault as `name:line column: sentence`.
    """
    roster = read_roster(text)
    if roster.problems:
        lines = [f"{name}:{each.line} {each.column or ''}: {each.sentence}" for each in roster.problems]
        raise RosterError("\n".join(["Nothing was imported. Please mend:", *lines]))
    return roster


def import_roster(session: Session, program: Program, roster: Roster, now: datetime) -> Imported:
    """Put everybody on a program's list as invited; they still say yes themselves."""
    known = people_by_slack_id(session, program.workspace_id, [row.user_id for row in roster.rows])
    strangers = [_profile_of(row) for row in roster.rows if row.user_id not in known]
    save_profiles(session, program.workspace_id, strangers, now)
    known = people_by_slack_id(session, program.workspace_id, [row.user_id for row in roster.rows])
    invited = 0
    for row in roster.rows:
        person = known[row.user_id]
        before = enrollment(session, program.id, person.id)
        if (before.state if before else None) not in STILL_OPEN:
            continue
        save_enrollment(session, program, person.id, EnrollmentState.INVITED, profile_from(row), now)
        invited += 1
    return Imported(invited, len(roster.rows) - invited)


def profile_from(row: RosterRow) -> Profile:
    """What a roster says about somebody, as a starting point they can correct."""
    return Profile(
        roles=row.roles,
        offers=row.offers,
        wants=row.wants,
        capacity=row.capacity,
        hours_per_month=row.hours_per_month,
        goal=row.goal,
        format=row.format,
        languages=row.languages,
        title=row.title,
        level=row.level,
        department=row.department,
        office=row.office,
        bio=row.bio,
        reports_to=row.reports_to,
        supervisor=row.supervisor,
        do_not_pair_with=row.do_not_pair_with,
    )


def _profile_of(row: RosterRow) -> SlackProfile:
    return SlackProfile(
        slack_id=row.user_id,
        name=row.name,
        email=row.email,
        time_zone=row.time_zone,
        locale="en-US",
        is_admin=False,
        active=True,
        member=True,
    )
