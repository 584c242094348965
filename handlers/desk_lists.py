"""`/mentoring people`, `pairs` and `pair @name`: everybody of a program a page at a time, found by name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.desk import show_card
from handlers.pair_commands import show_pairs
from handlers.pairing import by_hand
from handlers.visit import Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.enrollment import EnrollmentState, as_shown
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.grammar import mentioned, without_mentions
from mentoring.health import level, read_thresholds
from mentoring.pairs import over_for, takes_places
from mentoring.programs import Program, has_ended
from mentoring.rights import runs_something
from messages.actions import Act
from messages.answers import Answer, Show
from messages.forms.desk_lists import (
    NAME_LENGTH,
    PER_PAGE,
    Page,
    PairLine,
    PersonLine,
    pairs_form,
    people_form,
)
from messages.forms.paging import page_of
from storage.desk_lists import (
    Listed,
    living_pairs_of,
    pair_ids_of_program,
    people_of_program,
    standings,
)
from storage.namesakes import names_apart, names_of_people
from storage.pairs import pairs_by_ids
from storage.people import people, staff_roles
from storage.programs import program


def people_command(visit: Visit) -> Answer:
    """`/mentoring people [name]`: everybody of the program, and where they stand."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "desk.people")
        return _people(session, visit, found, _sought(session, visit), 0)


def pairs_command(visit: Visit) -> Answer:
    """`/mentoring pairs [name]`: every living pair; whoever runs nothing sees their own."""
    with visit.database.read() as session:
        if not runs_something(staff_roles(session, visit.workspace.id, visit.person.id)):
            return show_pairs(visit)
        found, visit = program_at_hand(session, visit, "desk.pairs")
        return _pairs(session, visit, found, _sought(session, visit), 0)


def pair_command(visit: Visit) -> Answer:
    """`/mentoring pair`: one's own; `pair @name`: theirs; `pair @mentor @mentee`: make them one."""
    with visit.database.read() as session:
        runs = runs_something(staff_roles(session, visit.workspace.id, visit.person.id))
        if not visit.text.strip() or not runs:
            return show_pairs(visit)
        found, visit = program_at_hand(session, visit, "desk.pairs")
        named = people_meant(session, visit.workspace.id, visit.text)
        if len(named) > 1:
            return by_hand(session, visit, found, named)
        if not named:
            return show_pairs(visit)
        theirs = living_pairs_of(session, found.id, [named[0].id]).get(named[0].id, [])
        if not theirs:
            raise Refusal(f"{named[0].name} is in no pair of {found.name} right now.")
        if len(theirs) == 1:
            return show_card(session, visit, pairs_by_ids(session, theirs)[0])
        return _pairs(session, visit, found, named[0].name, 0)


def show_people(visit: Visit) -> Answer:
    """The button of the same meaning, and another page."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return _people(session, visit, found, str(visit.act.ids.get("sought", "")), _page(visit))


def show_all_pairs(visit: Visit) -> Answer:
    """The button of the same meaning, and another page."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return _pairs(session, visit, found, str(visit.act.ids.get("sought", "")), _page(visit))


def find(visit: Visit) -> Answer:
    """A name was typed into a list."""
    sought = " ".join(visit.typed("sought").split())[:NAME_LENGTH]
    lists = {"people": show_people, "pairs": show_all_pairs}
    show = lists.get(visit.act.code("what"))
    if show is None:
        raise NoLongerOpen("This list is not there any more.")
    ids = {**visit.act.ids, "sought": sought, "page": 0}
    return show(replace(visit, act=Act(visit.act.name, ids)))


def _people(session: Session, visit: Visit, found: Program, sought: str, page: int) -> Answer:
    listed, total = people_of_program(session, found.id, sought, max(0, page) * PER_PAGE, PER_PAGE)
    if not listed and total:
        return _people(session, visit, found, sought, page_of(page, total, PER_PAGE))
    pairs = living_pairs_of(session, found.id, [each.person_id for each in listed])
    over = _over(session, visit, found, {each.person_id: pairs.get(each.person_id, ()) for each in listed})
    names = names_apart(session, visit.workspace.id, {each.person_id: each.name for each in listed})
    lines = [
        PersonLine(
            each.name,
            _stands(each, over=each.person_id in over),
            _role(each),
            pairs.get(each.person_id, ()),
            called=names[each.person_id],
        )
        for each in listed
    ]
    return Show(people_form(Page(found, max(0, page), total, sought), lines, visit.reader))


def _over(
    session: Session, visit: Visit, found: Program, pairs: Mapping[int, Sequence[int]]
) -> Collection[int]:
    """Those of these people for whom the program is over; while it goes on, their pairs are not even read."""
    if not has_ended(found, visit.now):
        return ()
    living = pairs_by_ids(session, [one for theirs in pairs.values() for one in theirs])
    lasting = [each for each in living if takes_places(each, found.time_zone, visit.now)]
    return over_for(found, pairs, [[m.person_id for m in each.members] for each in lasting], visit.now)


def _pairs(session: Session, visit: Visit, found: Program, sought: str, page: int) -> Answer:
    ids, total = pair_ids_of_program(
        session, found.id, sought, visit.person.id, visit.now, max(0, page) * PER_PAGE, PER_PAGE
    )
    if not ids and total:
        return _pairs(session, visit, found, sought, page_of(page, total, PER_PAGE))
    known = {each.id: each for each in pairs_by_ids(session, ids)}
    everybody = people(
        session, visit.workspace.id, {m.person_id for each in known.values() for m in each.members}
    )
    names = names_of_people(session, visit.workspace.id, everybody)
    standing, thresholds = standings(session, ids, visit.now), read_thresholds(found.settings)
    lines = []
    for pair_id in ids:
        members, stands = known[pair_id].mentor_first, standing[pair_id]
        own = known[pair_id].has(visit.person.id)
        lines.append(
            PairLine(
                pair_id,
                [names[each.person_id] for each in members],
                stands.agreed,
                stands.held,
                level(None if own else stands.health, thresholds),
                looks=stands.looks and not own,
            )
        )
    return Show(pairs_form(Page(found, max(0, page), total, sought), lines, visit.reader))


def _stands(listed: Listed, *, over: bool) -> str:
    """Where somebody stands, as a code; whom a roster has put on the list is invited once they are asked."""
    never_asked = listed.state is EnrollmentState.INVITED and not listed.asked
    return "listed" if never_asked else as_shown(listed.state, over=over).value


def _role(listed: Listed) -> str:
    if listed.is_mentor and listed.is_mentee:
        return "both"
    return "mentor" if listed.is_mentor else "mentee" if listed.is_mentee else "none"


def _sought(session: Session, visit: Visit) -> str:
    """The name a line looks for: a mention means that person's name."""
    if mentioned(visit.text):
        return people_meant(session, visit.workspace.id, visit.text)[0].name
    return without_mentions(visit.text).lstrip("@")[:NAME_LENGTH]


def _page(visit: Visit) -> int:
    return visit.act.number("page") if "page" in visit.act.ids else 0
