"""What is held about people, for how long, and what a legal hold changes."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mentoring.enrollment import Profile
from mentoring.errors import Refusal
from mentoring.hours import zone_of
from mentoring.programs import Program, ProgramState
from mentoring.surveys.instruments import Instrument, Visibility

RETENTION_SETTING, HOLD_SETTING, FORGOTTEN_SETTING = "retention_months", "legal_hold", "forgotten_on"
"""Names in a program's settings."""
DEFAULT_RETENTION_MONTHS = 24
"""After a program has closed: long enough for the next cycle to be compared with, and for a firm's review."""
LEAST_RETENTION_MONTHS, MOST_RETENTION_MONTHS = 1, 120
"""What a program may choose; ten years is longer than most firms keep personnel files."""


class Held(StrEnum):
    """What is held about a person, in the kinds they are told of."""

    DIRECTORY = "directory"
    """Name, address, time zone, language; own hours and do-not-disturb."""
    TAKING_PART = "taking_part"
    """What they answered when they joined, and where they stand."""
    ABOUT_ME = "about_me"
    """How they described themselves, if they did."""
    PAIRS = "pairs"
    """Their pairs: agreements, meetings, breaks."""
    ANSWERS = "answers"
    """Surveys they were asked; of anonymous ones only that they answered."""
    WORK = "work"
    """Goals, tasks, topics, lessons, ratings, portfolio, stories."""
    MESSAGES = "messages"
    """That a message was sent, and when; never its words."""
    LOG = "log"
    """What they did as coordinator or in a pair, in codes."""


def retention_months(program: Program) -> int:
    """How long personal data of a program are kept after it has closed, in months."""
    stored = program.settings.get(RETENTION_SETTING)
    if not isinstance(stored, int) or isinstance(stored, bool):
        return DEFAULT_RETENTION_MONTHS
    return min(MOST_RETENTION_MONTHS, max(LEAST_RETENTION_MONTHS, stored))


def check_retention(months: int) -> int:
    """Let pass a number of months a program may choose.

    Raises:
        Refusal: Outside of 1 to 120, at the field `retention`.
    """
    if not LEAST_RETENTION_MONTHS <= months <= MOST_RETENTION_MONTHS:
        raise Refusal(
            f"Pick a number of months from {LEAST_RETENTION_MONTHS} to {MOST_RETENTION_MONTHS}.", "retention"
        )
    return months


def on_hold(program: Program) -> bool:
    """Whether a legal hold stops deletion in this program."""
    return program.settings.get(HOLD_SETTING) is True


def forgets_on(program: Program) -> date:
    """The day from which a closed program's personal data go, on the program's calendar."""
    months = program.ends_on.year * 12 + program.ends_on.month - 1 + retention_months(program)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(program.ends_on.day, monthrange(year, month)[1]))


def is_due_to_forget(program: Program, now: datetime) -> bool:
    """Whether a program's personal data have to go now: closed, past its time, not held, not gone already."""
    if program.state is not ProgramState.CLOSED or on_hold(program) or FORGOTTEN_SETTING in program.settings:
        return False
    return now.astimezone(zone_of(program.time_zone)).date() >= forgets_on(program)


def check_may_delete(programs: list[Program]) -> None:
    """Let pass a person's wish to be deleted, unless a program they are in is on hold.

    Raises:
        Refusal: It says which program, and what can be done.
    """
    held = [each.name for each in programs if on_hold(each)]
    if held:
        names = " and ".join(held)
        raise Refusal(
            f"A legal hold on {names} stops deletion for now: the law may require these records. Nothing was"
            " deleted. Ask your coordinator; you can still get a copy of everything."
        )


class ProfileReader(StrEnum):
    """Who reads what somebody answered when they joined."""

    SELF = "self"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    """Somebody in a pair with them."""


FOR_THE_MATCHER: Mapping[str, Any] = {
    "do_not_pair_with": frozenset[str](),
    "preferred": frozenset[str](),
    "reports_to": None,
}
"""What only the matcher and people themselves read: whom they would rather not meet is nobody's business."""
FOR_THE_TEAM: Mapping[str, Any] = {"hopes": "", "competence": "", "confidence": "", "commitment": ""}
"""What people write for the program team."""


def visible_profile(profile: Profile, reader: ProfileReader) -> Profile:
    """The profile as this reader may see it: what is not theirs reads as if it had not been answered."""
    match reader:
        case ProfileReader.SELF:
            return profile
        case ProfileReader.COORDINATOR:
            return replace(profile, **FOR_THE_MATCHER)
        case ProfileReader.PARTNER:
            return replace(profile, **FOR_THE_MATCHER, **FOR_THE_TEAM)


def kept_of_answers(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, object]:
    """What stays of somebody's answers when they go: what is only ever shown in groups, and no words."""
    grouped = {
        each.id
        for each in instrument.questions
        if each.visibility is Visibility.GROUPED and not each.kind.is_text
    }
    return {key: value for key, value in answers.items() if key in grouped}
