"""Gathering a coordinator's desk in a fixed number of queries, however many pairs there are."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.at_hand import on_desk
from mentoring.attention import CALLS, Concern, Item, by_reason, most_urgent_first
from mentoring.enrollment import EnrollmentState
from mentoring.errors import Refusal
from mentoring.health import health, level, read_thresholds, trend, weakest
from mentoring.nudges.notices import Kind
from mentoring.people import Person
from mentoring.phases import PhaseName, phases_of
from mentoring.programs import Program, ProgramState
from mentoring.recruiting import places_left
from mentoring.rights import may_read, may_run
from messages.concerns import NeedsALook, Reason
from messages.desk import PER_PAGE, Desk, Waiting, funnel_of
from messages.forms.paging import page_of
from storage.desk import (
    DeskView,
    attention_counts,
    counts_of_pairs,
    healths,
    objections,
    open_concerns,
    sends,
)
from storage.facts import pair_facts
from storage.namesakes import names_together
from storage.pairs import pairs_by_ids
from storage.people import people, staff_roles
from storage.programs import counts_of_programs
from storage.undelivered import failed_deliveries

LATELY = timedelta(days=14)
"""Objections and failed deliveries older than this have been seen, or do not matter any more."""
MOST_DATES = 2
"""Dates ahead that are shown: the next, and the one after."""


def desk_of(session: Session, visit: Visit, known: Sequence[Program], view: DeskView) -> Desk | None:
    """The desk of whoever runs a program, or may read one; None for everybody else."""
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    mine = [each for each in known if may_read(roles, each.id)]
    chosen = on_desk(mine, view.program_id)
    if chosen is None:
        return None
    counts = counts_of_programs(session, [chosen.id])
    by_state = {state: count for (_, state), count in counts.items()}
    pairs = counts_of_pairs(session, chosen.id)
    funnel = funnel_of(by_state, pairs.made, pairs.agreed, pairs.met, pairs.finished)
    dates = dates_ahead(chosen, visit.now)
    if not may_run(roles, chosen.id):
        return Desk(chosen, mine, acts=False, funnel=funnel, dates=dates)
    concerns = open_concerns(session, chosen.id, visit.now, visit.person.id)
    items = most_urgent_first(concerns)
    page = page_of(view.page, len(items), PER_PAGE)
    shown = items[page * PER_PAGE : (page + 1) * PER_PAGE]
    today = _day_of(visit)
    said = sends(session, chosen.id, *today)
    return Desk(
        program=chosen,
        programs=mine,
        acts=True,
        funnel=funnel,
        dates=dates,
        items=needing_a_look(session, chosen, shown, visit.now),
        total=len(items),
        reasons=by_reason(concerns),
        page=page,
        waiting=Waiting(
            applications=by_state.get(EnrollmentState.APPLIED, 0),
            objections=objections(session, chosen.id, visit.now - LATELY, visit.person.id),
            calls=len({(each.pair_id, each.person_id) for each in concerns if each.kind in CALLS}),
            places=min(places_left(chosen, by_state) or 0, by_state.get(EnrollmentState.WAITING, 0)),
            failed=failed_deliveries(session, chosen.id, visit.now - LATELY),
        ),
        elsewhere=_elsewhere(session, visit, [each for each in mine if may_run(roles, each.id)], chosen),
        sent=said.sent,
        due=said.due,
    )


def _elsewhere(
    session: Session, visit: Visit, run: Sequence[Program], chosen: Program
) -> list[tuple[str, int]]:
    """In which other programs of theirs pairs need a look, and how many: Home shows one program at a time."""
    others = [each for each in run if each.id != chosen.id]
    if not others:
        return []
    looks = attention_counts(session, [each.id for each in others], visit.now, visit.person.id)
    return [(each.name, looks[each.id]) for each in others if each.id in looks]


def needing_a_look(
    session: Session, about: Program, items: Sequence[Item], now: datetime
) -> list[NeedsALook]:
    """Names, reasons and health of these pairs, in three queries, and what is low if that is why.

    One more tells people of one name apart, if there are any among these pairs.
    """
    ids = [each.pair_id for each in items]
    pairs = {each.id: each for each in pairs_by_ids(session, ids)}
    everybody = people(
        session, about.workspace_id, {m.person_id for each in pairs.values() for m in each.members}
    )
    called = names_together(session, everybody.values())
    scores, thresholds = healths(session, ids), read_thresholds(about.settings)
    faint = [each.pair_id for each in items if any(one.kind is Kind.LOW_HEALTH for one in each.concerns)]
    facts = pair_facts(session, faint, now) if faint else {}
    weak = {each: weakest(health(known.facts, now)) for each, known in facts.items()}
    found = []
    for item in items:
        score, was = scores[item.pair_id]
        names = tuple(called[m.person_id] for m in pairs[item.pair_id].mentor_first)
        reasons = tuple(Reason(each, _caller(each, everybody)) for each in item.concerns)
        found.append(
            NeedsALook(
                item.pair_id,
                names,
                reasons,
                score,
                level(score, thresholds),
                trend(score, was),
                weak.get(item.pair_id, ()),
            )
        )
    return found


def dates_ahead(about: Program, now: datetime) -> list[tuple[str, date]]:
    """What comes next in a program's life, by its own clock."""
    today = now.astimezone(ZoneInfo(about.time_zone)).date()
    dates = [("starts", about.starts_on), ("ends", about.ends_on)]
    try:
        plan = phases_of(about)
    except Refusal:
        plan = ()  # a program too short for phases has its two dates
    dates += [
        (each.name.value, each.starts_at.date())
        for each in plan
        if each.name in (PhaseName.MIDDLE, PhaseName.END)
    ]
    ahead = sorted((each for each in dates if each[1] >= today), key=lambda each: each[1])
    return ahead[:MOST_DATES] if about.state is not ProgramState.CLOSED else []


def _caller(concern: Concern, everybody: dict[int, Person]) -> str:
    known = everybody.get(concern.person_id or 0)
    return known.first_name if known else ""


def _day_of(visit: Visit) -> tuple[datetime, datetime]:
    """Today, by the clock of whoever looks."""
    zone = ZoneInfo(visit.person.time_zone)
    midnight = datetime.combine(visit.now.astimezone(zone).date(), time(0), tzinfo=zone)
    return midnight, midnight + timedelta(days=1)
