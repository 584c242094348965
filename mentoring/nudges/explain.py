"""Why a pair hears something, or does not: the ladder's own findings, as lines a person can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mentoring.cadence import in_words, period_of
from mentoring.hours import zone_of
from mentoring.nudges.due import Due, key_of
from mentoring.nudges.facts import PairFacts
from mentoring.nudges.gates import Placed
from mentoring.nudges.history import holding_pauses, is_halved, last_met, rhythm_now
from mentoring.nudges.ladder import closed, find, look
from mentoring.nudges.notices import Kind, Reason

REASONS: dict[Reason, str] = {
    Reason.QUIET_HOURS: "outside working hours",
    Reason.AWAY: "somebody is away",
    Reason.PAUSED: "paused",
    Reason.BUDGET: "somebody has heard enough for now",
    Reason.OPEN_QUESTION: "another question is still open",
    Reason.MERGED: "a later message says it all",
    Reason.MET_ALREADY: "they have met",
    Reason.PLANNED_ALREADY: "a meeting is in the calendar",
    Reason.JUST_PLANNED: "the time was chosen only just before",
    Reason.TOLD_ALREADY: "somebody has told us",
    Reason.HALVED: "two questions in a row found no answer, so every second period is left out",
    Reason.NOT_OPTED_IN: "the quarterly hello was not asked for",
    Reason.TOO_LATE: "its moment has passed",
    Reason.ENDED: "the pairing is over",
    Reason.SOMEONE_LEFT: "somebody is no longer in the workspace",
    Reason.TOO_FEW: "so few could answer that nothing they say would ever be shown",
    Reason.NO_LONGER_TRUE: "the reason for it has gone",
}
"""Each reason in words, for the command line and the transcript."""


@dataclass(frozen=True)
class Line:
    """One line of the answer to “why?”.

    Args:
        rung: What would be said; None for a line about the pair as a whole.
        key: Its once-only key, or empty.
        at: When it will be said (UTC); None when it will not.
        reason: What moved it or holds it back, if anything does.
        sentence: The same in words, with the time on the rhythm's clock.
    """

    rung: Kind | None
    key: str
    at: datetime | None
    reason: Reason | None
    sentence: str


def explain(facts: PairFacts, now: datetime) -> tuple[Line, ...]:
    """What is due next for a pair and why, or why not; first how the pair stands, then each matter by time.

    Args:
        facts: The pair as stored.
        now: The instant (aware) to explain.
    """
    reason = closed(facts)
    if reason is not None:
        return (Line(None, "", None, reason, f"Nothing will be said: {REASONS[reason]}."),)
    found = find(facts, now)
    ahead = [_said_line(facts, each) for each in found.placed]
    left_out = [_left_out_line(facts, due) for due in found.left_out if now < due.expires_at]
    ahead.sort(key=lambda line: (line.at is None, line.at or now))
    following = look(facts, now).next_look_at
    last = () if following is None else (_plain(f"The next look is at {_local(facts, following)}."),)
    return (*_standing(facts, now), *ahead, *left_out, *last)


def _standing(facts: PairFacts, now: datetime) -> Iterator[Line]:
    rhythm = rhythm_now(facts)
    current = period_of(rhythm, now)
    span = f"{current.first} to {current.last}" if current else f"none yet, the first begins {rhythm.anchor}"
    source = "agreed" if facts.agreed else "suggested by the program"
    yield _plain(f"Rhythm: {in_words(rhythm.cadence, rhythm.weekday)}, {source}. Present period: {span}.")
    met = last_met(facts)
    yield _plain("They have not met yet." if met is None else f"Last met {_local(facts, met.starts_at)}.")
    for pause in holding_pauses(facts, now):
        yield _plain(f"Paused until {_local(facts, pause.ends_at)}.")
    if is_halved(facts, now):
        yield _plain(f"Asked half as often: {REASONS[Reason.HALVED]}.")


def _plain(sentence: str) -> Line:
    return Line(None, "", None, None, sentence)


def _said_line(facts: PairFacts, placed: Placed) -> Line:
    due = placed.due
    because = REASONS[placed.moved_by] if placed.moved_by else due.why
    if placed.at is None:
        sentence = f"{due.kind}: will not be said ({because})."
    elif placed.moved_by is None:
        sentence = f"{due.kind}: {_local(facts, placed.at)} ({because})."
    else:
        sentence = f"{due.kind}: {_local(facts, placed.at)} ({due.why}; moved, {because})."
    return Line(due.kind, key_of(facts, due), placed.at, placed.moved_by, sentence)


def _left_out_line(facts: PairFacts, due: Due) -> Line:
    reason = due.left_out or due.cut_by
    sentence = f"{due.kind} {due.subject}: left out ({REASONS[reason]})."
    return Line(due.kind, key_of(facts, due), None, reason, sentence)


def _local(facts: PairFacts, instant: datetime) -> str:
    local = instant.astimezone(zone_of(facts.rhythm.zone))
    return f"{local:%a %Y-%m-%d %H:%M} ({facts.rhythm.zone})"
