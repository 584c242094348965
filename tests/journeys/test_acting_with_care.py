"""Acting with care: what a coordinator does for people, who is told, and what the log says."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentoring.nudges.notices import Kind
from mentoring.people import StaffRole
from playground import Message, View
from playground.blocks import controls
from storage.desk import attention_counts
from storage.meetings import note_for_coordinators
from storage.people import add_staff, person_by_slack_id
from storage.tables import AskRow, AuditRow, CareNoteRow, PairRow, StaffRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town


def typed(town: Town, line: str, who: str = ROBIN) -> str:
    """What a command answers: a message or the form it opens."""
    outcome = town.person(who).command("/mentoring", line)
    if outcome.shown:
        return outcome.shown[0].reading
    assert outcome.view is not None
    return outcome.view.reading


def home(town: Town, who: str = ROBIN) -> View:
    person = town.person(who)
    person.open_home()
    assert person.home is not None
    return person.home


def pressed(town: Town, action_id: str, who: str = ROBIN) -> str:
    """What comes of a button on somebody's Home."""
    home(town, who)
    person = town.person(who)
    person.click_home(action_id)
    return person.view.reading if person.view else ""


def on_the_list(town: Town, kind: Kind = Kind.ATTENTION) -> None:
    """The pair has gone quiet."""
    with town.database.write() as session:
        found = session.scalars(select(PairRow)).one()
        note_for_coordinators(session, town.workspace.id, found.id, kind, "test", town.clock.now())


def acts(town: Town) -> list[str]:
    with town.database.read() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def looks(town: Town) -> int:
    with town.database.read() as session:
        return sum(attention_counts(session, [town.program().id], town.clock.now()).values())


def send(town: Town, who: str = ROBIN, **fields: str) -> str:
    """Fill in the open form and send it; what it says then."""
    person = town.person(who)
    for name, value in fields.items():
        person.fill(name, value)
    person.submit()
    said = person.view.reading if person.view else ""
    if person.view is not None:
        person.close(all=True)
    town.beat()
    return said


