"""Home and its lists with no pair, one, fifty and a thousand: within Slack's limits, for as many queries."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bench.desk import desk_with
from handlers.commands import command
from handlers.desk_lists import show_all_pairs
from handlers.home import home
from handlers.visit import Visit
from messages.actions import Act
from messages.answers import Show, Tell
from playground.blocks import check_message, check_view, controls, reading
from storage.desk import DeskView, keep_desk_view
from storage.outbox import audit
from storage.people import people_by_slack_id
from storage.programs import add_program, programs
from storage.tables import AskRow, MemberRow, PairRow
from tests.support.queries import queries
from tests.support.town import ROBIN, Town

SIZES = (1, 50, 1000)
DAY = timedelta(days=1)
MOST_BLOCKS = 100
"""Slack's limit for a Home tab."""


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Visit]]:
    found = {size: desk_with(tmp_path_factory.mktemp("desk"), 2 * size, size, looks=1) for size in SIZES}
    yield {size: visit for size, (_, visit) in found.items()}
    for database, _ in found.values():
        database.close()


def shown(visit: Visit) -> dict[str, Any]:
    with visit.database.read() as session:
        return home(session, visit)


def read(blocks: list[dict[str, Any]]) -> str:
    return reading(blocks, names=lambda id_: id_)


def buttons(view: dict[str, Any]) -> dict[str, str]:
    return {control.action_id: control.block_id for control in controls(view["blocks"])}


@pytest.mark.parametrize("size", SIZES)
def test_a_coordinators_home_is_within_slacks_limits(desks: dict[int, Visit], size: int) -> None:
    view = shown(desks[size])
    assert check_view(view) == []
    assert len(view["blocks"]) <= MOST_BLOCKS
    said = read(view["blocks"])
    assert f"{size:,} pair{' needs' if size == 1 else 's need'} a look" in said
    assert ("desk.later" in buttons(view)) is (size > 8)


