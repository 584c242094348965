"""Who leaves: a group goes on without one of them, a pairing of two ends; also where nobody listened."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from mentoring.enrollment import EnrollmentState
from mentoring.pairs import Ending
from playground import Message
from storage.tables import AgreementRow, MemberRow, PairRow
from tests.journeys.test_exports import exported, lines
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_pair_life import ending_of, part, state_of
from tests.journeys.test_phase_stories import with_words
from tests.support.beginnings import beginning
from tests.support.queries import queries
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, send


@beginning
def group_town(town: Town, **program: str) -> None:
    """Marcus mentors Priya, Leila and Jonas together."""
    town.claim()
    town.draft(kind="group", **program)
    town.open()
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="3", level="5")
    for slack_id in (PRIYA, LEILA, JONAS):
        town.join(slack_id, "mentee", wants=["negotiation"], level="1")
    town.person(ROBIN).command("/mentoring", "match")
    town.beat()
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    town.later(days=2)
    assert town.room(MARCUS, PRIYA, LEILA, JONAS)


def members(town: Town) -> int:
    with town.database.read() as session:
        return len(list(session.scalars(select(MemberRow))))


def test_a_group_goes_on_without_one_of_them_and_is_told_in_a_room_of_its_own(town: Town) -> None:
    group_town(town)
    said = part(town, PRIYA, reason="time")
    assert "You've left the group" in said
    assert members(town) == 3
    assert ending_of(town) is None
    room = town.room(MARCUS, LEILA, JONAS)
    rooms = [each for each in town.person(MARCUS).group_dms() if PRIYA not in each.members]
    assert len(rooms) == 1
    told = town.person(MARCUS).messages(rooms[0].id)[-1].reading
    assert "Priya no longer takes part in this group" in told
    assert "time" not in told
    assert room
    assert state_of(town, PRIYA) is EnrollmentState.FINISHED
    assert state_of(town, LEILA) is EnrollmentState.MATCHED
    assert "Priya no longer takes part in the group of Marcus" in town.newest(ROBIN).reading


def file_for(town: Town, slack_id: str, command: str, press: str) -> str:
    """The file somebody gets who presses this in the form that a command opens."""
    person = town.person(slack_id)
    person.command("/mentoring", command)
    person.press(press)
    person.close(all=True)
    town.later(minutes=2)
    file = next(each for message in reversed(person.inbox()) for each in message.files)
    return person.download(file["id"]).decode("utf-8-sig")


def hours_of(town: Town, slack_id: str) -> list[str]:
    """The log of hours that somebody's portfolio offers, without heading and total."""
    return file_for(town, slack_id, "portfolio", "paper.hours").splitlines()[1:-1]


def test_what_somebody_did_in_a_group_before_they_left_it_stays_theirs(town: Town) -> None:
    group_town(town)
    town.later(days=5)
    town.person(MARCUS).command("/mentoring", "met yesterday")
    part(town, PRIYA, reason="time")
    town.later(days=7)
    town.person(MARCUS).command("/mentoring", "met yesterday")
    (mine,) = hours_of(town, PRIYA)
    assert "Leila Petrov" in mine
    assert len(hours_of(town, LEILA)) == 2
    copy = json.loads(file_for(town, PRIYA, "privacy", "privacy.copy"))["held_about_you"]
    assert len(copy["meeting"]) == len(copy["past_member"]) == 1
    rows = {
        row["user_id"]: (row["pairs"], row["meetings_held"]) for row in lines(exported(town, "people csv"))
    }
    assert (rows[PRIYA], rows[LEILA]) == (("1", "1"), ("1", "2"))


def test_a_group_goes_on_without_somebody_who_deletes_their_data(town: Town) -> None:
    group_town(town)
    leila = town.person(LEILA)
    leila.command("/mentoring", "privacy")
    asked = leila.press("privacy.open_delete").view
    assert asked is not None
    assert "your group goes on without you" in asked.reading
    leila.fill("sure", ["yes"])
    leila.submit()
    town.later(days=1)
    assert ending_of(town) is None
    assert members(town) == 3
    assert "someone no longer takes part" in town.newest(ROBIN).reading.lower()


