"""A pair that has had its time: whoever closes it has parted from nobody, and no match comes any more."""

from datetime import UTC, datetime

from mentoring.enrollment import EnrollmentState
from mentoring.pairs import Ending
from mentoring.programs import ProgramState
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_pair_life import ending_of, part, state_of
from tests.journeys.test_phase_stories import two_of_marcus, with_control, with_words
from tests.support.beginnings import beginning
from tests.support.town import JONAS, MARCUS, PRIYA, ROBIN, Town, send

LAST_DAY = "2026-03-13"
AFTER = datetime(2026, 3, 18, tzinfo=UTC)


@beginning
def over(town: Town, *, casual: bool = False) -> Town:
    """The program has been over for some days, and Priya and Marcus have not been closed yet, or go on."""
    agreed_town(town, ends_on=LAST_DAY)
    if casual:
        town.until(datetime(2026, 3, 13, 21, tzinfo=UTC))
        for slack_id in (PRIYA, MARCUS):
            town.press(slack_id, "phase.go_on")
    town.until(AFTER)
    return town


def test_whoever_leaves_a_pair_after_its_last_day_has_completed_it_and_leaves_in_silence(town: Town) -> None:
    over(town)
    heard = len(town.person(MARCUS).inbox())
    part(town, PRIYA)
    town.later(days=3)
    assert ending_of(town) == Ending.COMPLETED
    assert not with_control(town, MARCUS, "pair.rematch")
    assert len(town.person(MARCUS).inbox()) == heard
    assert not with_words(town, ROBIN, "have ended their pairing")


def test_nobody_is_asked_about_another_match_when_the_program_has_none(town: Town) -> None:
    over(town, casual=True)
    form = town.person(PRIYA).command("/mentoring", "exit").view
    assert form is not None
    assert "another match" not in form.reading
    town.person(PRIYA).submit()
    town.later(days=1)
    (told,) = with_words(town, MARCUS, "no longer go on casually, as happens; it says nothing about you")
    assert told.buttons == []
    assert "another match" not in told.reading
    assert ending_of(town) == Ending.COMPLETED


def test_a_casual_pair_of_somebody_who_leaves_the_firm_ends_without_a_question(town: Town) -> None:
    over(town, casual=True)
    town.person(PRIYA).deactivate()
    town.later(days=1)
    (told,) = with_words(town, MARCUS, "is no longer in this workspace")
    assert told.buttons == []


def test_nobody_new_is_invited_joins_or_is_paired_though_it_closes_only_later(town: Town) -> None:
    two_of_marcus(town, LAST_DAY)
    town.until(AFTER)
    assert town.program().state is ProgramState.ENROLLING
    assert "No program is open" in town.person(JONAS).command("/mentoring", "join").shown[0].reading
    robin = town.person(ROBIN)
    for typed in (f"invite <@{JONAS}>", f"pair <@{JONAS}> <@{MARCUS}>", "match new"):
        assert "has had its last day" in robin.command("/mentoring", typed).shown[0].reading, typed
    jonas = town.person(JONAS)
    jonas.open_home()
    assert jonas.home is not None
    assert "Mentoring at Harbor Law" not in jonas.home.reading


def test_whoever_agreed_on_an_earlier_last_day_can_join_again_while_the_program_goes_on(town: Town) -> None:
    agreed_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agreement")
    priya.submit()
    priya.fill("ends_on", "2026-02-27")
    send(priya)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    town.until(datetime(2026, 2, 27, tzinfo=UTC))
    assert state_of(town, PRIYA) is EnrollmentState.MATCHED
    town.until(datetime(2026, 3, 1, tzinfo=UTC))
    assert state_of(town, PRIYA) is EnrollmentState.FINISHED
    town.until(datetime(2026, 3, 16, tzinfo=UTC))
    assert ending_of(town) == Ending.COMPLETED
    town.join(PRIYA, "mentee", wants=["negotiation"])
    assert state_of(town, PRIYA) is EnrollmentState.JOINED


def test_a_yes_to_another_match_that_comes_after_the_last_day_is_too_late(town: Town) -> None:
    agreed_town(town, ends_on=LAST_DAY)
    town.until(datetime(2026, 3, 12, tzinfo=UTC))
    part(town, PRIYA)
    asked = town.with_button(town.person(MARCUS).inbox(), "pair.rematch")
    town.until(AFTER)
    assert "has closed" in town.person(MARCUS).click(asked, "pair.rematch").shown[0].reading
