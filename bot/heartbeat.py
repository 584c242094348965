"""The tick: look only at what could be due, ask the rules, write letters, set the next look."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from bot.announcer import announce
from bot.askings import ask_surveys
from bot.daily import write_daily_lines
from bot.faults import fault_kept_apart, note_fault
from bot.free_places import tell_of_free_places
from bot.health_watch import watch_health
from bot.heard import Listeners, Tick, with_heard
from bot.matchmaker import run_wanted_matches
from bot.monday import look_at_week
from bot.past_graduating import thank_past_members
from bot.phase_watch import connect_if_agreed, look_at_phases, look_at_program
from bot.recruiter import remind_undecided
from bot.reporter import send_planned_reports
from bot.supervision import look_at_supervisors
from bot.told import Told, told_already
from bot.unpaired import remind_unpaired
from handlers.endings import finish_early
from mentoring.meetings import OF_A_SERIES, plan
from mentoring.notices import Notice
from mentoring.nudges import notices as ladder
from mentoring.nudges.facts import PairFacts, recorded
from mentoring.nudges.ladder import look
from mentoring.pairs import Pair, PairState
from mentoring.phase_askings import LATE_ANSWERS
from mentoring.programs import Program, next_state_at, state_at
from storage.asking import out_of_reach
from storage.database import Database
from storage.due import Chore, due_by_chore
from storage.facts import Known, pair_facts
from storage.meetings import save_meeting
from storage.pairs import end_pair, pair_ids_to_look_at, wake_pair
from storage.programs import programs_by_ids, programs_to_look_at, save_program, wake_program, with_state

BATCH = 100
"""Pairs looked at in one transaction: other writers wait for a fraction of a second at most."""
MOST_LOOKS = 5
"""Looks at one pair in one tick; a plan that fills the calendar needs two."""
SET_ASIDE = timedelta(hours=1)
"""How long a pair or program is left at whose look we failed: one fault does not fill the log, and after a
mend nobody waits for a day."""

Wake = Callable[[Session, int, datetime | None], None]
"""Sets when the clock must look at a pair or program again."""


def tick(database: Database, now: datetime) -> int:
    """Do everything that is due; returns how many pairs were looked at. Doing it twice changes nothing."""
    return do_chores(database, now, chores_due(database, now))


def chores_due(database: Database, now: datetime) -> AbstractSet[Chore]:
    """What there is to do; most of the time the clock looks, there is nothing."""
    with database.asking() as asked:
        return {chore for chore, at in due_by_chore(asked).items() if at <= now}


def do_chores(database: Database, now: datetime, due: AbstractSet[Chore]) -> int:
    """Do what is due of the clock's own chores; returns how many pairs were looked at.

    One that fails keeps no other from being done: it is told, and tried again at the next look.
    """
    for chore, do in CHORES.items():
        if chore in due:
            with fault_kept_apart("chore failed", chore=chore):
                do(database, now)
    return _look_at_pairs(database, now) if Chore.PAIRS in due else 0


def _look_at_pairs(database: Database, now: datetime) -> int:
    this, looked, batch = Tick(now), 0, BATCH
    while batch == BATCH:
        try:
            batch = _look_at_some_pairs(database, this)
        except Exception as error:
            if out_of_reach(error):
                raise
            # Nothing of this batch was kept; what was said before it stands in the database. Each of them may
            # pass alone: it is a fault all the same.
            note_fault("look failed", error, pairs="together")
            this, batch = Tick(now), _look_one_by_one(database, now)
        looked += batch
    return looked


def _look_one_by_one(database: Database, now: datetime) -> int:
    """Look at each pair of a batch alone; one at which a look fails is set aside, the others have theirs."""
    with database.glance() as session:
        due = pair_ids_to_look_at(session, now, BATCH)
    for pair_id in due:
        with _alone(database, wake_pair, now, pair=pair_id) as session:
            _look_at(session, Tick(now), [pair_id])
    return len(due)


@contextmanager
def _alone(database: Database, wake: Wake, now: datetime, **about: int) -> Iterator[Session]:
    """A transaction for one pair or program; where it fails, the clock looks at this one again later."""
    (number,) = about.values()
    with fault_kept_apart("look failed", **about):
        try:
            with database.write() as session:
                yield session
        except Exception:
            with database.write() as session:
                wake(session, number, now + SET_ASIDE)
            raise


def _look_at_programs(database: Database, now: datetime) -> None:
    """Move programs along their life; one at which a look fails is set aside, as a pair is."""
    try:
        with database.write() as session:
            due = programs_to_look_at(session, now, BATCH)
            for each in programs_by_ids(session, due).values():
                _look_at_program(session, each, now)
    except Exception as error:
        if out_of_reach(error):
            raise
        note_fault("look failed", error, programs="together")
        with database.glance() as session:
            due = programs_to_look_at(session, now, BATCH)
        for program_id in due:
            with _alone(database, wake_program, now, program=program_id) as session:
                _look_at_program(session, programs_by_ids(session, [program_id])[program_id], now)


def _look_at_program(session: Session, about: Program, now: datetime) -> None:
    state = state_at(about, now)
    moved = with_state(about, state)
    if state is not about.state:
        save_program(session, moved)
    looks = (
        next_state_at(moved, now),
        look_at_program(session, moved, now),
        announce(session, moved, now),
        look_at_supervisors(session, moved, now),
        remind_unpaired(session, moved, now),
        write_daily_lines(session, moved, now),
        look_at_week(session, moved, now),
        tell_of_free_places(session, moved, now),
    )
    wake_program(session, about.id, min((at for at in looks if at is not None), default=None))


def _look_at_some_pairs(database: Database, this: Tick) -> int:
    with database.write() as session:
        due = pair_ids_to_look_at(session, this.now, BATCH)
        if due:
            _look_at(session, this, due)
    return len(due)


def _look_at(session: Session, this: Tick, due: Sequence[int]) -> None:
    known = pair_facts(session, due, this.now)
    told = told_already(session, known.values(), this.now)
    looks = {
        pair_id: _look_at_pair(session, this, known[pair_id], told) if pair_id in known else None
        # Whoever is in two of them has one place a day: what comes seldom goes before a nudge.
        for pair_id in sorted(due, key=told.waits, reverse=True)
    }
    for pair_id, at in thank_past_members(session, this, known.values()).items():
        looks[pair_id] = _soonest(this.now, looks[pair_id], at)
    this.write(session, looks)


def _look_at_pair(session: Session, this: Tick, known: Known, told: Told) -> datetime | None:
    """Do what is due for one pair; returns when the clock must look at it again."""
    if known.pair.state is PairState.ENDED:
        return _say_farewell(this, known, told)
    if connect_if_agreed(session, this.now, known, told):
        known = pair_facts(session, [known.pair.id], this.now)[known.pair.id]
        told = told_already(session, [known], this.now)
    pair, facts = known.pair, with_heard(known.facts, this)
    closes_at = facts.ends_at + LATE_ANSWERS if facts.ends_at and not facts.casual_since else None
    if closes_at is not None and this.now >= closes_at:
        # Nobody waits for a missing form: closing has its grace period, and then happens.
        end_pair(session, pair.id, this.now)
        finish_early(session, pair, known.program, this.now)
        return _say_farewell(this, known, told)
    watch_health(this, known, facts)
    # A guide is of use on its first day, a survey can wait: so the guide has the first word. Neither comes
    # again, so a reminder takes what they leave; all leave room for the question whether they met.
    people = Listeners(facts, this)
    next_phase = look_at_phases(this, known, people, told)
    next_asking = ask_surveys(this, known, people, told)
    next_look = _climb(session, this, pair, with_heard(facts, this))
    coming = told.coming[pair.id].next_at
    return _soonest(this.now, next_look, next_phase, next_asking, coming, closes_at)


def _say_farewell(this: Tick, known: Known, told: Told) -> datetime | None:
    """Of a pair that is over only a graduation is left to be said; returns when to look for it again."""
    waiting = look_at_phases(this, known, Listeners(with_heard(known.facts, this), this), told)
    return _soonest(this.now, waiting, told.coming[known.pair.id].next_at)


def _soonest(now: datetime, *looks: datetime | None) -> datetime | None:
    """The first of these instants that is still to come."""
    return min([at for at in looks if at is not None and at > now], default=None)


def _climb(session: Session, this: Tick, pair: Pair, facts: PairFacts) -> datetime | None:
    """Ask the ladder, store the meetings it plans, write what it says."""
    found = look(facts, this.now)
    for _ in range(MOST_LOOKS):
        if not found.to_plan:
            break
        planned = []
        for slot in found.to_plan:
            # New terms may plan a period anew that the old ones had planned: the instant tells them apart.
            name = f"pair {pair.id} period {slot.period.key} planned {this.now.isoformat()}"
            uid = f"{OF_A_SERIES}{uuid5(NAMESPACE_URL, name)}@mentoring"
            meeting = plan(
                pair.id, slot.period.key, slot.starts_at, facts.rhythm.minutes, uid, None, this.now
            )
            planned.append(save_meeting(session, pair.workspace_id, meeting))
        facts = facts.having(meetings=(*facts.meetings, *planned))
        found = look(facts, this.now)
    for notice in found.notices:
        this.ask(pair, recorded(notice))
        letter = _letter(notice)
        if letter is not None:
            this.say(pair, letter)
            if notice.kind not in ladder.SOLICITED:
                for person_id in notice.people:
                    this.heard[person_id].append(this.now)
    this.skip(pair, found.skipped)
    return found.next_look_at


def _letter(notice: ladder.Notice) -> Notice | None:
    """What the ladder says, as a letter; what only coordinators see is on their list and not a message."""
    if isinstance(notice.to, ladder.ToCoordinators):
        return None
    return Notice(
        kind=str(notice.kind),
        to=notice.to,
        key=notice.key,
        not_before=notice.not_before,
        expires_at=notice.expires_at,
        ids={"subject": notice.subject, "period": notice.period_key or "", **notice.ids},
        why=notice.why,
    )


CHORES: Mapping[Chore, Callable[[Database, datetime], object]] = {
    Chore.MATCHES: run_wanted_matches,
    Chore.PROGRAMS: _look_at_programs,
    Chore.UNDECIDED: remind_undecided,
    Chore.REPORTS: send_planned_reports,
}
"""What is done before pairs are looked at, in this order."""
