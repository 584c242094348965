"""The meetings of a pair as stories: booked, moved, in the calendar of both, asked about afterwards."""

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from mentoring.meetings import MeetingState
from playground import Outcome
from playground.blocks import check_message
from storage.pairs import pair
from storage.tables import PersonRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.journeys.test_pair_life import home_of, meetings_of
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town, send


def test_a_booked_meeting_is_seen_by_both_with_a_calendar_file(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "book")
    priya.fill("starts_at", "2026-02-12")
    priya.fill("time", "10:00")
    priya.submit()
    town.later(days=1)
    said = [each.reading for each in town.room(PRIYA, MARCUS)]
    planned = next(each for each in said if "Planned: " in each)
    assert "Thursday, February 12, 10:00 AM New York / 3:00 PM London" in planned
    assert any("[Mentoring: " in each for each in said), "the file stands in their room"


def test_a_signed_slot_brings_the_series_as_a_file(town: Town) -> None:
    agreed_town(town)
    files = [file for each in town.room(PRIYA, MARCUS) for file in each.files]
    assert len(files) == 1
    content = town.person(PRIYA).download(files[0]["id"]).decode()
    assert "FREQ=WEEKLY" in content
    assert "INTERVAL=2" in content
    assert "DTSTART;TZID=America/New_York:" in content


def test_a_signed_slot_brings_a_link_that_carries_the_whole_series(town: Town) -> None:
    agreed_town(town)
    signed = next(each for each in town.room(PRIYA, MARCUS) if "It's agreed" in each.reading)
    (address,) = re.findall(r"<(https://calendar\.google\.com/[^|]+)\|", str(signed.blocks))
    asked = {name: said for name, (said,) in parse_qs(urlsplit(html.unescape(address)).query).items()}
    assert asked["ctz"] == "America/New_York"
    assert re.fullmatch(r"\d{8}T100000/\d{8}T1\d{5}", asked["dates"]), "ten o'clock where they meet"
    assert asked["recur"].startswith("RRULE:FREQ=WEEKLY")
    assert "INTERVAL=2" in asked["recur"]
    assert "UNTIL=20260731T235959Z" in asked["recur"]
    assert "open the file for Outlook" in signed.reading


def book(town: Town, slack_id: str, day: str, at: str) -> dict[str, str]:
    """Book a meeting by command; gives the errors of the form, if any."""
    person = town.person(slack_id)
    person.command("/mentoring", "book")
    person.fill("starts_at", day)
    person.fill("time", at)
    errors = dict(person.submit().errors)
    if person.view is not None:
        person.close(all=True)
    return errors


def test_the_time_a_meeting_was_moved_from_can_be_booked_again(town: Town) -> None:
    matched_town(town)
    assert book(town, PRIYA, "2026-02-12", "10:00") == {}
    town.later(days=1)
    town.press(PRIYA, "meeting.moved", in_room=(PRIYA, MARCUS))
    priya = town.person(PRIYA)
    priya.fill("starts_at", "2026-08-01")
    priya.fill("time", "10:00")
    assert list(priya.submit().errors) == ["starts_at"], "their last day is July 31"
    priya.fill("starts_at", "2026-02-13")
    assert not priya.submit().errors
    assert book(town, MARCUS, "2026-02-12", "15:00") == {}, "the same instant, on his clock"
    starts = [
        each.starts_at.isoformat()
        for state in ("planned", "moved")
        for each in meetings_of(town, MeetingState(state))
    ]
    assert sorted(starts) == ["2026-02-12T15:00:00+00:00", "2026-02-13T15:00:00+00:00"]


def test_whoever_picks_second_sees_what_is_planned_already(town: Town) -> None:
    matched_town(town)
    assert book(town, PRIYA, "2026-02-12", "10:00") == {}
    shown = town.person(MARCUS).command("/mentoring", "book").view
    assert shown is not None
    assert "Already planned: Thursday, February 12, 3:00 PM." in shown.reading, "on his clock"
    assert "In your time zone, London." in shown.reading
    town.person(MARCUS).close(all=True)
    town.later(days=1)
    moving = town.press(PRIYA, "meeting.moved", in_room=(PRIYA, MARCUS)).view
    assert moving is not None
    assert "Already planned" not in moving.reading, "it is this very one"
    town.person(PRIYA).close(all=True)
    assert book(town, MARCUS, "2026-02-12", "18:00") == {}
    town.until(datetime(2026, 2, 13, 17, tzinfo=UTC))
    asked = [each.reading.split("\n")[0] for each in town.room(PRIYA, MARCUS)][-1]
    assert asked == (
        "Did your meeting on Thursday, February 12 at 10:00 AM New York / 3:00 PM London happen?"
    ), "of two that day"
    tell_of_both(town)


