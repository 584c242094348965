"""People as the matcher sees them."""

from dataclasses import dataclass
from enum import StrEnum

from mentoring.kinds import Format, Role
from mentoring.roster import RosterRow


class Wish(StrEnum):
    """What a person asks of the other one's practice, office or seniority."""

    SAME = "same"
    DIFFERENT = "different"
    NO_MATTER = "no matter"


@dataclass(frozen=True)
class Preferences:
    """A person's wishes about the other; wishes count, they do not rule out."""

    same_practice: Wish = Wish.NO_MATTER
    same_office: Wish = Wish.NO_MATTER
    same_seniority: Wish = Wish.NO_MATTER


@dataclass(frozen=True)
class Candidate:
    """A person in one round of matching.

    Args:
        user_id: Who it is; unique in a round.
        name: As the person is called; explanations use it.
        roles: What the person wants to be; peers may have none.
        level: Seniority, higher is more senior.
        department: The practice or department.
        office: Where the person works.
        time_zone: IANA name.
        languages: What the person can meet in; empty means nothing was said.
        offers: What the person can teach.
        wants: What the person wants to learn.
        capacity: How many mentees the person still has places for.
        hours_per_month: Time the person gives.
        format: How the person can meet.
        manager: User id of the direct manager.
        do_not_pair_with: Private: people the person must not be paired with.
        goal: In the person's own words.
        preferences: Wishes about the other.
        preferred: People the person would like to be paired with.
        groups: Names of the ethical-wall groups the person belongs to; private.
        away_at_start: Whether the person is away when the round starts.
        paused: Whether the person has paused their part in the program.
    """

    user_id: str
    name: str
    roles: frozenset[Role]
    level: int = 1
    department: str = ""
    office: str = ""
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    capacity: int = 1
    hours_per_month: int = 2
    format: Format = Format.EITHER
    manager: str | None = None
    do_not_pair_with: frozenset[str] = frozenset()
    goal: str = ""
    preferences: Preferences = Preferences()
    preferred: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    away_at_start: bool = False
    paused: bool = False


def candidate_from_roster(row: RosterRow) -> Candidate:
    """Take a person from a roster line into a round of matching."""
    return Candidate(
        user_id=row.user_id,
        name=row.name,
        roles=row.roles,
        level=row.level,
        department=row.department,
        office=row.office,
        time_zone=row.time_zone,
        languages=row.languages,
        offers=row.offers,
        wants=row.wants,
        capacity=row.capacity,
        hours_per_month=row.hours_per_month,
        format=row.format,
        manager=row.reports_to,
        do_not_pair_with=row.do_not_pair_with,
        goal=row.goal,
    )
