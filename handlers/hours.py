"""Working hours and public holidays: one's own, asked once and changed at any time."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import read_time
from mentoring.countries import NONE_KEPT, check_country
from mentoring.hours import WorkingHours
from mentoring.pairs import PairState
from messages.answers import Answer, Done, Offer, Show
from messages.blocks import OPTIONS_LIMIT
from messages.forms.hours import NO_HOLIDAYS, countries_for, hours_form
from storage.own_days import days_of, save_country, save_days
from storage.pairs import pairs_of_person, wake_pair


def open_form(visit: Visit) -> Answer:
    """`/mentoring hours`, or “Working hours” on Home."""
    with visit.database.read() as session:
        calendar, _ = days_of(session, visit.person.id)
    return Show(hours_form(calendar, visit.reader))


def suggest_countries(visit: Visit) -> Answer:
    """Offer countries for what was typed."""
    return Offer(countries_for(visit.text, visit.reader, OPTIONS_LIMIT))


def submit(visit: Visit) -> Answer:
    """The hours came back: what is due from now on is placed in them."""
    hours = WorkingHours(
        read_time(visit.typed("start"), "start"),
        read_time(visit.typed("end"), "end"),
        frozenset(int(each) for each in visit.chosen("days")),
    )
    picked = visit.typed("country")
    country = check_country(NONE_KEPT if picked == NO_HOLIDAYS else picked)
    with visit.database.write() as session:
        save_days(session, visit.person.id, hours, country)
        _wake(session, visit)
    return Done()


def country_is_right(visit: Visit) -> Answer:
    """“That's right”: the guess becomes what they said, and is not asked about again."""
    with visit.database.write() as session:
        calendar, said = days_of(session, visit.person.id)
        if said is None:
            save_country(session, visit.person.id, calendar.country or NONE_KEPT)
    return Done()


def _wake(session: Session, visit: Visit) -> None:
    for each in pairs_of_person(session, visit.workspace.id, visit.person.id):
        if each.state is PairState.ANNOUNCED:
            wake_pair(session, each.id, visit.now)
