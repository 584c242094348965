"""Getting people in: what a program sets, who is asked again and when, whether the pool is balanced."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from mentoring.charter import charter_of
from mentoring.enrollment import IN, IN_LINE, UNDECIDED, Enrollment, EnrollmentState, Profile
from mentoring.hours import Calendar, add_working_days, next_instant
from mentoring.kinds import ProgramKind, Role
from mentoring.match_rules import match_rules_of
from mentoring.matching.settings import MAX_WEIGHT, MIN_WEIGHT, PRESETS, MatchSettings, Objective
from mentoring.matching.vocabulary import skill, spelled
from mentoring.programs import Program, ProgramState, first_instant, has_ended

MOST_REMINDERS = 2
"""Reminders to somebody who has not answered: a third would be pressure, and taking part is voluntary."""
REMINDER_DAYS = 4
"""Working days between two askings: short enough for a two-week enrollment, long enough for a trip."""
ASK_AGAIN_DAYS = 10
"""Working days after “Not now” before the one more asking: two weeks, since “not now” is about now."""
CONSENT_DAYS = 3
"""Working days of silence that count as consent in the quiet check before the announcement."""
TAKES_A_PLACE = frozenset({EnrollmentState.JOINED, EnrollmentState.MATCHED})
"""Who counts against the number of people a charter says: applications and the waiting list do not."""
PROMPTS = ("competence", "confidence", "commitment")


class Late(StrEnum):
    """What happens to somebody who joins after the match."""

    WAIT = "wait"
    """They wait, visibly, for the next round."""
    MATCH = "match"
    """A proposal for them is made at once; a coordinator still approves it."""
    CLOSED = "closed"
    """Nobody joins late."""


@dataclass(frozen=True, slots=True)
class EnrollmentRules:
    """What a coordinator sets about joining and announcing.

    Args:
        by_application: Whether a coordinator looks at every application before it counts.
        late: What happens to late joiners.
        quiet_check: Whether each person is asked in private before a match is announced.
    """

    by_application: bool
    late: Late
    quiet_check: bool


def rules_of(program: Program) -> EnrollmentRules:
    """What a program has set, or the defaults of its kind: reverse pairs are asked in private first."""
    kept = program.settings
    return EnrollmentRules(
        by_application=bool(kept.get("by_application", False)),
        late=Late(str(kept.get("late", Late.WAIT))),
        quiet_check=bool(kept.get("quiet_check", program.kind is ProgramKind.REVERSE)),
    )


def places_left(program: Program, counts: Mapping[EnrollmentState, int]) -> int | None:
    """How many more people can take part, by the charter; None where it sets no number.

    Args:
        program: Which, with its charter.
        counts: How many people of it stand where.
    """
    most = charter_of(program).capacity
    if not most:
        return None
    return max(0, most - sum(counts.get(state, 0) for state in TAKES_A_PLACE))


def place_free_key(program_id: int, person_id: int, coordinator_id: int) -> str:
    """The once-only name of word to a coordinator that this person could have a free place."""
    return f"place_free:program {program_id}:person {person_id}:to {coordinator_id}"


def match_settings(program: Program, seed: int) -> MatchSettings:
    """How a program matches: its own weights over the presets of its kind, its objective and its rules."""
    kept = program.settings.get("weights")
    weights = kept if isinstance(kept, Mapping) else {}
    rules = match_rules_of(program)
    return MatchSettings(
        program.kind,
        weights={
            str(name): float(weight)
            for name, weight in weights.items()
            if name in PRESETS[program.kind] and MIN_WEIGHT <= float(weight) <= MAX_WEIGHT
        },
        objective=Objective(str(program.settings.get("objective", Objective.BEST_TOTAL))),
        seed=seed,
        barred_cycles=rules.barred_cycles,
        must=rules.must,
        common_language=rules.common_language,
        gap=rules.gap,
        trios=rules.trios,
    )


def may_join(program: Program, now: datetime) -> bool:
    """Whether somebody new can join now."""
    return takes_people_in(program) and not has_ended(program, now)


def takes_people_in(program: Program) -> bool:
    """Whether somebody new can join as long as it lasts: after the match too, unless it takes nobody late."""
    late = program.state in (ProgramState.MATCHED, ProgramState.RUNNING)
    return program.state is ProgramState.ENROLLING or (late and rules_of(program).late is not Late.CLOSED)


def is_open_to(program: Program, known: Enrollment | None, now: datetime) -> bool:
    """Whether somebody can join, or change what they answered: until matching closes, who waits also later.

    Args:
        program: Which.
        known: How they stand in it, if they are on its list.
        now: The instant (aware).
    """
    if has_ended(program, now):
        return False
    if program.state is ProgramState.ENROLLING:
        return True
    if known is not None and known.state in IN:
        return known.state in IN_LINE
    # Whoever was in it before comes back to it, and does not come late.
    back = known is not None and known.state is EnrollmentState.FINISHED
    return back or may_join(program, now)


def is_late(program: Program) -> bool:
    """Whether the matching has begun, so that whoever is new waits for the next round."""
    return program.state is not ProgramState.ENROLLING


def state_after_yes(program: Program, stands: EnrollmentState | None, *, full: bool) -> EnrollmentState:
    """Where somebody stands who says yes, for the first time or to another match: the same way for all.

    Args:
        program: Which.
        stands: Where they stand so far, if they are on its list; who is in keeps that.
        full: Whether every place that the charter has is taken.
    """
    if stands is EnrollmentState.MATCHED or stands in IN_LINE:
        return stands
    if rules_of(program).by_application or stands is EnrollmentState.TURNED_DOWN:
        return EnrollmentState.APPLIED
    return EnrollmentState.WAITING if full else EnrollmentState.JOINED


def next_asking(known: Enrollment, program: Program, calendar: Calendar, now: datetime) -> datetime | None:
    """When to ask somebody again whether they take part, in their working hours; None for never again.

    Who has not answered, or has begun the form, hears at most two reminders. Who said “Not now” is asked
    once more. Nobody is reminded once matching has begun or the program has started.
    """
    if program.state is not ProgramState.ENROLLING or known.asked_at is None:
        return None
    if known.state is EnrollmentState.DECLINED:
        days, most = ASK_AGAIN_DAYS, 2
    elif known.state in UNDECIDED:
        days, most = REMINDER_DAYS, 1 + MOST_REMINDERS
    else:
        return None
    if known.asked >= most:
        return None
    due = next_instant(calendar, max(now, add_working_days(known.asked_at, days, calendar)))
    return due if due < first_instant(program) else None


class InPool(NamedTuple):
    """What of somebody's answers is counted: whole profiles of a thousand would keep a click waiting."""

    is_mentor: bool
    is_mentee: bool
    capacity: int
    offers: Sequence[str]
    wants: Sequence[str]
    office: str
    level: int
    competence: str
    confidence: str
    commitment: str


