"""A program with so many places and no more: whoever comes then waits, and hears when there is one."""

from mentoring.enrollment import EnrollmentState
from playground import Message
from storage.participants import participants
from tests.journeys.test_charter import WHOLE, walk
from tests.support.beginnings import beginning
from tests.support.desk import home, typed
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, fill_where_asked


@beginning
def full_town(town: Town, places: str = "2") -> None:
    """Two places, and Priya and Marcus have them."""
    town.claim()
    town.person(ROBIN).command("/mentoring", "program new")
    walk(town, WHOLE | {"capacity": places})
    town.person(ROBIN).close(all=True)
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    town.join(MARCUS, "mentor", offers=["negotiation"])


def states(town: Town) -> dict[str, EnrollmentState]:
    with town.database.read() as session:
        found = participants(session, town.program().id)
        return {each.person.slack_id: each.enrollment.state for each in found}


def test_whoever_joins_a_full_program_is_told_first_and_goes_on_the_waiting_list(town: Town) -> None:
    full_town(town)
    leila = town.person(LEILA)
    leila.click(leila.command("/mentoring", "join").shown[0], "join.open")
    assert leila.view is not None
    assert "Every place is taken right now." in leila.view.reading
    leila.close(all=True)
    town.join(LEILA, "mentee", wants=["negotiation"])
    assert states(town)[LEILA] is EnrollmentState.WAITING
    assert "so you're on its waiting list" in town.newest(LEILA).reading
    assert states(town)[MARCUS] is EnrollmentState.JOINED


def test_whoever_has_a_place_is_told_nothing_of_a_waiting_list_and_keeps_it(town: Town) -> None:
    full_town(town)
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "profile")
    assert marcus.view is not None
    assert "Every place is taken" not in marcus.view.reading
    marcus.close(all=True)
    assert "Every place is taken" not in town.newest(MARCUS).reading


def test_a_place_that_is_free_again_is_on_the_coordinators_home_and_goes_to_who_waits(town: Town) -> None:
    full_town(town)
    town.join(LEILA, "mentee", wants=["negotiation"])
    queue = typed(town, "applications")
    assert "Every place is taken, as the charter has it." in queue
    assert queue.index("Leila Petrov") < queue.index("Priya Raman")
    robin = town.person(ROBIN)
    refused = decide(town, LEILA)
    assert "Every place of Mentoring at Harbor Law 2026 is taken." in refused
    assert states(town)[LEILA] is EnrollmentState.WAITING
    robin.close(all=True)
    assert "place for the waiting list" not in home(town).reading

    leave(town, PRIYA)
    assert "1 place for the waiting list" in home(town).reading
    robin.click_home("apply.queue")
    assert robin.view is not None
    assert "1 more person can take part" in robin.view.reading
    decide(town, LEILA)
    robin.close(all=True)
    town.beat()
    assert states(town)[LEILA] is EnrollmentState.JOINED
    assert "you're in Mentoring at Harbor Law" in town.newest(LEILA).reading
    assert "place for the waiting list" not in home(town).reading


def test_a_free_place_is_offered_to_who_is_next_in_line_in_one_tap(town: Town) -> None:
    full_town(town)
    town.join(LEILA, "mentee", wants=["negotiation"])
    town.join(JONAS, "mentee", wants=["negotiation"])
    town.later(days=3)
    assert free_places_told(town) == [], "no place is free"
    leave(town, PRIYA)
    town.later(days=5)
    (told,) = free_places_told(town)
    assert "A place is free in" in told.reading
    assert "Leila Petrov has waited longest, with 1 more on the list" in told.reading
    town.person(ROBIN).click(told, "apply.offer")
    town.beat()
    assert any("Leila Petrov is in" in each.reading for each in town.person(ROBIN).inbox())
    assert states(town)[LEILA] is EnrollmentState.JOINED
    assert "you're in Mentoring at Harbor Law" in town.newest(LEILA).reading
    again = town.person(ROBIN).click(told, "apply.offer", stale=True).shown
    assert "Leila Petrov is not on the waiting list any more" in again[0].reading
    town.later(days=5)
    assert len(free_places_told(town)) <= 1, "the place is taken, so Jonas is not offered it"
    assert states(town)[JONAS] is EnrollmentState.WAITING


def free_places_told(town: Town) -> list[Message]:
    """What Robin was told of free places."""
    offers = [each for each in town.person(ROBIN).inbox() if "See the list" in each.reading]
    return [each for each in offers if "free in" in each.reading]


def test_a_higher_number_in_the_charter_makes_room_and_no_number_sets_no_limit(town: Town) -> None:
    full_town(town)
    town.join(LEILA, "mentee", wants=["negotiation"])
    typed(town, "charter")
    robin = town.person(ROBIN)
    robin.press("charter.edit_2")
    robin.fill("capacity", "3")
    robin.submit()
    robin.close(all=True)
    assert "1 place for the waiting list" in home(town).reading


def test_many_applications_are_not_taken_in_at_once_beyond_the_places(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE | {"capacity": "2"})
    robin.close(all=True)
    town.open()
    typed(town, "match settings")
    fill_where_asked(robin, {"rules": ["by_application"]})
    robin.submit()
    robin.close(all=True)
    for who in (PRIYA, MARCUS, JONAS):
        town.join(who, "mentee", wants=["negotiation"])
    typed(town, "applications")
    robin.press("apply.accept_all")
    assert robin.view is not None
    assert "3 people wait, and 2 places are free." in robin.view.reading
    assert set(states(town).values()) == {EnrollmentState.APPLIED}


def decide(town: Town, slack_id: str) -> str:
    """Robin accepts somebody in the open queue; what it shows then."""
    robin = town.person(ROBIN)
    assert robin.view is not None
    name = {LEILA: "Leila Petrov"}[slack_id]
    block = next(each for each in robin.view.blocks if name in str(each.get("text", {})))
    menu = block["accessory"]
    robin.press((block["block_id"], menu["action_id"]), option="Accept")
    return robin.view.reading


def leave(town: Town, slack_id: str) -> None:
    """Somebody on the list leaves by their Home."""
    person = town.person(slack_id)
    person.open_home()
    person.click_home("join.leave")


def test_whoever_waits_without_a_match_can_leave_by_typing_too(town: Town) -> None:
    full_town(town)
    priya = town.person(PRIYA)
    shown = priya.command("/mentoring", "exit").shown[0]
    assert "You can leave the list any time, without a reason." in shown.reading
    priya.click(shown, "join.leave")
    assert states(town)[PRIYA] is EnrollmentState.LEFT
    assert "You aren't in a pair right now." in priya.command("/mentoring", "exit").shown[0].reading