def tell_of_both(town: Town) -> None:
    """The answer about one meeting of a day is followed by the question about the other, in its place."""
    town.press(PRIYA, "meeting.met", in_room=(PRIYA, MARCUS))
    said = town.room(PRIYA, MARCUS)[-1]
    assert "Noted: you met on Thursday, February 12." in said.reading
    assert "on Thursday, February 12 at 1:00 PM New York / 6:00 PM London happen?" in said.reading
    assert check_message(said.blocks, text=said.text) == []
    before = len(town.room(PRIYA, MARCUS))
    town.press(PRIYA, "meeting.could_not", in_room=(PRIYA, MARCUS))
    town.until(datetime(2026, 2, 17, 17, tzinfo=UTC))
    assert not [each for each in town.room(PRIYA, MARCUS)[before:] if "We met" in each.buttons]
    assert len(meetings_of(town, MeetingState.HELD)) == len(meetings_of(town, MeetingState.MISSED)) == 1


def asked_to_book(town: Town) -> list[str]:
    """The first line of each letter that asked the two for a time."""
    said = [each.reading.split("\n")[0] for each in town.room(PRIYA, MARCUS)]
    return [each for each in said if "to plan your" in each]


def test_a_pair_is_asked_for_a_first_meeting_and_then_for_the_next(town: Town) -> None:
    matched_town(town)
    town.until(datetime(2026, 1, 16, 22, tzinfo=UTC))
    assert asked_to_book(town)[0] == "Time to plan your first meeting, by Monday, January 19. When suits?"
    assert book(town, PRIYA, "2026-01-20", "10:00") == {}
    town.until(datetime(2026, 1, 21, 17, tzinfo=UTC))
    town.press(PRIYA, "meeting.met", in_room=(PRIYA, MARCUS))
    town.until(datetime(2026, 2, 10, 22, tzinfo=UTC))
    assert asked_to_book(town)[-1].startswith("Time to plan your next meeting, by ")


