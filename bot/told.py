"""What a batch of pairs could be told, and what it was told already: in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.phase_notices import phase_notices
from mentoring.kinds import Role
from mentoring.notices import Notice
from mentoring.nudges.facts import Participant
from mentoring.phases import Asking, askings_for_pair
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.sent import chosen_surveys
from storage.facts import Known
from storage.phases import GoingOnAnswer, going_on_of_pairs, letters_written
from storage.surveys import keys_asked, unreminded_of_pairs

NOBODY: Mapping[int, GoingOnAnswer] = {}


@dataclass(frozen=True, slots=True)
class Coming:
    """What one pair could still be told.

    Args:
        notices: About its phases, each with the span in which it may be said.
        askings: Surveys by their key, each with whom it is for.
    """

    notices: Sequence[Notice]
    askings: Mapping[str, tuple[Participant, Asking]]


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


def told_already(session: Session, batch: Collection[Known], now: datetime) -> Told:
    """Find out what was said to these pairs before."""
    ids = [each.pair.id for each in batch]
    workspaces = {each.pair.workspace_id for each in batch}
    going_on = going_on_of_pairs(session, ids)
    coming = {
        each.pair.id: Coming(
            [*phase_notices(each, going_on.get(each.pair.id, NOBODY), now)], _askings(each, now)
        )
        for each in batch
    }
    letters = [notice.key for each in coming.values() for notice in each.notices if is_ripe(notice, now)]
    ripe = [
        key for each in coming.values() for key, (_, asking) in each.askings.items() if asking.opens_at <= now
    ]
    return Told(
        coming,
        letters_written(session, workspaces, letters),
        keys_asked(session, workspaces, ripe),
        going_on,
        unreminded_of_pairs(session, ids, now),
    )


def is_ripe(notice: Notice, now: datetime) -> bool:
    """Whether it may be said now."""
    return notice.not_before <= now and (notice.expires_at is None or now < notice.expires_at)


def _askings(known: Known, now: datetime) -> dict[str, tuple[Participant, Asking]]:
    """Every survey the program sends by itself and that this pair's people can still answer."""
    pair, facts = known.pair, known.facts
    sent = chosen_surveys(known.program)
    return {
        f"survey:pair {pair.id}:{asking.key}:person {one.person_id}": (one, asking)
        for asking in askings_for_pair(known.phases, facts.announced_at)
        if now < asking.closes_at and asking.instrument_id.startswith(sent)
        for one in facts.participants
        if one.active and asking.role is (one.role or Role.MENTEE)
    }
