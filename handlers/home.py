"""The Home tab: gather one person's facts in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from handlers.desk_facts import desk_of
from handlers.instruments import instruments_of
from handlers.lessons import lessons_to_do
from handlers.own_part import own_part
from handlers.staff import waits_for_them
from handlers.standing import has_places
from handlers.visit import Visit
from mentoring.agreements import in_force, waiting
from mentoring.enrollment import IN_LINE, EnrollmentState
from mentoring.meetings import MeetingState
from mentoring.namesakes import names_in_short
from mentoring.pairs import Pair, PairState, waits_to_close
from mentoring.programs import Program, ProgramState, has_ended
from mentoring.recruiting import may_join
from mentoring.rights import runs_something
from messages.blocks import Block
from messages.home import HomeFacts, MyPair, MyPart, MyQuestion, home_view
from messages.replies.coordinate import no_program, nobody_coordinates
from storage.agreements import versions_of_pairs
from storage.desk import desk_view
from storage.meetings import meetings_of_pairs, pauses_of_person
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
    paused = [each.ends_at for each in pauses_of_person(session, person.id) if each.ends_at > visit.now]
    pairs = pairs_of_person(session, workspace.id, person.id)
    announced = [each for each in pairs if each.state is PairState.ANNOUNCED]
    everybody = people(session, workspace.id, {m.person_id for each in announced for m in each.members})
    others = [each for each in everybody.values() if each.id != person.id]
    # One's own first name is never a namesake: nobody takes themselves for the other.
    names = {
        person.id: person.first_name,
        **names_in_short(others, names_together(session, others)),
    }
    view = desk_view(session, person.id)
    facts = HomeFacts(
        parts=parts,
        pairs=_pairs(session, visit, known, announced, names),
        own=own_part(session, visit, known, announced, names),
        questions=questions,
        paused_until=max(paused, default=None),
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


def _pairs(
    session: Session,
    visit: Visit,
    known: dict[int, Program],
    announced: list[Pair],
    names: Mapping[int, str],
) -> list[MyPair]:
    ids = [each.id for each in announced]
    meetings, agreements = meetings_of_pairs(session, ids), versions_of_pairs(session, ids)
    found = []
    for each in announced:
        parties = [m.person_id for m in each.members]
        known_versions = agreements.get(each.id, [])
        open_one = waiting(known_versions, parties)
        missing = open_one.waits_for(parties) if open_one else ()
        upcoming = [one for one in meetings.get(each.id, []) if one.is_ahead and one.starts_at > visit.now]
        found.append(
            MyPair(
                pair_id=each.id,
                program=known[each.program_id],
                names=tuple(names[m.person_id] for m in each.others(visit.person.id)),
                agreed=in_force(known_versions, parties) is not None,
                waits_for=tuple(names[one] for one in missing),
                waits_for_me=visit.person.id in missing,
                next_meeting=upcoming[0].starts_at if upcoming else None,
                next_meeting_id=upcoming[0].id if upcoming else None,
                held=sum(one.state is MeetingState.HELD for one in meetings.get(each.id, [])),
                over=waits_to_close(each, known[each.program_id].time_zone, visit.now),
                casual=each.casual_since is not None,
            )
        )
    return found