def test_no_meeting_is_asked_for_beyond_the_last_day(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    priya.submit()
    priya.fill("ends_on", "2026-02-03")
    send(priya)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    town.later(hours=1)
    signed = town.with_button(town.room(PRIYA, MARCUS), "meeting.book")
    assert signed.reading.startswith("It's agreed"), "who books each time picks the first time now"
    assert book(town, PRIYA, "2026-01-20", "10:00") == {}
    town.until(datetime(2026, 2, 2, 22, tzinfo=UTC))
    said = [each for each in asked_to_book(town) if "your time in the program ends" in each]
    assert said == [
        "Time to plan your first meeting: your time in the program ends on Tuesday, February 3. When suits?"
    ]


def test_a_period_without_a_meeting_is_asked_about_twice_and_either_question_takes_the_answer(
    town: Town,
) -> None:
    matched_town(town)
    both = (PRIYA, MARCUS)
    town.until(datetime(2026, 1, 20, 15, tzinfo=UTC))
    at_home = "Did you and Marcus meet between Tuesday, January 6 and Monday, January 19?"
    assert at_home in home_of(town, PRIYA).reading
    town.until(datetime(2026, 1, 27, 15, tzinfo=UTC))
    assert town.room(*both)[-1].reading.startswith("Still wondering whether you have met lately")
    assert home_of(town, PRIYA).reading.count(at_home) == 1
    town.press(PRIYA, "meeting.met", in_room=both)
    assert town.room(*both)[-1].reading.startswith("Noted: you met on Monday, January 19.")
    assert len(meetings_of(town, MeetingState.HELD)) == 1
    assert at_home not in home_of(town, PRIYA).reading


def test_what_was_asked_about_a_meeting_leads_home_until_one_of_them_has_answered(town: Town) -> None:
    agreed_town(town)
    asked = "Did your meeting with Marcus on Tuesday, January 13 happen?"
    town.until(datetime(2026, 1, 13, 18, tzinfo=UTC))
    assert asked not in home_of(town, PRIYA).reading, "it has not been asked yet"
    town.until(datetime(2026, 1, 14, 15, tzinfo=UTC))
    home = home_of(town, PRIYA)
    assert asked in home.reading
    assert home.buttons[:4] == ["We met", "We moved it", "Not yet", "Couldn't"]
    town.person(MARCUS).change(locale="es-MX")
    assert "¿Te reuniste con Priya el martes 13 de enero?" in home_of(town, MARCUS).reading
    said = town.person(PRIYA).click_home("meeting.not_yet").view
    assert said is not None
    assert "I'll ask once more" in said.reading
    town.person(PRIYA).close(all=True)
    assert asked not in home_of(town, PRIYA).reading
    town.until(datetime(2026, 1, 21, 15, tzinfo=UTC))
    assert asked in home_of(town, PRIYA).reading, "it was asked once more"
    said = town.person(MARCUS).click_home("meeting.met").view
    assert said is not None
    assert "con Priya" not in home_of(town, MARCUS).reading
    assert asked not in home_of(town, PRIYA).reading, "one tap from one of them is enough"


def test_a_meeting_in_the_past_or_after_their_last_day_is_refused_in_its_field(town: Town) -> None:
    matched_town(town)
    assert book(town, PRIYA, "2026-01-02", "10:00") == {
        "starts_at": "That time has passed. Pick a later one."
    }
    assert book(town, PRIYA, "2026-08-01", "10:00") == {
        "starts_at": "Your time in the program ends on July 31. "
        "Pick that day or an earlier one, or ask a coordinator for more time."
    }
    town.person(PRIYA).change(locale="es-MX")
    assert book(town, PRIYA, "2026-08-01", "10:00") == {
        "starts_at": "Su tiempo en el programa termina el 31 de julio. "
        "Elige ese día o uno anterior, o pide más tiempo a la coordinación."
    }
    assert book(town, PRIYA, "2026-07-31", "10:00") == {}


def test_the_same_time_twice_is_refused_in_its_field(town: Town) -> None:
    matched_town(town)
    assert book(town, PRIYA, "2026-02-12", "10:00") == {}
    assert list(book(town, PRIYA, "2026-02-12", "10:00")) == ["starts_at"]


def newest_file(town: Town) -> str:
    file = [file for each in town.room(PRIYA, MARCUS) for file in each.files][-1]
    return town.person(PRIYA).download(file["id"]).decode()


def test_a_slot_moved_singly_changes_its_one_entry_of_the_series(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 15, tzinfo=UTC))
    town.press(MARCUS, "meeting.moved", in_room=(PRIYA, MARCUS))
    marcus = town.person(MARCUS)
    marcus.fill("starts_at", "2026-01-15")
    marcus.fill("time", "16:00")
    assert not marcus.submit().errors
    town.later(hours=2)
    moved = newest_file(town)
    assert "UID:pair-1-series@mentoring" in moved
    assert "RECURRENCE-ID;TZID=America/New_York:20260113T100000" in moved
    assert "DTSTART;TZID=America/New_York:20260115T110000" in moved
    assert "RRULE" not in moved


def test_a_slot_skipped_singly_takes_its_one_entry_away(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 15, tzinfo=UTC))
    town.press(PRIYA, "meeting.skip", in_room=(PRIYA, MARCUS))
    town.later(hours=2)
    skipped = newest_file(town)
    assert "METHOD:CANCEL" in skipped
    assert "STATUS:CANCELLED" in skipped
    assert "UID:pair-1-series@mentoring" in skipped
    assert "RECURRENCE-ID;TZID=America/New_York:20260113T100000" in skipped


def test_a_mentor_of_two_says_which_of_them_they_met(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    for mentee in (PRIYA, LEILA):
        town.join(mentee, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="2")
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=3)
    marcus = town.person(MARCUS)
    asked = marcus.command("/mentoring", "met yesterday").shown[0]
    assert check_message(asked.blocks, text=asked.text) == []
    said = marcus.click(asked, "Leila").shown[0]
    assert "Noted" in said.reading
    (held,) = meetings_of(town, MeetingState.HELD)
    with town.database.read() as session:
        members = {each.person_id for each in pair(session, town.workspace.id, held.pair_id).members}
        leila = session.scalars(select(PersonRow).where(PersonRow.slack_id == LEILA)).one()
    assert leila.id in members


def test_a_wrong_tap_is_taken_back_and_two_who_disagree_are_asked_which_is_right(town: Town) -> None:
    agreed_town(town)
    both = (PRIYA, MARCUS)
    town.until(datetime(2026, 1, 14, 15, tzinfo=UTC))
    assert book(town, MARCUS, "2026-01-20", "15:00") == {}
    town.press(PRIYA, "meeting.could_not", in_room=both)
    said = town.with_button(town.room(*both), "meeting.ask_anew")
    assert said.reading.startswith("Noted, it couldn't be this time. Next one around Tuesday, January 20.")
    town.press(PRIYA, "meeting.ask_anew", in_room=both)
    assert "Did your meeting on Tuesday, January 13 happen?" in [
        each.reading.split("\n")[0] for each in town.room(*both)
    ]
    town.press(PRIYA, "meeting.met", in_room=both)
    assert [each.starts_at.day for each in meetings_of(town, MeetingState.HELD)] == [13]
    town.press(MARCUS, "meeting.ask_anew", in_room=both)
    town.press(MARCUS, "meeting.not_yet", in_room=both)
    town.later(days=1)
    assert "differ, which happens. Which is right?" in town.room(*both)[-1].reading
    town.press(MARCUS, "meeting.not_yet", in_room=both)
    assert "I won't ask again about this one" in town.room(*both)[-1].reading


