"""The agreement: one fills it in, the other accepts or suggests changes; both signatures are dated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from handlers.briefing import briefing
from handlers.standing import match_again
from handlers.visit import Visit
from mentoring.agreements import (
    Agreement,
    Change,
    Rescheduler,
    Terms,
    accept,
    check_schedule,
    check_terms,
    in_force,
    propose,
    read_day,
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
from mentoring.people import Person
from mentoring.programs import suggestions
from messages.actions import Act
from messages.answers import Answer, Push, Replace, Show
from messages.forms.agreement import ANY_DAY, EACH_WAY, FREE_TERMS, schedule_form, working_form
from messages.letters.context import Figure, figure
from messages.replies import notice_view, say
from messages.suggestions import suggestion_of
from messages.words import Words
from storage.agreements import save_change, versions
from storage.meetings import meetings, save_meeting
from storage.outbox import cancel_letters, write_letter
from storage.pairs import live_pair, move_end, wake_pair
from storage.people import people
from storage.phases import shifts_of_pairs
from storage.programs import program

STEP_ONE = ("cadence", "weekday", "at", "zone", "minutes", "rescheduler")
"""What the form's first step asks; it travels with the second as codes."""
NO_PERIOD = ""
"""The period of a meeting that the plan in force knows nothing of."""


def open_form(visit: Visit) -> Answer:
    """Set up, change, or answer with other terms: the form starts from what is on the table."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        first = briefing(session, visit, pair)
        if first is not None:
            return first
        known = versions(session, pair.id)
        terms = _start_from(session, visit, pair, known)
        everybody = people(session, visit.workspace.id, _parties(pair))
    open_version = waiting(known, _parties(pair))
    ids = {"pair": pair.id, "answers": open_version.version if open_version else 0}
    me, others = _figures(visit, pair, everybody)
    zones = _zones(visit, terms, everybody)
    return Show(schedule_form(Act("agreement.schedule", ids), visit.reader, zones, terms, me, others))


def schedule(visit: Visit) -> Answer:
    """The first step came back: when they meet. What it says travels with the second step."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, pair.program_id)
        base = _start_from(session, visit, pair, versions(session, pair.id))
        everybody = people(session, visit.workspace.id, _parties(pair))
    zones = _zones(visit, base, everybody)
    picked = {
        "cadence": visit.typed("cadence"),
        "weekday": visit.typed("weekday") or ANY_DAY,
        "at": visit.typed("at"),
        "zone": visit.typed("zone") or next(iter(zones)),
        "minutes": visit.typed("minutes"),
        "rescheduler": visit.typed("rescheduler"),
    }
    terms = _with_schedule(base, picked)
    check_schedule(terms)
    me, others = _figures(visit, pair, everybody)
    act = Act("agreement.submit", {**visit.act.ids, **picked})
    return Push(working_form(act, visit.reader, about.kind, terms, me, others, about.ends_on))


def submit(visit: Visit) -> Answer:
    """The second step came back: put the terms before the other."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, pair.program_id)
        known, parties = versions(session, pair.id), _parties(pair)
        base = _start_from(session, visit, pair, known)
        picked = {name: visit.act.code(name) for name in STEP_ONE}
        terms = _with_ways(visit, _with_schedule(base, picked))
        today = visit.now.astimezone(zone_of(visit.person.time_zone)).date()
        check_terms(terms, about.kind, today, about.starts_on, about.ends_on)
        answers = visit.act.number("answers")
        if answers:
            change = suggest_changes(answers, terms, visit.person.id, known, parties, visit.now)
        else:
            change = propose(terms, visit.person.id, known, parties, visit.now)
        _keep(session, visit, pair, change)
        everybody = people(session, visit.workspace.id, _parties(pair))
    others = [each.first_name for each in everybody.values() if each.id != visit.person.id]
    sent = say(Words("replies/meetings", visit.reader).mrkdwn("proposed", others=others))
    # The first step lies beneath: whoever reads that it is sent is not led back to it.
    return Show(notice_view(sent, visit.reader) | {"clear_on_close": True})


def accept_terms(visit: Visit) -> Answer:
    """One tap: signed."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        first = briefing(session, visit, pair)
        if first is not None:
            return first
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


def after_briefing(visit: Visit) -> Answer:
    """“On to the agreement”: to sign the version they came to sign, or else to the form."""
    return accept_terms(visit) if "version" in visit.act.ids else open_form(visit)


