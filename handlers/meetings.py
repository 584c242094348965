"""Meetings: booked, moved, skipped, told about. Any tap of either person answers for the pair."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import read_day, read_time
from mentoring.cadence import Rhythm, next_around, period, period_key, period_of, planned_meetings
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.hours import MIDNIGHT, local_day, next_shared_instant, to_instant
from mentoring.meetings import (
    AHEAD,
    Meeting,
    MeetingState,
    Said,
    answer,
    check_last_day,
    log,
    movable,
    move,
    plan,
    skip,
)
from mentoring.notices import Notice, ToPair
from mentoring.nudges.facts import PairFacts, Phase
from mentoring.nudges.history import stamp
from mentoring.nudges.notices import ABOUT_A_MEETING, Kind
from mentoring.pairs import Pair, waits_to_close
from mentoring.people import Person
from messages.actions import Act
from messages.answers import Answer, Done, Replace, Show, Tell
from messages.forms.meeting import meeting_form
from messages.letters.context import Message
from messages.letters.meetings import asked_anew, asked_of_the_other, noted, times_for_all
from messages.replies import say
from messages.words import Words
from storage.facts import pair_facts
from storage.meetings import answer_asks, meeting, meetings, save_meeting
from storage.outbox import write_letter
from storage.pairs import live_pair, wake_pair
from storage.people import people
from storage.programs import program

GONE = "This is no longer open: that meeting is not in the calendar any more."
OVER = (
    "Your time in the program is over, so nothing new is planned. "
    "What you were asked last can still be answered."
)
NOON = time(12)
"""When a meeting of which only the period is known is noted: the middle of the day, in everybody's day."""
THREE = "15:00"
"""The form's first suggestion of a time when nothing better is known."""


def book(visit: Visit) -> Answer:
    """Open the form for a new meeting."""
    with visit.database.read() as session:
        pair, facts = _pair(session, visit)
        _check_has_time(session, pair, visit)
    return Show(_form(visit, Act("meeting.book_submit", {"pair": pair.id}), pair, facts))


def book_submit(visit: Visit) -> Answer:
    """A time was picked: plan it; to “did you meet?” one that has passed says that they met then."""
    with visit.database.write() as session:
        pair, facts = _pair(session, visit)
        asked = "subject" in visit.act.ids
        if not asked:
            _check_has_time(session, pair, visit)
        starts = _picked_instant(visit, pair)
        key = period_key(facts.rhythm, starts)
        if asked:
            _answered(session, visit, pair, Said.MOVED, ABOUT_A_MEETING, [visit.act.code("subject")])
        about = (pair.id, key, starts, facts.rhythm.minutes, new_uid(), visit.person.id, visit.now)
        if asked and starts <= visit.now:
            if not _has_met_on(facts, starts):
                save_meeting(session, visit.workspace.id, log(*about))
            return Tell(noted_reply(visit, starts, facts))
        planned = plan(*about)
        _check_no_twin(session, pair, planned)
        _tell(session, visit, pair, save_meeting(session, visit.workspace.id, planned))
        _answered(session, visit, pair, "booked", [Kind.BOOK, Kind.QUIET_CHECK, Kind.CATCH_UP])
    return Done()


def _has_met_on(facts: PairFacts, at: datetime) -> bool:
    day = local_day(facts.rhythm.zone, at)
    held = (each for each in facts.meetings if each.state is MeetingState.HELD)
    return any(local_day(facts.rhythm.zone, each.starts_at) == day for each in held)


def open_move(visit: Visit) -> Answer:
    """“Move it” and “We moved it”: to when?"""
    with visit.database.read() as session:
        pair, facts = _pair(session, visit)
        found = _meeting(session, pair, visit) if "meeting" in visit.act.ids else None
        if found is not None and found.starts_at > visit.now:
            _check_has_time(session, pair, visit)
    if found is None:
        # Asked about a period: what was moved was planned between the two alone, and may have been by now.
        act = Act("meeting.book_submit", {"pair": pair.id, "subject": visit.act.code("subject")})
        return Show(_form(visit, act, pair, facts, over=True))
    # Nobody fills in a form that will be refused.
    movable(found, visit.person.id)
    act = Act("meeting.moved_submit", {"pair": pair.id, "meeting": found.id})
    return Show(_form(visit, act, pair, facts, over=found.starts_at <= visit.now))