def test_whoever_leaves_a_group_where_they_wanted_to_be_has_made_it_and_graduates(town: Town) -> None:
    group_town(town)
    part(town, JONAS, reason="reached")
    town.later(days=4)
    thanks = town.with_button(town.person(JONAS).inbox(), "paper.certificate")
    assert "Mentoring at Harbor Law is over for you." in thanks.reading
    town.press(JONAS, "paper.certificate")
    town.beat()
    files = [file["name"] for each in town.person(JONAS).inbox() for file in each.files]
    assert files == ["certificate.pdf"]
    assert not [each for each in town.person(LEILA).inbox() if "My certificate" in each.buttons]


def test_whoever_made_it_in_a_group_and_is_in_line_graduates_with_the_program_or_when_they_leave_the_line(
    town: Town,
) -> None:
    group_town(town, ends_on="2026-03-13")
    for slack_id in (JONAS, LEILA):
        part(town, slack_id, reason="reached", again="yes")
    town.later(days=4)
    assert not [farewells(town, each) for each in (JONAS, LEILA) if farewells(town, each)]
    leila = town.person(LEILA)
    leila.click(leila.command("/mentoring", "exit").shown[0], "join.leave")
    town.later(days=2)
    assert len(farewells(town, LEILA)) == 1
    assert not farewells(town, JONAS), "another match may still come"
    town.until(datetime(2026, 3, 20, tzinfo=UTC))
    (thanks,) = farewells(town, JONAS)
    assert "My certificate" in thanks.buttons
    assert len(farewells(town, LEILA)) == 1


def farewells(town: Town, slack_id: str) -> list[Message]:
    return with_words(town, slack_id, "your time in the program has come to its end")


def test_in_a_group_the_others_hear_who_of_them_takes_a_break(town: Town) -> None:
    group_town(town)
    town.person(LEILA).command("/mentoring", "pause until March 20")
    town.later(days=3)
    for who in (PRIYA, MARCUS):
        (said,) = [each.reading for each in town.person(who).inbox() if "away until" in each.reading]
        assert said.startswith("Leila is away until"), who


def test_a_group_without_its_mentor_ends(town: Town) -> None:
    group_town(town)
    part(town, MARCUS)
    assert ending_of(town) == Ending.PARTED
    for slack_id in (PRIYA, LEILA, JONAS):
        assert "has come to an end" in town.newest(slack_id).reading


def test_a_group_that_ends_asks_no_more_of_where_its_people_stand_than_a_pair(town: Town) -> None:
    group_town(town)
    marcus = town.person(MARCUS)

    def asked_by(leaves: Callable[[], object]) -> int:
        with queries(town.database) as asked:
            leaves()
        return sum("enrollment" in each for each in asked)

    marcus.command("/mentoring", "exit")
    of_four = asked_by(marcus.submit)
    marcus.close(all=True)
    town.join(MARCUS, "mentor", offers=["negotiation"], capacity="1", level="5")
    town.join(PRIYA, "mentee", wants=["negotiation"], level="1")
    robin = town.person(ROBIN)
    robin.command("/mentoring", f"pair <@{MARCUS}> <@{PRIYA}>")
    robin.submit()
    town.later(days=1)
    marcus.command("/mentoring", "exit")
    assert of_four == asked_by(marcus.submit)


def test_a_proposal_does_not_come_into_force_because_somebody_left(town: Town) -> None:
    group_town(town)
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "agreement")
    send(marcus)
    town.later(days=1)
    for slack_id in (LEILA, JONAS):
        town.press(slack_id, "agreement.accept")
    part(town, PRIYA)
    with town.database.read() as session:
        assert [each.state for each in session.scalars(select(AgreementRow))] == ["replaced"]


def test_who_left_while_nobody_listened_is_found_in_the_days_list_of_people(town: Town) -> None:
    agreed_town(town)
    world = town.playground.world
    world.add_member(replace(world.members[PRIYA], deleted=True))
    town.later(days=1)
    assert ending_of(town) is None, "no event has told"
    town.bot.refresh_directory()
    town.later(days=1)
    assert ending_of(town) == Ending.LEFT
    assert "no longer in this workspace" in town.newest(MARCUS).reading
    town.bot.refresh_directory()
    with town.database.read() as session:
        assert len(list(session.scalars(select(PairRow)))) == 1


def test_a_group_member_whose_account_goes_leaves_the_group(town: Town) -> None:
    group_town(town)
    town.person(LEILA).deactivate()
    town.later(days=1)
    assert members(town) == 3
    assert ending_of(town) is None
