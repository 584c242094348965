"""A pair through its phases: lessons, guides, a task with feedback, going on, papers."""

from datetime import UTC, datetime, timedelta

import pytest

from playground import Message, Person
from playground.blocks import controls, reading
from storage.pairs import pairs_of_program
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.beginnings import beginning
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


def text_of(message: Message) -> str:
    return reading(message.blocks, names=lambda id_: id_)


def with_words(town: Town, slack_id: str, words: str) -> list[Message]:
    return [each for each in town.person(slack_id).inbox() if words in text_of(each)]


def offers(message: Message, action_id: str) -> bool:
    return action_id in {each.action_id for each in controls(message.blocks)}


def with_control(town: Town, slack_id: str, action_id: str) -> list[Message]:
    return [each for each in town.person(slack_id).inbox() if offers(each, action_id)]


def first(person: Person, action_id: str) -> None:
    """Press the first of several buttons alike in the form that is open."""
    assert person.view is not None
    found = next(each for each in controls(person.view.blocks) if each.action_id == action_id)
    person.press((found.block_id, found.action_id))


@pytest.fixture
def paired(town: Town) -> Town:
    """Priya learns from Marcus, from February 2 to July 31."""
    agreed_town(town)
    return town


@pytest.fixture
def short(town: Town) -> Town:
    """The same in a program that is over by the end of April."""
    agreed_town(town, ends_on="2026-04-30")
    return town


def test_each_gets_the_guide_of_their_role_as_a_phase_opens(paired: Town) -> None:
    paired.until(datetime(2026, 2, 20, tzinfo=UTC))
    (guide,) = with_words(paired, PRIYA, "You set the topics")
    assert "Two things help" in text_of(guide), "how they work, they have agreed on"
    assert "Agree how you work" not in text_of(guide)
    assert with_words(paired, MARCUS, "one thing that went wrong on the way")
    paired.until(datetime(2026, 4, 1, tzinfo=UTC))
    assert len(with_words(paired, PRIYA, "in the middle part now")) == 1
    assert len(with_words(paired, MARCUS, "in the middle part now")) == 1


def test_a_guide_asks_for_an_agreement_while_there_is_none(town: Town) -> None:
    matched_town(town)
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    (guide,) = with_words(town, PRIYA, "You set the topics")
    assert "Three things help" in text_of(guide)
    assert "Agree how you work" in text_of(guide)
    assert offers(guide, "agreement.open"), "and leads there"


def test_who_never_met_is_thanked_and_not_told_that_somebody_came_further(short: Town) -> None:
    short.until(datetime(2026, 5, 8, tzinfo=UTC))
    (farewell,) = with_words(short, MARCUS, "your time in the program has come to its end")
    assert "Marcus, thank you for taking part." in text_of(farewell)
    assert "came further" not in text_of(farewell)
    assert "made it" not in text_of(farewell)


def test_a_task_is_taken_up_done_and_answered_with_feedback(paired: Town) -> None:
    paired.until(datetime(2026, 2, 20, tzinfo=UTC))
    priya, marcus = paired.person(PRIYA), paired.person(MARCUS)
    paired.press(PRIYA, "task.ideas")
    first(priya, "task.take")
    first(priya, "task.done")
    priya.fill("note", "I spoke to Leila. She's in tax.")
    priya.submit()
    priya.close(all=True)
    paired.later(days=1)
    paired.press(MARCUS, "task.feedback")
    marcus.fill("keep_going", "You ask good questions.")
    marcus.fill("try_next", "Bring one number.")
    marcus.submit()
    paired.later(days=3)
    assert with_words(paired, PRIYA, "Bring one number.")


def test_lessons_are_read_answered_and_counted(paired: Town) -> None:
    priya = paired.person(PRIYA)
    priya.command("/mentoring", "lessons")
    assert priya.view is not None
    before = reading(priya.view.blocks, names=lambda id_: id_)
    assert "✓" not in before
    first(priya, "lesson.open")
    choice = next(each for each in controls(priya.view.blocks) if each.options)
    priya.fill("lesson.choice", choice.options[0].value)
    priya.submit()
    priya.submit()
    assert "✓" in reading(priya.view.blocks, names=lambda id_: id_)


