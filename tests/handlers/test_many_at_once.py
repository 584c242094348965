"""A coordinator of three hundred: one act for many, with its number said before and after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.desk import desk_with
from handlers.desk import send_all_again, show_failed
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen
from messages.actions import Act
from messages.answers import Show
from playground.blocks import check_view, controls, reading
from storage.tables import AuditRow, LetterRow
from tests.support.queries import queries

DAY = timedelta(days=1)
OF_THE_PROGRAM = {"program": 1}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Visit]:
    """The owner of a program of 140 pairs, 14 of which have not met three times in a row."""
    database, visit = desk_with(tmp_path, 300, 140)
    yield visit
    database.close()


def on(visit: Visit, act: str, **ids: int | str) -> Visit:
    """The same visit, pressing this."""
    return replace(visit, act=Act(act, {**OF_THE_PROGRAM, **ids}))


def shown(answer: object) -> dict[str, Any]:
    assert isinstance(answer, Show)
    assert check_view(answer.view) == []
    return answer.view


def read(view: dict[str, Any]) -> str:
    return reading(view["blocks"], names=lambda id_: id_)


def fail(visit: Visit, count: int, too_late: int) -> None:
    """So many letters were given up, some of which would come too late now."""
    with visit.database.write() as session:
        for number in range(count):
            letter = LetterRow(
                workspace_id=visit.workspace.id, mark=f"m{number}", kind="nudge", key=f"k{number}", why="",
                person_id=number + 1, program_id=1, ids={}, written_at=visit.now - DAY,
                not_before=visit.now - DAY, state="failed", attempts=3, reason="internal_error",
                expires_at=visit.now if number < too_late else visit.now + DAY,
            )  # fmt: skip
            session.add(letter)


def queued(visit: Visit) -> list[LetterRow]:
    with visit.database.read() as session:
        return list(session.scalars(select(LetterRow).where(LetterRow.state == "queued")))


def deeds(visit: Visit) -> list[tuple[str, dict[str, Any]]]:
    with visit.database.read() as session:
        return [(row.action, row.subject) for row in session.scalars(select(AuditRow))]


def test_everything_that_did_not_arrive_is_tried_again_at_once_but_for_what_would_come_too_late(
    desk: Visit,
) -> None:
    fail(desk, 57, too_late=2)
    view = shown(show_failed(on(desk, "desk.failed")))
    assert "57 messages did not arrive in the last two weeks; here are the newest 20." in read(view)
    (press,) = (each for each in controls(view["blocks"]) if each.action_id == "desk.again_all")
    assert press.label == "Try all 55 again"
    with queries(desk.database) as asked:
        after = read(shown(send_all_again(on(desk, "desk.again_all"))))
    assert "55 messages are on their way again." in after
    assert "2 messages did not arrive" in after
    assert after.count("Its time is over") == 2
    assert len(asked) <= 6
    assert len(queued(desk)) == 55
    with pytest.raises(NoLongerOpen):
        send_all_again(on(desk, "desk.again_all"))
    assert deeds(desk) == [("desk.again_all", {"letters": 55})]
