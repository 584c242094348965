"""A roster dropped into Slack: read, shown as a difference, taken or left; nothing of the file is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.rehearsal.stage import MANIFEST
from mentoring.enrollment import EnrollmentState
from mentoring.rights import REFUSALS, Need
from playground import Message
from playground.faults import FaultKind
from playground.manifest import read_manifest
from storage.participants import participants
from storage.tables import RosterFileRow
from tests.support.desk import typed
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

GOOD = f"""user_id,name,role,offers,wants
{MARCUS},Marcus O'Neill,mentor,negotiation,
{PRIYA},Priya Raman,mentee,,negotiation
"""


@pytest.fixture
def firm(town: Town) -> Town:
    town.claim()
    town.draft()
    return town


def drop(town: Town, content: bytes) -> Message:
    """Robin drops a file, and reads what comes of it."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "import")
    robin.attach("roster", ("roster.csv", content))
    robin.submit()
    robin.close(all=True)
    town.beat()
    return robin.inbox()[-1]


def on_the_list(town: Town) -> dict[str, EnrollmentState]:
    with town.database.read() as session:
        found = participants(session, town.program().id)
    return {each.person.slack_id: each.enrollment.state for each in found}


def kept(town: Town) -> list[str | None]:
    with town.database.read() as session:
        return [*session.scalars(select(RosterFileRow.text))]


def test_a_dropped_roster_is_shown_as_a_difference_and_changes_nothing_by_itself(firm: Town) -> None:
    asked = drop(firm, GOOD.encode())
    assert "2 new, 0 corrected, 0 the same." in asked.reading
    assert "+ Priya Raman" in asked.reading
    assert on_the_list(firm) == {}


def test_it_is_taken_with_one_tap_and_then_nothing_of_it_is_kept(firm: Town) -> None:
    asked = drop(firm, GOOD.encode())
    robin = firm.person(ROBIN)
    robin.click(asked, "roster.take")
    assert "Imported: 2 new, 0 corrected." in robin.inbox()[-1].reading
    assert on_the_list(firm) == {MARCUS: EnrollmentState.INVITED, PRIYA: EnrollmentState.INVITED}
    assert kept(firm) == []
    firm.person(PRIYA).open_home()
    home = firm.person(PRIYA).home
    assert home is not None
    assert "Mentoring at Harbor Law" not in home.reading, "a draft is nobody's business yet"
    assert "no longer open" in robin.click(asked, "roster.take", stale=True).shown[0].text
    again = drop(firm, GOOD.replace(",,negotiation", ",,mediation").encode())
    assert "0 new, 1 corrected, 1 the same." in again.reading
    assert "~ Priya Raman: wants" in again.reading


def test_who_comes_with_a_roster_is_asked_when_enrollment_opens_and_later_when_the_coordinator_says_so(
    firm: Town,
) -> None:
    robin = firm.person(ROBIN)
    robin.click(drop(firm, GOOD.encode()), "roster.take")
    assert "Nobody is asked yet: 2 people hear from me when you open enrollment." in robin.inbox()[-1].reading
    assert "Priya Raman, mentee · on the list, not asked yet" in typed(firm, "people")
    robin.close(all=True)
    firm.open()
    assert "Priya Raman, mentee · invited" in typed(firm, "people")
    robin.close(all=True)
    robin.click(drop(firm, (GOOD + f"{JONAS},Jonas Ito,mentee,,mediation\n").encode()), "roster.take")
    assert "I'm asking 1 person now" in robin.inbox()[-1].reading
    firm.join(PRIYA, "mentee", wants=["negotiation"], languages=["en"])
    firm.join(MARCUS, "mentor", offers=["negotiation"], languages=["en"])
    match(firm)
    late = f"{LEILA},Leila Petrov,mentor,mediation,\n"
    robin.click(drop(firm, (GOOD + late).encode()), "roster.take")
    said = robin.inbox()[-1]
    assert "I write to nobody unasked. 1 person on the list was never asked." in said.reading
    firm.later(days=3)
    assert not firm.person(LEILA).inbox()
    assert "Leila Petrov: was not asked yet" in unfinished(firm)
    asked = robin.click(said, "Ask 1 person").shown[0]
    assert "I'm asking 1 person to join" in asked.reading
    firm.later(days=1)
    assert "Leila" in firm.newest(LEILA).reading
    assert "Ask 1 person" not in unfinished(firm)
    assert "everybody on the list was asked already" in robin.click(said, "Ask 1 person").shown[0].text


