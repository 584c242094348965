"""Why these two, in words for the mentor, the mentee and the coordinator; nothing private is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mentoring.kinds import Format, ProgramKind
from mentoring.matching.candidates import Candidate
from mentoring.matching.result import Explanation
from mentoring.matching.settings import MatchSettings, gap_in_force
from mentoring.matching.vocabulary import skill, skills_for_goal
from mentoring.matching.wording import counted, listed, names_for, number, ordinal, sentence
from mentoring.matching.working_hours import WORKING_DAY_HOURS

CLAUSES_FOR_A_PERSON = 3
CLAUSES_FOR_A_COORDINATOR = 6
GOOD_ENOUGH_TO_SAY = 0.5
"""A criterion below this is no reason for a match, and people are told reasons."""
OFFERS_TO_SHOW = 3
NOTHING_TO_SAY = "nothing they told us speaks for or against it"


@dataclass(frozen=True)
class Couple:
    """Two people as an explanation sees them; in peer programs either may stand first.

    Args:
        mentor: The one who mainly teaches.
        mentee: The one who mainly learns.
        mentor_name: As the explanation calls the mentor.
        mentee_name: As the explanation calls the mentee.
        hours: Working hours they share.
        settings: Of the round.
        place: Which of the mentor's mentees this one is, counted from 1; nothing in peer programs.
    """

    mentor: Candidate
    mentee: Candidate
    mentor_name: str
    mentee_name: str
    hours: float
    settings: MatchSettings
    place: int | None = None


@dataclass(frozen=True)
class Clause:
    """One reason in the words for each reader; empty where it is not for them.

    Args:
        against: Speaks against the pair: said to the coordinator alone, never in an introduction.
    """

    mentor: str = ""
    mentee: str = ""
    coordinator: str = ""
    against: bool = False


NOTHING = Clause()


def explain(
    mentor: Candidate,
    mentee: Candidate,
    criteria: Mapping[str, float],
    hours: float,
    settings: MatchSettings,
    place: int | None = None,
) -> Explanation:
    """Say why two people were matched.

    Args:
        mentor: The mentor; in peer programs the first person.
        mentee: The mentee; in peer programs the second person.
        criteria: The pair's score by criterion.
        hours: Working hours they share.
        settings: Of the round.
        place: Which of the mentor's mentees this one is, counted from 1.
    """
    mentor_name, mentee_name = names_for((mentor, mentee))
    couple = Couple(mentor, mentee, mentor_name, mentee_name, hours, settings, place)
    clauses = [(name, write(couple)) for name, write in _WRITERS.items() if name in criteria]
    reasons = [clause for name, clause in clauses if criteria[name] >= GOOD_ENOUGH_TO_SAY or name == "wishes"]
    for_mentor = [clause.mentor for clause in reasons if clause.mentor][:CLAUSES_FOR_A_PERSON]
    for_mentee = [clause.mentee for clause in reasons if clause.mentee][:CLAUSES_FOR_A_PERSON]
    for_both = [
        clause.coordinator
        for name, clause in clauses
        if clause.coordinator
        and not clause.against
        and (criteria[name] >= GOOD_ENOUGH_TO_SAY or (name == "wishes" and criteria[name] > 0))
    ]
    for_coordinator = [clause.coordinator for _, clause in clauses if clause.coordinator]
    return Explanation(
        mentor=sentence(for_mentor or [_new_ground(mentee_name, mentee)]),
        mentee=sentence(for_mentee or [_new_ground(mentor_name, mentor)]),
        together=sentence(for_both[:CLAUSES_FOR_A_PERSON] or [_new_ground_for_both(mentor_name, mentor)]),
        coordinator=sentence(for_coordinator[:CLAUSES_FOR_A_COORDINATOR] or [NOTHING_TO_SAY]),
    )


def _new_ground(name: str, person: Candidate) -> str:
    if not person.offers:
        return f"{name} brings another view of the firm"
    return f"{name} knows {listed(person.offers[:OFFERS_TO_SHOW])}, which may be new ground for you"


def _new_ground_for_both(name: str, person: Candidate) -> str:
    if not person.offers:
        return "two views of the firm that seldom meet"
    return f"{name} knows {listed(person.offers[:OFFERS_TO_SHOW])}, which may open new ground"


def wishes_met(learner: Candidate, teacher: Candidate) -> list[str]:
    """List the learner's wishes that the teacher's offers meet, in the learner's words."""
    offered = {skill(term) for term in teacher.offers}
    met = {skill(term): term for term in reversed(learner.wants) if skill(term) in offered}
    return [term for term in learner.wants if met.get(skill(term)) == term]