def test_a_pair_on_the_list_is_one_tap_from_each_remedy(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    view = home(town)
    assert "1 pair needs a look" in view.reading
    assert "Marcus O'Neill and Priya Raman: three times in a row without a meeting." in view.reading
    for remedy in ("Message both", "Offer a pause", "Rematch", "Extend", "Snooze a week"):
        assert remedy in view.buttons


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
    assert "this week already" in typed(town, "nudge Priya")
    town.beat()
    assert len(town.person(MARCUS).inbox()) == before


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


def test_snoozed_is_off_the_list_for_a_week_and_back_with_anything_new(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "desk.snooze")
    assert looks(town) == 0
    assert "No pair needs a look" in home(town).reading
    on_the_list(town, Kind.MISMATCH)
    assert looks(town) == 1
    pressed(town, "desk.snooze")
    town.clock.move_to(town.clock.now() + timedelta(days=7))
    assert looks(town) == 1


def test_who_asks_for_a_coordinator_is_first_on_the_list_and_a_message_at_once(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    town.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    with town.database.read() as session:
        quiet = session.scalars(select(AskRow).where(AskRow.kind == Kind.QUIET_CHECK)).all()
    assert quiet
    town.press(PRIYA, "pair.help")
    town.beat()
    assert "Priya" in town.newest(ROBIN).reading
    assert "would like a word with you" in town.newest(ROBIN).reading
    first = home(town).reading.split("needs a look")[1]
    assert "Priya asked to talk to you" in first.split("three times")[0]
    town.press(ROBIN, "survey.called")
    assert "asked to talk" not in home(town).reading


def test_a_pairs_card_explains_its_health_and_no_participant_ever_sees_one(town: Town) -> None:
    agreed_town(town)
    town.later(days=40)
    card = typed(town, "pair Priya")
    assert "Marcus O'Neill and Priya Raman" in card
    assert "Health" in card
    assert "Meetings:" in card
    for who in (PRIYA, MARCUS):
        assert "Health" not in typed(town, "pair", who)
        assert "Health" not in home(town, who).reading
        shown = town.person(who).command("/mentoring", "pair <@U0PRIYA>").shown
        assert "Health" not in shown[0].reading


def three_joined(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    town.join(LEILA, "mentor", offers=["negotiation", "mediation"])


def test_two_are_paired_by_hand_with_the_matchers_reason_and_introduced(town: Town) -> None:
    three_joined(town)
    form = typed(town, "pair <@U0PRIYA> <@U0LEILA>")
    assert "Leila Petrov and Priya Raman would be a pair" in form
    assert "negotiation" in form
    assert "are a pair" in send(town)
    town.beat()
    assert "negotiation" in town.room(PRIYA, LEILA)[0].reading
    assert "has a mentor already" in typed(town, "pair <@U0PRIYA> <@U0MARCUS>")


def test_nobody_is_paired_who_has_not_said_yes(town: Town) -> None:
    three_joined(town)
    assert "Somebody you named has not said yes" in typed(town, "pair <@U0JONAS> <@U0MARCUS>")


def test_whom_somebody_would_rather_not_meet_is_never_told_as_the_reason(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], avoid=[MARCUS])
    town.join(MARCUS, "mentor", offers=["negotiation"])
    said = typed(town, "pair <@U0PRIYA> <@U0MARCUS>")
    assert "rather" not in said.lower()
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).all() == [] or "would be a pair" in said


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


def test_the_log_is_read_searched_and_exported_with_ids_and_no_words(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "care.message")
    send(town, text="Quite private words")
    log = typed(town, "audit")
    assert "Robin Ellery" in log
    assert "Robin Ellery wrote to Marcus O'Neill and Priya Raman" in log
    assert "private words" not in log
    assert "Robin Ellery wrote to" in typed(town, "audit <@U0ROBIN>")
    assert "wrote to" not in typed(town, "audit Priya")
    typed(town, "audit export")
    town.beat()
    file = next(each for message in reversed(town.person(ROBIN).inbox()) for each in message.files)
    rows = list(csv.reader(io.StringIO(town.person(ROBIN).download(file["id"]).decode("utf-8-sig"))))
    assert rows[0] == ["at_utc", "who", "action", "subject", "in_words"]
    assert ("care.message", "wrote to Marcus O'Neill and Priya Raman") in {(row[2], row[4]) for row in rows}


def staff_of(town: Town) -> set[tuple[str, str]]:
    with town.database.read() as session:
        return {(str(row.person_id), row.role) for row in session.scalars(select(StaffRow))}


def test_roles_are_given_changed_and_taken_and_the_last_owner_stays(town: Town) -> None:
    town.claim()
    town.draft()
    assert "is a viewer now" in typed(town, "coordinators add <@U0LEILA> as viewer")
    assert "is a coordinator now" in typed(town, "coordinators role <@U0LEILA> coordinator")
    assert "only of Mentoring" in typed(town, "coordinators add jonas as viewer of Mentoring at Harbor Law")
    assert "Make somebody else one first" in typed(town, "coordinators remove <@U0ROBIN>")
    assert "Make somebody else one first" in typed(town, "coordinators role <@U0ROBIN> viewer")
    assert "is an owner now" in typed(town, "coordinators add <@U0LEILA> as owner")
    assert "no longer has a role here" in typed(town, "coordinators remove <@U0ROBIN>", LEILA)
    assert len(staff_of(town)) == 2
    assert "Only a coordinator can do that" in typed(town, "program", ROBIN)


def test_a_viewer_reads_numbers_and_no_names_and_can_do_nothing(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    typed(town, "coordinators add <@U0JONAS> as viewer")
    view = home(town, JONAS)
    assert "1 pair → 1 agreed" in view.reading
    assert "Priya" not in view.reading
    assert {"care.message", "desk.pairs", "match.want"}.isdisjoint(
        {control.action_id for control in controls(view.blocks)}
    )
    for line in ("people", "pairs", "end priya", "audit", "settings", "pair Priya", "nudge priya", "match"):
        assert "Priya Raman" not in typed(town, line, JONAS), line
    assert acts(town)[-1] == "staff.add"


def test_monday_tells_coordinators_who_needs_a_look_and_is_silent_when_nobody_does(town: Town) -> None:
    agreed_town(town)

    def mondays() -> list[Message]:
        inbox = town.person(ROBIN).inbox()
        return [each for each in inbox if "You get this once a week at most" in each.reading]

    town.until(datetime(2026, 1, 19, 20, tzinfo=UTC))
    assert mondays() == []
    town.until(datetime(2026, 1, 21, 15, tzinfo=UTC))
    on_the_list(town, Kind.LOW_RATING)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "daily").shown[0], "daily.on")
    town.until(datetime(2026, 1, 23, 20, tzinfo=UTC))
    assert mondays() == [], "what arose on a Wednesday waits, whatever else there is to look at"
    town.until(datetime(2026, 1, 27, 20, tzinfo=UTC))
    (said,) = mondays()
    assert "1 needs a look" in said.reading
    assert "Marcus O'Neill and Priya Raman: a low rating in a check-in" in said.reading
    assert said.buttons == ["Open the first"]


