"""Every kind of letter and the function that finds its words: the whole table on one page."""

from collections.abc import Callable

from messages.letters import enrollment, meetings, pairing, program
from messages.letters.context import Circumstances, Message

KINDS: dict[str, Callable[[Circumstances], Message]] = {
    "announcement": enrollment.announcement,
    "invited": enrollment.invited,
    "joined": enrollment.joined,
    "not_matched": enrollment.not_matched,
    "introduction": pairing.introduction,
    "agreement_proposed": pairing.agreement_proposed,
    "agreement_signed": pairing.agreement_signed,
    "agreement_reminder": meetings.agreement_reminder,
    "book": meetings.book,
    "meeting_due": meetings.meeting_due,
    "did_you_meet": meetings.did_you_meet,
    "second_ask": meetings.second_ask,
    "sort_out": meetings.sort_out,
    "quiet_check": meetings.quiet_check,
    "pause_ends": meetings.pause_ends,
    "welcome_back": meetings.welcome_back,
    "catch_up": meetings.catch_up,
    "survey": program.survey,
    "match_ready": program.match_ready,
    "match_refused": program.match_refused,
    "letter_given_up": program.letter_given_up,
}


def letter(kind: str, seen: Circumstances) -> Message:
    """Find the words of a letter, at the moment it is sent."""
    return KINDS[kind](seen)
