"""What people told a program about themselves, as JSON and back."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from mentoring.enrollment import Draft, Profile
from mentoring.kinds import Format, Role
from mentoring.matching.candidates import Preferences, Wish
from storage.tables import EnrollmentRow


def profile_json(profile: Profile) -> dict[str, Any]:
    """What only forms and the matcher read; roles, places and hours have columns of their own."""
    return {
        "offers": list(profile.offers),
        "wants": list(profile.wants),
        "goal": profile.goal,
        "format": profile.format.value,
        "languages": list(profile.languages),
        "title": profile.title,
        "level": profile.level,
        "department": profile.department,
        "office": profile.office,
        "bio": profile.bio,
        "reports_to": profile.reports_to,
        "supervisor": profile.supervisor,
        "do_not_pair_with": sorted(profile.do_not_pair_with),
        "preferred": sorted(profile.preferred),
        "preferences": {name: wish.value for name, wish in vars(profile.preferences).items()},
        "hopes": profile.hopes,
        "competence": profile.competence,
        "confidence": profile.confidence,
        "commitment": profile.commitment,
    }


def profile_of(row: EnrollmentRow | Row[Any]) -> Profile:
    """What somebody told the program."""
    roles = {Role.MENTOR: row.is_mentor, Role.MENTEE: row.is_mentee}
    taken = frozenset(role for role, is_taken in roles.items() if is_taken)
    return _read_profile(row.profile, taken, row.capacity, row.hours_per_month)


def save_capacity(session: Session, enrollment_id: int, capacity: int) -> None:
    """For how many mentees somebody has places; the rest of what they told, and a draft of theirs, stays."""
    session.get_one(EnrollmentRow, enrollment_id).capacity = capacity
    session.flush()


def draft_of(row: EnrollmentRow | Row[Any]) -> Draft | None:
    """What somebody has typed and not sent yet, if anything."""
    kept = row.draft
    if not kept:
        return None
    roles = frozenset(Role(each) for each in kept["roles"])
    return Draft(_read_profile(kept, roles, kept["capacity"], kept["hours_per_month"]), kept["step"])


def _read_profile(kept: dict[str, Any], roles: frozenset[Role], capacity: int, hours: int) -> Profile:
    return Profile(
        roles=roles,
        offers=tuple(kept["offers"]),
        wants=tuple(kept["wants"]),
        capacity=capacity,
        hours_per_month=hours,
        goal=kept["goal"],
        format=Format(kept["format"]),
        languages=tuple(kept["languages"]),
        title=kept["title"],
        level=kept["level"],
        department=kept["department"],
        office=kept["office"],
        bio=kept["bio"],
        reports_to=kept["reports_to"],
        supervisor=kept.get("supervisor"),
        do_not_pair_with=frozenset(kept["do_not_pair_with"]),
        preferred=frozenset(kept.get("preferred", ())),
        preferences=Preferences(**{name: Wish(wish) for name, wish in kept["preferences"].items()}),
        hopes=kept["hopes"],
        competence=kept["competence"],
        confidence=kept["confidence"],
        commitment=kept["commitment"],
    )


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft as it is kept."""
    kept = draft.profile
    return profile_json(kept) | {
        "step": draft.step,
        "roles": sorted(kept.roles),
        "capacity": kept.capacity,
        "hours_per_month": kept.hours_per_month,
    }
