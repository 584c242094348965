"""The main job as a story: from nothing to a pair that meets, is asked, and looks back."""

from datetime import UTC, datetime

from sqlalchemy import select

from playground.blocks import controls
from storage.tables import AnswerRow, LetterRow, MeetingRow
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, send


@beginning
def matched_town(town: Town, **program: str) -> None:
    """Priya and Marcus have been matched and introduced, in the usual program or one with other dates."""
    town.claim()
    town.draft(**program)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation", "legal writing"], goal="Lead a matter on my own")
    town.join(MARCUS, "mentor", offers=["negotiation", "mediation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=1)


@beginning
def agreed_town(town: Town, cadence: str = "weeks:2", weekday: str = "1", **program: str) -> None:
    """They meet every two weeks on Tuesdays at ten, New York time, or on another rhythm."""
    matched_town(town, **program)
    priya = town.person(PRIYA)
    town.press(PRIYA, "agreement.open", in_room=(PRIYA, MARCUS))
    priya.fill("cadence", cadence)
    priya.fill("weekday", weekday)
    priya.fill("at", "10:00")
    send(priya)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    town.later(hours=6)


def test_nobody_is_told_of_a_match_before_a_coordinator_approves(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    before = [len(town.person(each).inbox()) for each in (PRIYA, MARCUS)]
    town.person(ROBIN).command("/mentoring", "match")
    town.later(days=2)
    assert [len(town.person(each).inbox()) for each in (PRIYA, MARCUS)] == before
    assert town.room(PRIYA, MARCUS) == []
    assert "1 pair" in town.newest(ROBIN).reading


def test_an_approved_pair_is_introduced_once_with_the_reason_and_a_first_step(town: Town) -> None:
    matched_town(town)
    town.later(days=1)
    said = town.room(PRIYA, MARCUS)
    assert len(said) == 1
    assert "@Marcus O'Neill" in said[0].reading
    assert "negotiation" in said[0].reading
    assert said[0].buttons == ["Set up our agreement"]


def test_an_agreement_needs_both_and_its_slot_plans_the_meetings(town: Town) -> None:
    agreed_town(town)
    assert "every two weeks on Tuesday at 10:00 AM (New York)" in town.room(PRIYA, MARCUS)[-1].reading
    with town.database.read() as session:
        planned = [
            row.starts_at for row in session.scalars(select(MeetingRow).order_by(MeetingRow.starts_at))
        ]
    assert planned[0] == datetime(2026, 1, 13, 15, tzinfo=UTC)
    assert planned[1] == datetime(2026, 1, 27, 15, tzinfo=UTC)


def test_the_pair_is_reminded_the_working_day_before_and_asked_once_after(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 22, tzinfo=UTC))
    reminder = town.room(PRIYA, MARCUS)[-1]
    assert "10:00 AM New York / 3:00 PM London" in reminder.reading
    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    asked = town.room(PRIYA, MARCUS)[-1]
    assert asked.buttons == ["We met", "We moved it", "Not yet", "Couldn't"]
    count = len(town.room(PRIYA, MARCUS))
    town.person(MARCUS).click(asked, "We met")
    town.later(days=1)
    said = town.room(PRIYA, MARCUS)
    assert len(said) == count
    assert "Noted: you met on Tuesday, January 13." in said[-1].reading
    with town.database.read() as session:
        held = [
            row.starts_at for row in session.scalars(select(MeetingRow).where(MeetingRow.state == "held"))
        ]
    assert held == [datetime(2026, 1, 13, 15, tzinfo=UTC)]


def test_silence_is_respected(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 26, 12, tzinfo=UTC))
    with town.database.read() as session:
        kinds = list(session.scalars(select(LetterRow.kind).where(LetterRow.pair_id.is_not(None))))
    assert kinds.count("did_you_meet") == 1
    assert kinds.count("second_ask") == 1


def test_each_answers_a_check_in_at_the_end_of_the_start_phase_and_a_survey_at_the_end(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 3, 20, tzinfo=UTC))
    for slack_id in (PRIYA, MARCUS):
        person = town.person(slack_id)
        opened = town.press(slack_id, "survey.open")
        assert opened.view is not None
        rated = [
            b["block_id"] for b in opened.view.blocks if b.get("element", {}).get("type") == "radio_buttons"
        ]
        for block_id in rated:
            person.fill(block_id, "4")
        person.submit()
        person.close(all=True)
    town.until(datetime(2026, 8, 12, tzinfo=UTC))
    with town.database.read() as session:
        answered = set(session.scalars(select(AnswerRow.instrument)))
    assert {"check_in_start_mentee", "check_in_start_mentor"} <= answered
    for slack_id in (PRIYA, MARCUS):
        assert any("nonymous" in each for each in surveys_read(town, slack_id))


def surveys_read(town: Town, slack_id: str) -> list[str]:
    """What somebody reads who opens every survey that is still in their messages."""
    person, found = town.person(slack_id), []
    for message in person.inbox():
        if "survey.open" in {each.action_id for each in controls(message.blocks)}:
            view = person.click(message, "survey.open").view
            if view is not None:
                found.append(view.reading)
                person.close(all=True)
    return found


def test_ticking_twice_and_clicking_twice_change_nothing(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    asked = town.room(PRIYA, MARCUS)[-1]
    town.person(PRIYA).click(asked, "We met")
    posts = len(town.playground.posts)
    second = town.person(MARCUS).click(asked, "We met", stale=True)
    town.beat()
    town.beat()
    assert second.acked
    assert len(town.playground.posts) == posts
    with town.database.read() as session:
        assert len(list(session.scalars(select(MeetingRow).where(MeetingRow.state == "held")))) == 1


def test_whoever_is_not_matched_is_told_kindly_what_happens_next(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(JONAS, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=2)
    told = [
        each for each in (PRIYA, JONAS) if "We don't have a match for you yet" in town.newest(each).reading
    ]
    assert len(told) == 1


def test_not_now_in_a_channel_is_answered_privately_and_leaves_the_announcement_to_others(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    leila = town.person(LEILA)
    announcement = town.with_button(leila.messages(town.channel), "join.not_now")
    said = leila.click(announcement, "join.not_now").shown
    assert "not this time" in said[0].reading
    seen_by_others = town.with_button(town.person(PRIYA).messages(town.channel), "join.not_now")
    assert seen_by_others.buttons == ["Join", "Nominate a mentor", "Not now"]
