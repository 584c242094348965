"""Who may do what: every act names the role it needs, in one table, checked at the door against the database.

Nothing is believed from a payload but who sent it.
"""

from collections.abc import Collection
from enum import StrEnum

from mentoring.errors import NotAllowed
from mentoring.people import Person, StaffRole


class Need(StrEnum):
    """The role an act needs."""

    MEMBER = "member"
    """A full member of the workspace."""
    PARTICIPANT = "participant"
    """Somebody who takes part in the program the act names."""
    IN_PAIR = "in pair"
    """Somebody of the pair the act names."""
    ASKED = "asked"
    """The person this survey was sent to."""
    COORDINATOR = "coordinator"
    """A coordinator of the program the act names, or an owner."""
    ANY_COORDINATOR = "any coordinator"
    """A coordinator of some program, or an owner."""
    OWNER = "owner"
    """An owner of the workspace's programs."""


ACTS: dict[str, Need] = {
    "join.open": Need.MEMBER,
    "join.submit": Need.MEMBER,
    "join.not_now": Need.MEMBER,
    "join.leave": Need.PARTICIPANT,
    "program.new": Need.ANY_COORDINATOR,
    "program.submit": Need.ANY_COORDINATOR,
    "program.open": Need.COORDINATOR,
    "match.want": Need.COORDINATOR,
    "match.review": Need.COORDINATOR,
    "match.earlier": Need.COORDINATOR,
    "match.later": Need.COORDINATOR,
    "match.approve": Need.COORDINATOR,
    "agreement.open": Need.IN_PAIR,
    "agreement.reopen": Need.IN_PAIR,
    "agreement.submit": Need.IN_PAIR,
    "agreement.accept": Need.IN_PAIR,
    "meeting.book": Need.IN_PAIR,
    "meeting.book_submit": Need.IN_PAIR,
    "meeting.skip": Need.IN_PAIR,
    "meeting.met": Need.IN_PAIR,
    "meeting.not_yet": Need.IN_PAIR,
    "meeting.could_not": Need.IN_PAIR,
    "meeting.moved": Need.IN_PAIR,
    "meeting.moved_submit": Need.IN_PAIR,
    "pair.fine": Need.IN_PAIR,
    "pair.help": Need.IN_PAIR,
    "survey.open": Need.ASKED,
    "survey_branch": Need.ASKED,
    "survey_answer": Need.ASKED,
    "pause.open": Need.MEMBER,
    "pause.submit": Need.MEMBER,
    "pause.resume": Need.MEMBER,
    "staff.claim": Need.MEMBER,
    "staff.add": Need.OWNER,
}
"""Every act a payload can name, with the role it needs. An act that is not here cannot be performed."""

REFUSALS: dict[Need, str] = {
    Need.MEMBER: "Mentoring here is for members of this workspace. A guest can't take part.",
    Need.PARTICIPANT: "This is for people who take part in the program. `/mentoring join` gets you in.",
    Need.IN_PAIR: "Only the people of this pair can do that.",
    Need.ASKED: "This survey was sent to somebody else. Yours is in your own messages.",
    Need.COORDINATOR: "Only a coordinator of this program can do that. `/mentoring coordinators` says who.",
    Need.ANY_COORDINATOR: "Only a coordinator can do that. `/mentoring coordinators` says who.",
    Need.OWNER: "Only an owner can do that. `/mentoring coordinators` says who.",
}


def check_member(person: Person) -> None:
    """Let only active full members of the workspace through.

    Raises:
        NotAllowed: For guests, bots, strangers and the deactivated.
    """
    if not (person.active and person.member):
        raise NotAllowed(REFUSALS[Need.MEMBER])


def may_run(roles: Collection[tuple[StaffRole, int | None]], program_id: int) -> bool:
    """Whether these roles allow to act for a program."""
    return any(
        role is StaffRole.OWNER or (role is StaffRole.COORDINATOR and where in (None, program_id))
        for role, where in roles
    )


def is_owner(roles: Collection[tuple[StaffRole, int | None]]) -> bool:
    """Whether these roles include owning the workspace's programs."""
    return any(role is StaffRole.OWNER for role, _ in roles)


def runs_something(roles: Collection[tuple[StaffRole, int | None]]) -> bool:
    """Whether these roles allow to act for any program at all."""
    return any(role is not StaffRole.VIEWER for role, _ in roles)
