"""Putting people on a program's list and asking them to take part: one, or a whole firm, alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.enrollment import Profile
from mentoring.kinds import Role
from mentoring.notices import Notice, ToChannel, ToPerson
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.recruiting import roles_of_kind
from storage.invitations import Asked
from storage.outbox import write_letter
from storage.programs import put_on_the_list
from storage.recruiting import never_asked, not_asked_yet, note_all_asked


def ask_people(
    session: Session,
    found: Program,
    people: Sequence[tuple[Person, frozenset[Role]]],
    now: datetime,
    nominated_by: int | None = None,
) -> Asked:
    """Put people on the list and write to them; whoever was asked before is left alone, whatever they said.

    Each is asked as what stands beside them, or as anything where that is empty; `nominated_by` is the
    colleague who named them, if one did.
    """
    fit = {person.id: (person, roles) for person, roles in people if person.active and person.member}
    profiles = {person_id: _beginning(found, roles) for person_id, (_, roles) in fit.items()}
    made = put_on_the_list(session, found, profiles, nominated_by)
    # A list that came in after the match puts people on it whom nobody has asked.
    made |= never_asked(session, found.id, fit)
    _write_to(session, found, made, now, nominated_by)
    return Asked(len(made), len(fit) - len(made), len(people) - len(fit))


def ask_everybody(session: Session, found: Program, now: datetime) -> int:
    """Ask everybody on a program's list who was not asked yet; tells how many."""
    waiting = not_asked_yet(session, found.id)
    _write_to(session, found, waiting, now)
    return len(waiting)


def announce(session: Session, found: Program, channel: str, now: datetime) -> bool:
    """Announce an open program in a channel; False where it was announced there before."""
    # The channel it was opened in keeps the key it always had.
    elsewhere = f":channel {channel}" if channel != found.channel else ""
    announcement = Notice(
        kind="announcement",
        to=ToChannel(channel),
        key=f"announcement:program {found.id}{elsewhere}",
        not_before=now,
        why="enrollment opened",
    )
    return write_letter(session, found.workspace_id, announcement, now, program_id=found.id)


def _beginning(found: Program, roles: frozenset[Role]) -> Profile:
    as_what = roles_of_kind(found.kind, roles or frozenset(Role))
    return Profile(
        as_what, capacity=1 if Role.MENTOR in as_what else 0, hours_per_month=found.hours_per_month
    )


def _write_to(
    session: Session,
    found: Program,
    enrollment_of: Mapping[int, int],
    now: datetime,
    nominated_by: int | None = None,
) -> None:
    for person_id, enrollment_id in enrollment_of.items():
        notice = Notice(
            kind="nominated" if nominated_by else "invited",
            to=ToPerson(person_id),
            key=f"invited:enrollment {enrollment_id}",
            not_before=now,
            why="a colleague named them" if nominated_by else "on the coordinator's list",
            ids={"person": nominated_by} if nominated_by else {},
        )
        write_letter(session, found.workspace_id, notice, now, program_id=found.id)
    note_all_asked(session, found, [*enrollment_of.values()], now)