def test_they_go_on_only_when_both_say_yes_and_nobody_learns_of_one_answer(short: Town) -> None:
    short.until(datetime(2026, 4, 24, tzinfo=UTC))
    short.press(PRIYA, "phase.go_on_hello")
    short.until(datetime(2026, 4, 26, tzinfo=UTC))
    assert not with_words(short, MARCUS, "Priya said")
    short.press(MARCUS, "phase.go_on_hello")
    short.until(datetime(2026, 5, 6, tzinfo=UTC))
    assert any("you'd both like to go on" in text_of(each) for each in short.room(PRIYA, MARCUS))
    assert with_words(short, PRIYA, "is over, and you and Marcus go on as equals.")
    with short.database.read() as session:
        (pair,) = pairs_of_program(session, short.program().id)
    assert pair.casual_since is not None
    assert pair.casual_opted_in


def test_a_hello_can_wait_a_quarter_and_be_stopped_and_casual_people_part_without_a_why(short: Town) -> None:
    both = (PRIYA, MARCUS)
    short.until(datetime(2026, 4, 24, tzinfo=UTC))
    for slack_id in both:
        short.press(slack_id, "phase.go_on_hello")
    short.until(datetime(2026, 8, 16, tzinfo=UTC))
    priya = short.person(PRIYA)
    short.press(PRIYA, "pair.fine", in_room=both)
    assert text_of(short.room(*both)[-1]) == "All right, not this time. I'll say hello again next quarter."
    priya.open_home()
    assert priya.home is not None
    for shown in (priya.home.reading, priya.command("/mentoring", "pair").shown[0].reading):
        assert "as equals" in shown
        assert "agreement" not in shown
        assert "as you agreed" not in shown
    assert priya.command("/mentoring", "met yesterday").shown[0].reading == (
        "Noted: you met on Friday, August 14."
    ), "there is no next one"
    card = short.person(ROBIN).command("/mentoring", f"pair <@{PRIYA}>").view
    assert card is not None
    assert "they go on as equals, and meet when they like" in card.reading
    assert "Needs a look" not in card.reading
    assert "Health" not in card.reading
    short.person(MARCUS).command("/mentoring", "pause until August 28")
    short.until(datetime(2027, 2, 16, tzinfo=UTC))
    assert "reminders" not in text_of(with_words(short, PRIYA, "Marcus is away until Friday, August 28.")[0])
    assert with_words(short, MARCUS, "You and Priya meet when you like.")
    short.press(MARCUS, "phase.no_hellos", in_room=both)
    assert "no more hellos" in text_of(short.room(*both)[-1])
    form = priya.command("/mentoring", "exit").view
    assert form is not None
    assert "You and Marcus no longer go on casually once you send this" in form.reading
    assert "What would you say it was?" not in form.reading
    priya.submit()
    priya.close(all=True)
    short.later(days=3)
    (told,) = with_words(short, MARCUS, "You and Priya no longer go on casually")
    assert "You can write to each other any time." in text_of(told)


def test_one_no_ends_it_quietly(short: Town) -> None:
    short.until(datetime(2026, 4, 24, tzinfo=UTC))
    short.press(PRIYA, "phase.go_on")
    assert "If Marcus says yes too, I'll tell you both after Thursday, April 30." in text_of(
        short.with_button(short.person(PRIYA).inbox(), "phase.ask_again")
    )
    short.press(MARCUS, "phase.go_on")
    short.press(MARCUS, "phase.ask_again")
    short.press(MARCUS, "phase.close")
    short.until(datetime(2026, 5, 25, tzinfo=UTC))
    assert not any("you'd both like to go on" in text_of(each) for each in short.room(PRIYA, MARCUS))
    with short.database.read() as session:
        assert not pairs_of_program(session, short.program().id)


