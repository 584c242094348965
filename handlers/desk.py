"""Moving about the desk: another program, another page, a pair's card, what did not arrive, who objected."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.acting import names_of
from handlers.desk_facts import LATELY
from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.attention import CALLS, Concern
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen
from mentoring.health import health, level, read_thresholds, trend
from mentoring.meetings import MeetingState
from mentoring.nudges.facts import PairFacts
from mentoring.nudges.history import holding_pauses
from mentoring.nudges.notices import FOR_COORDINATORS
from mentoring.pairs import Pair, waits_to_close
from messages.actions import Act
from messages.answers import Answer, Done, Show
from messages.concerns import Reason
from messages.forms.desk_lists import Failed, Objection, failed_form, objections_form
from messages.forms.pair_card import Card, pair_card
from messages.rhythm import often
from storage.desk import (
    desk_view,
    healths,
    keep_desk_view,
    objections_said,
)
from storage.facts import Known, pair_facts
from storage.namesakes import names_of_people
from storage.outbox import audit
from storage.pairs import pair
from storage.people import people
from storage.programs import program
from storage.undelivered import failed_letters, try_again, try_all_again, undelivered


def switch(visit: Visit) -> Answer:
    """Another program was picked; Home is shown anew with it."""
    if not (visit.picked or "").isdecimal():
        raise NoLongerOpen("This program is not there any more.")
    program_id = int(visit.picked or "")
    with visit.database.write() as session:
        check_right(session, visit.person, Act("desk.later", {"program": program_id}))
        view = desk_view(session, visit.person.id)
        keep_desk_view(session, visit.person.id, replace(view, program_id=program_id, page=0))
    return Done()


def turn(visit: Visit) -> Answer:
    """Another page of the list."""
    with visit.database.write() as session:
        view = replace(desk_view(session, visit.person.id), page=visit.act.number("page"))
        keep_desk_view(session, visit.person.id, replace(view, program_id=visit.act.number("program")))
    return Done()


def turn_own(visit: Visit) -> Answer:
    """Another page of one's own pairs."""
    with visit.database.write() as session:
        view = replace(desk_view(session, visit.person.id), own_page=visit.act.number("page"))
        keep_desk_view(session, visit.person.id, view)
    return Done()


def show_pair(visit: Visit) -> Answer:
    """A pair's card: how it stands, its health with each part explained, and what can be done."""
    with visit.database.read() as session:
        return show_card(session, visit, pair(session, visit.workspace.id, visit.act.number("pair")))


def show_card(session: Session, visit: Visit, about: Pair) -> Answer:
    """The card of a pair; a coordinator who is in it themselves does not see its health."""
    known = pair_facts(session, [about.id], visit.now).get(about.id)
    found = program(session, visit.workspace.id, about.program_id)
    names = names_of(session, about)
    if known is None:
        return Show(pair_card(Card(about, found, names), visit.reader))
    return Show(pair_card(_card(session, visit, known, names), visit.reader))


def _card(session: Session, visit: Visit, known: Known, names: list[str]) -> Card:
    about, facts, found = known.pair, known.facts, health(known.facts, visit.now)
    own = about.has(visit.person.id)
    over, casual = waits_to_close(about, known.program.time_zone, visit.now), about.casual_since is not None
    ahead = [each.starts_at for each in facts.meetings if each.is_ahead and each.starts_at > visit.now]
    _, was = healths(session, [about.id])[about.id]
    concerns = [
        Concern(about.id, each.kind, each.asked_at)
        for each in facts.asks
        if each.kind in (CALLS if over or casual else FOR_COORDINATORS) and each.answered_at is None
    ]
    return Card(
        pair=about,
        program=known.program,
        names=names,
        often=often(facts.rhythm.cadence, facts.rhythm.weekday, visit.reader),
        agreed=facts.agreed,
        held=sum(each.state is MeetingState.HELD for each in facts.meetings),
        next_meeting=min(ahead, default=None),
        paused_until=_paused_until(facts, visit.now),
        reasons=() if own else tuple(Reason(each) for each in concerns),
        health=None if own or casual else found,
        level=level(found.score, read_thresholds(known.program.settings)),
        trend=trend(found.score, was),
        over=over,
    )


def _paused_until(facts: PairFacts, now: datetime) -> date | None:
    """The day on which a break ends, as the pair hears it: by whose clock it was said, or by their room's."""
    breaks = holding_pauses(facts, now)
    if not breaks:
        return None
    last = max(breaks, key=lambda each: each.ends_at)
    zones = {each.person_id: each.calendar.zone for each in facts.participants}
    zone = zones[last.person_id or facts.participants[0].person_id]
    return last.ends_at.astimezone(ZoneInfo(zone)).date()


def show_failed(visit: Visit) -> Answer:
    """What did not arrive of late: to whom, and why."""
    with visit.database.read() as session:
        return _failed(session, visit)


def send_again(visit: Visit) -> Answer:
    """“Try again”: the letter is queued anew, at most once until it fails again."""
    with visit.database.write() as session:
        letter_id = visit.act.number("letter")
        if not try_again(session, visit.act.number("program"), letter_id, visit.now):
            raise NoLongerOpen("This message is on its way already, or its time is over.")
        _sent_again(session, visit, "desk.again", {"letter": letter_id})
        return _failed(session, visit, again=1)


def send_all_again(visit: Visit) -> Answer:
    """“Try all again”: everything that did not arrive of late, but for what would come too late now."""
    with visit.database.write() as session:
        again = try_all_again(session, visit.act.number("program"), visit.now - LATELY, visit.now)
        if not again:
            raise NoLongerOpen("They are on their way already, or their time is over.")
        _sent_again(session, visit, "desk.again_all", {"letters": again})
        return _failed(session, visit, again=again)


def _sent_again(session: Session, visit: Visit, deed: Deed, subject: dict[str, int | str]) -> None:
    program_id = visit.act.number("program")
    audit(session, visit.workspace.id, visit.person.id, deed, subject, visit.now, program_id=program_id)


def _failed(session: Session, visit: Visit, again: int = 0) -> Answer:
    program_id, since = visit.act.number("program"), visit.now - LATELY
    letters = failed_letters(session, program_id, since, visit.now)
    known = people(session, visit.workspace.id, [each.person_id for each in letters if each.person_id])
    names = names_of_people(session, visit.workspace.id, known)
    shown = [
        Failed(
            each.id,
            each.kind,
            names.get(each.person_id or 0, ""),
            each.reason,
            over=each.over,
        )
        for each in letters
    ]
    counts = undelivered(session, program_id, since, visit.now)
    return Show(failed_form(program_id, shown, counts.failed, counts.in_time, visit.reader, again=again))


def show_objections(visit: Visit) -> Answer:
    """What people said in the quiet check; only to coordinators who are not in that pair themselves."""
    with visit.database.read() as session:
        program_id = visit.act.number("program")
        said = [
            each
            for each in objections_said(session, program_id, visit.now - LATELY)
            if visit.person.id not in each.people
        ]
        known = people(session, visit.workspace.id, {one for each in said for one in each.people})
        names = names_of_people(session, visit.workspace.id, known)
        shown = [
            Objection(
                names[each.by],
                [names[one] for one in each.people if one != each.by],
                each.reason,
                each.at,
            )
            for each in said
        ]
    return Show(objections_form(program_id, shown, visit.reader))