def move_submit(visit: Visit) -> Answer:
    """A new time was picked."""
    with visit.database.write() as session:
        pair, facts = _pair(session, visit)
        found = _meeting(session, pair, visit)
        if found.starts_at > visit.now:
            _check_has_time(session, pair, visit)
        to = _picked_instant(visit, pair)
        moved = (
            move(found, to, visit.person.id, visit.now)
            if found.starts_at > visit.now
            else answer(found, visit.person.id, Said.MOVED, visit.now, to)
        )
        _check_no_twin(session, pair, moved)
        kept = save_meeting(session, visit.workspace.id, moved)
        _answered(session, visit, pair, "moved", ABOUT_A_MEETING, [stamp(found.starts_at)])
        if kept.state is MeetingState.HELD:
            return Tell(noted_reply(visit, kept.starts_at, facts))
        _tell(session, visit, pair, kept)
    return Done()


def skip_one(visit: Visit) -> Answer:
    """Skip a planned meeting, or a period in which none was planned."""
    with visit.database.write() as session:
        pair, facts = _pair(session, visit)
        if "meeting" in visit.act.ids:
            found = _meeting(session, pair, visit)
            _tell(session, visit, pair, save_meeting(session, visit.workspace.id, skip(found, visit.now)))
        subjects = [visit.act.code("period")] if "period" in visit.act.ids else None
        _answered(session, visit, pair, "skipped", [Kind.BOOK], subjects)
    return Replace(say(_words(visit).mrkdwn("skipped", next=_next_one(visit, facts))))


def _tell(session: Session, visit: Visit, pair: Pair, changed: Meeting) -> None:
    """Both see what one of them did, once for every change of the calendar entry."""
    notice = Notice(
        kind="meeting_planned",
        to=ToPair(pair.id),
        key=f"meeting_planned:meeting {changed.id}:{changed.sequence}",
        not_before=visit.now,
        expires_at=changed.starts_at,
        why="somebody of the pair changed the calendar",
        ids={"pair": pair.id, "meeting_id": changed.id, "sequence": changed.sequence},
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)


def met(visit: Visit) -> Answer:
    """“We met”."""
    return _told(visit, Said.MET)


def not_yet(visit: Visit) -> Answer:
    """“Not yet”."""
    return _told(visit, Said.NOT_YET)


def could_not(visit: Visit) -> Answer:
    """“Couldn't”."""
    return _told(visit, Said.COULD_NOT)


def _told(visit: Visit, said: Said) -> Answer:
    with visit.database.write() as session:
        pair, facts = _pair(session, visit)
        if "meeting" in visit.act.ids:
            about = _meeting(session, pair, visit)
            if stamp(about.starts_at) != visit.act.code("subject"):
                return Replace(_moved_since(session, visit, pair, about, facts))
            found = answer(about, visit.person.id, said, visit.now)
            save_meeting(session, visit.workspace.id, found)
            on = found.starts_at
        else:
            on = _told_of_period(session, visit, pair, facts, said)
        _answered(session, visit, pair, said, ABOUT_A_MEETING, [visit.act.code("subject")])
        other = _other_of_that_day(facts, visit.act.code("subject"), on, visit.now)
        everybody = people(session, visit.workspace.id, [each.person_id for each in pair.members])
    settled = said is Said.NOT_YET and not _is_asked_again(visit, facts)
    part = "not_yet_settled" if settled else said.name.lower()
    text = _words(visit).mrkdwn(part, on=on, next=_next_one(visit, facts, on if said is Said.MET else None))
    # A thumb slips, and the buttons are gone. Where no meeting was planned, nothing can be taken back.
    told = noted(text, visit.act.ids, visit.reader) if "meeting" in visit.act.ids else say(text)
    if said is Said.NOT_YET or other is None:
        return Replace(told)
    names = _others(visit, everybody)
    return Replace(asked_of_the_other(told, other, [*everybody.values()], names, visit.reader))


