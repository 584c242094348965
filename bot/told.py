"""What a batch of pairs could be told, and what it was told already: in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from bot.graduating import farewells
from bot.phase_notices import phase_notices
from mentoring.graduation import Farewell
from mentoring.kinds import Role
from mentoring.notices import Notice
from mentoring.nudges.facts import Participant
from mentoring.pairs import Pair, PairState
from mentoring.phase_askings import Asking, askings_for_pair, is_about_the_pair
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.sent import chosen_surveys
from storage.facts import Known
from storage.phases import GoingOnAnswer, going_on_of_pairs, letters_written
from storage.surveys import keys_asked, unreminded_of_pairs

NOBODY: Mapping[int, GoingOnAnswer] = {}


class Coming(NamedTuple):
    """What one pair could be told now, if it was not told before.

    Args:
        notices: About its phases.
        askings: Surveys by their key, each with whom it is for.
        next_at: When more comes up; None for never.
    """

    notices: Sequence[Notice]
    askings: Mapping[str, tuple[Participant, Asking]]
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the pairs of a batch have coming, by pair, and what was said and asked before.

    Args:
        letters: Keys of letters about phases that are written.
        asked: Keys of surveys that were asked.
        going_on: What a pair's people said to “go on casually?”.
        unreminded: Surveys a pair's people have open and were not reminded of.
    """

    coming: Mapping[int, Coming]
    letters: Collection[str]
    asked: Collection[str]
    going_on: Mapping[int, Mapping[int, GoingOnAnswer]]
    unreminded: Mapping[int, Sequence[SurveyRequest]]

    def waits(self, pair_id: int) -> bool:
        """Whether a pair has a guide or a survey coming that was not said: those come before any nudge."""
        found = self.coming.get(pair_id)
        return found is not None and (
            any(each.key not in self.letters for each in found.notices)
            or any(key not in self.asked for key in found.askings)
        )


def told_already(session: Session, batch: Collection[Known], now: datetime) -> Told:
    """Find out what was said to these pairs before."""
    ids = [each.pair.id for each in batch]
    workspaces = {each.pair.workspace_id for each in batch}
    going_on = going_on_of_pairs(session, ids)
    graduating = farewells(session, batch, now)
    coming = {
        each.pair.id: _coming(each, going_on.get(each.pair.id, NOBODY), graduating[each.pair.id], now)
        for each in batch
    }
    letters = [notice.key for each in coming.values() for notice in each.notices]
    askings = [key for each in coming.values() for key in each.askings]
    return Told(
        coming,
        letters_written(session, workspaces, letters),
        keys_asked(session, workspaces, askings),
        going_on,
        unreminded_of_pairs(session, ids, now),
    )


def _coming(known: Known, answered: Mapping[int, GoingOnAnswer], farewell: Farewell, now: datetime) -> Coming:
    if known.pair.state is PairState.ENDED:
        return Coming(farewell.notices, {}, farewell.next_at)
    notices, next_notice = phase_notices(known, answered, now)
    askings, next_asking = _askings(known, now)
    following = [at for at in (next_notice, next_asking, farewell.next_at) if at is not None]
    return Coming([*notices, *farewell.notices], askings, min(following, default=None))


def _askings(known: Known, now: datetime) -> tuple[dict[str, tuple[Participant, Asking]], datetime | None]:
    """The surveys the program sends by itself and this pair's people can answer, and when the next opens."""
    pair, facts = known.pair, known.facts
    sent = chosen_surveys(known.program)
    ripe: dict[str, tuple[Participant, Asking]] = {}
    for asking in askings_for_pair(known.phases, facts.announced_at):
        if now >= asking.sent_until or not asking.instrument_id.startswith(sent):
            continue
        asked = [
            each for each in facts.participants if each.active and asking.role is (each.role or Role.MENTEE)
        ]
        if asked and asking.opens_at > now:
            # They are in order of time.
            return ripe, asking.opens_at
        for one in asked:
            ripe[_key(pair, asking, one)] = (one, asking)
    return ripe, None


def _key(pair: Pair, asking: Asking, one: Participant) -> str:
    """The once-only name of an asking.

    Whoever is in several pairs is asked of the program once. A second answer would not only be one too many:
    five anonymous answers would no longer be those of five people.
    """
    if is_about_the_pair(asking.instrument_id):
        return f"survey:pair {pair.id}:{asking.key}:person {one.person_id}"
    return f"survey:program {pair.program_id}:{asking.instrument_id}:person {one.person_id}"
