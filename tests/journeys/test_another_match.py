"""Going on casually is nobody's last match: while the program runs, each of them may have another."""

from datetime import UTC, datetime

from mentoring.enrollment import EnrollmentState
from storage.sendings import candidates
from tests.journeys.test_main_job import matched_town
from tests.journeys.test_pair_life import part, state_of
from tests.journeys.test_phase_stories import with_words
from tests.support.beginnings import beginning
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, send

JOINED, FINISHED = EnrollmentState.JOINED, EnrollmentState.FINISHED


def end_on_march_6(town: Town) -> None:
    """Priya and Marcus agree on a last day that is three weeks before the program's."""
    priya = town.person(PRIYA)
    town.press(PRIYA, "agreement.open", in_room=(PRIYA, MARCUS))
    priya.submit()
    priya.fill("ends_on", "2026-03-06")
    send(priya)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")


@beginning
def go_on(town: Town) -> None:
    """Priya and Marcus agree to end on March 6, three weeks before the program does, and go on as equals."""
    matched_town(town, ends_on="2026-03-27")
    end_on_march_6(town)
    town.until(datetime(2026, 3, 6, 20, tzinfo=UTC))
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "phase.go_on")
    town.until(datetime(2026, 3, 10, 20, tzinfo=UTC))


def match_again(town: Town) -> str:
    """Robin runs another round and approves what it proposes; gives what they read of the proposal."""
    town.person(ROBIN).command("/mentoring", "match new")
    town.beat()
    shown = town.press(ROBIN, "match.review").view
    assert shown is not None
    town.person(ROBIN).submit()
    town.later(days=1)
    return shown.reading


def test_a_mentee_asks_for_another_mentor_and_keeps_the_one_they_go_on_with(town: Town) -> None:
    town.person(MARCUS).change(locale="es-MX")
    go_on(town)
    (farewell,) = with_words(town, MARCUS, "tu tiempo en el programa llegó a su fin")
    assert "terminó para ti, y tú y Priya siguen como iguales" in farewell.reading
    assert "El programa sigue hasta el viernes 27 de marzo. Si quieres que busquemos" in farewell.reading
    assert "Buscar a otra persona" in farewell.buttons
    town.join(LEILA, "mentor", offers=["negotiation"])
    (farewell,) = with_words(town, PRIYA, "your time in the program has come to its end")
    assert "is over for you, and you and Marcus go on as equals" in farewell.reading
    assert "The program itself goes on until Friday, March 27" in farewell.reading
    assert "only the program team sees it" in farewell.reading
    assert "in line for the next round" in town.press(PRIYA, "pair.another").shown[0].reading
    (farewell,) = with_words(town, PRIYA, "your time in the program has come to its end")
    assert "My certificate" in farewell.buttons, "the answer takes nothing away that they keep"
    proposed = match_again(town)
    assert "Leila" in proposed
    assert "Marcus" not in proposed
    assert town.room(PRIYA, LEILA)
    priya = town.person(PRIYA)
    priya.open_home()
    assert priya.home is not None
    assert "Marcus" in priya.home.reading
    assert "Leila" in priya.home.reading
    part(town, LEILA)
    town.press(PRIYA, "pair.rematch")
    assert state_of(town, PRIYA) is JOINED, "the casual pair is no pair that they are in again"


def test_a_mentor_has_their_place_back_once_they_ask_and_nobody_is_matched_unasked(town: Town) -> None:
    go_on(town)
    town.join(JONAS, "mentee", wants=["mediation"])
    town.join(LEILA, "mentor", offers=["mediation"])
    proposed = match_again(town)
    assert "Leila" in proposed
    assert "Priya" not in proposed
    assert "Marcus" not in proposed
    part(town, JONAS, again="yes")
    robin = town.person(ROBIN)
    by_hand = f"pair <@{MARCUS}> <@{JONAS}>"
    assert "Marcus has finished with" in robin.command("/mentoring", by_hand).shown[0].reading
    town.press(MARCUS, "pair.another")
    robin.command("/mentoring", by_hand)
    robin.submit()
    town.later(days=1)
    assert town.room(JONAS, MARCUS)


def test_those_who_go_on_are_not_matched_anew_and_keep_their_places_in_line_when_it_ends(town: Town) -> None:
    go_on(town)
    for slack_id in (PRIYA, MARCUS):
        town.press(slack_id, "pair.another")
    town.person(ROBIN).command("/mentoring", "match new")
    town.beat()
    assert "2 people without a match" in town.newest(ROBIN).reading
    with town.database.read() as session:
        waiting = candidates(session, town.program(), town.clock.now())
    assert [each.pairs for each in waiting] == [(), ()], "a survey for those without a match goes to them"
    shown = town.person(ROBIN).command("/mentoring", f"pair <@{MARCUS}> <@{PRIYA}>").shown[0]
    assert "paired not long ago" in shown.reading
    part(town, MARCUS)
    assert (state_of(town, PRIYA), state_of(town, MARCUS)) == (JOINED, JOINED)


def test_the_command_brings_people_back_where_nobody_new_joins_late_until_the_last_day(town: Town) -> None:
    go_on(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "match settings")
    robin.fill("late", "closed")
    robin.submit()
    assert "No program is open" in town.person(JONAS).command("/mentoring", "join").shown[0].reading
    town.join(PRIYA, "mentee", wants=["mediation"])
    assert state_of(town, PRIYA) is JOINED
    (farewell,) = with_words(town, MARCUS, "your time in the program has come to its end")
    town.until(datetime(2026, 3, 28, 20, tzinfo=UTC))
    assert "has closed" in town.person(MARCUS).click(farewell, "pair.another").shown[0].reading
    assert state_of(town, MARCUS) is FINISHED
