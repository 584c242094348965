"""The ladder, told as stories of one pair."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from mentoring.agreements import Rescheduler
from mentoring.cadence import EVERY_TWO_WEEKS, WEEKLY, Rhythm
from mentoring.hours import DateSpan, next_instant, zone_of
from mentoring.meetings import Said
from mentoring.notices import ToPair, ToPerson
from mentoring.nudges.facts import PairState, Phase
from mentoring.nudges.ladder import look, still_wanted
from mentoring.nudges.notices import QUESTIONS, Kind, Reason, ToCoordinators
from tests.mentoring.nudges.life import (
    ANNOUNCED,
    FIRST_DAY,
    LONDON,
    MARCUS,
    NEW_YORK,
    PRIYA,
    Life,
    booking_pair,
    kinds,
    local,
    people,
    slot_pair,
)

AUCKLAND = "Pacific/Auckland"
THURSDAY = datetime(2026, 3, 5, 20, tzinfo=UTC)


def reasons(life: Life, rung: Kind) -> set[Reason]:
    return {each.reason for each in life.skips if each.rung is rung}


def test_a_pair_that_books_is_asked_reminded_and_asked_whether_it_met() -> None:
    life = Life(booking_pair())
    (book,) = life.until(ANNOUNCED + timedelta(days=6))
    assert (book.kind, book.to, local(book)) == (Kind.BOOK, ToPair(17), "Fri 2026-03-06 09:00")
    meeting = life.book(MARCUS, datetime(2026, 3, 12, 19, tzinfo=UTC))
    remind, ask = life.until(datetime(2026, 3, 13, 20, tzinfo=UTC))
    assert (remind.kind, local(remind)) == (Kind.REMIND, "Wed 2026-03-11 09:00")
    assert remind.key == "meeting_due:pair 17:2026-03-12T19:00Z"
    assert (ask.kind, local(ask)) == (Kind.DID_YOU_MEET, "Fri 2026-03-13 09:00")
    life.answer(meeting, PRIYA, Said.MET)
    assert life.until(datetime(2026, 3, 17, 12, tzinfo=UTC)) == []


def test_who_has_the_duty_to_reschedule_is_asked_alone() -> None:
    facts = booking_pair(rescheduler=Rescheduler.MENTOR)
    (book,) = Life(facts).until(ANNOUNCED + timedelta(days=6))
    assert book.to == ToPerson(MARCUS)
    assert book.key == "book:pair 17:2026-03-03:person 2"


def test_people_who_book_meet_and_tell_us_are_only_reminded() -> None:
    life = Life(booking_pair())
    meeting = life.book(PRIYA, THURSDAY)
    for _ in range(12):
        life.until(meeting.ends_at)
        life.answer(meeting, MARCUS, Said.MET)
        meeting = life.book(PRIYA, meeting.starts_at + timedelta(days=14))
    assert set(kinds(life.letters)) == {Kind.REMIND}
    assert Reason.PLANNED_ALREADY in reasons(life, Kind.BOOK)
    assert Reason.MET_ALREADY in reasons(life, Kind.DID_YOU_MEET)


def test_people_who_meet_unplanned_and_tell_us_are_not_asked_whether_they_met() -> None:
    life = Life(booking_pair())
    for week in range(0, 24, 2):
        life.until(ANNOUNCED + timedelta(weeks=week, days=4))
        life.log(PRIYA, life.now - timedelta(hours=1))
    assert set(kinds(life.letters)) == {Kind.BOOK}


def test_one_second_ask_then_silence() -> None:
    life = Life(slot_pair())
    said = life.until(datetime(2026, 3, 16, 12, tzinfo=UTC))
    assert kinds(said) == [Kind.REMIND, Kind.DID_YOU_MEET, Kind.SECOND_ASK]
    assert (said[1].subject, said[2].subject) == (said[2].subject, "2026-03-05T20:00Z")


def test_not_yet_is_an_answer_and_asked_about_once_more() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    life.answer(life.facts.meetings[0], PRIYA, Said.NOT_YET)
    (second,) = life.until(datetime(2026, 3, 16, 12, tzinfo=UTC))
    assert second.kind is Kind.SECOND_ASK


def test_a_moved_meeting_is_asked_about_at_its_new_time_only() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    life.answer(life.facts.meetings[0], PRIYA, Said.MOVED, datetime(2026, 3, 12, 19, tzinfo=UTC))
    said = life.until(datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert [each.subject for each in said] == ["2026-03-12T19:00Z", "2026-03-12T19:00Z"]
    assert kinds(said) == [Kind.REMIND, Kind.DID_YOU_MEET]


def test_two_different_answers_are_sorted_out_once() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 3, 9, 15, tzinfo=UTC))
    meeting = life.answer(life.facts.meetings[0], PRIYA, Said.MET)
    life.answer(meeting, MARCUS, Said.COULD_NOT)
    said = life.until(datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert kinds(said) == [Kind.SORT_OUT]
    assert said[0].to == ToPair(17)


def test_silence_is_answered_with_less_then_with_care_then_with_the_coordinator() -> None:
    life = Life(slot_pair())
    said = life.weeks(8)
    checks = [each for each in said if each.kind is Kind.QUIET_CHECK]
    assert [each.to for each in checks] == [ToPerson(PRIYA), ToPerson(MARCUS)]
    assert [each.to for each in said if each.kind is Kind.ATTENTION] == [ToCoordinators(17)]
    assert said.index(checks[0]) < kinds(said).index(Kind.ATTENTION)
    # Two questions found no answer, so the meeting of April 2 is left in peace.
    asked = [each.subject[:10] for each in said if each.kind is Kind.DID_YOU_MEET]
    assert asked == ["2026-03-05", "2026-03-19", "2026-04-16"]
    assert Reason.HALVED in reasons(life, Kind.DID_YOU_MEET)
    assert Reason.HALVED in reasons(life, Kind.REMIND)


def test_a_silent_pair_is_asked_one_thing_when_the_clock_has_stood_still() -> None:
    """In New York nobody is up yet when Marcus begins in London: the older question waits, and is the one."""
    in_london = Rhythm(EVERY_TWO_WEEKS, FIRST_DAY, LONDON)
    pair = booking_pair(
        rescheduler=Rescheduler.MENTOR, participants=people(NEW_YORK, LONDON), rhythm=in_london
    )
    life = Life(pair)
    life.until(datetime(2026, 3, 20, 20, tzinfo=UTC))
    asked = len(life.letters)
    life.now = datetime(2026, 4, 28, 8, tzinfo=UTC)
    life.until(datetime(2026, 4, 29, 20, tzinfo=UTC))
    (ask,) = [each for each in life.letters[asked:] if each.kind in QUESTIONS]
    assert (ask.kind, ask.period_key, local(ask)) == (Kind.DID_YOU_MEET, "2026-04-14", "Tue 2026-04-28 09:00")
    assert Reason.HALVED in reasons(life, Kind.BOOK)


def test_a_silent_pair_is_asked_about_every_second_period_whoever_looked_at_it() -> None:
    life = Life(slot_pair())
    life.weeks(6)
    said = life.weeks(1)
    life.press(Kind.ATTENTION)
    asked = [each.period_key for each in (*said, *life.weeks(24)) if each.kind is Kind.DID_YOU_MEET]
    firsts = [date.fromisoformat(each) for each in asked if each]
    assert len(firsts) >= 5
    assert {later - earlier for earlier, later in pairwise(firsts)} == {timedelta(weeks=4)}


def test_an_answer_restores_the_rhythm() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 4, 17, 18, tzinfo=UTC))
    third = next(each for each in life.facts.meetings if each.starts_at.date() == date(2026, 4, 16))
    life.answer(third, PRIYA, Said.MET)
    asked = [each.subject[:10] for each in life.weeks(5) if each.kind is Kind.REMIND]
    assert asked == ["2026-04-30", "2026-05-14"]


def test_carry_on_begins_a_new_count_of_quiet_periods() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 4, 6, 15, tzinfo=UTC))
    assert life.letters[-1].kind is Kind.QUIET_CHECK
    life.press(Kind.QUIET_CHECK)
    said = life.until(datetime(2026, 4, 25, 12, tzinfo=UTC))
    assert Kind.ATTENTION not in kinds(said)


def test_nobody_is_checked_on_before_they_were_asked_about_the_meeting_of_that_day() -> None:
    life = Life(booking_pair())
    life.until(datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert life.next_look_at == datetime(2026, 4, 3, 13, tzinfo=UTC), "then two periods are missed"
    meeting = life.book(PRIYA, datetime(2026, 4, 3, 19, tzinfo=UTC))
    said = life.until(datetime(2026, 4, 6, 20, tzinfo=UTC))
    assert [(each.kind, local(each)) for each in said] == [
        (Kind.DID_YOU_MEET, "Wed 2026-04-01 09:00"),
        (Kind.DID_YOU_MEET, "Mon 2026-04-06 09:00"),
    ]
    silent = replace(life)
    checks = silent.until(datetime(2026, 4, 9, 20, tzinfo=UTC))
    assert kinds(checks) == [Kind.QUIET_CHECK, Kind.QUIET_CHECK]
    life.answer(meeting, PRIYA, Said.MET)
    assert life.until(datetime(2026, 4, 12, tzinfo=UTC)) == []


def test_a_pair_with_a_meeting_every_week_is_checked_on_all_the_same() -> None:
    """Its reminders and questions fill every week, and there is always a meeting to be asked about."""
    life = Life(slot_pair(rhythm=replace(slot_pair().rhythm, cadence=WEEKLY)))
    for _ in range(30):
        asked = [each.subject for each in life.weeks(1 / 7) if each.kind is Kind.DID_YOU_MEET]
        for meeting in life.facts.meetings:
            if f"{meeting.starts_at:%Y-%m-%dT%H:%MZ}" in asked:
                life.answer(meeting, PRIYA, Said.COULD_NOT)
    checks = {local(each) for each in life.letters if each.kind is Kind.QUIET_CHECK}
    # Due on March 20; it waited until they were asked about the 19th, and took the place of a reminder. The
    # day after a meeting would be too early: they may have met.
    assert checks == {"Wed 2026-03-25 09:00"}


def test_when_we_said_nothing_nobody_has_missed_anything() -> None:
    life = Life(slot_pair())
    life.tick()
    life.now = ANNOUNCED + timedelta(weeks=12)
    said = life.until(life.now + timedelta(days=6))
    assert Kind.ATTENTION not in kinds(said)
    assert Kind.QUIET_CHECK not in kinds(said)


def test_after_the_clock_stood_still_it_catches_up_once() -> None:
    weekly = replace(slot_pair().rhythm, cadence=WEEKLY)
    life = Life(slot_pair(rhythm=weekly))
    life.tick()
    life.now = datetime(2026, 3, 20, 15, tzinfo=UTC)
    said = life.tick()
    assert kinds(said) == [Kind.DID_YOU_MEET]
    assert said[0].subject == "2026-03-19T19:00Z"
    assert Reason.MERGED in reasons(life, Kind.DID_YOU_MEET)


def test_no_agreement_means_two_reminders_and_then_the_coordinator() -> None:
    life = Life(booking_pair(agreed=False))
    said = [each for each in life.weeks(12) if each.kind in {Kind.AGREEMENT, Kind.NO_AGREEMENT}]
    assert [(each.kind, local(each)) for each in said] == [
        (Kind.AGREEMENT, "Mon 2026-03-09 11:00"),
        (Kind.AGREEMENT, "Mon 2026-03-16 11:00"),
        (Kind.NO_AGREEMENT, "Thu 2026-03-19 11:00"),
    ]


def test_only_the_missing_signature_is_asked_for_and_not_before_its_owner_had_three_working_days() -> None:
    friday = datetime(2026, 3, 6, 20, tzinfo=UTC)
    life = Life(booking_pair(agreed=False, proposal_waits_for=(MARCUS,), proposed_at=friday))
    said = [each for each in life.weeks(3) if each.kind is Kind.AGREEMENT]
    assert [each.to for each in said] == [ToPerson(MARCUS), ToPerson(MARCUS)]
    assert local(said[0]) == "Wed 2026-03-11 15:00"


def test_once_they_have_agreed_nobody_reminds_them() -> None:
    life = Life(booking_pair(agreed=False))
    life.until(ANNOUNCED + timedelta(days=10))
    life.facts = replace(life.facts, agreed=True)
    assert Kind.AGREEMENT not in kinds(life.weeks(2))


def test_a_program_can_do_without_agreements() -> None:
    said = Life(booking_pair(agreed=False, agreement_expected=False)).weeks(6)
    assert not {Kind.AGREEMENT, Kind.NO_AGREEMENT} & set(kinds(said))


def test_a_pause_holds_everything_is_announced_to_end_and_welcomes_back() -> None:
    life = Life(slot_pair(), now=ANNOUNCED + timedelta(hours=1))
    pause = life.pause(20, by=MARCUS)
    said = life.until(pause.ends_at + timedelta(days=2))
    assert [(each.kind, each.to) for each in said] == [
        (Kind.PAUSE_ENDS, ToPerson(MARCUS)),
        (Kind.WELCOME_BACK, ToPerson(MARCUS)),
    ]
    assert said[0].not_before < pause.ends_at <= said[1].not_before
    assert said[0].key == "pause_ends:person 2:2026-03-22"


def test_one_persons_pause_holds_what_would_be_said_to_both() -> None:
    life = Life(booking_pair())
    pause = life.pause(7, by=PRIYA)
    said = life.until(pause.ends_at + timedelta(days=4))
    assert [(each.kind, local(each)) for each in said] == [
        (Kind.PAUSE_ENDS, "Fri 2026-03-06 09:00"),
        (Kind.WELCOME_BACK, "Mon 2026-03-09 11:00"),
        # The welcome has carried the same button: it is not said twice on one morning.
        (Kind.BOOK, "Thu 2026-03-12 11:00"),
    ]
    assert Reason.PAUSED in reasons(life, Kind.BOOK)


def test_no_slot_is_planned_into_a_pause() -> None:
    life = Life(slot_pair(), now=ANNOUNCED + timedelta(hours=1))
    pause = life.pause(20)
    life.tick()
    assert min(each.starts_at for each in life.facts.meetings) >= pause.ends_at


def test_a_paused_period_is_not_missed() -> None:
    life = Life(slot_pair())
    life.until(datetime(2026, 3, 20, 20, tzinfo=UTC))
    life.pause(60)
    said = life.weeks(12)
    first_check = next(each for each in said if each.kind is Kind.QUIET_CHECK)
    assert first_check.not_before > life.facts.pauses[0].ends_at + timedelta(weeks=2)


def test_people_without_a_shared_hour_each_hear_it_in_their_own_day() -> None:
    life = Life(booking_pair(participants=people(LONDON, AUCKLAND)))
    said = life.until(datetime(2026, 3, 14, tzinfo=UTC))
    assert {each.to for each in said} == {ToPerson(PRIYA), ToPerson(MARCUS)}
    assert len({each.key for each in said}) == len(said) == 2
    for each in said:
        (hearer,) = [one for one in life.facts.participants if one.person_id in each.people]
        assert next_instant(hearer.calendar, each.not_before) == each.not_before


def test_when_one_has_answered_the_other_is_not_asked_any_more() -> None:
    life = Life(booking_pair(participants=people(LONDON, AUCKLAND)))
    while not life.letters:
        life.now = life.next_look_at or life.now + timedelta(minutes=1)
        life.tick()
    life.press(Kind.BOOK)
    assert Kind.BOOK not in kinds(life.until(datetime(2026, 3, 15, tzinfo=UTC)))


def test_while_one_is_away_the_other_is_asked_alone() -> None:
    priya, marcus = people()
    three_weeks = (DateSpan(date(2026, 3, 6), date(2026, 3, 27)),)
    away = marcus._replace(calendar=replace(marcus.calendar, away=three_weeks))
    life = Life(slot_pair(participants=(priya, away)))
    ask = life.until(datetime(2026, 3, 10, tzinfo=UTC))[-1]
    assert ask.kind is Kind.DID_YOU_MEET
    assert ask.to == ToPerson(PRIYA)


def test_a_full_week_waits() -> None:
    priya, marcus = people()
    monday, wednesday = ANNOUNCED + timedelta(days=14), ANNOUNCED + timedelta(days=16)
    busy = tuple(each._replace(heard_at=(monday, wednesday)) for each in (priya, marcus))
    life = Life(booking_pair(participants=busy), now=wednesday + timedelta(hours=20))
    first = life.weeks(2)[0]
    assert (first.kind, local(first)) == (Kind.DID_YOU_MEET, "Mon 2026-03-23 09:00")
    assert Reason.BUDGET in reasons(life, Kind.DID_YOU_MEET)


def test_nobody_has_two_questions_open_at_a_time() -> None:
    life = Life(booking_pair(rhythm=Rhythm(WEEKLY, FIRST_DAY, NEW_YORK)))
    book, ask, _ = life.until(datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert (book.kind, local(book)) == (Kind.BOOK, "Fri 2026-03-06 09:00")
    # Due on Tuesday; the first question lapses on Wednesday.
    assert (ask.kind, local(ask)) == (Kind.DID_YOU_MEET, "Wed 2026-03-11 09:00")
    assert Reason.OPEN_QUESTION in reasons(life, Kind.DID_YOU_MEET)


def test_a_casual_pair_is_left_alone_unless_it_asked_for_a_hello() -> None:
    casual = booking_pair(phase=Phase.CASUAL, casual_since=FIRST_DAY, ends_at=ANNOUNCED)
    alone = Life(casual)
    assert alone.weeks(40) == []
    assert reasons(alone, Kind.CATCH_UP) == {Reason.NOT_OPTED_IN}
    said = Life(replace(casual, casual_opted_in=True)).weeks(40)
    assert set(kinds(said)) == {Kind.CATCH_UP}
    gaps = {later.not_before - before.not_before for before, later in pairwise(said)}
    assert min(gaps) > timedelta(days=80)


def test_when_the_pairing_is_over_nothing_is_said_and_nobody_looks_again() -> None:
    ended = look(booking_pair(state=PairState.ENDED), ANNOUNCED + timedelta(days=20))
    assert (ended.notices, ended.next_look_at) == ((), None)
    priya, marcus = people()
    left = look(booking_pair(participants=(priya, marcus._replace(active=False))), ANNOUNCED)
    assert (left.notices, left.next_look_at) == ((), None)


def test_after_the_formal_end_no_meeting_is_asked_about_or_planned() -> None:
    end = ANNOUNCED + timedelta(weeks=5)
    life = Life(slot_pair(ends_at=end))
    said = life.weeks(12)
    assert max(each.not_before for each in said) < end
    assert max(each.starts_at for each in life.facts.meetings) <= end


def test_a_letter_whose_reason_has_gone_is_cancelled_with_the_reason() -> None:
    life = Life(slot_pair())
    (remind, ask) = life.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    assert still_wanted(life.facts, ask, life.now) is None
    assert still_wanted(life.facts, remind, life.now) is Reason.TOO_LATE
    unmet = life.facts
    life.answer(life.facts.meetings[0], PRIYA, Said.MET)
    assert still_wanted(life.facts, ask, life.now) is Reason.MET_ALREADY
    life.facts = unmet
    life.pause(7)
    assert still_wanted(life.facts, ask, life.now) is Reason.PAUSED
    ended = replace(unmet, state=PairState.ENDED)
    assert still_wanted(ended, ask, life.now) is Reason.ENDED


def test_a_booking_made_meanwhile_cancels_the_question() -> None:
    life = Life(booking_pair())
    (book,) = life.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    life.book(PRIYA, datetime(2026, 3, 12, 15, tzinfo=UTC))
    assert still_wanted(life.facts, book, life.now) is Reason.PLANNED_ALREADY


def test_a_weekly_pair_never_hears_more_than_its_week_allows() -> None:
    life = Life(booking_pair(rhythm=Rhythm(WEEKLY, FIRST_DAY, NEW_YORK)))
    said = [each for each in life.weeks(20) if MARCUS in each.people]
    after_launch = [each.not_before for each in said if each.not_before > ANNOUNCED + timedelta(days=7)]
    days = [each.astimezone(zone_of(NEW_YORK)).date() for each in after_launch]
    assert len(days) > 10
    assert all(third - first >= timedelta(days=7) for first, third in zip(days, days[2:], strict=False))


def test_a_meeting_booked_for_tomorrow_needs_no_reminder() -> None:
    life = Life(booking_pair(), now=THURSDAY - timedelta(hours=20))
    life.book(PRIYA, THURSDAY)
    assert Kind.REMIND not in kinds(life.until(THURSDAY))
    assert reasons(life, Kind.REMIND) == {Reason.JUST_PLANNED}
