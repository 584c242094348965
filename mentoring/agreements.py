"""How two people agree to work together: the terms, both signatures, versions, and what a change changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from mentoring.cadence import EVERY_TWO_WEEKS, Cadence, Rhythm
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.hours import ONE_DAY, local_day, zone_of
from mentoring.kinds import ProgramKind

SHORTEST_MEETING = 10
"""Minutes; below that it is a greeting."""

LONGEST_MEETING = 8 * 60
"""Minutes; a day of shadowing is the longest a pair plans as one meeting."""

FARTHEST_END = timedelta(days=5 * 366)
"""No pairing or pause is planned for longer than about five years; a date beyond that is a slip."""

LONGEST_PLACE = 400
"""Characters of a room or a link; links to video calls with their keys run to about three hundred."""

LONGEST_TEXT = 500
"""Characters of one free term, so that an agreement still fits a phone screen."""


class Rescheduler(StrEnum):
    """Who finds the time, and a new one when something comes up."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True)
class Terms:
    """What two people agree on: the seven terms, an end, and for reverse pairs an objective each way.

    Args:
        cadence: How often they meet.
        weekday: Monday is 0; None when they book each time.
        at: Local start in `zone`; None when they book each time.
        minutes: Length of a meeting.
        zone: Whose clock the weekday and time are on (IANA name).
        place: A room, a link, or empty.
        plans_itself: The fixed slot fills the calendar; otherwise they book each time.
        rescheduler: Who finds the time.
        communication: How often and where they talk between meetings.
        confidentiality: What stays between them.
        off_limits: What they do not talk about.
        feedback: How it is given and received.
        goals_how: How the mentee's goals are worked on.
        ends_on: The last day, or None for the program's own end.
        no_fault_exit: Either may end the pairing without giving a reason.
        mentor_objective: What the one called mentor wants out of it (reverse pairs).
        mentee_objective: What the one called mentee wants out of it (reverse pairs).
        timeline: By when, in their words (reverse pairs).
    """

    cadence: Cadence
    weekday: int | None
    at: time | None
    minutes: int
    zone: str
    place: str
    plans_itself: bool
    rescheduler: Rescheduler
    communication: str
    confidentiality: str
    off_limits: str
    feedback: str
    goals_how: str
    ends_on: date | None = None
    no_fault_exit: bool = True
    mentor_objective: str = ""
    mentee_objective: str = ""
    timeline: str = ""


@dataclass(frozen=True)
class ProgramDefaults:
    """What a program suggests to its pairs; the coordinator may reword all of it."""

    cadence: Cadence = EVERY_TWO_WEEKS
    minutes: int = 60
    rescheduler: Rescheduler = Rescheduler.BOTH
    communication: str = "A short message in Slack whenever something comes up."
    confidentiality: str = "What we say to each other stays between us."
    off_limits: str = "Pay, performance reviews and client confidences."
    feedback: str = "Honest and kind, soon after the moment it is about."
    goals_how: str = "One goal at a time; each meeting ends with a next step."
    ends_on: date | None = None


def suggested_terms(defaults: ProgramDefaults, zone: str) -> Terms:
    """The terms a pair starts from before it has chosen any: the program's, booked each time."""
    return Terms(
        cadence=defaults.cadence,
        weekday=None,
        at=None,
        minutes=defaults.minutes,
        zone=zone,
        place="",
        plans_itself=False,
        rescheduler=defaults.rescheduler,
        communication=defaults.communication,
        confidentiality=defaults.confidentiality,
        off_limits=defaults.off_limits,
        feedback=defaults.feedback,
        goals_how=defaults.goals_how,
        ends_on=defaults.ends_on,
    )


def check_terms(
    terms: Terms, kind: ProgramKind, today: date, first: date | None = None, last: date | None = None
) -> None:
    """See that terms make sense before anybody signs them.

    Args:
        terms: What was filled in.
        kind: A reverse program asks for an objective in each direction.
        today: The local day of the one who proposes.
        first: The program's first day, before which nothing ends.
        last: The program's last day, beyond which nothing goes on.

    Raises:
        Refusal: With the field at fault.
    """
    check_schedule(terms)
    if terms.ends_on is not None:
        check_end(terms.ends_on, today, "ends_on", first)
        if last is not None and terms.ends_on > last:
            raise Refusal("The program ends before that. Pick an earlier day, or leave it empty.", "ends_on")
    if kind is ProgramKind.REVERSE:
        _check_both_directions(terms)
    if len(terms.place) > LONGEST_PLACE:
        raise Refusal(f"That's more than {LONGEST_PLACE} characters. Say it shorter.", "place")
    for each in fields(terms):
        value = getattr(terms, each.name)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise Refusal(f"That's more than {LONGEST_TEXT} characters. Say it shorter.", each.name)


