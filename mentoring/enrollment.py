"""Taking part: what a person told the program about themselves, and where their application stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from mentoring.errors import Refusal
from mentoring.kinds import Format, ProgramKind, Role
from mentoring.matching.candidates import Preferences


class EnrollmentState(StrEnum):
    """Where a person stands in a program."""

    INVITED = "invited"
    """Known to the program, has not said yes. Nothing is done with them but asking."""
    STARTED = "started"
    """Opened the form by themselves and has not sent it; what they typed is kept as a draft."""
    APPLIED = "applied"
    """Has said yes, in a program whose coordinator looks at every application first."""
    WAITING = "waiting"
    """Said yes, and the coordinator put them on the waiting list."""
    TURNED_DOWN = "turned down"
    """Said yes, and the coordinator could not take them, with a reason."""
    JOINED = "joined"
    MATCHED = "matched"
    FINISHED = "finished"
    LEFT = "left"
    DECLINED = "declined"
    """Said “Not now”."""


UNDECIDED = frozenset({EnrollmentState.INVITED, EnrollmentState.STARTED})
"""Asked, or on their way, and not in yet."""
IN_LINE = frozenset({EnrollmentState.APPLIED, EnrollmentState.WAITING, EnrollmentState.JOINED})
"""Said yes and not matched: they may change their answers, or leave."""
IN = frozenset({*IN_LINE, EnrollmentState.MATCHED})
"""Said yes, and are part of it."""


def as_shown(state: EnrollmentState, *, over: bool = False) -> EnrollmentState:
    """Where somebody stands, as the program team sees it: whoever said “Not now” counts as asked.

    Taking part is voluntary, and the form that invites promises that nobody is told who said no.

    Args:
        state: As it is kept; a program that ends changes it for nobody.
        over: Whether the program has had its last day, and nothing of theirs lasts longer.
    """
    if over and state is EnrollmentState.MATCHED:
        return EnrollmentState.FINISHED
    return EnrollmentState.INVITED if state is EnrollmentState.DECLINED else state


MAX_CAPACITY = 10
"""More mentees than this is a group program or a typing error."""
MAX_HOURS = 40
"""Hours a month one can offer: a working week; more is a typing error."""
MAX_TERMS = 12
"""Skills a person may list in one direction: a longer list says nothing to a matcher."""
MAX_TERM_LENGTH = 60
MAX_GOAL_LENGTH = 300
MAX_WORDS_LENGTH = 200
"""Letters in a mentor's answer to one of the three prompts, and in a wish about the other person."""
MAX_PREFERRED = 5
"""People one can name as liked: a selection is structured, and wishes for many are wishes for none."""
MAX_LEVEL = 7
"""Levels of experience the form offers; a roster may say more."""
STEPS = 3
"""Steps of the form: you and your time; what you offer and want; with whom."""
SELF_QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gender": ("woman", "man", "nonbinary", "other"),
        "background": ("yes", "no"),
        "first_generation": ("yes", "no"),
        "caregiver": ("yes", "no"),
        "disability": ("yes", "no"),
    }
)
"""What people may say about themselves, for reports of groups alone; the matcher never reads it."""
TWO_WAY = frozenset({ProgramKind.REVERSE, ProgramKind.PEER})
"""Kinds in which each side teaches and learns, so that everybody names both."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a participant told the program; all of it theirs to see, correct and delete.

    Args:
        capacity: How many mentees a mentor can carry at once; 0 for a mentee.
        hours_per_month: Time they can give.
        reports_to: Slack id of their manager, for the matcher.
        supervisor: Slack id of whoever is told the time it takes; without one it is their manager.
        do_not_pair_with: Slack ids; seen by the matcher only.
        preferred: Slack ids of people they would like; seen by the matcher only, and said where both did.
        preferences: What they wish of the other's practice, office and seniority.
        hopes: "Help me choose someone who…", in their words; for the coordinator.
        competence: A mentor's own words on what they have done that a mentee could learn from.
        confidence: On what makes them comfortable in guiding somebody.
        commitment: On how they will make the time.
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
    supervisor: str | None = None
    do_not_pair_with: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    preferences: Preferences = field(default_factory=Preferences)
    hopes: str = ""
    competence: str = ""
    confidence: str = ""
    commitment: str = ""

    @property
    def is_mentor(self) -> bool:
        """Whether they offered to mentor."""
        return Role.MENTOR in self.roles

    @property
    def is_mentee(self) -> bool:
        """Whether they asked for a mentor."""
        return Role.MENTEE in self.roles


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed and not sent yet; unchecked, and nobody else sees it.

    Args:
        step: The step of the form they were at, from 1.
    """

    profile: Profile
    step: int


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person in one program; times in UTC.

    Args:
        draft: What they have begun to answer, if anything.
        asked: How often they were asked to take part, the invitation included.
        asked_at: When they were asked last.
        note: The coordinator's note of the intake interview, with what was agreed to expect.
        reason: What the coordinator wrote with a decision about the application.
    """

    id: int
    program_id: int
    person_id: int
    state: EnrollmentState
    profile: Profile
    joined_at: datetime | None
    draft: Draft | None = None
    asked: int = 0
    asked_at: datetime | None = None
    note: str = ""
    reason: str = ""


def offers_asked(profile: Profile, kind: ProgramKind) -> bool:
    """Whether somebody says what they can teach."""
    return profile.is_mentor or kind in TWO_WAY


def wants_asked(profile: Profile, kind: ProgramKind) -> bool:
    """Whether somebody says what they want to learn."""
    return profile.is_mentee or kind in TWO_WAY


def clean_term(text: str) -> str:
    """One skill as it is kept: single spaces, as the person wrote it."""
    return " ".join(text.replace(",", " ").split())


def check_company(profile: Profile) -> None:
    """The third step: with whom.

    Raises:
        Refusal: With `field` liked.
    """
    if profile.preferred & profile.do_not_pair_with:
        raise Refusal("Somebody stands here and below. Leave them in one of the two.", "liked")
    if len(profile.preferred) > MAX_PREFERRED:
        raise Refusal(f"Name up to {MAX_PREFERRED}; the matcher looks at everybody anyway.", "liked")


def check_profile(profile: Profile, kind: ProgramKind) -> Profile:
    """Refuse what no program can work with, naming the field at fault.

    Raises:
        Refusal: With `field` one of roles, capacity, hours, offers, wants, goal, liked.
    """
    check_time(profile)
    check_skills(profile, kind)
    check_company(profile)
    return profile


def check_time(profile: Profile) -> None:
    """The first step: as what, and how much time.

    Raises:
        Refusal: With `field` one of roles, hours.
    """
    if not profile.roles:
        raise Refusal("Choose at least one: mentor, mentee, or both.", "roles")
    if not 1 <= profile.hours_per_month <= MAX_HOURS:
        raise Refusal(f"Say a number of hours from 1 to {MAX_HOURS}.", "hours")


def check_capacity(capacity: int) -> None:
    """For how many mentees a mentor has places.

    Raises:
        Refusal: With `field` capacity.
    """
    if not 1 <= capacity <= MAX_CAPACITY:
        raise Refusal(f"Say how many mentees you can carry: 1 to {MAX_CAPACITY}.", "capacity")


def check_skills(profile: Profile, kind: ProgramKind) -> None:
    """The second step: how many mentees a mentor takes, what they can teach and want to learn.

    Raises:
        Refusal: With `field` one of capacity, offers, wants, goal.
    """
    if profile.is_mentor:
        check_capacity(profile.capacity)
    if offers_asked(profile, kind) and not profile.offers:
        raise Refusal("Name at least one thing you could help somebody with.", "offers")
    if wants_asked(profile, kind) and not profile.wants:
        raise Refusal("Name at least one thing you would like to learn.", "wants")
    for name, terms in (("offers", profile.offers), ("wants", profile.wants)):
        if len(terms) > MAX_TERMS:
            raise Refusal(f"That is {len(terms)}; pick the {MAX_TERMS} that matter most.", name)
        if any(len(term) > MAX_TERM_LENGTH for term in terms):
            raise Refusal(f"Keep each one under {MAX_TERM_LENGTH} letters.", name)
    if len(profile.goal) > MAX_GOAL_LENGTH:
        raise Refusal(
            f"Keep your goal under {MAX_GOAL_LENGTH} letters; you can say more to each other.", "goal"
        )
