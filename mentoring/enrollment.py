"""Taking part: what a person told the program about themselves, and where their application stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.errors import Refusal
from mentoring.kinds import Format, Role


class EnrollmentState(StrEnum):
    """Where a person stands in a program."""

    INVITED = "invited"
    """Known to the program, has not said yes. Nothing is done with them but asking."""
    JOINED = "joined"
    MATCHED = "matched"
    FINISHED = "finished"
    LEFT = "left"
    DECLINED = "declined"


MAX_CAPACITY = 10
"""More mentees than this is a group program or a typing error."""
MAX_HOURS = 40
"""Hours a month one can offer: a working week; more is a typing error."""
MAX_TERMS = 12
"""Skills a person may list in one direction: a longer list says nothing to a matcher."""
MAX_TERM_LENGTH = 60
MAX_GOAL_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Profile:
    """What a participant told the program; all of it theirs to see, correct and delete.

    Args:
        capacity: How many mentees a mentor can carry at once; 0 for a mentee.
        hours_per_month: Time they can give.
        reports_to: Slack id of their manager; used by the matcher only.
        do_not_pair_with: Slack ids; seen by the matcher only.
    """

    roles: frozenset[Role]
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    capacity: int = 0
    hours_per_month: int = 2
    goal: str = ""
    format: Format = Format.EITHER
    languages: tuple[str, ...] = ("en",)
    title: str = ""
    level: int = 0
    department: str = ""
    office: str = ""
    bio: str = ""
    reports_to: str | None = None
    do_not_pair_with: frozenset[str] = frozenset()

    @property
    def is_mentor(self) -> bool:
        """Whether they offered to mentor."""
        return Role.MENTOR in self.roles

    @property
    def is_mentee(self) -> bool:
        """Whether they asked for a mentor."""
        return Role.MENTEE in self.roles


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person in one program; times in UTC."""

    id: int
    program_id: int
    person_id: int
    state: EnrollmentState
    profile: Profile
    joined_at: datetime | None


def split_terms(text: str) -> tuple[str, ...]:
    """Read a list of skills as people type it: separated by commas, semicolons or lines, any case."""
    seen: dict[str, None] = {}
    for part in text.replace(";", ",").replace("\n", ",").split(","):
        term = " ".join(part.split()).lower()
        if term:
            seen.setdefault(term)
    return tuple(seen)


def check_profile(profile: Profile) -> Profile:
    """Refuse what no program can work with, naming the field at fault.

    Raises:
        Refusal: With `field` one of roles, offers, wants, capacity, hours, goal.
    """
    if not profile.roles:
        raise Refusal("Choose at least one: mentor, mentee, or both.", "roles")
    if profile.is_mentor and not profile.offers:
        raise Refusal("Name at least one thing you could help somebody with.", "offers")
    if profile.is_mentee and not profile.wants:
        raise Refusal("Name at least one thing you would like to learn.", "wants")
    for name, terms in (("offers", profile.offers), ("wants", profile.wants)):
        if len(terms) > MAX_TERMS:
            raise Refusal(f"That is {len(terms)}; pick the {MAX_TERMS} that matter most.", name)
        if any(len(term) > MAX_TERM_LENGTH for term in terms):
            raise Refusal(f"Keep each one under {MAX_TERM_LENGTH} letters, separated by commas.", name)
    if profile.is_mentor and not 1 <= profile.capacity <= MAX_CAPACITY:
        raise Refusal(f"Say how many mentees you can carry: 1 to {MAX_CAPACITY}.", "capacity")
    if not 1 <= profile.hours_per_month <= MAX_HOURS:
        raise Refusal(f"Say a number of hours from 1 to {MAX_HOURS}.", "hours")
    if len(profile.goal) > MAX_GOAL_LENGTH:
        raise Refusal(
            f"Keep your goal under {MAX_GOAL_LENGTH} letters; you can say more to each other.", "goal"
        )
    return profile
