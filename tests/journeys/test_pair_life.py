"""A pair's life as stories: new terms, breaks, meetings noted by command, and ends of every kind."""

from datetime import UTC, datetime

from sqlalchemy import select

from mentoring.enrollment import EnrollmentState
from mentoring.meetings import MeetingState
from mentoring.pairs import Ending
from playground import Message, View
from storage.programs import enrollments_of
from storage.tables import AuditRow, LetterRow, MeetingRow, PairRow, PersonRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town, send


def state_of(town: Town, slack_id: str) -> EnrollmentState:
    with town.database.read() as session:
        person = session.scalars(select(PersonRow).where(PersonRow.slack_id == slack_id)).one()
        return enrollments_of(session, town.workspace.id, person.id)[0].state


def meetings_of(town: Town, state: MeetingState) -> list[MeetingRow]:
    with town.database.read() as session:
        query = select(MeetingRow).where(MeetingRow.state == state).order_by(MeetingRow.starts_at)
        return list(session.scalars(query))


def ending_of(town: Town) -> str | None:
    with town.database.read() as session:
        return session.scalars(select(PairRow)).one().ending


def part(town: Town, slack_id: str, **fields: str) -> str:
    """Leave the one pair, by command and form; gives what the form says in the end."""
    person = town.person(slack_id)
    typed = person.command("/mentoring", "exit")
    if typed.view is None:
        # Whoever is in line besides is asked which of the two they would leave.
        assert person.click(typed.shown[0], "pair.part").view is not None
    for name, value in fields.items():
        person.fill(name, value)
    outcome = person.submit()
    said = outcome.view.reading if outcome.view else ""
    person.close(all=True)
    town.later(days=1)
    return said


def test_parting_takes_one_private_form_and_tells_the_other_kindly(town: Town) -> None:
    agreed_town(town)
    room = len(town.room(PRIYA, MARCUS))
    said = part(town, PRIYA, reason="fit")
    assert "without a reason" in said
    told = town.newest(MARCUS).reading
    assert "has come to an end, as some do; it says nothing about you" in told
    assert "fit" not in told
    assert ending_of(town) == Ending.PARTED
    town.later(days=60)
    assert len(town.room(PRIYA, MARCUS)) == room, "nothing more is asked of them"


def test_the_reason_is_kept_for_the_record_alone(town: Town) -> None:
    agreed_town(town)
    part(town, PRIYA, reason="work")
    with town.database.read() as session:
        found = session.scalars(select(AuditRow).where(AuditRow.action == "pair.parted")).one()
        letters = session.scalars(select(LetterRow).where(LetterRow.kind.in_(["parted", "pair_ended"]))).all()
        assert letters
        assert all("work" not in str(each.ids) for each in letters)
    assert found.subject["reason"] == "work"


def test_whoever_wants_another_match_is_in_line_again(town: Town) -> None:
    agreed_town(town)
    part(town, PRIYA, again="yes")
    town.press(MARCUS, "pair.no_rematch")
    assert state_of(town, PRIYA) is EnrollmentState.JOINED
    assert state_of(town, MARCUS) is EnrollmentState.FINISHED
    assert "All right" in town.newest(MARCUS).reading


def test_the_one_who_was_left_can_ask_for_another_match_in_one_tap(town: Town) -> None:
    agreed_town(town)
    part(town, PRIYA)
    town.press(MARCUS, "pair.rematch")
    assert state_of(town, MARCUS) is EnrollmentState.JOINED
    assert "in line" in town.newest(MARCUS).reading


def test_finishing_early_counts_as_completed(town: Town) -> None:
    agreed_town(town)
    said = part(town, MARCUS, reason="reached")
    assert "counts as completed" in said
    assert ending_of(town) == Ending.COMPLETED
    assert "counts as completed" in town.with_button(town.person(PRIYA).inbox(), "pair.rematch").reading


def test_meetings_ahead_are_called_off_when_a_pair_parts(town: Town) -> None:
    agreed_town(town)
    assert meetings_of(town, MeetingState.PLANNED)
    part(town, PRIYA)
    assert not meetings_of(town, MeetingState.PLANNED)


def test_a_pair_of_somebody_who_leaves_the_firm_is_closed_with_care(town: Town) -> None:
    agreed_town(town)
    town.person(PRIYA).deactivate()
    town.later(days=1)
    assert ending_of(town) == Ending.LEFT
    assert "no longer in this workspace" in town.newest(MARCUS).reading
    told = town.with_button(town.person(ROBIN).inbox(), "match.want").reading
    assert "has left the workspace" in told