def check_schedule(terms: Terms) -> None:
    """See that when they meet makes sense.

    Raises:
        Refusal: With the field at fault.
    """
    zone_of(terms.zone)
    if terms.plans_itself and terms.weekday not in range(7):
        raise Refusal("Pick a weekday, or choose to book each time.", "weekday")
    if terms.plans_itself and terms.at is None:
        raise Refusal("Pick a time, or choose to book each time.", "at")
    check_minutes(terms.minutes)


def _check_both_directions(terms: Terms) -> None:
    for name in ("mentor_objective", "mentee_objective"):
        if not getattr(terms, name).strip():
            raise Refusal("You both teach and both learn here. Write one thing in each direction.", name)
    if not terms.timeline.strip():
        raise Refusal("Say by when you'd like to get there.", "timeline")


def check_minutes(minutes: int, name: str = "minutes") -> None:
    """See that a meeting's length is one.

    Raises:
        Refusal: Too short or too long.
    """
    if minutes < SHORTEST_MEETING:
        raise Refusal(f"Plan at least {SHORTEST_MEETING} minutes.", name)
    if minutes > LONGEST_MEETING:
        raise Refusal(f"Plan at most {LONGEST_MEETING // 60} hours.", name)


def check_end(day: date, today: date, name: str, first: date | None = None) -> None:
    """See that the last day of an agreement or a pause lies ahead, after its first day and within reason.

    Raises:
        Refusal: With the field at fault.
    """
    if first is not None and day < first:
        raise Refusal("That ends before it starts. Pick a later day.", name)
    if day < today:
        raise Refusal("That date has passed. Pick today or later.", name)
    if day - today > FARTHEST_END:
        raise Refusal("That's a long way off. Pick a day within five years.", name)


def read_day(text: str, name: str) -> date:
    """Read a day as forms and commands send it (2026-03-05).

    Raises:
        Refusal: The text is no day, or no such day exists.
    """
    parts = text.strip().split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isdecimal() for part in parts):
        raise Refusal("Write the date like 2026-03-05.", name)
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise Refusal("There's no such day. Check the month and the day.", name) from None


def read_time(text: str, name: str) -> time:
    """Read a time of day as forms and commands send it (15:00).

    Raises:
        Refusal: The text is no time of day.
    """
    hours, _, minutes = text.strip().partition(":")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise Refusal("Write the time like 15:00.", name) from None


@dataclass(frozen=True)
class Signature:
    """One person's yes."""

    person_id: int
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """One version of a pair's terms; versions are kept and never changed once another replaces them.

    Args:
        version: Counted from 1 within the pair.
        terms: What it says.
        proposed_by: The person who filled it in; proposing is signing.
        proposed_at: When.
        signatures: In the order given.
        superseded_at: When a later version took its place.
    """

    version: int
    terms: Terms
    proposed_by: int
    proposed_at: datetime
    signatures: tuple[Signature, ...]
    superseded_at: datetime | None = None

    def waits_for(self, parties: Collection[int]) -> tuple[int, ...]:
        """The people whose signature is missing."""
        signed = {signature.person_id for signature in self.signatures}
        return tuple(person for person in parties if person not in signed)

    @property
    def signed_at(self) -> datetime:
        """When the last of the signatures so far was given."""
        return self.signatures[-1].at


@dataclass(frozen=True)
class Change:
    """What one act did to the versions: the one that is now current, and the ones it changed on the way."""

    current: Agreement
    replaced: tuple[Agreement, ...] = ()


def in_force(versions: Sequence[Agreement], parties: Collection[int]) -> Agreement | None:
    """The version both have signed and nothing has replaced."""
    return next((each for each in _live(versions) if not each.waits_for(parties)), None)


def waiting(versions: Sequence[Agreement], parties: Collection[int]) -> Agreement | None:
    """The proposal that still lacks a signature."""
    return next((each for each in _live(versions) if each.waits_for(parties)), None)