def test_whoever_graduates_gets_a_certificate_and_a_log_of_hours(short: Town) -> None:
    short.until(datetime(2026, 5, 6, tzinfo=UTC))
    short.press(PRIYA, "paper.certificate")
    short.press(PRIYA, "paper.hours")
    short.beat()
    names = {file["name"] for each in short.person(PRIYA).inbox() for file in each.files}
    assert names == {"certificate.pdf", "hours.csv"}


def test_a_survey_is_reminded_of_once_and_not_after_an_answer(short: Town) -> None:
    short.until(datetime(2026, 4, 25, tzinfo=UTC))
    reminders = with_words(short, PRIYA, "I remind once and then leave it")
    assert len(reminders) == len({text_of(each) for each in reminders})
    asked = [each for each in with_control(short, PRIYA, "survey.open") if each not in reminders]
    assert len(reminders) <= len(asked)
    assert reminders


def test_the_coordinator_looks_back_and_is_reminded_of_what_was_promised(paired: Town) -> None:
    paired.until(datetime(2026, 3, 25, tzinfo=UTC))
    robin = paired.person(ROBIN)
    paired.press(ROBIN, "debrief.open")
    assert robin.view is not None
    assert "met" in str(robin.view.blocks)
    robin.fill("action0", "Call the quiet pairs")
    robin.fill("due0", "2026-04-01")
    robin.submit()
    robin.close(all=True)
    assert "Call the quiet pairs\n\n   @Robin Ellery, by Wednesday, April 1" in plan_of(paired)
    paired.until(datetime(2026, 4, 2, tzinfo=UTC))
    assert with_words(paired, ROBIN, "Call the quiet pairs")
    paired.press(ROBIN, "debrief.done")
    paired.until(datetime(2026, 4, 20, tzinfo=UTC))
    assert not with_control(paired, ROBIN, "debrief.later")
    assert "Nothing is open." in plan_of(paired)
    assert "Call the quiet pairs (@Robin Ellery)" in plan_of(paired)


def plan_of(town: Town) -> str:
    """The improvement plan, as its coordinator reads it."""
    robin = town.person(ROBIN)
    view = robin.command("/mentoring", "debrief").view
    assert view is not None
    reading = view.reading
    robin.close(all=True)
    return reading


def test_a_pair_runs_late_and_everything_after_moves_along(paired: Town) -> None:
    paired.until(datetime(2026, 3, 28, tzinfo=UTC))
    priya = paired.person(PRIYA)
    paired.press(PRIYA, "phase.open")
    priya.fill("days", "14")
    priya.submit()
    with paired.database.read() as session:
        (pair,) = pairs_of_program(session, paired.program().id)
    assert pair.ends_on == paired.program().ends_on + timedelta(days=14)


@beginning
def two_of_marcus(town: Town, ends_on: str) -> None:
    """Priya and Leila learn from Marcus, each in a pair made by hand."""
    town.claim()
    town.draft(ends_on=ends_on)
    town.open()
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="2")
    for mentee in (PRIYA, LEILA):
        town.join(mentee, "mentee", wants=["negotiation"])
        robin = town.person(ROBIN)
        robin.command("/mentoring", f"pair <@{mentee}> <@{MARCUS}>")
        robin.submit()
        robin.close(all=True)


@pytest.fixture
@beginning
def mentor_of_two(town: Town) -> Town:
    """Priya and Leila learn from Marcus, from February 2 to April 30."""
    two_of_marcus(town, "2026-04-30")
    return town


def test_a_mentor_of_two_gets_one_guide_that_names_both(mentor_of_two: Town) -> None:
    town = mentor_of_two
    town.until(datetime(2026, 2, 25, tzinfo=UTC))
    (guide,) = with_words(town, MARCUS, "one thing that went wrong on the way")
    assert "The first weeks with Leila and Priya" in text_of(guide) or "Priya and Leila" in text_of(guide)
    assert not offers(guide, "task.ideas"), "ideas belong to one pair; they are on Home"
    for mentee in (PRIYA, LEILA):
        (own,) = with_words(town, mentee, "You set the topics")
        assert "The first weeks with Marcus" in text_of(own)
        assert offers(own, "task.ideas")


