"""Everything the log of a program can say was done, by code.

The log keeps ids and codes; `forms/audit_deeds` says each in words, in every language. A new deed is named
here and worded there: the type checker refuses a code that is not here, and so does `storage.outbox.audit`.
A code that has been written stays, since logs keep it for years.
"""

from typing import Literal, get_args

Deed = Literal[
    "apply.decide",
    "audit.export",
    "broadcast.cancel",
    "broadcast.send",
    "care.by_hand",
    "care.extend",
    "care.message",
    "care.message_many",
    "care.move",
    "care.nudge",
    "care.offer_pause",
    "care.pause",
    "care.places",
    "charter.first",
    "charter.people",
    "charter.success",
    "charter.support",
    "debrief.written",
    "desk.again",
    "desk.again_all",
    "desk.seen",
    "desk.seen_many",
    "desk.settings",
    "desk.snooze",
    "export.send",
    "invite",
    "lessons.changed",
    "match.approve",
    "match.rules",
    "match.settings",
    "match.wall",
    "match.wall_remove",
    "nominate",
    "pair.completed",
    "pair.help",
    "pair.left",
    "pair.left_group",
    "pair.parted",
    "pause",
    "privacy.delete",
    "privacy.keep_for",
    "privacy.retention",
    "program.asked",
    "program.close_enrollment",
    "program.new",
    "program.open",
    "program.phases",
    "program.words",
    "report.plan",
    "report.send",
    "report.stop",
    "resource.retire",
    "resource.save",
    "roster.import",
    "staff.add",
    "staff.claim",
    "staff.remove",
    "survey.changed",
    "survey.sent",
    "survey.withdrawn",
]
"""A code of the log: what it is about, and what was done."""

DEEDS: frozenset[str] = frozenset(get_args(Deed))