def test_a_coordinator_sees_nothing_of_a_pair_they_are_in_themselves(town: Town) -> None:
    agreed_town(town)
    with town.database.write() as session:
        found = person_by_slack_id(session, town.workspace.id, MARCUS)
        assert found is not None
        add_staff(
            session, town.workspace.id, found.id, StaffRole.COORDINATOR, town.program().id, town.clock.now()
        )
    on_the_list(town, Kind.LOW_RATING)
    assert "a low rating in a check-in" in home(town, ROBIN).reading
    assert "low rating" not in home(town, MARCUS).reading, "he knows that it was not his own"
    assert "No pair needs a look" in home(town, MARCUS).reading
    town.until(datetime(2026, 1, 27, 20, tzinfo=UTC))
    assert [
        any("needs a look" in each.reading for each in town.person(who).inbox()) for who in (ROBIN, MARCUS)
    ] == [
        True,
        False,
    ]


def test_the_list_says_what_is_low_where_nothing_but_a_low_health_speaks(town: Town) -> None:
    agreed_town(town)
    while "needs a look*" not in home(town).reading and "1 pair needs a look" not in home(town).reading:
        assert town.clock.now() < datetime(2026, 3, 1, tzinfo=UTC), "nobody answers, so it comes"
        town.later(days=1)
    said = home(town).reading
    assert "Marcus O'Neill and Priya Raman: no meeting held, 0 of 1 question answered." in said


def test_who_goes_on_casually_is_off_the_list_and_offered_neither_a_break_nor_time(
    town: Town,
) -> None:
    agreed_town(town, ends_on="2026-03-27")
    on_the_list(town, Kind.LOW_RATING)
    town.until(datetime(2026, 3, 26, tzinfo=UTC))
    for who in (PRIYA, MARCUS):
        town.press(who, "phase.go_on")
    assert "low rating" in home(town).reading
    town.until(datetime(2026, 4, 1, tzinfo=UTC))
    assert "No pair needs a look" in home(town).reading
    card = typed(town, "pair Priya")
    assert "Message both" in card
    assert "pause" not in card.lower()
    assert "Extend" not in card


def test_the_log_names_whom_a_nudge_was_for(town: Town) -> None:
    matched_town(town)
    typed(town, "nudge Priya")
    log = typed(town, "audit")
    town.person(ROBIN).close(all=True)
    assert "Robin Ellery sent Priya Raman a nudge" in log


def test_two_names_in_a_row_are_answered_with_how_to_part_them(town: Town) -> None:
    matched_town(town)
    assert "Try an @, or and between two names." in typed(town, "end Priya Marcus")
