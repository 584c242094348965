"""The Home tab: gather one person's facts in a fixed number of queries."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from handlers.desk_facts import desk_of
from handlers.instruments import instruments_of
from handlers.lessons import lessons_to_do
from handlers.own_pairs import own_pairs
from handlers.own_part import own_part
from handlers.staff import waits_for_them
from handlers.standing import has_places
from handlers.visit import Visit
from mentoring.enrollment import IN_LINE, EnrollmentState
from mentoring.namesakes import names_in_short
from mentoring.pairs import PairState
from mentoring.programs import ProgramState, has_ended
from mentoring.recruiting import may_join
from mentoring.rights import runs_something
from messages.blocks import Block
from messages.home import HomeFacts, MyPart, MyQuestion, home_view
from messages.replies.coordinate import no_program, nobody_coordinates
from storage.desk import desk_view
from storage.namesakes import names_together
from storage.pairs import pairs_of_person
from storage.people import people, staff_roles
from storage.programs import enrollments_of, programs
from storage.surveys import open_requests

SHOWN = {EnrollmentState.MATCHED}
WHILE_IT_GOES_ON = {EnrollmentState.INVITED, EnrollmentState.STARTED, EnrollmentState.FINISHED, *IN_LINE}
"""What is shown only until a program's last day: after it no match comes any more."""
UNSEEN = frozenset({ProgramState.DRAFT, ProgramState.CLOSED})
"""Nobody hears of a draft, though its people may be on a list already; and a closed program asks nothing."""


def home(session: Session, visit: Visit) -> Block:
    """Render the Home tab of whoever opened it."""
    person, workspace = visit.person, visit.workspace
    known = {each.id: each for each in programs(session, workspace.id)}
    mine = {each.program_id: each for each in enrollments_of(session, workspace.id, person.id)}
    parts = []
    for each in known.values():
        part = mine.get(each.id)
        shown = SHOWN if has_ended(each, visit.now) else SHOWN | WHILE_IT_GOES_ON
        if part and part.state in shown and each.state not in UNSEEN:
            parts.append(MyPart(each, part.state, part.profile))
        elif each.state is ProgramState.ENROLLING and may_join(each, visit.now):
            parts.append(MyPart(each, None))
    waiting = open_requests(session, workspace.id, person.id, visit.now)
    surveys = instruments_of(session, waiting, person.locale)
    questions = [MyQuestion(each.id, surveys[each.id].title) for each in waiting]
    pairs = pairs_of_person(session, workspace.id, person.id)
    announced = [each for each in pairs if each.state is PairState.ANNOUNCED]
    everybody = people(session, workspace.id, {m.person_id for each in announced for m in each.members})
    others = [each for each in everybody.values() if each.id != person.id]
    # One's own first name is never a namesake: nobody takes themselves for the other.
    names = {
        person.id: person.first_name,
        **names_in_short(others, names_together(session, others)),
    }
    together = own_pairs(session, visit, known, announced, everybody, names)
    view = desk_view(session, person.id)
    facts = HomeFacts(
        parts=parts,
        pairs=together.pairs,
        own=own_part(session, visit, known, announced, names),
        asked=together.asked,
        questions=questions,
        paused_until=together.paused_until,
        lessons_left=lessons_to_do(session, visit, known, mine.values()),
        own_page=view.own_page,
        has_places=any(
            each.state is EnrollmentState.MATCHED
            and has_places(known[each.program_id], each)
            and not has_ended(known[each.program_id], visit.now)
            for each in mine.values()
        ),
        desk=desk_of(session, visit, list(known.values()), view),
        begins=_begins(session, visit, known),
    )
    return home_view(facts, visit.reader)


def _begins(session: Session, visit: Visit, known: Collection[int]) -> Sequence[Block]:
    """What is still to be done before anybody can take part, for whoever can do it."""
    if waits_for_them(session, visit):
        return nobody_coordinates(visit.reader).blocks
    if not known and runs_something(staff_roles(session, visit.workspace.id, visit.person.id)):
        return no_program(visit.reader).blocks
    return ()