def _moved_since(session: Session, visit: Visit, pair: Pair, about: Meeting, facts: PairFacts) -> Message:
    """What takes the place of a question about a time that the meeting was moved from: how it stands now."""
    words, now_about = _words(visit), {**visit.act.ids, "subject": stamp(about.starts_at)}
    told = {MeetingState.HELD: "met", MeetingState.MISSED: "could_not"}
    if about.state in told:
        met_at = about.starts_at if about.state is MeetingState.HELD else None
        text = words.mrkdwn(told[about.state], on=about.starts_at, next=_next_one(visit, facts, met_at))
        return noted(text, now_about, visit.reader)
    everybody = people(session, visit.workspace.id, [each.person_id for each in pair.members])
    times = times_for_all(about.starts_at, [*everybody.values()], visit.reader)
    ahead = about.starts_at > visit.now
    return say(words.mrkdwn("was_moved", on=about.starts_at, times=times, ahead=ahead))


def _other_of_that_day(facts: PairFacts, subject: str, on: datetime, now: datetime) -> Meeting | None:
    """A meeting of the same day that is over too, and that nobody has told of."""
    day = local_day(facts.rhythm.zone, on)
    over = (each for each in facts.meetings if each.is_ahead and not each.answers and each.ends_at <= now)
    others = (each for each in over if stamp(each.starts_at) != subject)
    return next((each for each in others if local_day(facts.rhythm.zone, each.starts_at) == day), None)


def ask_anew(visit: Visit) -> Answer:
    """“Change this”: the question is there once more, and the next tap is what counts."""
    with visit.database.read() as session:
        pair, facts = _pair(session, visit)
        found = _meeting(session, pair, visit)
        if stamp(found.starts_at) != visit.act.code("subject"):
            return Replace(_moved_since(session, visit, pair, found, facts))
        everybody = people(session, visit.workspace.id, [each.person_id for each in pair.members])
    zone = facts.rhythm.zone
    days = [local_day(zone, each.starts_at) for each in facts.meetings]
    # Of two on a day the hour tells which.
    hours = [*everybody.values()] if days.count(local_day(zone, found.starts_at)) > 1 else []
    return Replace(asked_anew(found, visit.act.ids, hours, _others(visit, everybody), visit.reader))


def _others(visit: Visit, everybody: Mapping[int, Person]) -> list[str]:
    """With whom, for who reads it alone: in a pair's own room nobody needs telling."""
    if not visit.in_private:
        return []
    return [each.first_name for each in everybody.values() if each.id != visit.person.id]


def _is_asked_again(visit: Visit, facts: PairFacts) -> bool:
    """Whether “not yet” is asked about once more: only a planned meeting is, and only once."""
    subject = visit.act.code("subject")
    last = {Kind.SECOND_ASK, Kind.SORT_OUT}
    return "meeting" in visit.act.ids and not any(
        each.kind in last and each.subject == subject for each in facts.asks
    )


def _told_of_period(session: Session, visit: Visit, pair: Pair, facts: PairFacts, said: Said) -> datetime:
    """A period without a planned meeting: a yes is noted once, on its last day or now, if that is earlier."""
    first, last = _days_asked_about(visit, facts.rhythm)
    on = min(to_instant(last, NOON, facts.rhythm.zone), visit.now)
    held = [each for each in facts.meetings if each.state is MeetingState.HELD]
    already = any(_local_day(each, facts.rhythm) in _days(first, last) for each in held)
    if said is Said.MET and not already:
        uid = new_uid()
        minutes = facts.rhythm.minutes
        noted = log(pair.id, first.isoformat(), on, minutes, uid, visit.person.id, visit.now)
        save_meeting(session, visit.workspace.id, noted)
    return on


def _days_asked_about(visit: Visit, rhythm: Rhythm) -> tuple[date, date]:
    """The first and the last day of the period an answer is about."""
    first = read_day(visit.act.code("first") or visit.act.code("subject"), "first")
    if visit.act.code("last"):
        return first, read_day(visit.act.code("last"), "last")
    # The second question of an older version named the period alone, and its buttons are still there.
    one = period_of(rhythm, to_instant(first, NOON, rhythm.zone))
    return first, one.last if one else first


def _answered(
    session: Session,
    visit: Visit,
    pair: Pair,
    word: str,
    kinds: Iterable[Kind],
    subjects: Iterable[str] | None = None,
) -> None:
    answer_asks(session, pair.id, visit.person.id, word, visit.now, kinds=kinds, subjects=subjects)
    wake_pair(session, pair.id, visit.now)


def _pair(session: Session, visit: Visit) -> tuple[Pair, PairFacts]:
    pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
    known = pair_facts(session, [pair.id], visit.now).get(pair.id)
    if known is None:
        raise NoLongerOpen("This pairing has not been announced yet.")
    return pair, known.facts


