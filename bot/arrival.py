"""When a letter may arrive: in the working hours of everybody who hears it."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.hours import next_instant, next_shared_instant
from mentoring.notices import ToPair, ToPerson
from mentoring.nudges.notices import SAID_BY_THE_LADDER, Kind
from storage.facts import calendars
from storage.outbox import Letter
from storage.pairs import pair

IN_WORKING_HOURS = frozenset({str(each) for each in Kind}) | {
    "survey", "introduction", "agreement_proposed", "agreement_signed", "partner_away", "pair_paused",
    "parted", "pair_ended", "meeting_planned", "topic_added", "group_smaller",
    "invited", "nominated", "not_matched", "decided",
    "care_note", "closed_by_team", "extended", "match_check", "moved", "nudge", "pause_offered",
    "places_changed", "planning_questions", "portfolio_shown", "put_on_hold", "role_given", "task_done",
    "task_feedback", "task_suggested",
}  # fmt: skip
"""Kinds that arrive in working hours. The ladder has chosen the hour already; this is for letters that a
person's act wrote at night, and for those that were delayed."""

LADDER = frozenset(map(str, SAID_BY_THE_LADDER)) | {"survey"}
"""Kinds written in the very moment they may be said."""


def earliest_arrival(session: Session, letter: Letter, now: datetime) -> datetime:
    """When this letter may arrive, not before now: in the working hours of everybody who hears it.

    People who share no hour hear a message to both when the first of them is at work.
    """
    if letter.kind not in IN_WORKING_HOURS or (letter.kind in LADDER and letter.written_at == now):
        return now
    hearing = [letter.to.person_id] if isinstance(letter.to, ToPerson) else []
    if isinstance(letter.to, ToPair):
        hearing = [each.person_id for each in pair(session, letter.workspace_id, letter.to.pair_id).members]
    found = list(calendars(session, hearing).values())
    if not found:
        return now
    shared = next_shared_instant(found, now)
    return shared if shared is not None else min(next_instant(each, now) for each in found)
