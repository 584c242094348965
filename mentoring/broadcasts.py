"""The communication plan: what a coordinator says to many at once, when, and how seldom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.programs import Program, ProgramState


class Audience(StrEnum):
    """Who hears a broadcast: the program's channel once, or people one by one in their own messages."""

    CHANNEL = "channel"
    EVERYBODY = "everybody"
    MENTORS = "mentors"
    MENTEES = "mentees"
    NO_AGREEMENT = "no_agreement"
    NOT_MET = "not_met"
    UNMATCHED = "unmatched"


class Occasion(StrEnum):
    """Moments at which a program has something to tell, in their order."""

    LAUNCH = "launch"
    FIRST_SUCCESSES = "first_successes"
    HALFWAY = "halfway"
    LAST_STRETCH = "last_stretch"
    THANKS = "thanks"
    NEWSLETTER = "newsletter"
    """At any time: what the numbers say so far."""


SHARES: Mapping[Occasion, float] = {
    Occasion.LAUNCH: 0.0,
    Occasion.FIRST_SUCCESSES: 1 / 6,
    Occasion.HALFWAY: 1 / 2,
    Occasion.LAST_STRETCH: 5 / 6,
    Occasion.THANKS: 1.0,
}
"""How much of the program has passed at each moment; a sixth of half a year is the first month."""


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    """Written, and shown to its writer as it will be read; nobody else has seen it."""
    WAITING = "waiting"
    """Tells somebody's story, and waits for their yes to these very words."""
    SCHEDULED = "scheduled"
    SENT = "sent"
    CANCELLED = "cancelled"


STOPPABLE = frozenset({BroadcastState.DRAFT, BroadcastState.WAITING, BroadcastState.SCHEDULED})

TEXT_LENGTH = 2000
"""Letters of a broadcast: about a phone screen and a half; longer ones are not read to the end."""
ONE_IN = timedelta(days=7)
"""Nobody hears more than one broadcast of a program in a week, and the channel neither."""
KEEPS = timedelta(days=3)
"""A broadcast that could not be delivered for so long is old news."""
FARTHEST = timedelta(days=366)
TELLS_OF_MOMENTS = "tells_of_moments"
"""The program's setting whether coordinators are told when a moment comes; on unless switched off."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Something a coordinator says to many.

    Args:
        text: Their own words.
        story_id: The story it passes on, if it does.
        send_at: When (UTC); people hear it in their own working hours from then on.
        told: How many it was written to, once sent.
        left_out: How many would have heard a second one within the week.
    """

    id: int
    program_id: int
    audience: Audience
    text: str
    story_id: int | None
    send_at: datetime
    state: BroadcastState
    written_by: int
    told: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody of an audience.

    Args:
        heard_at: When they last heard a broadcast of this program.
        muted: They want none.
        away: They are on a break.
    """

    person_id: int
    heard_at: datetime | None = None
    muted: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of an audience a broadcast goes to, and why not to the others."""

    people: tuple[int, ...]
    heard_lately: int = 0
    muted: int = 0
    away: int = 0


def reach(hearers: Iterable[Hearer], at: datetime) -> Reach:
    """Decide whom a broadcast at `at` goes to: a break and a "no more" count, and a week between two."""
    people: list[int] = []
    heard = muted = away = 0
    for each in hearers:
        if each.muted:
            muted += 1
        elif each.away:
            away += 1
        elif each.heard_at is not None and at - each.heard_at < ONE_IN:
            heard += 1
        else:
            people.append(each.person_id)
    return Reach(tuple(people), heard, muted, away)


def planned_moments(program: Program) -> dict[Occasion, date]:
    """On which days a program has something to tell."""
    length = program.ends_on - program.starts_on
    return {
        occasion: program.starts_on + timedelta(days=round(length.days * share))
        for occasion, share in SHARES.items()
    }


def check_text(text: str) -> str:
    """Take what was written.

    Raises:
        Refusal: For nothing, or too much, at the field.
    """
    text = text.strip()
    if not text:
        raise Refusal("Write what people should read.", "text")
    if len(text) > TEXT_LENGTH:
        raise Refusal(f"That is {len(text)} letters; {TEXT_LENGTH} is the most people read.", "text")
    return text


def check_when(send_at: datetime, now: datetime) -> datetime:
    """Take an instant from now to a year ahead.

    Raises:
        Refusal: For the past or a far future, at the field.
    """
    if send_at < now:
        raise Refusal("That time has passed. Pick a later one, or leave it empty for now.", "day")
    if send_at > now + FARTHEST:
        raise Refusal("That is more than a year ahead. Pick an earlier day.", "day")
    return send_at


def check_channel_is_free(others: Collection[Broadcast], send_at: datetime) -> None:
    """Keep a week between two broadcasts to the channel.

    Raises:
        Refusal: With the day from which it is free.
    """
    near = [
        each.send_at
        for each in others
        if each.audience is Audience.CHANNEL and abs(each.send_at - send_at) < ONE_IN
    ]
    if near:
        free = f"{max(near) + ONE_IN:%B} {(max(near) + ONE_IN).day}"
        raise Refusal(f"The channel hears one a week at most. Pick {free} or later.", "day")


def check_stoppable(broadcast: Broadcast) -> None:
    """Let only what was not sent be stopped.

    Raises:
        NoLongerOpen: For what was sent or stopped already.
    """
    if broadcast.state is BroadcastState.SENT:
        raise NoLongerOpen("This is no longer open: it has been sent.")
    if broadcast.state not in STOPPABLE:
        raise NoLongerOpen("This is no longer open: it was stopped already.")


def audiences_of(program: Program) -> list[Audience]:
    """Whom a program can speak to: a channel only where enrollment was announced in one."""
    if program.state is ProgramState.DRAFT:
        return []
    return [each for each in Audience if program.channel or each is not Audience.CHANNEL]
