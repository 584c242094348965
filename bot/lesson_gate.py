"""Where a program asks for its lessons before a match: who has some to do, and what the letters say of it."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.lesson_library import lessons_of_program
from mentoring.enrollment import EnrollmentState
from mentoring.lessons import Lesson, lessons_left_of
from mentoring.programs import Program
from mentoring.surveys.sent import lessons_first
from messages.letters.context import Circumstances
from storage.lessons import completions
from storage.participants import Participant, participants
from storage.programs import profiles_of

IN = (EnrollmentState.JOINED, EnrollmentState.MATCHED)


def with_lessons_to_do(
    session: Session, about: Program, everybody: Iterable[Participant]
) -> dict[int, tuple[Lesson, ...]]:
    """Who is not matched yet because the lessons come first, with those they have left; else nobody."""
    if not lessons_first(about):
        return {}
    taught = lessons_of_program(session, about.id, "en")
    known = {each.person.id: each.enrollment.profile.roles for each in everybody}
    done = completions(session, [*known])
    left = {each: lessons_left_of(taught, roles, about.kind, done[each]) for each, roles in known.items()}
    return {each: lessons for each, lessons in left.items() if lessons}


def own_lessons_first(session: Session, seen: Circumstances) -> Circumstances:
    """For a letter to somebody new: their answers, and the lessons they have to do before a match."""
    about, me = seen.the_program, seen.the_recipient
    profiles = profiles_of(session, about.id, [me.id])
    known = replace(seen, profiles=profiles)
    if me.id not in profiles or not lessons_first(about):
        return known
    taught, done = lessons_of_program(session, about.id, me.locale), completions(session, [me.id])
    left = lessons_left_of(taught, profiles[me.id].roles, about.kind, done[me.id])
    return replace(known, numbers={"lessons": len(left), "minutes": sum(each.minutes for each in left)})


def held_by_lessons(session: Session, about: Program) -> int:
    """How many who joined are in no round yet for that reason."""
    if not lessons_first(about):
        return 0
    active = [
        each for each in participants(session, about.id, IN) if each.person.active and each.person.member
    ]
    return len(with_lessons_to_do(session, about, active))
