"""Every kind of letter and the function that finds its words: the whole table on one page."""

from collections.abc import Callable

from messages.letters import (
    attention,
    endings,
    enrollment,
    matching,
    meetings,
    pairing,
    phases,
    phases_work,
    program,
    reports,
    supervisors,
    updates,
)
from messages.letters.context import Circumstances, Message

KINDS: dict[str, Callable[[Circumstances], Message]] = {
    "announcement": enrollment.announcement,
    "invited": enrollment.invited,
    "invited_again": enrollment.invited_again,
    "nominated": enrollment.nominated,
    "join_draft": enrollment.join_draft,
    "joined": enrollment.joined,
    "applied": enrollment.applied,
    "decided": enrollment.decided,
    "not_matched": enrollment.not_matched,
    "group_invited": enrollment.group_invited,
    "introduction": pairing.introduction,
    "agreement_proposed": pairing.agreement_proposed,
    "agreement_signed": pairing.agreement_signed,
    "agreement_reminder": meetings.agreement_reminder,
    "book": meetings.book,
    "meeting_due": meetings.meeting_due,
    "meeting_planned": meetings.meeting_planned,
    "did_you_meet": meetings.did_you_meet,
    "second_ask": meetings.second_ask,
    "sort_out": meetings.sort_out,
    "quiet_check": meetings.quiet_check,
    "pause_ends": meetings.pause_ends,
    "welcome_back": meetings.welcome_back,
    "catch_up": meetings.catch_up,
    "parted": endings.parted,
    "pair_ended": endings.pair_ended,
    "partner_away": endings.partner_away,
    "pair_paused": endings.pair_paused,
    "survey": program.survey,
    "survey_reminder": phases.survey_reminder,
    "supervisor_told": supervisors.supervisor_told,
    "supervisor_asked": supervisors.supervisor_asked,
    "phase_opens": phases.phase_opens,
    "go_on": phases.go_on,
    "went_on": phases.went_on,
    "graduation": phases.graduation,
    "debrief": phases.debrief,
    "action_due": phases.action_due,
    "task_done": phases_work.task_done,
    "task_feedback": phases_work.task_feedback,
    "paper": phases_work.paper,
    "report": reports.report,
    "broadcast": updates.broadcast,
    "story_preview": updates.story_preview,
    "update_due": updates.update_due,
    "announcing": matching.announcing,
    "match_check": matching.match_check,
    "match_objection": matching.match_objection,
    "wants_a_word": attention.wants_a_word,
    "match_ready": program.match_ready,
    "match_refused": program.match_refused,
    "letter_given_up": program.letter_given_up,
}


def letter(kind: str, seen: Circumstances) -> Message:
    """Find the words of a letter, at the moment it is sent."""
    return KINDS[kind](seen)
