"""The charter: four short steps, what is open and what blocks, stakeholders, files, the next cycle."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mentoring.charter import BLOCKING, Point, charter_of, next_cycle, open_points, with_charter
from mentoring.kinds import ProgramKind
from mentoring.programs import Program, ProgramState
from mentoring.reports.targets import targets_of
from storage.programs import programs
from storage.tables import StakeholderRow
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town, fill_where_asked

WHOLE: dict[str, Any] = {
    "name": "Mentoring at Harbor Law 2026",
    "purpose": "Associates grow faster with somebody who has been there.",
    "starts_on": "2026-02-02",
    "ends_on": "2026-07-31",
    "audience": "Associates in their first three years",
    "capacity": "40",
    "hours": "3",
    "cadence": "monthly:1",
    "phases": "even",
    "need": "Too many leave in year two.",
    "goals": "Keep people\n• Share what seniors know",
    "target_met": "90",
    "target_meetings": "8",
    "sponsor_name": "Dana Whitfield, managing partner",
    "sponsor_words": "A good mentor changed my career.",
    "funding": "The learning budget",
    "support": "Robin, a day a week",
    "logistics": "Sign-up in January, lessons in the first month",
}


def walk(town: Town, said: dict[str, Any], steps: int = 4) -> list[str]:
    """Robin fills in the steps as they come; what each said."""
    robin = town.person(ROBIN)
    read = []
    for _ in range(steps):
        assert robin.view is not None
        read.append(robin.view.reading)
        fill_where_asked(robin, said)
        robin.submit()
    return read


def charter_page(town: Town) -> str:
    robin = town.person(ROBIN)
    robin.command("/mentoring", "charter")
    assert robin.view is not None
    return robin.view.reading


def test_a_charter_is_four_short_steps_and_then_one_page_with_nothing_open(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    read = walk(town, WHOLE)
    assert [f"Step {number} of 4" in text for number, text in enumerate(read, 1)] == [True] * 4
    assert robin.view is not None
    page = robin.view.reading
    assert "Nothing is open." in page
    for text in (
        "Associates grow faster",
        "once a month",
        "40 people",
        "3 hours a month",
        "90%",
        "Too many leave",
    ):
        assert text in page, text
    about = town.program()
    assert (about.hours_per_month, about.cadence, about.state) == (3, "monthly:1", ProgramState.DRAFT)
    assert charter_of(about).goals == ("Keep people", "Share what seniors know")
    assert [(each.measure.value, each.least) for each in targets_of(about)] == [("met", 0.9), ("meetings", 8)]


def test_what_is_open_is_listed_and_what_blocks_stops_enrollment_with_the_reason(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, {"name": "Spring", "purpose": ""}, steps=1)
    robin.close(all=True)
    page = charter_page(town)
    assert "Enrollment can't open without it: what it is for (step 1)" in page
    assert "who stands behind it (step 3)" in page
    robin.close(all=True)
    shown = robin.command("/mentoring", "program", channel=town.channel).shown[0]
    refused = robin.click(shown, "program.open").shown[0].reading
    assert "can't open yet. People have to be told what it is for" in refused
    assert town.program().state is ProgramState.DRAFT
    charter_page(town)
    robin.press("charter.edit_1")
    walk(town, {"purpose": "To grow."}, steps=1)
    robin.close(all=True)
    robin.click(shown, "program.open")
    assert town.program().state is ProgramState.ENROLLING


def test_a_first_day_that_has_passed_blocks_too(town: Town) -> None:
    town.claim()
    town.draft()
    town.clock.move_to(datetime(2026, 2, 10, 15, tzinfo=UTC))
    shown = town.person(ROBIN).command("/mentoring", "program", channel=town.channel).shown[0]
    refused = town.person(ROBIN).click(shown, "program.open").shown[0].reading
    assert "Its first day has passed" in refused


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": "A", "starts_on": "2026-03-02", "ends_on": "2026-02-02"}, "ends_on", "end after it starts"),
        ({"name": "A", "starts_on": "2025-01-06", "ends_on": "2025-12-31"}, "ends_on", "has passed"),
        ({"name": "A", "starts_on": "2026-02-02", "ends_on": "2029-02-02"}, "ends_on", "two years"),
    ],
)
def test_dates_that_make_no_program_are_refused_at_their_field(
    town: Town, fields: dict[str, str], field: str, sentence: str
) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    fill_where_asked(robin, fields)
    robin.submit()
    assert robin.view is not None
    assert sentence in robin.view.errors[field]


def test_stakeholders_are_asked_once_and_their_answers_stand_in_the_charter(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE | {"ask": [LEILA, MARCUS]})
    assert robin.view is not None
    assert "answers from people you asked" in robin.view.reading
    robin.close(all=True)
    town.beat()
    leila = town.person(LEILA)
    assert "@Robin Ellery is planning" in town.newest(LEILA).reading
    town.press(LEILA, "charter.answer")
    leila.fill("funding", "Ask the partners' fund <!channel>")
    leila.submit()
    page = charter_page(town)
    assert "Leila Petrov" in page
    assert "Ask the partners' fund <!channel>" in page
    robin.press("charter.edit_4")
    walk(town, {"ask": [LEILA]}, steps=1)
    town.beat()
    with town.database.read() as session:
        assert len(list(session.scalars(select(StakeholderRow)))) == 2
    assert len([each for each in leila.inbox() if "is planning" in each.reading]) == 1


def test_who_was_not_asked_cannot_answer(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE | {"ask": [LEILA]})
    town.beat()
    letter = town.newest(LEILA)
    with town.database.write() as session:
        for row in session.scalars(select(StakeholderRow)):
            session.delete(row)
    assert "for somebody else" in town.person(LEILA).click(letter, "charter.answer").shown[0].reading


@pytest.mark.parametrize(
    ("press", "begins"), [("charter.markdown", b"# Charter of"), ("charter.pdf", b"%PDF-")]
)
def test_the_charter_comes_as_a_file(town: Town, press: str, begins: bytes) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE)
    robin.press(press)
    town.beat()
    file = next(each for message in reversed(robin.inbox()) for each in message.files)
    content = robin.download(file["id"])
    assert content.startswith(begins)
    if press == "charter.markdown":
        text = content.decode()
        assert "**Purpose:** Associates grow faster" in text
        assert "- Share what seniors know" in text
        assert "&" not in text.replace("&amp;", "")


def test_the_next_cycle_takes_everything_over_but_the_dates_and_the_people(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    walk(town, WHOLE)
    robin.press("charter.next")
    assert robin.view is not None
    assert "Mentoring at Harbor Law 2027" in robin.view.reading
    walk(town, {}, steps=4)
    with town.database.read() as session:
        following, before = programs(session, town.workspace.id)
    assert (following.name, following.starts_on) == ("Mentoring at Harbor Law 2027", date(2026, 8, 3))
    assert charter_of(following).need == charter_of(before).need
    assert targets_of(following) == targets_of(before)
    assert following.sponsor_words == before.sponsor_words
    assert following.state is ProgramState.DRAFT


def test_only_coordinators_get_at_a_charter(town: Town) -> None:
    town.claim()
    town.draft()
    for who in (PRIYA, JONAS):
        shown = town.person(who).command("/mentoring", "charter").shown[0].reading
        assert "Only a coordinator can do that" in shown


# The rules alone


def a_program(**changes: object) -> Program:
    values: dict[str, object] = {
        "id": 1, "workspace_id": 1, "name": "Spring 2026", "kind": ProgramKind.TRADITIONAL,
        "state": ProgramState.DRAFT, "starts_on": date(2026, 2, 2), "ends_on": date(2026, 7, 31),
        "time_zone": "America/New_York", "hours_per_month": 2, "cadence": "weeks:2", "sponsor_name": "",
        "sponsor_words": "",
    }  # fmt: skip
    return Program(**(values | changes))  # type: ignore[arg-type] # tests name the fields they change


def test_blocking_points_come_first_and_have_their_reason() -> None:
    points = open_points(a_program(ends_on=date(2026, 2, 10)), date(2026, 3, 1))
    blocking = [point for point in points if point in BLOCKING]
    assert list(points[: len(blocking)]) == blocking == [Point.PURPOSE, Point.DATES, Point.PHASES]


@given(name=st.text(min_size=1, max_size=40), length=st.integers(28, 700), late=st.integers(-200, 400))
def test_the_next_cycle_is_as_long_starts_on_a_monday_and_never_in_the_past(
    name: str, length: int, late: int
) -> None:
    start = date(2026, 2, 2)
    before = a_program(name=name, ends_on=date.fromordinal(start.toordinal() + length))
    today = date.fromordinal(before.ends_on.toordinal() + late)
    following = next_cycle(with_charter(before, charter_of(before)), today)
    assert following.ends_on - following.starts_on == before.ends_on - before.starts_on
    assert following.starts_on.weekday() == 0
    assert following.starts_on > max(before.ends_on, today)
    assert following.name != before.name
