"""Who of a batch of pairs graduates: the rule over what the database knows of their people."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.graduation import Farewell, Standing, farewell, is_complete, own_end
from storage.facts import Known
from storage.graduating import standings

NOBODY: Mapping[int, Standing] = {}


def farewells(session: Session, batch: Collection[Known], now: datetime) -> Mapping[int, Farewell]:
    """By pair, who of it graduates; in one query, and none while no pair of the batch has ended."""
    over = [each for each in batch if is_complete(each.pair, each.facts.ends_at, now)]
    people = {one.person_id for each in over for one in each.facts.participants if one.active}
    found = standings(session, people)
    ahead = {each.pair.id: Farewell((), own_end(each.pair, each.facts.ends_at)) for each in batch}
    return ahead | {
        each.pair.id: farewell(
            each.pair, each.program, each.facts, found.get(each.pair.program_id, NOBODY), now
        )
        for each in over
    }