def test_parting_twice_is_refused_kindly(town: Town) -> None:
    agreed_town(town)
    part(town, PRIYA)
    shown = town.person(MARCUS).command("/mentoring", "exit").shown
    assert "aren't in a pair" in shown[0].reading


def test_new_terms_call_off_what_the_old_slot_had_planned(town: Town) -> None:
    agreed_town(town)
    before = meetings_of(town, MeetingState.PLANNED)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    priya.fill("weekday", "3")
    priya.fill("at", "11:00")
    send(priya)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    town.later(hours=1)
    after = meetings_of(town, MeetingState.PLANNED)
    assert before
    assert after
    assert not {each.id for each in before} & {each.id for each in after}
    assert all(each.starts_at.weekday() == 3 for each in after)
    assert {each.id for each in meetings_of(town, MeetingState.SKIPPED)} == {each.id for each in before}


def test_an_answer_to_a_proposal_shows_what_it_changes(town: Town) -> None:
    matched_town(town)
    priya, marcus = town.person(PRIYA), town.person(MARCUS)
    priya.command("/mentoring", "agreement")
    priya.fill("cadence", "weeks:2")
    send(priya)
    town.later(days=1)
    shown = marcus.command("/mentoring", "agreement").shown[0]
    assert shown.buttons == ["Accept", "Suggest changes"]
    marcus.click(shown, "agreement.open")
    marcus.fill("cadence", "weeks:3")
    send(marcus)
    town.later(days=1)
    told = town.newest(PRIYA).reading
    assert "suggests a change" in told
    assert "every three weeks" in told
    assert "was: every two weeks" in told
    assert "Off limits" not in told


def home_of(town: Town, slack_id: str) -> View:
    person = town.person(slack_id)
    person.open_home()
    assert person.home is not None
    return person.home


def test_home_leads_with_the_one_thing_to_do_and_on_a_break_with_the_way_back(town: Town) -> None:
    matched_town(town)
    home = home_of(town, PRIYA)
    assert home.buttons[0] == "Set up our agreement"
    assert "Set a goal" in home.buttons
    assert "Goals" not in home.buttons, "there is nothing to list"
    priya = town.person(PRIYA)
    priya.command("/mentoring", "pause")
    priya.submit()
    priya.close(all=True)
    assert home_of(town, PRIYA).buttons[0] == "I'm back"


def test_a_break_tells_the_partner_until_when_and_nothing_is_asked(town: Town) -> None:
    agreed_town(town)
    shown = town.person(PRIYA).command("/mentoring", "pause until March 20").shown
    assert "until Friday, March 20" in shown[0].reading
    room = len(town.room(PRIYA, MARCUS))
    town.later(days=1)
    assert "Priya is away until" in town.newest(MARCUS).reading
    assert "Priya is away until Friday, March 20. I'll hold your reminders until then." in (
        home_of(town, MARCUS).reading
    )
    town.person(MARCUS).change(locale="es-MX")
    assert "Priya no está hasta el viernes 20 de marzo." in home_of(town, MARCUS).reading
    assert "away" not in home_of(town, PRIYA).reading, "her own break stands there in words of its own"
    town.later(days=30)
    assert len(town.room(PRIYA, MARCUS)) == room
    town.until(datetime(2026, 3, 20, 21, tzinfo=UTC))
    assert "Welcome back, Priya." in town.newest(PRIYA).reading
    assert "Priya no está" not in home_of(town, MARCUS).reading
    assert not guides(town), "the day has its letter"
    town.until(datetime(2026, 3, 24, 21, tzinfo=UTC))
    assert guides(town)


def guides(town: Town) -> list[Message]:
    """What Priya has heard of a part of the program that has begun."""
    return [each for each in town.person(PRIYA).inbox() if "You get this once, as a new part" in each.reading]


def break_from_marcus(town: Town) -> None:
    """Priya takes a break from this one pair."""
    priya = town.person(PRIYA)
    priya.command("/mentoring", "pause")
    priya.fill("what", "Only with Marcus")
    priya.submit()
    priya.close(all=True)