def test_a_mentor_of_two_who_is_away_from_everything_hears_of_the_end_once(mentor_of_two: Town) -> None:
    town = mentor_of_two
    town.until(datetime(2026, 2, 10, 15, tzinfo=UTC))
    town.person(MARCUS).command("/mentoring", "pause until March 20")
    town.until(datetime(2026, 3, 23, 20, tzinfo=UTC))
    assert len(with_words(town, MARCUS, "Your break ends")) == 1
    assert len(with_words(town, MARCUS, "Welcome back, Marcus.")) == 1


def test_a_pair_that_gets_more_time_is_asked_about_the_end_when_it_comes(mentor_of_two: Town) -> None:
    town = mentor_of_two
    town.person(ROBIN).command("/mentoring", f"extend <@{PRIYA}> <@{MARCUS}> to June 30")
    town.until(datetime(2026, 6, 5, tzinfo=UTC))
    assert with_words(town, LEILA, "Before the program ends")
    assert not with_words(town, PRIYA, "Before the program ends")
    town.until(datetime(2026, 6, 25, tzinfo=UTC))
    assert with_words(town, PRIYA, "Before the program ends")


def test_a_mentor_of_two_is_asked_about_the_program_once_and_about_a_pair_before_it_ends(
    mentor_of_two: Town,
) -> None:
    """Five anonymous answers are those of five people; and after the thanks nobody asks how it is going."""
    town, marcus = mentor_of_two, mentor_of_two.person(MARCUS)
    town.until(datetime(2026, 5, 8, tzinfo=UTC))
    marcus.click(with_words(town, MARCUS, "The last one, about a minute")[0], "survey.open")
    marcus.fill("q.satisfied", "4")
    marcus.submit()
    marcus.close(all=True)
    town.until(datetime(2026, 5, 20, tzinfo=UTC))
    asked = with_control(town, MARCUS, "survey.open")
    (final,) = [each for each in asked if "The last one, about a minute" in text_of(each)]
    assert "Priya" not in text_of(final)
    assert "Leila" not in text_of(final)
    last = [each for each in asked if "Before the program ends we'd like to hear" in text_of(each)]
    assert any("about your time with Priya" in text_of(each) for each in last)
    assert max(float(each.ts) for each in last) < datetime(2026, 5, 1, 4, tzinfo=UTC).timestamp()


def test_a_mentor_of_two_graduates_once_with_both(mentor_of_two: Town) -> None:
    town = mentor_of_two
    town.until(datetime(2026, 5, 14, tzinfo=UTC))
    (farewell,) = with_words(town, MARCUS, "your time in the program has come to its end")
    said = text_of(farewell)
    assert "is over for you, Priya and Leila" in said or "is over for you and Leila and Priya" in said
    assert {"My certificate with Priya", "My hours with Leila"} <= set(farewell.buttons)
    for mentee in (PRIYA, LEILA):
        (own,) = with_words(town, mentee, "your time in the program has come to its end")
        assert "My certificate" in own.buttons


def test_whoever_has_a_pair_that_goes_on_longer_graduates_with_that_one(mentor_of_two: Town) -> None:
    town = mentor_of_two
    town.person(ROBIN).command("/mentoring", f"extend <@{PRIYA}> <@{MARCUS}> to May 29")
    town.until(datetime(2026, 5, 20, tzinfo=UTC))
    assert with_words(town, LEILA, "your time in the program has come to its end")
    assert not with_words(town, MARCUS, "your time in the program has come to its end")
    town.until(datetime(2026, 6, 10, tzinfo=UTC))
    (farewell,) = with_words(town, MARCUS, "your time in the program has come to its end")
    assert "for you, Priya and Leila" in text_of(farewell)
