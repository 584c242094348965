"""The agreement: one fills it in, the other accepts or suggests changes; both signatures are dated."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import (
    Agreement,
    Change,
    Rescheduler,
    Terms,
    accept,
    check_terms,
    in_force,
    propose,
    read_time,
    suggest_changes,
    suggested_terms,
    waiting,
)
from mentoring.cadence import Cadence
from mentoring.hours import zone_of
from mentoring.meetings import dropped_by_new_terms, skip
from mentoring.notices import Notice, ToPair, ToPerson
from mentoring.pairs import Pair
from mentoring.programs import suggestions
from messages.actions import Act
from messages.answers import Answer, Done, Replace, Show
from messages.forms.agreement import ANY_DAY, agreement_form
from messages.letters.context import Figure, figure
from messages.replies import say
from messages.words import Words
from storage.agreements import save_change, versions
from storage.meetings import meetings, save_meeting
from storage.outbox import cancel_letters, write_letter
from storage.pairs import live_pair, wake_pair
from storage.people import people
from storage.programs import program

NO_PERIOD = ""
"""The period of a meeting that the plan in force knows nothing of."""


def open_form(visit: Visit) -> Answer:
    """Set up, change, or answer with other terms: the form starts from what is on the table."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        known = versions(session, pair.id)
        terms = _on_the_table(known, pair)
        if terms is None:
            about = program(session, visit.workspace.id, pair.program_id)
            terms = suggested_terms(suggestions(about), visit.person.time_zone)
        figures = _figures(session, visit, pair)
    open_version = waiting(known, _parties(pair))
    ids = {"pair": pair.id, "answers": open_version.version if open_version else 0}
    me = next(each for each in figures if each.id == visit.person.id)
    others = [each for each in figures if each.id != visit.person.id]
    zone = terms.zone if terms.plans_itself else visit.person.time_zone
    return Show(agreement_form(Act("agreement.submit", ids), visit.reader, zone, terms, me, others))


def submit(visit: Visit) -> Answer:
    """Terms came back: put them before the other."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, pair.program_id)
        known, parties = versions(session, pair.id), _parties(pair)
        base = _on_the_table(known, pair) or suggested_terms(suggestions(about), visit.person.time_zone)
        terms = _read(visit, base)
        check_terms(terms, about.kind, visit.now.astimezone(zone_of(visit.person.time_zone)).date())
        answers = visit.act.number("answers")
        if answers:
            change = suggest_changes(answers, terms, visit.person.id, known, parties, visit.now)
        else:
            change = propose(terms, visit.person.id, known, parties, visit.now)
        _keep(session, visit, pair, change)
    return Done()


def accept_terms(visit: Visit) -> Answer:
    """One tap: signed."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        change = accept(
            visit.act.number("version"),
            visit.person.id,
            versions(session, pair.id),
            _parties(pair),
            visit.now,
        )
        _keep(session, visit, pair, change)
        missing = change.current.waits_for(_parties(pair))
        names = [each.first_name for each in people(session, visit.workspace.id, missing).values()]
    words = Words("replies/meetings", visit.reader)
    text = words.mrkdwn("signed_waits", others=names) if missing else words.mrkdwn("signed")
    return Replace(say(text))


def _keep(session: Session, visit: Visit, pair: Pair, change: Change) -> None:
    """Store the versions, write to whoever has to act (or to all, when it is agreed), and wake the ladder."""
    parties, current = _parties(pair), change.current
    former = waiting(versions(session, pair.id), parties) or in_force(versions(session, pair.id), parties)
    save_change(session, visit.workspace.id, pair.id, change, parties)
    stale = [_proposed_key(pair, each.version, person) for each in change.replaced for person in parties]
    cancel_letters(session, visit.workspace.id, "replaced", keys=stale)
    missing = current.waits_for(parties)
    notices = [
        Notice(
            kind="agreement_proposed",
            to=ToPerson(person),
            key=_proposed_key(pair, current.version, person),
            not_before=visit.now,
            why="a proposal waits for their signature",
            ids={
                "pair": pair.id,
                "version": current.version,
                "proposer": current.proposed_by,
                **({"former": former.version} if former and former.version != current.version else {}),
            },
        )
        for person in missing
    ]
    if not missing:
        _drop_old_slots(session, visit, pair)
        notices = [
            Notice(
                kind="agreement_signed",
                to=ToPair(pair.id),
                key=f"agreement_signed:pair {pair.id}:version {current.version}",
                not_before=visit.now,
                why="everybody has signed",
                ids={"version": current.version},
            )
        ]
    for notice in notices:
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)
    wake_pair(session, pair.id, visit.now)


def _drop_old_slots(session: Session, visit: Visit, pair: Pair) -> None:
    """What the old slot had planned is called off; in the new plan it belongs to no period."""
    for each in dropped_by_new_terms(meetings(session, pair.id), visit.now):
        save_meeting(session, visit.workspace.id, replace(skip(each, visit.now), period_key=NO_PERIOD))


def _proposed_key(pair: Pair, version: int, person_id: int) -> str:
    return f"agreement_proposed:pair {pair.id}:version {version}:person {person_id}"


def _on_the_table(known: list[Agreement], pair: Pair) -> Terms | None:
    found = waiting(known, _parties(pair)) or in_force(known, _parties(pair))
    return found.terms if found else None


def _parties(pair: Pair) -> list[int]:
    return [each.person_id for each in pair.members]


def _figures(session: Session, visit: Visit, pair: Pair) -> list[Figure]:
    known = people(session, visit.workspace.id, _parties(pair))
    return [figure(known[each.person_id], each.role) for each in pair.members]


def _read(visit: Visit, base: Terms) -> Terms:
    """The form's terms on top of those it does not ask about."""
    day = visit.typed("weekday")
    fixed = day not in ("", ANY_DAY)
    zone = base.zone if base.plans_itself else visit.person.time_zone
    return replace(
        base,
        cadence=Cadence.parse(visit.typed("cadence")),
        weekday=int(day) if fixed else None,
        at=read_time(visit.typed("at"), "at") if fixed and visit.typed("at") else None,
        plans_itself=fixed,
        minutes=int(visit.typed("minutes")),
        zone=zone,
        rescheduler=Rescheduler(visit.typed("rescheduler") or base.rescheduler),
        communication=visit.typed("communication"),
        confidentiality=visit.typed("confidentiality"),
        off_limits=visit.typed("off_limits"),
        feedback=visit.typed("feedback"),
        goals_how=visit.typed("goals_how"),
    )
