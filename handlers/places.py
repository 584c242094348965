"""For how many mentees a mentor has places: their own word at any time, also once they are matched.

A coordinator may write down what a mentor told them; the mentor is told so, and can change it.
"""

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.in_line import more_places
from handlers.standing import has_places, mentees_of
from handlers.visit import PICK_ONE, Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.at_hand import LIVE, any_of, named_last
from mentoring.enrollment import Enrollment, check_capacity
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.grammar import mentioned, without_mentions
from mentoring.notices import Notice, ToPerson
from mentoring.people import Person
from mentoring.programs import Program, has_ended
from mentoring.rights import runs_something
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.forms.places import Places, places_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit, write_letter
from storage.people import people, staff_roles
from storage.profiles import save_capacity
from storage.programs import enrollment, enrollments_of, program, programs

NUMBER = re.compile(r"(?<!\S)\d{1,3}(?!\S)")
"""A number that stands alone in a line: `places @Marcus 3`."""
NO_MENTOR = "You're no mentor in a program right now. `/mentoring join` shows what you can join."
NO_MENTOR_THERE = "They are no mentor in this program right now."


def command(visit: Visit) -> Answer:
    """`/mentoring places [3]`: one's own; with a name, a coordinator does it for somebody."""
    with visit.database.read() as session:
        runs = runs_something(staff_roles(session, visit.workspace.id, visit.person.id))
        named, rest = named_last(visit.text, programs(session, visit.workspace.id))
        if mentioned(rest) or (runs and NUMBER.sub("", rest).strip()):
            found, visit = program_at_hand(session, visit, "places.open", LIVE)
            typed, names = _number(visit.text)
            whom = people_meant(session, visit.workspace.id, names)
            if len(whom) != 1:
                raise Refusal("Say who, one at a time: `/mentoring places @name`.")
            ids: dict[str, int | str] = {"program": found.id, "person": whom[0].id}
        else:
            typed, _ = _number(rest)
            ids = {"program": _own(session, visit, named).id}
    there = replace(visit, act=Act("places.set" if "person" in ids else "places.submit", ids))
    return open_form(there) if typed is None else _keep(there, typed)


def open_own(visit: Visit) -> Answer:
    """The button on Home, and in the letter that says what a coordinator wrote down."""
    return command(replace(visit, text=""))


def open_form(visit: Visit) -> Answer:
    """How many they can carry now, to change."""
    with visit.database.read() as session:
        found, whom, known = _mentor(session, visit)
        carried = mentees_of(session, found, whom.id, visit.now)
    name = whom.first_name if whom.id != visit.person.id else ""
    return Show(places_form(Places(found, known.profile.capacity, carried, name), whom.id, visit.reader))


def submit(visit: Visit) -> Answer:
    """A number was picked."""
    picked = visit.typed("capacity")
    if not picked.isdecimal():
        raise Refusal(PICK_ONE, "capacity")
    return _keep(visit, int(picked))


def _keep(visit: Visit, capacity: int) -> Answer:
    check_capacity(capacity)
    with visit.database.write() as session:
        found, whom, known = _mentor(session, visit)
        save_capacity(session, known.id, capacity)
        if capacity > known.profile.capacity:
            more_places(session, found, visit.now)
        carried = mentees_of(session, found, whom.id, visit.now)
        for_another = whom.id != visit.person.id
        if for_another and capacity != known.profile.capacity:
            _tell(session, visit, found, whom, capacity)
    name = whom.first_name if for_another else ""
    shown = Places(found, capacity, carried, name)
    return Tell(say(Words("forms/places", visit.reader).mrkdwn("saved", places=shown)))


def _tell(session: Session, visit: Visit, found: Program, whom: Person, capacity: int) -> None:
    notice = Notice(
        kind="places_changed",
        to=ToPerson(whom.id),
        key=f"places_changed:program {found.id}:person {whom.id}:{visit.now.isoformat(timespec='minutes')}",
        not_before=visit.now,
        why="a coordinator acted",
        ids={"by": visit.person.id, "places": capacity},
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
    subject: dict[str, int | str] = {"person": whom.id, "places": capacity}
    audit(
        session, visit.workspace.id, visit.person.id, "care.places", subject, visit.now, program_id=found.id
    )


def _mentor(session: Session, visit: Visit) -> tuple[Program, Person, Enrollment]:
    """The program, and whose places it is about: whoever is named, or whoever asks."""
    found = program(session, visit.workspace.id, visit.act.number("program"))
    if has_ended(found, visit.now):
        raise NoLongerOpen(f"This is no longer open: {found.name} has closed.")
    number = visit.act.number("person") if "person" in visit.act.ids else visit.person.id
    whom = people(session, visit.workspace.id, [number]).get(number)
    known = enrollment(session, found.id, number)
    if whom is None or known is None or not has_places(found, known):
        raise NoLongerOpen(NO_MENTOR_THERE if "person" in visit.act.ids else NO_MENTOR)
    return found, whom, known


def _own(session: Session, visit: Visit, named: Program | None) -> Program:
    mine = {each.program_id: each for each in enrollments_of(session, visit.workspace.id, visit.person.id)}
    fitting = [
        each
        for each in programs(session, visit.workspace.id)
        if each.id in mine and has_places(each, mine[each.id]) and not has_ended(each, visit.now)
    ]
    if named is not None:
        fitting = [each for each in fitting if each.id == named.id]
    if not fitting:
        raise Refusal(NO_MENTOR)
    if len(fitting) > 1:
        raise Refusal(f"Which one: {any_of(fitting)}? Add it at the end, like `of {fitting[0].name}`.")
    return fitting[0]


def _number(text: str) -> tuple[int | None, str]:
    """The number of a line, and the line without it."""
    typed = NUMBER.search(without_mentions(text))
    return (int(typed[0]) if typed else None), NUMBER.sub("", text, count=1)
