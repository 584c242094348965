"""The five kinds of mentoring program and the roles people take in them."""

from enum import StrEnum


class ProgramKind(StrEnum):
    """The template a coordinator starts from."""

    TRADITIONAL = "traditional"
    """An experienced mentor and a developing mentee."""
    REVERSE = "reverse"
    """The junior mentors the senior; each has something to teach."""
    PEER = "peer"
    """Equals without fixed roles; exchange in both directions."""
    BUDDY = "buddy"
    """A newcomer with a colleague who knows the place."""
    GROUP = "group"
    """One mentor with several mentees."""


class Role(StrEnum):
    """What a participant is in a program; one person may be both."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Format(StrEnum):
    """How a person can meet."""

    VIDEO = "video"
    IN_PERSON = "in person"
    EITHER = "either"