def test_one_pair_can_take_a_break_and_both_see_it_once(town: Town) -> None:
    agreed_town(town)
    break_from_marcus(town)
    town.later(days=1)
    assert sum("on a break until" in each.reading for each in town.room(PRIYA, MARCUS)) == 1
    assert "I'm" not in town.newest(MARCUS).reading
    assert "Your pairing is on a break until" in home_of(town, MARCUS).reading
    assert "ends" not in town.person(PRIYA).command("/mentoring", "resume").shown[0].reading


def test_a_break_ends_on_the_day_that_was_said_whoever_reads_it(town: Town) -> None:
    agreed_town(town)
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "pause until March 20")
    town.later(days=1)
    assert "Marcus is away until Friday, March 20." in town.newest(PRIYA).reading, (
        "it is Thursday in New York"
    )
    robin = town.person(ROBIN)
    card = robin.command("/mentoring", f"pair <@{MARCUS}>").view
    assert "On a break until Friday, March 20." in (card.reading if card else "")
    robin.close(all=True)
    marcus.command("/mentoring", "resume")
    marcus.command("/mentoring", "pause")
    marcus.fill("what", "Only with Priya")
    marcus.fill("until", "2026-03-24")
    marcus.submit()
    marcus.close(all=True)
    town.later(days=1)
    assert "on a break until Tuesday, March 24." in town.room(PRIYA, MARCUS)[-1].reading
    town.until(datetime(2026, 3, 23, 20, tzinfo=UTC))
    assert "Your break ends on Tuesday, March 24." in town.room(PRIYA, MARCUS)[-1].reading


def test_a_pair_that_comes_back_from_a_break_is_welcomed_by_name(town: Town) -> None:
    agreed_town(town)
    break_from_marcus(town)
    town.later(days=35)
    (welcome,) = [each.reading for each in town.room(PRIYA, MARCUS) if "Welcome back" in each.reading]
    assert "Welcome back, Marcus and Priya. Your next meeting is on" in welcome
    assert "10:00 AM New York / 3:00 PM London" in welcome, "each of them reads it"


def test_a_break_of_one_pair_that_takes_longer_stays_a_break_of_one_pair(town: Town) -> None:
    agreed_town(town)
    break_from_marcus(town)
    town.later(days=13)
    town.press(PRIYA, "pause.open", in_room=(PRIYA, MARCUS))
    town.person(PRIYA).submit()
    town.later(days=1)
    told = [each.reading for each in town.room(PRIYA, MARCUS)]
    assert sum("on a break until" in each for each in told) == 2
    assert not any("Welcome back" in each for each in told)


def test_a_meeting_is_noted_by_command_once(town: Town) -> None:
    agreed_town(town)
    town.later(days=3)
    for _ in range(2):
        shown = town.person(PRIYA).command("/mentoring", "met yesterday").shown
        assert "Noted: you met on" in shown[0].reading
    assert len(meetings_of(town, MeetingState.HELD)) == 1


def test_those_who_book_each_time_meet_next_as_long_after_as_they_mean_to(town: Town) -> None:
    matched_town(town)
    town.until(datetime(2026, 1, 16, 15, tzinfo=UTC))
    shown = town.person(PRIYA).command("/mentoring", "met today").shown
    assert shown[0].reading == "Noted: you met on Friday, January 16. Next one around Friday, January 30."


def test_a_day_that_makes_no_sense_is_refused_with_an_example(town: Town) -> None:
    agreed_town(town)
    shown = town.person(PRIYA).command("/mentoring", "met Feb 30").shown
    assert "no such day" in shown[0].reading
    shown = town.person(PRIYA).command("/mentoring", "met sometime").shown
    assert "last Tuesday" in shown[0].reading


def test_the_pair_command_shows_what_is_next(town: Town) -> None:
    agreed_town(town)
    shown = town.person(PRIYA).command("/mentoring", "pair").shown[0]
    assert "You and Marcus" in shown.reading
    assert "every two weeks on Tuesday, as you agreed" in shown.reading
    assert "Part ways" in shown.buttons


def test_a_letter_written_at_night_arrives_in_working_hours(town: Town) -> None:
    matched_town(town)
    while town.clock.now().hour != 2:
        town.later(hours=1)
    priya = town.person(PRIYA)
    before = len(town.person(MARCUS).inbox())
    priya.command("/mentoring", "agreement")
    send(priya)
    town.later(hours=1)
    assert len(town.person(MARCUS).inbox()) == before, "two or three at night in London"
    town.later(hours=8)
    assert len(town.person(MARCUS).inbox()) == before + 1
