"""Thanks and papers for whoever came to the end in a group that goes on without them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.heard import Tick, as_heard
from mentoring.graduation import KEEPS, graduates_at, thanks
from mentoring.notices import Notice
from mentoring.pairs import Ending
from mentoring.surveys.timing import when_to_ask_alone
from storage.facts import Known, listeners
from storage.graduating import standings
from storage.meetings import pauses_of_people
from storage.past_members import past_members
from storage.phases import letters_written


def thank_past_members(session: Session, this: Tick, batch: Iterable[Known]) -> Mapping[int, datetime]:
    """Write what those hear who graduate, by the same rule as everybody else.

    They are no people of the pair any more, so that none of what is due for the pair reaches them.

    Returns:
        When to look at these groups again for somebody who left them, by group.
    """
    groups = {each.pair.id: each for each in batch}
    completed = [
        (groups[pair_id], one.person_id)
        for pair_id, past in past_members(session, groups).items()
        for one in past
        if one.ending is Ending.COMPLETED
    ]
    if not completed:
        return {}
    stand = standings(session, {person_id for _, person_id in completed})
    graduating: list[tuple[Known, Notice, int]] = []
    looks: dict[int, datetime] = {}
    for known, person_id in completed:
        standing = stand.get(known.program.id, {}).get(person_id)
        since = None if standing is None else graduates_at(None, standing, known.program, this.now)
        if since is not None and since > this.now:
            _look_at(looks, known, since)
        elif since is not None and this.now < since + KEEPS:
            graduating.append((known, thanks(known.pair, person_id, since), person_id))
    _thank(session, this, graduating, looks)
    return looks


def _thank(
    session: Session,
    this: Tick,
    graduating: Iterable[tuple[Known, Notice, int]],
    looks: dict[int, datetime],
) -> None:
    """Say it to each at their own time; who hears it later is looked at then."""
    workspaces = {known.pair.workspace_id for known, _, _ in graduating}
    written = letters_written(session, workspaces, [notice.key for _, notice, _ in graduating])
    due = [each for each in graduating if each[1].key not in written]
    people = listeners(session, {person_id for *_, person_id in due}, this.now) if due else {}
    pauses = pauses_of_people(session, people) if due else {}
    for known, notice, person_id in due:
        one = people[person_id]
        if not one.active:
            continue
        at = when_to_ask_alone(as_heard(one, this), pauses.get(person_id, []), this.now)
        if at > this.now:
            _look_at(looks, known, at)
            continue
        this.say(known.pair, notice)
        this.heard[person_id].append(this.now)


def _look_at(looks: dict[int, datetime], known: Known, at: datetime) -> None:
    looks[known.pair.id] = min(at, looks.get(known.pair.id, at))
