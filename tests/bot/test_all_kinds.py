"""Every kind of program over the sample roster, from the charter to the announcement, through the dialogs.

`make soak` takes all sixty people of it; here sixteen do, since sixty take very long.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearsal
from bot.rehearsal.timeline import Timeline
from bot.rehearsal.transcript import errors
from mentoring.enrollment import EnrollmentState
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import Pair, PairState
from mentoring.roster import Roster
from storage.pairs import pairs_of_program
from storage.participants import participants
from storage.people import workspaces
from storage.programs import programs
from tests.support.samples import only, sample_rows

STEPS = ("sends join, step 1", "sends join, step 2", "sends join")
PEOPLE = 60 if os.environ.get("WHOLE_ROSTER") else 16
TAKING_PART = 0.85
"""The odd one says “Not now”, or is not asked twice in time."""


def sample() -> Roster:
    return only(sample_rows()[:PEOPLE])


def all_pairs(timeline: Timeline) -> list[Pair]:
    with timeline.stage.database.read() as session:
        about = programs(session, workspaces(session)[0].id)[0]
        return pairs_of_program(session, about.id, PairState)


def until_announced(timeline: Timeline) -> None:
    """Play until no pair waits for its introduction any more."""
    timeline.prepare()
    waiting = True
    while waiting and timeline.step():
        decided = any(deed.does == "approves it" for deed in timeline.diary.deeds)
        waiting = not decided or any(each.state is PairState.APPROVED for each in all_pairs(timeline))


@pytest.mark.parametrize("kind", ProgramKind)
def test_people_join_by_the_dialog_and_each_pair_is_introduced(kind: ProgramKind, tmp_path: Path) -> None:
    roster = sample()
    wishes = Wishes(roster, kind, date(2026, 1, 5), 8, 1, Behavior.DILIGENT)
    with rehearsal(wishes, tmp_path, lambda _share: None) as timeline:
        until_announced(timeline)
        found = all_pairs(timeline)
        wrong = errors(timeline.stage, timeline.diary)
        sent = Counter(deed.does for deed in timeline.diary.deeds)
        rooms = [each for each in timeline.stage.playground.world.channels.values() if each.kind == "mpim"]
        with timeline.stage.database.read() as session:
            about = programs(session, workspaces(session)[0].id)[0]
            joined = participants(session, about.id, [EnrollmentState.JOINED, EnrollmentState.MATCHED])
    assert wrong == []
    assert len(joined) >= TAKING_PART * len(roster.rows)
    assert all(sent[step] >= len(joined) for step in STEPS)
    announced = [each for each in found if each.state is PairState.ANNOUNCED]
    assert len(rooms) == len(announced) >= len(joined) / 4
    in_pairs = {member.person_id for each in announced for member in each.members}
    assert len(in_pairs) >= 0.75 * len(joined)
    roles = Counter(tuple(sorted(str(m.role) for m in each.members)) for each in announced)
    shapes = {
        ProgramKind.PEER: {("None", "None"), ("None", "None", "None")},
        ProgramKind.GROUP: {(*["mentee"] * n, "mentor") for n in range(1, 11)},
    }
    assert set(roles) <= shapes.get(kind, {(Role.MENTEE.value, Role.MENTOR.value)})
