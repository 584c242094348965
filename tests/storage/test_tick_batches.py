"""What a tick keeps at the end of a batch: one statement for all of it, and each row about its own pair."""

from dataclasses import replace
from datetime import timedelta

from bench.many_pairs import NOW, filled
from mentoring.nudges.facts import Ask
from mentoring.nudges.notices import Kind
from mentoring.surveys.requests import SurveyRequest, reminded
from storage.database import Database
from storage.desk import open_concerns, settle_gone
from storage.meetings import add_notes
from storage.pairs import pairs_by_ids
from storage.surveys import Wanted, ask_surveys, save_reminded, unreminded_of_pairs
from tests.support.queries import queries

PAIRS = (1, 2, 3)


def test_what_no_longer_holds_is_settled_for_these_pairs_and_reasons_alone(database: Database) -> None:
    filled(database.url, len(PAIRS), 0).close()
    both = (Kind.ATTENTION, Kind.LOW_HEALTH)
    with database.write() as session:
        pairs = pairs_by_ids(session, PAIRS)
        notes = [
            (pair, Ask(kind, f"{pair.id}", f"{kind}:{pair.id}", (), NOW)) for pair in pairs for kind in both
        ]
        add_notes(session, notes)
    with database.write() as session, queries(database) as asked:
        settle_gone(session, [(1, Kind.ATTENTION), (2, Kind.LOW_HEALTH)], NOW)
    assert len(asked) <= 2
    with database.read() as session:
        left = {(each.pair_id, each.kind) for each in open_concerns(session, 1, NOW, 99)}
    assert left == {(1, Kind.LOW_HEALTH), (2, Kind.ATTENTION), *((3, kind) for kind in both)}


def test_a_reminder_is_kept_for_each_asking_it_was_written_for(database: Database) -> None:
    filled(database.url, len(PAIRS), 0).close()
    asking = SurveyRequest(
        id=0,
        instrument_id="start",
        version=1,
        person_id=1,
        pair_id=1,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
        minimum_group=5,
    )
    with database.write() as session:
        wanted = [
            Wanted(1, 1, f"start:{pair}", replace(asking, pair_id=pair, person_id=2 * pair)) for pair in PAIRS
        ]
        made = list(ask_surveys(session, wanted).values())
        save_reminded(session, [reminded(each, now=NOW) for each in made if each.pair_id != 3])
    with database.read() as session:
        assert list(unreminded_of_pairs(session, PAIRS, NOW)) == [3]