def _share(met: int, wishes: int, whose: str) -> str:
    """Say how many of somebody's wishes are met: “two of your three wishes”."""
    if wishes == 1:
        return f"{whose} one wish"
    if met == wishes:
        return f"both of {whose} wishes" if met == 2 else f"all {number(met)} of {whose} wishes"  # noqa: PLR2004 - “both”
    return f"{number(met)} of {whose} {number(wishes)} wishes"


def _wish_count(person: Candidate) -> int:
    return len({skill(term) for term in person.wants})


def _wishes(couple: Couple) -> Clause:
    forth, back = wishes_met(couple.mentee, couple.mentor), wishes_met(couple.mentor, couple.mentee)
    wished = _wish_count(couple.mentee)
    mentor, mentee = couple.mentor_name, couple.mentee_name
    clause = NOTHING
    if forth:
        topics = listed(forth)
        clause = Clause(
            mentor=f"{mentee} hopes to learn {topics}, which you offer",
            mentee=f"{mentor} offers {topics}, {_share(len(forth), wished, 'your')}",
            coordinator=f"{mentor} offers {topics}, {_share(len(forth), wished, f'{mentee}’s')}",
        )
    elif wished:
        which = (
            f"none of {mentee}’s {number(wished)} wishes is" if wished > 1 else f"{mentee}’s one wish is not"
        )
        clause = Clause(coordinator=f"{which} on {mentor}’s list")
    if couple.settings.kind not in {ProgramKind.REVERSE, ProgramKind.PEER}:
        return clause
    return _with_way_back(couple, clause, back)


def _with_way_back(couple: Couple, clause: Clause, back: list[str]) -> Clause:
    mentor, mentee = couple.mentor_name, couple.mentee_name
    if not back:
        missing = f"nothing {mentor} hopes to learn is on {mentee}’s list" if couple.mentor.wants else ""
        told = " and ".join(part for part in (clause.coordinator, missing) if part)
        return Clause(clause.mentor, clause.mentee, told)
    topics = listed(back)
    share = _share(len(back), _wish_count(couple.mentor), "your")
    ways = (
        (clause.mentor, f"{mentee} offers {topics}, {share}"),
        (clause.mentee, f"{mentor} hopes to learn {topics}, which you offer"),
        (clause.coordinator, f"{mentee} offers {topics}, which {mentor} hopes to learn"),
    )
    for_mentor, for_mentee, for_both = ("; ".join(part for part in way if part) for way in ways)
    return Clause(for_mentor, for_mentee, for_both)


def _goals(couple: Couple) -> Clause:
    offered = {skill(term): term for term in reversed(couple.mentor.offers)}
    already = {skill(term) for term in couple.mentee.wants}
    helpful = sorted((skills_for_goal(couple.mentee.goal) & set(offered)) - already)
    if not helpful:
        return NOTHING
    topics = listed([offered[name] for name in helpful[:2]])
    mentor, mentee = couple.mentor_name, couple.mentee_name
    return Clause(
        mentor=f"what you know about {topics} bears on {mentee}’s goal",
        mentee=f"what {mentor} knows about {topics} bears on your goal",
        coordinator=f"what {mentor} knows about {topics} bears on {mentee}’s goal",
    )


