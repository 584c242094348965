"""A pair whose last day has passed before the program's: its people are free, and may answer late."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from mentoring.enrollment import EnrollmentState
from storage.tables import AnswerRow, AuditRow, EnrollmentRow, PairRow
from tests.journeys.test_another_match import end_on_march_6, match_again
from tests.journeys.test_main_job import matched_town
from tests.journeys.test_meetings_of_a_pair import book
from tests.journeys.test_pair_life import ending_of, part, state_of
from tests.journeys.test_phase_stories import two_of_marcus, with_words
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

JOINED, MATCHED = EnrollmentState.JOINED, EnrollmentState.MATCHED
FINISHED = EnrollmentState.FINISHED
NEXT_WEEK = datetime(2026, 3, 10, 20, tzinfo=UTC)


@pytest.fixture
@beginning
def over(town: Town) -> Town:
    """Their time was over last Friday, and nobody has said a word since."""
    matched_town(town, ends_on="2026-03-27")
    end_on_march_6(town)
    town.until(datetime(2026, 3, 6, 20, tzinfo=UTC))
    assert state_of(town, PRIYA) is MATCHED
    town.until(NEXT_WEEK)
    assert ending_of(town) is None, "late answers are welcome for two weeks"
    return town


def test_both_are_free_at_once_are_offered_another_match_with_the_thanks_and_answer_late(over: Town) -> None:
    town = over
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (FINISHED, FINISHED)
    (thanks,) = with_words(town, PRIYA, "thank you for taking part")
    assert "is over for you and Marcus" in thanks.reading
    assert "The program itself goes on until Friday, March 27" in thanks.reading
    assert "Another match" in thanks.buttons
    town.press(PRIYA, "pair.another")
    town.join(LEILA, "mentor", offers=["negotiation"])
    proposed = match_again(town)
    assert "Leila" in proposed
    assert "Marcus" not in proposed, "he did not ask"
    assert town.room(PRIYA, LEILA)
    priya = town.person(PRIYA)
    town.until(datetime(2026, 3, 18, 20, tzinfo=UTC))
    opened = town.press(PRIYA, "survey.open").view
    assert opened is not None
    for block in opened.blocks:
        if block.get("element", {}).get("type") == "radio_buttons":
            priya.fill(block["block_id"], "4")
    before = answers(town)
    priya.submit()
    assert answers(town) == before + 1
    town.until(datetime(2026, 3, 25, 20, tzinfo=UTC))
    assert state_of(town, PRIYA) is MATCHED, "that the first pair is closed takes nothing from the second"


def test_nothing_new_is_planned_with_it_on_home_or_by_command(over: Town) -> None:
    priya = over.person(PRIYA)
    priya.open_home()
    assert priya.home is not None
    assert "Your time in the program is over" in priya.home.reading
    for shown in (priya.home.reading, priya.command("/mentoring", "pair").shown[0].reading):
        assert "Pick a time" not in shown
        assert "Part ways" in shown
    assert "nothing new is planned" in priya.command("/mentoring", "book").shown[0].reading
    assert priya.command("/mentoring", "met March 5").shown[0].reading == (
        "Noted: you met on Thursday, March 5."
    ), "there is no next one"


def answers(town: Town) -> int:
    with town.database.read() as session:
        return len(list(session.scalars(select(AnswerRow.id))))


def test_the_mentors_place_is_free_and_the_two_are_not_matched_with_each_other_again(over: Town) -> None:
    town = over
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "pair.another")
    town.person(ROBIN).command("/mentoring", "match new")
    town.beat()
    assert "2 people without a match" in town.newest(ROBIN).reading
    town.join(JONAS, "mentee", wants=["mediation"])
    match_again(town)
    assert town.room(JONAS, MARCUS)


def test_a_mentor_whose_other_pair_goes_on_has_that_place_in_the_next_round(town: Town) -> None:
    two_of_marcus(town, "2026-03-27")
    town.later(days=1)
    end_on_march_6(town)
    town.until(NEXT_WEEK)
    assert (state_of(town, MARCUS), state_of(town, PRIYA), state_of(town, LEILA)) == (
        MATCHED,
        FINISHED,
        MATCHED,
    )
    town.join(JONAS, "mentee", wants=["negotiation"])
    town.person(ROBIN).command("/mentoring", f"pair <@{MARCUS}> <@{JONAS}>")
    town.person(ROBIN).submit()
    town.later(days=1)
    assert town.room(JONAS, MARCUS)


def test_both_can_still_say_yes_and_go_on_as_equals(over: Town) -> None:
    town = over
    town.press(PRIYA, "pair.another")
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "phase.go_on")
    town.later(days=1)
    with town.database.read() as session:
        assert session.scalars(select(PairRow)).one().casual_since is not None
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (JOINED, FINISHED)


def test_a_closed_pair_takes_nobody_out_of_line(over: Town) -> None:
    town = over
    town.press(PRIYA, "pair.another")
    town.until(datetime(2026, 3, 24, 20, tzinfo=UTC))
    assert ending_of(town) == "completed"
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (JOINED, FINISHED)


def test_the_log_says_that_a_pair_which_had_its_time_completed_it_however_it_is_closed(over: Town) -> None:
    town = over
    part(town, PRIYA)
    with town.database.read() as session:
        done = list(session.scalars(select(AuditRow.action).where(AuditRow.action.like("pair.%"))))
    assert ending_of(town) == "completed"
    assert done == ["pair.completed"]
    assert "Priya Raman finished the pairing of Marcus" in newest_deed(town)


def newest_deed(town: Town) -> str:
    """What the log says last, as a coordinator reads it."""
    shown = town.person(ROBIN).command("/mentoring", "audit").view
    assert shown is not None
    return shown.reading


def test_closing_it_early_says_what_is_true_and_tells_nobody(over: Town) -> None:
    town = over
    before = len(town.person(MARCUS).inbox())
    for locale, words in (
        ("es-MX", "Tu tiempo con Marcus en el programa"),
        ("en-US", "Your time with Marcus"),
    ):
        town.person(PRIYA).change(locale=locale)
        form = town.person(PRIYA).command("/mentoring", "exit").view
        assert form is not None
        assert words in form.reading
        assert "kind words" not in form.reading
        assert "What would you say it was?" not in form.reading
        town.person(PRIYA).close(all=True)
    said = part(town, PRIYA, again="yes")
    assert "counts as completed" in said
    assert "You're in line for the next round." in said
    assert "I've told" not in said
    assert len(town.person(MARCUS).inbox()) == before


def test_a_coordinator_sees_no_need_to_look_is_offered_what_makes_sense_and_closes_it_in_silence(
    over: Town,
) -> None:
    town = over
    robin = town.person(ROBIN)
    robin.open_home()
    assert robin.home is not None
    assert "No pair needs a look" in robin.home.reading
    card = robin.command("/mentoring", f"pair <@{PRIYA}>").view
    assert card is not None
    assert "[Message both]\n[Extend…] [End…]" in card.reading
    robin.close(all=True)
    both = f"<@{PRIYA}> <@{MARCUS}>"
    for line in (f"nudge <@{PRIYA}>", f"move <@{PRIYA}>", f"rematch {both}"):
        assert "Their time in the program is over." in robin.command("/mentoring", line).shown[0].reading, (
            line
        )
    before = [len(town.person(each).inbox()) for each in (PRIYA, MARCUS)]
    form = robin.command("/mentoring", f"end {both}").view
    assert form is not None
    assert "nobody is told" in form.reading
    assert "Why?" not in form.reading
    said = robin.submit().view
    assert said is not None
    assert "It counts as completed, and nobody is told." in said.reading
    robin.close(all=True)
    town.later(days=1)
    assert ending_of(town) == "completed"
    assert [len(town.person(each).inbox()) for each in (PRIYA, MARCUS)] == before


def test_more_time_makes_them_a_pair_again_unless_one_has_another_match(over: Town) -> None:
    town = over
    robin = town.person(ROBIN)
    more = f"extend <@{PRIYA}> <@{MARCUS}> to "
    assert "That date has passed" in robin.command("/mentoring", more + "2026-03-08").shown[0].reading
    town.press(PRIYA, "pair.another")
    town.join(LEILA, "mentor", offers=["negotiation"])
    match_again(town)
    refused = robin.command("/mentoring", more + "2026-03-20").shown[0].reading
    assert "Priya has another match by now" in refused
    robin.change(locale="es-MX")
    assert "Priya ya tiene otra pareja" in robin.command("/mentoring", more + "2026-03-20").shown[0].reading
    assert state_of(town, MARCUS) is FINISHED
    robin.command("/mentoring", f"end <@{PRIYA}> <@{LEILA}>")
    robin.fill("why", "other")
    robin.submit()
    robin.close(all=True)
    robin.command("/mentoring", more + "2026-03-20")
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (MATCHED, MATCHED)
    town.until(datetime(2026, 3, 22, 20, tzinfo=UTC))
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (FINISHED, FINISHED)


def test_who_goes_on_casually_is_given_no_other_last_day_and_meets_when_they_like(over: Town) -> None:
    town = over
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "phase.go_on")
    town.later(days=1)
    said = town.person(ROBIN).command("/mentoring", f"extend <@{PRIYA}> <@{MARCUS}> to 2026-03-20")
    assert "These two go on casually by now" in said.shown[0].reading
    assert book(town, PRIYA, "2026-09-01", "10:00") == {}


def test_whoever_went_on_casually_before_that_freed_them_is_free_at_the_next_look(over: Town) -> None:
    town = over
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "phase.go_on")
    town.later(days=1)
    with town.database.write() as session:
        session.execute(update(EnrollmentRow).values(state=MATCHED))
        session.execute(update(PairRow).values(next_look_at=town.clock.now()))
    town.beat()
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (FINISHED, FINISHED)


@pytest.mark.parametrize("casually", [True, False])
def test_a_mentor_who_has_their_place_back_is_offered_where_somebody_is_to_move(
    over: Town, *, casually: bool
) -> None:
    town = over
    for slack_id in (PRIYA, MARCUS) if casually else ():
        town.press(slack_id, "phase.go_on")
    town.join(JONAS, "mentee", wants=["negotiation"])
    town.join(LEILA, "mentor", offers=["negotiation"])
    match_again(town)
    robin = town.person(ROBIN)
    move = f"move <@{JONAS}>"
    assert "No other mentor has a place" in robin.command("/mentoring", move).shown[0].reading
    town.press(MARCUS, "pair.another")
    form = robin.command("/mentoring", move).view
    assert form is not None
    assert "Marcus O'Neill" in str(form.blocks)


def test_a_mentor_whose_pair_goes_on_is_not_offered_where_somebody_is_to_move(town: Town) -> None:
    matched_town(town)
    town.join(JONAS, "mentee", wants=["negotiation"])
    town.join(LEILA, "mentor", offers=["negotiation"])
    match_again(town)
    said = town.person(ROBIN).command("/mentoring", f"move <@{JONAS}>").shown[0]
    assert "No other mentor has a place" in said.reading
