"""Every table, typed; the facts of a workspace hang off its row."""

from storage.tables.base import Base
from storage.tables.outbox import AuditRow, EventRow, LetterRow, SkipRow
from storage.tables.pairs import AgreementRow, AskRow, MeetingRow, MemberRow, PairRow, PauseRow
from storage.tables.people import PersonRow, StaffRow, WorkspaceRow
from storage.tables.programs import EnrollmentRow, MatchRunRow, ProgramRow
from storage.tables.surveys import AnswerRow, RequestRow

__all__ = [
    "AgreementRow",
    "AnswerRow",
    "AskRow",
    "AuditRow",
    "Base",
    "EnrollmentRow",
    "EventRow",
    "LetterRow",
    "MatchRunRow",
    "MeetingRow",
    "MemberRow",
    "PairRow",
    "PauseRow",
    "PersonRow",
    "ProgramRow",
    "RequestRow",
    "SkipRow",
    "StaffRow",
    "WorkspaceRow",
]
