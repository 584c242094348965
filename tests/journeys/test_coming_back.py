"""Coming back to a program after a pair: the same way as anybody who joins it, with words that say which."""

from datetime import UTC, datetime

import pytest

from mentoring.enrollment import EnrollmentState
from tests.handlers.test_applications import by_application, choose, open_queue
from tests.journeys.test_another_match import go_on
from tests.journeys.test_leaving import group_town
from tests.journeys.test_main_job import matched_town
from tests.journeys.test_pair_life import part, state_of
from tests.journeys.test_phase_stories import two_of_marcus, with_words
from tests.journeys.test_places import full_town
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

APPLIED, JOINED, MATCHED = EnrollmentState.APPLIED, EnrollmentState.JOINED, EnrollmentState.MATCHED


def looked_at_first(town: Town) -> None:
    """From now on a coordinator looks at every application."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("rules", ["by_application"])
    robin.submit()
    robin.close(all=True)


@pytest.fixture
@beginning
def by_coordinator(town: Town) -> Town:
    """Priya learns from Marcus, where a coordinator looks at every application."""
    matched_town(town)
    looked_at_first(town)
    return town


def test_the_button_under_the_kind_words_applies_and_the_coordinator_decides(by_coordinator: Town) -> None:
    town = by_coordinator
    part(town, PRIYA)
    town.join(PRIYA, "mentee", wants=["mediation"])
    town.join(LEILA, "mentee", wants=["mediation"])
    town.press(MARCUS, "pair.rematch")
    assert "Your wish for another match is with the coordinator" in town.newest(MARCUS).reading
    assert "in line" not in town.newest(MARCUS).reading
    assert state_of(town, MARCUS) is APPLIED
    queue = open_queue(town)
    assert "waits for you" in queue
    assert queue.count("had a match here before") == 2, "of Priya, too, who comes back by the form"
    choose(town, "Marcus O'Neill", "Accept")
    town.beat()
    told = town.newest(MARCUS).reading
    assert "Good news, Marcus" in told
    assert "you wait for the next round" in told
    assert "We match people before" not in told, "that day was weeks ago"
    assert state_of(town, MARCUS) is JOINED


def test_the_parting_form_says_so_before_and_after(by_coordinator: Town) -> None:
    town = by_coordinator
    priya = town.person(PRIYA)
    shown = priya.command("/mentoring", "exit").view
    assert shown is not None
    assert "Yes, if the coordinator has a place for me" in shown.reading
    priya.close(all=True)
    said = part(town, PRIYA, again="yes")
    assert "A coordinator will read your wish for another match" in said
    assert "in line" not in said
    assert state_of(town, PRIYA) is APPLIED


def test_the_button_under_the_thanks_applies_and_pressing_it_again_says_the_same(town: Town) -> None:
    go_on(town)
    looked_at_first(town)
    town.person(PRIYA).change(locale="es-MX")
    for slack_id, words in ((MARCUS, "is with the coordinator"), (PRIYA, "leerá que quieres otra pareja")):
        for _ in range(2):
            assert words in town.press(slack_id, "pair.another").shown[0].reading
        assert state_of(town, slack_id) is APPLIED


def test_where_every_place_is_taken_whoever_comes_back_waits(town: Town) -> None:
    full_town(town)
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=2)
    part(town, PRIYA)
    for slack_id in (LEILA, JONAS):
        town.join(slack_id, "mentee", wants=["negotiation"])
    town.press(MARCUS, "pair.rematch")
    assert "so you're on its waiting list" in town.newest(MARCUS).reading
    assert state_of(town, MARCUS) is EnrollmentState.WAITING


def test_a_program_that_matches_late_comers_at_once_does_so_for_who_comes_back(town: Town) -> None:
    matched_town(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("late", "match")
    robin.submit()
    town.join(LEILA, "mentor", offers=["negotiation"])
    part(town, MARCUS)
    before = len(robin.inbox())
    town.press(PRIYA, "pair.rematch")
    town.beat()
    told = [each.reading for each in robin.inbox()[before:]]
    assert any("1 pair" in each for each in told)


def decline(town: Town, name: str) -> None:
    """Robin turns down an application."""
    open_queue(town)
    choose(town, name, "Decline…")
    robin = town.person(ROBIN)
    robin.fill("reason", "Next year.")
    robin.submit()
    robin.close(all=True)


def test_who_applied_for_another_match_graduates_once_they_are_turned_down(by_coordinator: Town) -> None:
    town = by_coordinator
    part(town, PRIYA, reason="reached", again="yes")
    town.later(days=10)
    assert not with_words(town, PRIYA, "has come to its end"), "the next match may come"
    decline(town, "Priya Raman")
    town.later(days=6)
    assert len(with_words(town, PRIYA, "has come to its end")) == 1


def test_who_leaves_the_line_after_a_pair_that_was_completed_graduates(town: Town) -> None:
    matched_town(town)
    part(town, PRIYA, reason="reached", again="yes")
    town.later(days=10)
    assert not with_words(town, PRIYA, "has come to its end"), "the next match may come"
    priya = town.person(PRIYA)
    priya.click(priya.command("/mentoring", "exit").shown[0], "join.leave")
    town.later(days=6)
    assert len(with_words(town, PRIYA, "has come to its end")) == 1


def test_who_was_turned_down_applies_where_others_are_in_at_once(town: Town) -> None:
    by_application(town)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    decline(town, "Priya Raman")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("rules", [])
    robin.submit()
    robin.close(all=True)
    town.join(PRIYA, "mentee", wants=["negotiation"])
    assert state_of(town, PRIYA) is APPLIED
    town.join(LEILA, "mentee", wants=["negotiation"])
    assert state_of(town, LEILA) is JOINED


def test_who_comes_back_by_the_form_hears_that_they_are_in_and_who_corrects_answers_does_not(
    town: Town,
) -> None:
    matched_town(town)
    part(town, PRIYA)
    town.join(PRIYA, "mentee", wants=["mediation"])
    assert "You're in, Priya" in town.newest(PRIYA).reading
    assert "you wait for the next round" in town.newest(PRIYA).reading
    town.later(days=1)
    town.join(PRIYA, "mentee", wants=["legal writing"])
    assert len(with_words(town, PRIYA, "You're in, Priya")) == 2


def test_a_mentor_of_two_is_in_the_next_round_with_the_place_that_is_free_and_stays_matched(
    town: Town,
) -> None:
    two_of_marcus(town, "2026-07-31")
    looked_at_first(town)
    town.later(days=1)
    part(town, PRIYA)
    town.press(MARCUS, "pair.rematch")
    assert "You're in line for the next round" in town.newest(MARCUS).reading
    assert state_of(town, MARCUS) is MATCHED, "Leila is with him, and nobody decides about that again"
    said = part(town, MARCUS, again="yes")
    assert "A coordinator will read your wish" in said
    assert state_of(town, MARCUS) is APPLIED


def test_a_mentor_of_two_who_wants_another_in_the_form_keeps_the_other_pair(town: Town) -> None:
    two_of_marcus(town, "2026-07-31")
    looked_at_first(town)
    town.later(days=1)
    marcus = town.person(MARCUS)
    marcus.click(marcus.command("/mentoring", "exit").shown[0], "Priya")
    marcus.fill("again", "yes")
    said = marcus.submit().view
    assert said is not None
    assert "You're in line for the next round" in said.reading
    assert state_of(town, MARCUS) is MATCHED


def of_home(town: Town, slack_id: str) -> str:
    person = town.person(slack_id)
    person.open_home()
    assert person.home is not None
    return person.home.reading


def test_home_offers_whoever_has_finished_a_way_back_until_the_last_day(town: Town) -> None:
    matched_town(town, ends_on="2026-03-27")
    part(town, PRIYA)
    assert "goes on until Friday, March 27. If you'd like another match" in of_home(town, PRIYA)
    town.person(PRIYA).click_home("join.open")
    assert town.person(PRIYA).view is not None
    town.person(PRIYA).close(all=True)
    town.press(MARCUS, "pair.rematch")
    assert "you're in line for a match, as a mentor" in of_home(town, MARCUS)
    assert "We match people before" not in of_home(town, MARCUS)
    town.until(datetime(2026, 3, 28, 20, tzinfo=UTC))
    for slack_id in (PRIYA, MARCUS):
        assert "Mentoring at Harbor Law" not in of_home(town, slack_id), "no match comes any more"


def test_whoever_types_join_again_reads_where_they_stand(town: Town) -> None:
    by_application(town)
    for slack_id, locale, words in (
        (PRIYA, "en-US", "Your application is with the coordinator."),
        (LEILA, "es-MX", "La coordinación tiene tu solicitud."),
    ):
        town.person(slack_id).change(locale=locale)
        town.join(slack_id, "mentee", wants=["negotiation"])
        said = town.person(slack_id).command("/mentoring", "join").shown[0].reading
        assert words in said
        assert "You're in." not in said
    open_queue(town)
    choose(town, "Priya Raman", "Accept")
    assert "You're in." in town.person(PRIYA).command("/mentoring", "join").shown[0].reading


def test_exit_asks_whoever_is_in_line_and_has_a_pair_which_they_mean(town: Town) -> None:
    go_on(town)
    town.press(PRIYA, "pair.another")
    priya = town.person(PRIYA)
    shown = priya.command("/mentoring", "exit")
    assert shown.view is None
    (asked,) = shown.shown
    assert "What would you like to leave?" in asked.reading
    assert "you're in line for a match" in asked.reading
    assert "You and Marcus" in asked.reading
    assert asked.buttons == ["Leave the list", "Part ways"]
    form = priya.click(asked, "pair.part").view
    assert form is not None
    assert "You and Marcus no longer go on casually once you send this" in form.reading
    assert "Would you like another match?" not in form.reading, "she has asked for one"
    priya.close(all=True)
    priya.click(asked, "join.leave")
    assert state_of(town, PRIYA) is EnrollmentState.FINISHED, "what she has of it stays hers"
    form = priya.command("/mentoring", "exit").view
    assert form is not None
    assert "You and Marcus no longer go on casually once you send this" in form.reading


def test_exit_of_an_application_says_that_it_is_one_and_asks_nothing(town: Town) -> None:
    by_application(town)
    town.person(PRIYA).change(locale="es-MX")
    for slack_id, words in ((LEILA, "your application is with the"), (PRIYA, "tiene tu solicitud")):
        town.join(slack_id, "mentee", wants=["negotiation"])
        (shown,) = town.person(slack_id).command("/mentoring", "exit").shown
        assert words in shown.reading
        assert len(shown.buttons) == 1
    town.person(LEILA).click(town.person(LEILA).command("/mentoring", "exit").shown[0], "join.leave")
    assert state_of(town, LEILA) is EnrollmentState.LEFT


def test_who_left_a_group_and_then_the_line_has_finished_and_can_come_back(town: Town) -> None:
    group_town(town)
    form = town.person(PRIYA).command("/mentoring", "exit").view
    assert form is not None
    assert "Marcus, Leila and Jonas get a few kind words" in form.reading
    town.person(PRIYA).close(all=True)
    part(town, PRIYA, again="yes")
    priya = town.person(PRIYA)
    priya.click(priya.command("/mentoring", "exit").shown[0], "join.leave")
    assert state_of(town, PRIYA) is EnrollmentState.FINISHED
    assert "you can come back any time" in of_home(town, PRIYA)


def test_a_mentor_of_two_who_wants_no_other_is_offered_none(town: Town) -> None:
    two_of_marcus(town, "2026-07-31")
    town.later(days=1)
    part(town, PRIYA, again="yes")
    town.press(MARCUS, "pair.no_rematch")
    assert "one mentee is enough for now" in town.newest(MARCUS).reading
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match new")
    town.beat()
    assert "There is no mentor in this round." in town.newest(ROBIN).reading
    assert state_of(town, MARCUS) is MATCHED


def test_whoever_is_matched_reads_that_and_not_that_nothing_is_open(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    for line, english, spanish in (
        ("join", "You're in, and matched.", "Ya estás dentro y tienes pareja."),
        ("profile", "what you answered stays as it is", "tus respuestas quedan como están"),
    ):
        for locale, words in (("en-US", english), ("es-MX", spanish)):
            priya.change(locale=locale)
            assert words in priya.command("/mentoring", line).shown[0].reading
    town.until(datetime(2026, 8, 2, tzinfo=UTC))
    assert "Ya estás dentro" not in priya.command("/mentoring", "join").shown[0].reading