def test_two_who_share_no_hour_hear_it_each_alone_and_with_whom(town: Town) -> None:
    agreed_town(town)
    marcus = town.person(MARCUS)
    marcus.change(tz="Asia/Kolkata")
    town.until(datetime(2026, 1, 15, 15, tzinfo=UTC))
    reminded = town.with_button(marcus.inbox(), "meeting.skip").reading
    assert "you and Priya." in reminded
    assert "Priya, anything" not in reminded
    asked = town.with_button(marcus.inbox(), "meeting.met").reading
    assert asked.startswith("Did your meeting with Priya on ")


def test_we_moved_it_to_a_time_that_has_passed_says_that_they_met_then(town: Town) -> None:
    both = (PRIYA, MARCUS)
    agreed_town(town)
    town.until(datetime(2026, 1, 14, 20, tzinfo=UTC))
    for act in ("met", "ask_anew"):
        town.press(PRIYA, f"meeting.{act}", in_room=both)
    refused = town.press(MARCUS, "meeting.moved", in_room=both)
    assert "you've told us that you met" in refused.shown[0].reading, "before he fills in a form"
    form = town.press(PRIYA, "meeting.moved", in_room=both).view
    assert form is not None
    assert "If you've met by now, pick when that was." in form.reading
    said = moved_to(town, PRIYA, "2026-01-14", "09:00").view
    assert said is not None
    assert "Noted: you met on Wednesday, January 14. Next one around Tuesday, January 27." in said.reading
    assert [each.starts_at.day for each in meetings_of(town, MeetingState.HELD)] == [14]
    town.press(MARCUS, "meeting.could_not", in_room=both)
    told = town.room(*both)[-1].reading
    assert told.startswith("Noted: you met on Wednesday, January 14."), "the question is about another day"
    town.press(MARCUS, "meeting.ask_anew", in_room=both)
    assert "Did your meeting on Wednesday, January 14 happen?" in town.room(*both)[-1].reading
    before = len(town.room(*both))
    town.later(days=7)
    assert len(town.room(*both)) == before, "and nobody is asked again"


def test_what_was_moved_in_a_period_without_a_plan_can_have_been_by_now(town: Town) -> None:
    both = (PRIYA, MARCUS)
    matched_town(town)
    town.until(datetime(2026, 1, 20, 17, tzinfo=UTC))
    assert "Did you meet between" in town.with_button(town.room(*both), "meeting.moved").reading
    town.press(PRIYA, "meeting.moved", in_room=both)
    said = moved_to(town, PRIYA, "2026-01-19", "10:00").view
    assert said is not None
    assert "Noted: you met on Monday, January 19." in said.reading
    assert len(meetings_of(town, MeetingState.HELD)) == 1
    town.later(days=7)
    assert not any("Still wondering" in each.reading for each in town.room(*both))


def test_a_question_about_a_time_that_a_meeting_was_moved_from_says_so_and_takes_no_answer(
    town: Town,
) -> None:
    both = (PRIYA, MARCUS)
    agreed_town(town)
    town.until(datetime(2026, 1, 14, 20, tzinfo=UTC))
    town.press(PRIYA, "meeting.moved", in_room=both)
    assert not moved_to(town, PRIYA, "2026-01-20", "10:00").errors
    town.later(hours=1)
    town.press(MARCUS, "meeting.met", in_room=both)
    said = [each.reading for each in town.room(*both)]
    assert (
        "This one was moved to Tuesday, January 20, 10:00 AM New York / 3:00 PM London. "
        "If you met before that after all, type /mentoring met and the day." in said
    )
    assert not any("January 13 happen?" in each for each in said), "in its place"
    assert not meetings_of(town, MeetingState.HELD)


def moved_to(town: Town, slack_id: str, day: str, at: str) -> Outcome:
    """Fill in the form that is open with a new time."""
    person = town.person(slack_id)
    person.fill("starts_at", day)
    person.fill("time", at)
    return person.submit()