def test_a_home_without_a_program_or_a_pair_says_what_to_do_and_is_small(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.open_home()
    assert robin.home is not None
    assert check_view({"type": "home", "blocks": robin.home.blocks}) == []
    town.draft()
    robin.open_home()
    assert robin.home is not None
    assert "Nobody is paired yet" in robin.home.reading
    assert "Charter" in robin.home.buttons


def test_the_last_page_of_a_long_list_is_reached_and_no_page_lies_beyond(desks: dict[int, Visit]) -> None:
    visit = desks[1000]
    for page in (124, 999):
        with visit.database.write() as session:
            keep_desk_view(session, visit.person.id, DeskView(page=page))
        view = shown(visit)
        assert check_view(view) == []
        assert "993 to 1,000 of 1,000" in read(view["blocks"])
        assert {"desk.earlier"} == {"desk.earlier", "desk.later"} & buttons(view).keys()
    with visit.database.write() as session:
        keep_desk_view(session, visit.person.id, DeskView())


def test_home_asks_as_little_for_a_thousand_pairs_as_for_fifty(desks: dict[int, Visit]) -> None:
    counts = {}
    for size in (50, 1000):
        with queries(desks[size].database) as asked:
            shown(desks[size])
        counts[size] = len(asked)
    assert counts[50] == counts[1000]
    assert counts[1000] <= 40, "a Home is read from a fixed number of queries"


LINES = ("people", "pairs", "people Person 7", "pairs Person 7", "pair <@U00000003>", "audit", "applications",
         "charter", "settings", "program", "help")  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_command_asks_as_little_for_a_thousand_pairs_as_for_fifty(
    desks: dict[int, Visit], line: str
) -> None:
    counts = {}
    for size in (50, 1000):
        with queries(desks[size].database) as asked:
            answer = command(replace(desks[size], text=line))
        counts[size] = len(asked)
        if isinstance(answer, Show):
            assert check_view(answer.view) == []
        else:
            assert isinstance(answer, Tell)
            assert check_message(answer.message.blocks, text=answer.message.text) == []
    assert counts[50] == counts[1000]


def test_a_page_of_the_log_names_twenty_pairs_in_as_many_queries_as_one(desks: dict[int, Visit]) -> None:
    visit = replace(desks[50], text="audit")
    counts = []
    for pair_ids in ([2], range(2, 22)):
        with visit.database.write() as session:
            for pair_id in pair_ids:
                subject: dict[str, int | str] = {
                    "pair": pair_id,
                    "instrument": "check_in_start",
                    "person": pair_id,
                }
                audit(session, visit.workspace.id, pair_id, "care.nudge", subject, visit.now, program_id=1)
        with queries(visit.database) as asked:
            answer = command(visit)
        counts.append(len(asked))
    assert isinstance(answer, Show)
    assert check_view(answer.view) == []
    assert read(answer.view["blocks"]).count("a nudge") == 20
    assert counts[0] == counts[1]
    assert counts[1] <= 10


def test_somebody_in_a_great_many_pairs_turns_pages_on_their_own_home(desks: dict[int, Visit]) -> None:
    visit = desks[50]
    busy = people_named(visit, "U00000002")
    with visit.database.write() as session:
        for pair_id in range(3, 51):
            session.add(MemberRow(pair_id=pair_id, person_id=busy.id, enrollment_id=busy.id, role=None))
    view = shown(replace(visit, person=busy))
    assert check_view(view) == []
    assert len(view["blocks"]) <= MOST_BLOCKS
    assert "1 to 8 of 49" in read(view["blocks"])
    assert "Health" not in read(view["blocks"])
    listed = command(replace(visit, text=f"people {busy.name}"))
    assert isinstance(listed, Show)
    (press,) = (each for each in controls(listed.view["blocks"]) if each.label == "49 pairs")
    act = Act.decode(press.action_id, press.value)
    theirs = show_all_pairs(replace(visit, act=Act(act.name, {"program": 1, **act.ids})))
    assert isinstance(theirs, Show)
    assert "49 pairs with" in read(theirs.view["blocks"])


def people_named(visit: Visit, slack_id: str) -> Any:
    with visit.database.read() as session:
        return people_by_slack_id(session, visit.workspace.id, [slack_id])[slack_id]


def test_pairs_that_need_a_look_stand_first_then_low_health_and_a_pair_of_ones_own_last(
    tmp_path: Path,
) -> None:
    database, visit = desk_with(tmp_path, 10, 5, looks=4)
    with database.write() as session:
        session.get_one(PairRow, 2).health = 90
        session.get_one(PairRow, 3).health = 20
    assert listed(visit) == [5, 1, 3, 2, 4]
    with database.write() as session:
        session.add(MemberRow(pair_id=5, person_id=visit.person.id, enrollment_id=1, role=None))
        session.execute(update(AskRow).where(AskRow.pair_id == 1).values(snoozed_until=visit.now + DAY))
    assert listed(visit) == [3, 2, 4, 1, 5], "what is snoozed on Home needs no look here either"
    with database.write() as session:
        session.execute(update(AskRow).values(snoozed_until=None))
        (old,) = programs(session, visit.workspace.id)
        new = add_program(session, replace(old, name="The next one"), visit.now)
        keep_desk_view(session, visit.person.id, DeskView(program_id=new.id))
    said = read(shown(visit)["blocks"])
    assert f"In {old.name} 1 pair needs a look: pick it in the menu above." in said, "one of two is their own"
    assert "Nothing else waits" not in said
    database.close()


def listed(visit: Visit) -> list[int]:
    """The pairs of the list, in its order."""
    answer = command(replace(visit, text="pairs"))
    assert isinstance(answer, Show)
    presses = (each for each in controls(answer.view["blocks"]) if each.action_id == "desk.pair")
    return [Act.decode(each.action_id, each.value).number("pair") for each in presses]


def test_a_thousand_pairs_are_searched_by_name(desks: dict[int, Visit]) -> None:
    answer = command(replace(desks[1000], text="pairs Person 1999"))
    assert isinstance(answer, Show)
    said = read(answer.view["blocks"])
    assert "Person 1999" in said
    assert "Person 5 " not in said
