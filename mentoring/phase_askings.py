"""What a pair is asked in the life of its program, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from mentoring.kinds import Role
from mentoring.phases import Phase, PhaseName, PhasePlan, phase_named

CHECK_IN_LEAD = timedelta(days=5)
"""A phase's check-in opens this long before the phase ends, so that it closes with answers in hand."""
LAST_CHECK_IN_LEAD = timedelta(days=12)
"""The last one opens sooner: it may have to wait, and after the thanks it would come too late."""
LATE_ANSWERS = timedelta(days=14)
"""How long an asking stays open after it was sent."""
SETTLING_IN = timedelta(days=14)
"""A pair younger than this is not asked how it is going."""
MATCH_QUALITY_FIRST = timedelta(days=30)
MATCH_QUALITY_EVERY = timedelta(days=60)
"""Match quality is asked 30 days in, and then every 60."""
ORIENTATION_FEEDBACK_AFTER = timedelta(days=18)
"""By then the lessons are done, or will not be."""
TOO_CLOSE = timedelta(days=7)
"""Two askings within a week of each other are one too many; the less specific one gives way."""
ABOUT_THE_PAIR = ("check_in", "match_quality", "exit")
"""Surveys about one pair, by the beginning of their names; the others are about the program or oneself."""


def is_about_the_pair(instrument_id: str) -> bool:
    """Whether somebody in several pairs is asked once for each; all else they are asked once."""
    return instrument_id.startswith(ABOUT_THE_PAIR)


@dataclass(frozen=True)
class Asking:
    """A survey that becomes due in a pair's life.

    Args:
        instrument_id: What is asked.
        role: Who of the pair is asked.
        opens_at: When it is sent (UTC, as the others).
        closes_at: Until when late answers are welcome.
        sent_until: From then on it is not sent any more.
        key: Names this asking once and for all within the pair.
    """

    instrument_id: str
    role: Role
    opens_at: datetime
    closes_at: datetime
    sent_until: datetime
    key: str


def check_in_due_at(phase: Phase) -> datetime | None:
    """Say when a phase's closing check-in is sent; the casual phase has none."""
    if phase.ends_at is None:
        return None
    lead = LAST_CHECK_IN_LEAD if phase.name is PhaseName.END else CHECK_IN_LEAD
    return max(phase.ends_at - lead, phase.starts_at + (phase.ends_at - phase.starts_at) / 2)


def match_quality_due(paired_at: datetime, until: datetime) -> tuple[datetime, ...]:
    """List when a pair is asked about its match before `until`: after 30 days, then every 60."""
    due, at = [], paired_at + MATCH_QUALITY_FIRST
    while at < until:
        due.append(at)
        at += MATCH_QUALITY_EVERY
    return tuple(due)


@lru_cache(maxsize=4096)
def askings_for_pair(plan: PhasePlan, paired_at: datetime) -> tuple[Asking, ...]:
    """List everything a pair is asked in the life of its program, in order of time.

    Computed from the plan and never from the last asking, so a late one does not push the rest. A pair
    announced late is spared what would come in its first two weeks, and match quality gives way to a
    check-in or survey within a week of it.
    """
    ends_at = phase_named(plan, PhaseName.CASUAL).starts_at
    middle = plan[0].starts_at + (ends_at - plan[0].starts_at) / 2
    moments = [("mid_term", "mid_term", middle)]
    for phase in plan:
        due = check_in_due_at(phase)
        if due is not None:
            moments.append((f"check_in_{phase.name}", f"check_in_{phase.name}", due))
    moments = [moment for moment in moments if moment[2] >= paired_at + SETTLING_IN]
    feedback_at = max(paired_at, plan[0].starts_at) + ORIENTATION_FEEDBACK_AFTER
    if feedback_at < ends_at and all(abs(feedback_at - at) >= TOO_CLOSE for _, _, at in moments):
        moments.append(("orientation_feedback", "orientation_feedback", feedback_at))
    taken = [at for _, _, at in moments]
    for number, at in enumerate(match_quality_due(paired_at, ends_at - TOO_CLOSE), start=1):
        if all(abs(at - other) >= TOO_CLOSE for other in taken):
            moments.append(("match_quality", f"match_quality_{number}", at))
    moments.append(("final", "final", ends_at))
    askings = [_asking(*moment, role, ends_at) for moment in moments for role in (Role.MENTEE, Role.MENTOR)]
    before, after = max(paired_at, plan[0].starts_at), ends_at - CHECK_IN_LEAD
    askings += [
        _asking("competency_before", "competency_before", before, Role.MENTEE, ends_at),
        _asking("competency_after", "competency_after", after, Role.MENTEE, ends_at),
    ]
    return tuple(sorted(askings, key=lambda asking: (asking.opens_at, asking.key, asking.role)))


def _asking(stem: str, key: str, opens_at: datetime, role: Role, ends_at: datetime) -> Asking:
    per_role = stem.startswith("check_in_") or stem == "final"
    instrument_id = f"{stem}_{role}" if per_role else stem
    closes_at = opens_at + LATE_ANSWERS
    # "How is it going?" has no place after the thanks; what is asked of the whole comes then.
    sent_until = min(closes_at, ends_at) if is_about_the_pair(stem) else closes_at
    # In UTC, because every look compares them with its own instant: across two zones that takes longer.
    opens, closes, until = (each.astimezone(UTC) for each in (opens_at, closes_at, sent_until))
    return Asking(instrument_id, role, opens, closes, until, f"{key}:{role}")