def _check_has_time(session: Session, pair: Pair, visit: Visit) -> None:
    """Nothing new is planned once a pair has had its time; whoever goes on casually plans as they like."""
    about = program(session, visit.workspace.id, pair.program_id)
    if waits_to_close(pair, about.time_zone, visit.now):
        raise NoLongerOpen(OVER)


def _meeting(session: Session, pair: Pair, visit: Visit) -> Meeting:
    found = meeting(session, pair.id, visit.act.number("meeting"))
    if found is None:
        raise NoLongerOpen(GONE)
    return found


def _check_no_twin(session: Session, pair: Pair, planned: Meeting) -> None:
    for each in meetings(session, pair.id):
        if each.id != planned.id and each.state in AHEAD and each.starts_at == planned.starts_at:
            raise Refusal("You have a meeting at that time already. Pick another.", "starts_at")


def _picked_instant(visit: Visit, pair: Pair) -> datetime:
    day, at = read_day(visit.typed("starts_at"), "starts_at"), read_time(visit.typed("time"), "time")
    picked = to_instant(day, at, visit.person.time_zone)
    # That they have met since their last day can be told: nothing has to be asked about it.
    if pair.casual_since is None and picked > visit.now:
        check_last_day(day, pair.ends_on)
    return picked


def _form(visit: Visit, act: Act, pair: Pair, facts: PairFacts, *, over: bool = False) -> dict[str, object]:
    """Suggest the first shared hour of tomorrow or later, on the last day at the latest.

    Where the meeting that gets another time is `over`, it may have been at that time by now.
    """
    zone = ZoneInfo(visit.person.time_zone)
    calendars = [each.calendar for each in facts.participants]
    ahead = [each.starts_at for each in facts.meetings if each.is_ahead and each.starts_at > visit.now]
    planned = min(ahead, default=None) if act.name == "meeting.book_submit" else None
    shared = next_shared_instant(calendars, visit.now + timedelta(days=1))
    local = (shared or visit.now + timedelta(days=1)).astimezone(zone)
    day = local.date() if pair.casual_since else min(local.date(), pair.ends_on)
    at = local.replace(minute=0 if local.minute == 0 else 30).strftime("%H:%M") if shared else THREE
    return meeting_form(act, visit.reader, visit.person.time_zone, day, planned, at, over=over)


def _next_one(visit: Visit, facts: PairFacts, met_at: datetime | None = None) -> datetime | date | None:
    """Around when they meet next: what stands in the calendar, or else the next slot or period.

    None where that lies behind their last day, or there is no plan yet, or no more as they go on casually.
    """
    left = visit.act.ids.get("meeting")
    ahead = [
        each.starts_at
        for each in facts.meetings
        if each.is_ahead and each.starts_at > visit.now and each.id != left
    ]
    if ahead:
        return min(ahead)
    rhythm = facts.rhythm
    current = period_of(rhythm, visit.now) if facts.phase is not Phase.CASUAL else None
    if current is None:
        return None
    zone = ZoneInfo(rhythm.zone)
    following = period(rhythm, current.index + 1)
    slot = next(planned_meetings(rhythm, following.starts_at, following.ends_at), None)
    if slot is not None:
        day: date | None = slot.starts_at.astimezone(zone).date()
    else:
        met_on = met_at.astimezone(zone).date() if met_at else None
        day = next_around(rhythm, visit.now.astimezone(zone).date(), met_on)
    is_over = (
        day is not None
        and facts.ends_at is not None
        and to_instant(day, MIDNIGHT, rhythm.zone) >= facts.ends_at
    )
    return None if is_over else day


def noted_reply(visit: Visit, on: datetime, facts: PairFacts) -> Message:
    """“Noted: you met on …”, with the next one."""
    return say(_words(visit).mrkdwn("met", on=on, next=_next_one(visit, facts, on)))


def new_uid() -> str:
    """The calendar UID of a meeting a person has planned or noted; it keeps it for life.

    It says nothing of the time: a meeting that was moved keeps its UID, and its old time may be booked anew.
    """
    return f"{uuid4()}@mentoring"


def _local_day(found: Meeting, rhythm: Rhythm) -> date:
    return found.starts_at.astimezone(ZoneInfo(rhythm.zone)).date()


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def _words(visit: Visit) -> Words:
    return Words("replies/meetings", visit.reader)