def _live(versions: Sequence[Agreement]) -> list[Agreement]:
    return [each for each in versions if each.superseded_at is None]


def propose(
    terms: Terms, by: int, versions: Sequence[Agreement], parties: Collection[int], now: datetime
) -> Change:
    """Put terms before the other, at first or to reopen what is in force (which holds until both sign).

    Raises:
        NotAllowed: The person is not of this pair.
        Refusal: A proposal already waits, or nothing would change.
    """
    _check_party(by, parties)
    if waiting(versions, parties) is not None:
        raise Refusal("A proposal is already waiting. Accept it, or suggest changes to it.")
    agreed = in_force(versions, parties)
    if agreed is not None and not differences(agreed.terms, terms):
        raise Refusal("This is what you've agreed already. Change something, or leave it as it is.")
    return Change(_version(terms, by, versions, now))


def accept(
    version: int, by: int, versions: Sequence[Agreement], parties: Collection[int], now: datetime
) -> Change:
    """Sign a proposal; once all have signed it replaces what was in force.

    Raises:
        NotAllowed: The person is not of this pair.
        NoLongerOpen: The version was replaced, or is signed by all.
        Refusal: The person has signed it already.
    """
    _check_party(by, parties)
    proposal = _open(version, versions, parties)
    if by not in proposal.waits_for(parties):
        raise Refusal("You've signed this already. It's waiting for the other signature.")
    signed = replace(proposal, signatures=(*proposal.signatures, Signature(by, now)))
    if signed.waits_for(parties):
        return Change(signed)
    former = in_force(versions, parties)
    return Change(signed, () if former is None else (replace(former, superseded_at=now),))


def suggest_changes(
    version: int,
    terms: Terms,
    by: int,
    versions: Sequence[Agreement],
    parties: Collection[int],
    now: datetime,
) -> Change:
    """Answer a proposal with another; the first is kept as replaced.

    Raises:
        NotAllowed: The person is not of this pair.
        NoLongerOpen: The version was replaced, or is signed by all.
        Refusal: Nothing was changed.
    """
    _check_party(by, parties)
    proposal = _open(version, versions, parties)
    if not differences(proposal.terms, terms):
        raise Refusal("Nothing is different. Accept it, or change something first.")
    return Change(_version(terms, by, versions, now), (replace(proposal, superseded_at=now),))


def _version(terms: Terms, by: int, versions: Sequence[Agreement], now: datetime) -> Agreement:
    number = max((each.version for each in versions), default=0) + 1
    return Agreement(number, terms, by, now, (Signature(by, now),))


def _open(version: int, versions: Sequence[Agreement], parties: Collection[int]) -> Agreement:
    proposal = waiting(versions, parties)
    if proposal is None or proposal.version != version:
        raise NoLongerOpen("This proposal is no longer open. Look at the newest one from Home.")
    return proposal


def _check_party(by: int, parties: Collection[int]) -> None:
    if by not in parties:
        raise NotAllowed("Only the people of this pair can change their agreement.")


@dataclass(frozen=True)
class Difference:
    """One term that changed."""

    field: str
    old: Any
    new: Any


def differences(old: Terms, new: Terms) -> tuple[Difference, ...]:
    """What changes from one set of terms to another, in the order of the form."""
    return tuple(
        Difference(each.name, getattr(old, each.name), getattr(new, each.name))
        for each in fields(Terms)
        if getattr(old, each.name) != getattr(new, each.name)
    )


def rhythm_of(terms: Terms, counts_from: datetime) -> Rhythm:
    """The plan these terms make, counted from the local day after they were signed (or the pair announced).

    The day after, so that a slot earlier on the day of signing is not a meeting they have missed.
    """
    day = local_day(terms.zone, counts_from) + ONE_DAY
    at = terms.at if terms.plans_itself else None
    return _rhythm(terms.cadence, day, terms.zone, terms.weekday, at, terms.minutes)


@lru_cache(maxsize=4096)
def _rhythm(
    cadence: Cadence, anchor: date, zone: str, weekday: int | None, at: time | None, minutes: int
) -> Rhythm:
    """One value for all looks at a pair, and for pairs alike: what follows from it is remembered under it."""
    return Rhythm(cadence, anchor, zone, weekday, at, minutes)
