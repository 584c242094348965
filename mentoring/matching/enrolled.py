"""People of a program as the matcher sees them: with the roles and places they still have open."""

from dataclasses import replace

from mentoring.enrollment import Profile
from mentoring.kinds import Role
from mentoring.matching.candidates import Candidate
from mentoring.people import Person


def candidate(person: Person, profile: Profile, *, mentees: int, has_mentor: bool) -> Candidate | None:
    """Take somebody into a round; None where nothing of what they signed up for is still open.

    Args:
        person: Who.
        profile: What they told the program.
        mentees: How many mentees they have already.
        has_mentor: Whether they have a mentor already.
    """
    places = max(0, profile.capacity - mentees) if profile.is_mentor else 0
    still = {Role.MENTOR: profile.is_mentor and places > 0, Role.MENTEE: profile.is_mentee and not has_mentor}
    roles = frozenset(role for role, is_open in still.items() if is_open)
    if not roles:
        return None
    base = Candidate(
        user_id=person.slack_id,
        name=person.name,
        roles=roles,
        department=profile.department,
        office=profile.office,
        time_zone=person.time_zone,
        languages=profile.languages,
        offers=profile.offers,
        wants=profile.wants,
        capacity=places,
        hours_per_month=profile.hours_per_month,
        format=profile.format,
        manager=profile.reports_to,
        do_not_pair_with=profile.do_not_pair_with,
        goal=profile.goal,
        preferred=profile.preferred,
    )
    return replace(base, level=profile.level) if profile.level else base