def _keep(session: Session, visit: Visit, pair: Pair, change: Change) -> None:
    """Store the versions, write to whoever has to act (or to all, when it is agreed), and wake the ladder."""
    parties, current = _parties(pair), change.current
    agreed = in_force(versions(session, pair.id), parties)
    former = waiting(versions(session, pair.id), parties) or agreed
    save_change(session, visit.workspace.id, pair.id, change, parties)
    stale = [_proposed_key(pair, each.version, person) for each in change.replaced for person in parties]
    stale += [_signed_key(pair, each.version) for each in change.replaced]
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
        _move_end(session, visit, pair, current.terms, agreed.terms if agreed else None)
        notices = [
            Notice(
                kind="agreement_signed",
                to=ToPair(pair.id),
                key=_signed_key(pair, current.version),
                not_before=visit.now,
                why="everybody has signed",
                ids={"version": current.version},
            )
        ]
    for notice in notices:
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)
    wake_pair(session, pair.id, visit.now)


def _move_end(session: Session, visit: Visit, pair: Pair, terms: Terms, before: Terms | None) -> None:
    """A last day that was agreed counts; who never named one keeps the day they were given."""
    if terms.ends_on is None and (before is None or before.ends_on is None):
        return
    about = program(session, visit.workspace.id, pair.program_id)
    ends_on = terms.ends_on
    if ends_on is None:
        moved = sum(shifts_of_pairs(session, [pair.id]).get(pair.id, {}).values())
        ends_on = about.ends_on + timedelta(days=moved)
    match_again(session, pair, about, ends_on, visit.now)
    move_end(session, pair.id, ends_on)


def _drop_old_slots(session: Session, visit: Visit, pair: Pair) -> None:
    """What the old slot had planned is called off; in the new plan it belongs to no period."""
    for each in dropped_by_new_terms(meetings(session, pair.id), visit.now):
        save_meeting(session, visit.workspace.id, replace(skip(each, visit.now), period_key=NO_PERIOD))


def _proposed_key(pair: Pair, version: int, person_id: int) -> str:
    return f"agreement_proposed:pair {pair.id}:version {version}:person {person_id}"


def _signed_key(pair: Pair, version: int) -> str:
    return f"agreement_signed:pair {pair.id}:version {version}"


def _on_the_table(known: list[Agreement], pair: Pair) -> Terms | None:
    found = waiting(known, _parties(pair)) or in_force(known, _parties(pair))
    return found.terms if found else None


def _parties(pair: Pair) -> list[int]:
    return [each.person_id for each in pair.members]


def _start_from(session: Session, visit: Visit, pair: Pair, known: list[Agreement]) -> Terms:
    """What is on the table, or else what the program suggests."""
    about = program(session, visit.workspace.id, pair.program_id)
    return _on_the_table(known, pair) or suggested_terms(suggestions(about), visit.person.time_zone)


def _figures(visit: Visit, pair: Pair, everybody: Mapping[int, Person]) -> tuple[Figure, list[Figure]]:
    found = [figure(everybody[each.person_id], each.role) for each in pair.members]
    me = next(each for each in found if each.id == visit.person.id)
    return me, [each for each in found if each is not me]


def _zones(visit: Visit, terms: Terms, everybody: Mapping[int, Person]) -> dict[str, str | None]:
    """The clocks the time may be on, the reader's own first; and that of the terms, wherever all are now."""
    zones: dict[str, str | None] = {visit.person.time_zone: ""}
    for each in everybody.values():
        zones.setdefault(each.time_zone, each.first_name)
    if terms.plans_itself:
        zones.setdefault(terms.zone, None)
    return zones


def _with_schedule(base: Terms, picked: Mapping[str, str]) -> Terms:
    """The first step's terms on top of those it does not ask about."""
    fixed = picked["weekday"] != ANY_DAY
    return replace(
        base,
        cadence=Cadence.parse(picked["cadence"]),
        weekday=int(picked["weekday"]) if fixed else None,
        at=read_time(picked["at"], "at") if fixed and picked["at"] else None,
        plans_itself=fixed,
        minutes=int(picked["minutes"]),
        zone=picked["zone"],
        rescheduler=Rescheduler(picked["rescheduler"] or base.rescheduler),
    )


def _with_ways(visit: Visit, base: Terms) -> Terms:
    """The second step's terms; an objective is asked of reverse pairs alone."""
    names = (*EACH_WAY, "timeline", "place", *FREE_TERMS)
    written: dict[str, Any] = {
        name: suggestion_of(visit.typed(name), visit.reader) for name in names if visit.asked(name)
    }
    ends_on = visit.typed("ends_on")
    return replace(base, **written, ends_on=read_day(ends_on, "ends_on") if ends_on else None)
