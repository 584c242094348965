"""Importing a roster: all of it is taken, adding and correcting, or nothing is."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.errors import MentoringError
from mentoring.programs import Program
from mentoring.roster import Roster, RosterRow, read_roster
from mentoring.roster_changes import ChangeKind, RosterChange, roster_changes
from storage.participants import participants
from storage.people import SlackProfile, directory_age, people_by_slack_id, save_profiles, workspace_named
from storage.programs import put_roster


class RosterError(MentoringError):
    """A roster has faults; the message names each with its line and column."""


def read_or_refuse(text: str, name: str, undone: str = "imported") -> Roster:
    """Read a roster's text.

    Args:
        text: A CSV.
        name: What its lines are named after.
        undone: What is not done with it where it has faults, to follow “Nothing was”.

    Raises:
        RosterError: Listing every fault as `name:line column: sentence`.
    """
    roster = read_roster(text)
    if roster.problems:
        lines = [f"{name}:{each.line} {each.column or ''}: {each.sentence}" for each in roster.problems]
        raise RosterError("\n".join([f"Nothing was {undone}. Please mend:", *lines]))
    return roster


def check_known(session: Session, program: Program, people: Roster, path: str) -> None:
    """Refuse ids nobody in the workspace has, once the workspace's list of people has been read.

    Raises:
        RosterError: Listing every such line.
    """
    if directory_age(session, program.workspace_id) is None:
        return
    where = workspace_named(session, program.workspace_id)
    known = people_by_slack_id(session, program.workspace_id, [row.user_id for row in people.rows])
    lines = []
    for row in people.rows:
        person, at = known.get(row.user_id), f"{path}:{row.line}".lstrip(":")
        if person is None:
            lines.append(f"{at} user_id: Nobody in {where} has the id {row.user_id}.")
        elif not person.active:
            lines.append(f"{at} user_id: {row.user_id} has left {where}.")
        elif not person.member:
            lines.append(f"{at} user_id: {row.user_id} is a guest or an app, and can't take part.")
    if lines:
        raise RosterError("\n".join(["Nothing was imported. Please mend:", *lines]))


def planned_changes(session: Session, program: Program, roster: Roster) -> tuple[RosterChange, ...]:
    """What an import would do, line by line; changes nothing."""
    known = {
        each.person.slack_id: (each.enrollment.state, each.enrollment.profile)
        for each in participants(session, program.id)
    }
    return roster_changes(roster, known)


def import_roster(
    session: Session, program: Program, roster: Roster, now: datetime
) -> tuple[RosterChange, ...]:
    """Do it: new people are put on the list as invited and still say yes themselves; facts are corrected."""
    changes = planned_changes(session, program, roster)
    slack_ids = [row.user_id for row in roster.rows]
    known = people_by_slack_id(session, program.workspace_id, slack_ids)
    strangers = [_profile_of(row) for row in roster.rows if row.user_id not in known]
    if strangers:
        save_profiles(session, program.workspace_id, strangers, now)
        known = people_by_slack_id(session, program.workspace_id, slack_ids)
    put = {known[each.row.user_id].id: each.profile for each in changes if each.kind is not ChangeKind.SAME}
    put_roster(session, program, put)
    return changes


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