def match(firm: Town) -> None:
    firm.person(ROBIN).command("/mentoring", "match")
    firm.beat()
    firm.press(ROBIN, "match.review")
    firm.person(ROBIN).submit()
    firm.person(ROBIN).close(all=True)
    firm.later(days=1)


def unfinished(firm: Town) -> str:
    """Who has not said yes, as the coordinator reads it."""
    robin = firm.person(ROBIN)
    robin.command("/mentoring", "applications")
    view = robin.press("apply.unfinished").view
    robin.close(all=True)
    return view.reading if view else ""


def test_it_can_be_left_and_nobody_is_told(firm: Town) -> None:
    asked = drop(firm, GOOD.encode())
    firm.person(ROBIN).click(asked, "roster.drop")
    assert on_the_list(firm) == {}
    assert kept(firm) == []


@pytest.mark.parametrize("trouble", ["ratelimited", "500", "drop"])
def test_a_slack_in_trouble_is_asked_again_until_it_answers(firm: Town, trouble: FaultKind) -> None:
    firm.playground.faults.inject("files.info", trouble, times=2)
    drop(firm, GOOD.encode())
    firm.later(minutes=10)
    assert "2 new, 0 corrected, 0 the same." in firm.newest(ROBIN).reading


def test_faults_are_named_with_their_line_and_there_is_nothing_to_press(firm: Town) -> None:
    said = drop(firm, (GOOD + f"{JONAS},Jonas Ito,boss,,\nU0NOBODY,No Body,mentee,,\n").encode())
    assert "4 role: “boss” is not a role." in said.reading
    assert said.buttons == []
    said = drop(firm, (GOOD + "U0NOBODY,No Body,mentee,,\n").encode())
    assert "4 user_id: Nobody in Harbor Law has the id U0NOBODY." in said.reading


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\xff\xfe\x00", "That is no text file."),
        (b"", "The file is empty."),
        (b"x" * 5_000_001, "That file is too large"),
        (b"x" * 20_000_000, "That file is too large"),
        (b"a;b;c\n1;2;3\n", "separated by semicolons"),
    ],
)
def test_what_is_no_roster_is_explained(firm: Town, content: bytes, says: str) -> None:
    assert says in drop(firm, content).reading


def test_without_the_right_to_read_files_it_says_who_can_help(firm: Town) -> None:
    manifest = read_manifest(MANIFEST)
    assert "files:read" in manifest.bot_scopes
    few = tuple(each for each in manifest.bot_scopes if each != "files:read")
    firm.playground.world.manifest = replace(manifest, bot_scopes=few)
    said = drop(firm, GOOD.encode())
    assert "I may not read files here." in said.reading
    firm.playground.world.calls.clear()  # refused on purpose


def test_only_who_runs_a_program_imports(firm: Town) -> None:
    assert REFUSALS[Need.ANY_COORDINATOR] in firm.person(PRIYA).command("/mentoring", "import").shown[0].text


def test_a_roster_nobody_decides_on_is_put_away_after_a_week(firm: Town) -> None:
    drop(firm, GOOD.encode())
    firm.bot.forget()
    assert kept(firm) == [GOOD]
    firm.clock.move_to(firm.clock.now() + timedelta(days=8))
    firm.bot.forget()
    assert kept(firm) == []
