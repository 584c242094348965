"""The library: what is of use to somebody now, to open and to rate in one tap."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.kinds import Role
from mentoring.pairs import PairState
from mentoring.phases import PhaseName, phase_at, plan_of_pair
from mentoring.resources import Verdict, found_by, in_order_for, opened_first
from mentoring.rights import runs_something
from messages.answers import Answer, Done, Show
from messages.forms.resources import RATINGS, Judged, library_form
from storage.pairs import pairs_of_person
from storage.people import staff_roles
from storage.phases import shifts_of_pairs
from storage.programs import enrollments_of, programs_by_ids
from storage.resources import library, note_opened, rate, resource, unjudged_of, uses, verdicts_of

MOST_WORDS = 100
"""Letters of what is looked for that a list keeps: it travels with every button."""


def command(visit: Visit) -> Answer:
    """`/mentoring resources [words]`: what is of use now, or what the words find."""
    looked_for = " ".join(visit.text.split())[:MOST_WORDS]
    about: dict[str, int | str] = {"words": looked_for} if looked_for else {}
    return show_list(replace(visit, act=replace(visit.act, ids=about)))


def show_list(visit: Visit) -> Answer:
    """Show the library, or another page of it."""
    ids = visit.act.ids
    about = {name: ids[name] for name in ("words", "phase") if name in ids}
    with visit.database.read() as session:
        roles, phase = _where_they_are(session, visit)
        if "phase" in about:
            phase = visit.act.one_of("phase", PhaseName)
        wants = [
            term
            for each in enrollments_of(session, visit.workspace.id, visit.person.id)
            for term in each.profile.wants
        ]
        # Who looks for something by its name finds it whatever the phase.
        looking = "words" in about
        shown = in_order_for(
            library(session, visit.workspace.id),
            roles,
            None if looking else phase,
            wants,
            uses(session, visit.workspace.id),
        )
        said = verdicts_of(session, visit.person.id)
        asked = unjudged_of(session, visit.person.id)
        keeps = runs_something(staff_roles(session, visit.workspace.id, visit.person.id))
    page = visit.act.number("page") if "page" in ids else 0
    found = opened_first(found_by(shown, str(about.get("words", ""))), asked)
    return Show(library_form(found, Judged(said, asked), visit.reader, page, about, keeps=keeps))


def opened(visit: Visit) -> Answer:
    """They follow the link; Slack opens it by itself."""
    with visit.database.write() as session:
        found = resource(session, visit.workspace.id, visit.act.number("resource"))
        note_opened(session, found.id, visit.person.id, visit.now)
    return Done()


def rated(visit: Visit) -> Answer:
    """One tap says how it was; the list shows that it was heard."""
    verdict = next(each for each, name in RATINGS.items() if name == visit.act.name)
    with visit.database.write() as session:
        found = resource(session, visit.workspace.id, visit.act.number("resource"))
        if verdict is not Verdict.DEAD:
            note_opened(session, found.id, visit.person.id, visit.now)
        rate(session, found.id, visit.person.id, verdict, visit.now)
    return show_list(visit)


def _where_they_are(session: Session, visit: Visit) -> tuple[list[Role | None], PhaseName | None]:
    """In which roles somebody is, and the phase of the pair that began last."""
    mine = [
        each
        for each in pairs_of_person(session, visit.workspace.id, visit.person.id)
        if each.state is PairState.ANNOUNCED
    ]
    roles = [member.role for each in mine for member in each.members if member.person_id == visit.person.id]
    if not mine:
        return roles, None
    newest = mine[-1]
    if newest.casual_since is not None:
        return roles, PhaseName.CASUAL
    about = programs_by_ids(session, [newest.program_id])[newest.program_id]
    shifts = shifts_of_pairs(session, [newest.id]).get(newest.id, {})
    found = phase_at(plan_of_pair(about, shifts, newest.ends_on), visit.now)
    return roles, found.name if found else PhaseName.START