def _working_hours(couple: Couple) -> Clause:
    hours = int(couple.hours)
    if couple.hours >= WORKING_DAY_HOURS:
        far = couple.mentor.office != couple.mentee.office
        return Clause(coordinator="they share the whole working day" if far else "")
    if hours == 0:
        return Clause(coordinator="they share no working hours")
    shared = counted(hours, "working hour")
    return Clause(f"you share {shared}", f"you share {shared}", f"they share {shared}")


def _seniority(couple: Couple) -> Clause:
    above = couple.mentor.level - couple.mentee.level
    gap = gap_in_force(couple.settings)
    mentor, mentee = couple.mentor_name, couple.mentee_name
    if couple.settings.kind in {ProgramKind.TRADITIONAL, ProgramKind.GROUP}:
        if above <= 0:
            return Clause(coordinator=f"{mentor} is not more senior than {mentee}", against=True)
        steps = counted(above, "step")
        if not gap.least <= above <= gap.most:
            return Clause(coordinator=f"{mentor} is {steps} ahead, outside the range asked for", against=True)
        return Clause(
            mentee=f"{mentor} is {steps} ahead of you", coordinator=f"{mentor} is {steps} ahead of {mentee}"
        )
    if above == 0:
        return Clause("you are at the same level", "you are at the same level", "they are at the same level")
    apart = f"{counted(abs(above), 'level')} apart"
    if couple.settings.kind is ProgramKind.REVERSE:
        return Clause(
            "you see the firm from different levels",
            "you see the firm from different levels",
            f"they are {apart}",
        )
    return Clause(coordinator=f"they are {apart}")


def _practice(couple: Couple) -> Clause:
    here, there = couple.mentor.department, couple.mentee.department
    if not here or here.casefold() != there.casefold():
        apart = f"one works in {here}, the other in {there}" if here and there else ""
        return Clause(coordinator=apart)
    return Clause(f"you both work in {here}", f"you both work in {here}", f"both work in {here}")


def _office(couple: Couple) -> Clause:
    here, there = couple.mentor.office, couple.mentee.office
    if not here or here.casefold() != there.casefold():
        return NOTHING
    return Clause(f"you are both in {here}", f"you are both in {here}", f"both are in {here}")


def _format(couple: Couple) -> Clause:
    ways = {couple.mentor.format, couple.mentee.format} - {Format.EITHER}
    if len(ways) > 1:
        return Clause(coordinator="one meets by video and the other in person")
    if Format.IN_PERSON in ways and couple.mentor.office != couple.mentee.office:
        return Clause(coordinator="one prefers to meet in person, and they are in different offices")
    if couple.mentor.format is not couple.mentee.format or not ways:
        return NOTHING
    way = "by video" if Format.VIDEO in ways else "in person"
    return Clause(f"you both like to meet {way}", f"you both like to meet {way}", f"both like to meet {way}")


def _time(couple: Couple) -> Clause:
    hours = couple.mentor.hours_per_month
    if hours != couple.mentee.hours_per_month or not hours:
        return NOTHING
    time = f"about {counted(hours, 'hour')} a month"
    return Clause(f"you both have {time}", f"you both have {time}", f"both have {time}")


def _preference(couple: Couple) -> Clause:
    """Say it only where both named each other: otherwise it would tell on one of them."""
    if couple.mentee.user_id in couple.mentor.preferred and couple.mentor.user_id in couple.mentee.preferred:
        return Clause("you each named the other", "you each named the other", "each named the other")
    return NOTHING


def _load(couple: Couple) -> Clause:
    if couple.place is None or couple.place == 1:
        return NOTHING
    return Clause(coordinator=f"it is {couple.mentor_name}’s {ordinal(couple.place)} mentee")


_WRITERS: Mapping[str, Callable[[Couple], Clause]] = {
    "wishes": _wishes,
    "preference": _preference,
    "goals": _goals,
    "working_hours": _working_hours,
    "office": _office,
    "practice": _practice,
    "seniority": _seniority,
    "format": _format,
    "time": _time,
    "load": _load,
}
"""In the order in which reasons convince."""