Counted = Profile | InPool
"""Whose answers are counted."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill more people want than mentors have places for.

    Args:
        skill: In the program's words.
        wanted: People who want it.
        offered: Mentors who offer it.
        places: Mentees those mentors can carry together.
    """

    skill: str
    wanted: int
    offered: int
    places: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The pool in counts; none of them about one person.

    Args:
        mentors: Who offered to mentor.
        mentees: Who asked for a mentor.
        places: Mentees all mentors can carry together.
        gaps: The most wanting first.
        offices: Mentors and mentees by office, the largest first.
        levels: Mentors and mentees by level of experience, the lowest first.
        mentors_ready: Mentors who have answered the three prompts.
    """

    mentors: int
    mentees: int
    places: int
    gaps: Sequence[Gap]
    offices: Sequence[tuple[str, int, int]]
    levels: Sequence[tuple[int, int, int]]
    mentors_ready: int


def balance(profiles: Iterable[Counted]) -> Balance:
    """Count who offers and who wants what, among people who said yes."""
    pool = list(profiles)
    mentors = [each for each in pool if each.is_mentor]
    mentees = [each for each in pool if each.is_mentee]
    return Balance(
        mentors=len(mentors),
        mentees=len(mentees),
        places=sum(each.capacity for each in mentors),
        gaps=_gaps(mentors, mentees),
        offices=_offices(mentors, mentees),
        levels=_levels(mentors, mentees),
        mentors_ready=sum(all(getattr(each, name) for name in PROMPTS) for each in mentors),
    )


def _gaps(mentors: Sequence[Counted], mentees: Sequence[Counted]) -> list[Gap]:
    wanted, offered, places = Counter[str](), Counter[str](), Counter[str]()
    for each in mentees:
        for name in {skill(term) for term in each.wants}:
            wanted[name] += 1
    for each in mentors:
        for name in {skill(term) for term in each.offers}:
            offered[name] += 1
            places[name] += each.capacity
    names = spelled(term for each in (*mentors, *mentees) for term in (*each.offers, *each.wants))
    gaps = [
        Gap(names[name], count, offered[name], places[name])
        for name, count in wanted.items()
        if count > places[name]
    ]
    return sorted(gaps, key=lambda gap: (gap.places - gap.wanted, gap.skill))


def _offices(mentors: Sequence[Counted], mentees: Sequence[Counted]) -> list[tuple[str, int, int]]:
    some, others = Counter(each.office for each in mentors), Counter(each.office for each in mentees)
    counted = [(office, some[office], others[office]) for office in {*some, *others} if office]
    return sorted(counted, key=lambda line: (-line[1] - line[2], line[0]))


def _levels(mentors: Sequence[Counted], mentees: Sequence[Counted]) -> list[tuple[int, int, int]]:
    some, others = Counter(each.level for each in mentors), Counter(each.level for each in mentees)
    return [(level, some[level], others[level]) for level in sorted({*some, *others}) if level]


def consent_at(asked_at: datetime, calendars: Iterable[Calendar]) -> datetime:
    """When silence is consent for everybody asked: three working days later, by each one's own calendar."""
    return max(add_working_days(asked_at, CONSENT_DAYS, each) for each in calendars)


def roles_of_kind(kind: ProgramKind, chosen: frozenset[Role]) -> frozenset[Role]:
    """The roles somebody has: among peers everybody gives and takes."""
    return frozenset(Role) if kind is ProgramKind.PEER else chosen
