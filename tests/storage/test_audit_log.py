"""The log of what was done: only what has words, and to each coordinator what is for them."""

from typing import Any

import pytest

from bench.many_pairs import filled
from storage.care import audit_entries, count_audit_entries, log_for
from storage.database import Database
from storage.outbox import audit
from storage.tables import PastMemberRow
from tests.storage.conftest import NOW

FIRM, PROGRAM = 1, 1
MARCUS, PRIYA, ROBIN = 1, 2, 5
"""The first pair is of the first two people; the fifth is in the third pair."""


def test_a_code_without_words_is_refused(database: Database) -> None:
    former: Any = "care.former"
    with database.write() as session, pytest.raises(ValueError, match=r"no words for 'care\.former'"):
        audit(session, FIRM, ROBIN, former, {}, NOW, program_id=PROGRAM)


def test_what_others_did_about_a_readers_own_pairs_is_left_out_and_not_counted(database: Database) -> None:
    filled(database.url, 3, 0).close()
    done: list[tuple[int, Any, dict[str, int | str]]] = [
        (ROBIN, "program.open", {"program": PROGRAM}),
        (PRIYA, "pair.help", {"pair": 1}),
        (ROBIN, "desk.seen", {"pair": 2}),
        (MARCUS, "care.nudge", {"pair": 1}),
        (ROBIN, "desk.snooze", {"pair": 3}),
        # A group of which Marcus is no longer a member.
        (MARCUS, "pair.left_group", {"pair": 2, "reason": "fit"}),
    ]
    with database.write() as session:
        for actor, action, subject in done:
            audit(session, FIRM, actor, action, subject, NOW, program_id=PROGRAM)
        audit(session, FIRM, None, "privacy.retention", {}, NOW, program_id=PROGRAM)
        session.add(
            PastMemberRow(
                pair_id=2, person_id=MARCUS, enrollment_id=MARCUS, role=None, left_at=NOW, ending="parted"
            )
        )

    def read_by(reader: int, actor: int | None = None) -> list[str]:
        with database.read() as session:
            log = log_for(session, FIRM, PROGRAM, reader, actor)
            found = [each.action for each in audit_entries(session, log)]
            assert count_audit_entries(session, log) == len(found)
            assert audit_entries(session, log, limit=1, offset=len(found) - 1)[0].action == found[-1]
        return found

    marcus = ["privacy.retention", "pair.left_group", "desk.snooze", "care.nudge", "program.open"]
    assert read_by(MARCUS) == marcus
    assert "pair.help" in read_by(ROBIN)
    assert "pair.help" in read_by(PRIYA), "what they did themselves they know"
    assert "care.nudge" not in read_by(PRIYA)
    assert read_by(MARCUS, ROBIN) == ["desk.snooze", "program.open"]
