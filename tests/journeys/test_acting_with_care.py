"""Acting with care: what a coordinator does for people, and who is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentoring.nudges.notices import Kind
from storage.meetings import note_for_coordinators
from storage.tables import AuditRow, CareNoteRow, PairRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.desk import acts, home, looks, on_the_list, pressed, send, typed
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


def test_message_both_reaches_each_in_private_in_the_coordinators_words(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    assert "Marcus O'Neill and Priya Raman each get this in private" in pressed(town, "care.message")
    assert "On its way to Marcus O'Neill and Priya Raman" in send(town, text="How are you two? <!channel>")
    assert "@Robin Ellery writes to you" in town.newest(PRIYA).reading
    assert "writes to you" not in town.newest(MARCUS).reading, "it is nine in the evening in London"
    town.later(days=1)
    for who in (PRIYA, MARCUS):
        letter = town.newest(who)
        assert "@Robin Ellery writes to you" in letter.reading
        assert "How are you two? <!channel>" in letter.reading
        assert "<!channel>" not in letter.text
    assert looks(town) == 0
    assert "care.message" in acts(town)


def test_words_to_a_pair_are_forgotten_a_month_after_they_were_said(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "care.message")
    send(town, text="How is it going?")
    town.later(days=1)
    town.clock.move_to(town.clock.now() + timedelta(days=20))
    town.bot.forget()
    assert notes(town) == ["How is it going?"]
    town.clock.move_to(town.clock.now() + timedelta(days=11))
    town.bot.forget()
    assert notes(town) == []


def notes(town: Town) -> list[str]:
    with town.database.read() as session:
        return list(session.scalars(select(CareNoteRow.text)))


def test_a_pause_is_offered_and_is_theirs_to_take(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "care.offer_pause")
    town.later(days=1)
    assert "Would a break help you and Marcus?" in town.newest(PRIYA).reading
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).one().state == "announced"
    town.press(PRIYA, "pair.fine")
    town.press(MARCUS, "pause.open")
    assert "Pause" in str(town.person(MARCUS).view)


def test_a_rematch_ends_kindly_and_asks_each_instead_of_putting_them_in_line(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    assert "asked whether they'd like another match" in pressed(town, "care.rematch")
    assert "has ended" in send(town, why="quiet")
    town.later(days=1)
    for who in (PRIYA, MARCUS):
        assert "Would you like another match?" in town.newest(who).reading
        assert "quiet" not in town.newest(who).reading
    town.press(PRIYA, "pair.rematch")
    assert "*In line" not in typed(town, "people")
    listed = typed(town, "people")
    assert "Priya Raman, mentee · in line for a match" in listed
    assert "Marcus O'Neill, mentor · finished" in listed
    with town.database.read() as session:
        entry = session.scalars(select(AuditRow).where(AuditRow.action == "pair.parted")).one()
        assert (entry.subject["why"], session.scalars(select(PairRow)).one().state) == ("quiet", "ended")


def test_an_end_offers_no_match_and_says_how_to_come_back(town: Town) -> None:
    agreed_town(town)
    typed(town, "end @priya")
    send(town, why="asked")
    town.later(days=1)
    for who in (PRIYA, MARCUS):
        assert "it says nothing about you" in town.newest(who).reading
        assert "Would you like another match?" not in town.newest(who).reading


@pytest.mark.parametrize(
    "line",
    [
        "extend <@U0PRIYA> <@U0MARCUS> to August 28",
        "EXTEND priya and marcus TO august 28",
        "<@U0PRIYA> extend to 2026-08-28",
        "extend to august 28 priya",
        "until August 28, 2026 <@U0PRIYA> and <@U0MARCUS> extend",
    ],
)
def test_more_time_is_given_in_whatever_words_and_said_to_both(town: Town, line: str) -> None:
    agreed_town(town)
    assert "until Friday, August 28" in typed(town, line)
    town.later(days=1)
    assert "until Friday, August 28" in town.room(PRIYA, MARCUS)[-1].reading


def test_less_time_is_refused(town: Town) -> None:
    agreed_town(town)
    assert "They have until then already" in typed(town, "extend priya to June 30")


def test_a_nudge_says_the_next_step_once_a_week(town: Town) -> None:
    matched_town(town)
    assert "a short word" in typed(town, "nudge Priya")
    town.beat()
    assert town.newest(PRIYA).buttons == ["Set up our agreement"]
    before = len(town.person(MARCUS).inbox())
    assert "in the last week" in typed(town, "nudge Priya")
    town.beat()
    assert len(town.person(MARCUS).inbox()) == before
    town.later(days=6)
    assert "in the last week" in typed(town, "nudge Priya"), "though a new week has begun"
    town.later(days=1)
    assert "a short word" in typed(town, "nudge Priya")


def test_somebody_on_leave_is_put_on_hold_and_told_so_and_so_is_their_partner(
    town: Town,
) -> None:
    agreed_town(town)
    assert "I hold Priya Raman's reminders until" in typed(town, "pause <@U0PRIYA|priya> until February 27")
    town.later(days=1)
    assert "as @Robin Ellery told me you two agreed" in town.newest(PRIYA).reading
    assert "Priya" in town.newest(MARCUS).reading
    assert town.press(PRIYA, "pause.resume").acked


def test_a_matched_mentor_takes_more_mentees_and_a_coordinator_may_write_it_down_for_them(town: Town) -> None:
    matched_town(town)
    town.join(LEILA, "mentee", wants=["negotiation"])
    robin, pair_them = town.person(ROBIN), f"pair <@{MARCUS}> <@{LEILA}>"
    assert "no place" in typed(town, pair_them)
    assert "you change with /mentoring places" in typed(town, "profile", MARCUS)
    assert "You have 1 mentee in" in pressed(town, "places.own", MARCUS)
    assert "up to 2 mentees in Mentoring at Harbor Law, and have 1 now" in typed(town, "places 2", MARCUS)
    assert "Leila" in typed(town, pair_them)
    robin.close(all=True)
    robin.command("/mentoring", "places Marcus")
    robin.fill("capacity", "4")
    assert robin.submit().acked
    town.later(days=1)
    assert "take up to 4 mentees from now on, as @Robin Ellery wrote down" in town.newest(MARCUS).reading
    assert town.press(MARCUS, "places.own").acked
    assert acts(town)[-1] == "care.places"
    assert "You're no mentor" in typed(town, "places", PRIYA)


def test_a_mentee_moves_to_another_mentor_and_everybody_hears_their_part(town: Town) -> None:
    matched_town(town)
    town.join(LEILA, "mentor", offers=["negotiation"])
    form = typed(town, "move priya to leila")
    assert "Leila Petrov" in form
    assert "Priya Raman goes on with Leila Petrov" in send(town)
    town.later(days=1)
    assert "come to an end, as some do" in town.newest(MARCUS).reading
    assert any("You go on with somebody new, Leila" in each.reading for each in town.person(PRIYA).inbox())
    assert not any("Would you like another match?" in each.reading for each in town.person(PRIYA).inbox())
    assert town.room(PRIYA, LEILA)


def test_two_names_in_a_row_are_answered_with_how_to_part_them(town: Town) -> None:
    matched_town(town)
    assert "Try an @, or and between two names." in typed(town, "end Priya Marcus")


def test_many_are_written_to_from_home_in_one_act_and_each_reads_it_once(town: Town) -> None:
    agreed_town(town)
    town.join(LEILA, "mentee", wants=["negotiation"])
    typed(town, "places 2", MARCUS)
    typed(town, f"pair <@{LEILA}> <@{MARCUS}>")
    send(town)
    town.later(days=1)
    with town.database.write() as session:
        for each in session.scalars(select(PairRow)):
            subject, now = f"pair {each.id}", town.clock.now()
            note_for_coordinators(session, town.workspace.id, each.id, Kind.ATTENTION, subject, now)
    assert "2 without a meeting three times in a row" in home(town).reading
    assert "2 pairs without a meeting" in pressed(town, "desk.reasons")
    robin = town.person(ROBIN)
    robin.press("care.message_many")
    assert robin.view is not None
    assert "Marcus O'Neill and Leila Petrov" in robin.view.reading
    assert "On its way to 2 pairs: to everybody once" in send(town, text="How is it going?")
    town.later(days=1)
    heard = [each.reading for each in town.person(MARCUS).inbox() if "How is it going?" in each.reading]
    assert len(heard) == 1
    assert "writes to you, Priya and Leila" in heard[0]
    assert "writes to you and Marcus" in town.newest(LEILA).reading
    assert looks(town) == 0
    assert acts(town)[-1] == "care.message_many"
