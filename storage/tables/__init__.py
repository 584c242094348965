"""Every table, typed; the facts of a workspace hang off its row."""

from storage.tables import installations
from storage.tables.base import Base
from storage.tables.broadcasts import BroadcastRow, MutedRow, StoryRow
from storage.tables.charter import StakeholderRow
from storage.tables.desk import CareNoteRow, DeskRow
from storage.tables.heartbeats import HeartbeatRow
from storage.tables.invitations import GroupInvitationRow
from storage.tables.lessons import LessonDoneRow, OwnLessonRow
from storage.tables.outbox import AuditRow, EventRow, LetterRow, SkipRow
from storage.tables.pairs import (
    AgreementRow,
    AskRow,
    MeetingRow,
    MemberRow,
    PairRow,
    PastMemberRow,
    PauseRow,
)
from storage.tables.people import PersonRow, StaffRow, WorkspaceRow
from storage.tables.phases import DebriefRow, GoingOnRow, ImprovementRow, PhaseShiftRow
from storage.tables.programs import EnrollmentRow, MatchCheckRow, MatchRunRow, ProgramRow, SelfDescriptionRow
from storage.tables.reports import ReportPlanRow
from storage.tables.resources import ResourceRow, ResourceUseRow
from storage.tables.rhythm import DailyLineRow, GoalRow, TopicRow
from storage.tables.rosters import RosterFileRow
from storage.tables.sealed import seal_words
from storage.tables.supervisors import SupervisorRow
from storage.tables.surveys import AnswerRow, OwnSurveyRow, RequestRow, SendingRow
from storage.tables.tasks import ObjectiveRatingRow, PortfolioItemRow, TaskRow
from storage.tables.walls import WallPersonRow, WallRow

seal_words(Base.metadata)

__all__ = [
    "AgreementRow",
    "AnswerRow",
    "AskRow",
    "AuditRow",
    "Base",
    "BroadcastRow",
    "CareNoteRow",
    "DailyLineRow",
    "DebriefRow",
    "DeskRow",
    "EnrollmentRow",
    "EventRow",
    "GoalRow",
    "GoingOnRow",
    "GroupInvitationRow",
    "HeartbeatRow",
    "ImprovementRow",
    "LessonDoneRow",
    "LetterRow",
    "MatchCheckRow",
    "MatchRunRow",
    "MeetingRow",
    "MemberRow",
    "MutedRow",
    "ObjectiveRatingRow",
    "OwnLessonRow",
    "OwnSurveyRow",
    "PairRow",
    "PastMemberRow",
    "PauseRow",
    "PersonRow",
    "PhaseShiftRow",
    "PortfolioItemRow",
    "ProgramRow",
    "ReportPlanRow",
    "RequestRow",
    "ResourceRow",
    "ResourceUseRow",
    "RosterFileRow",
    "SelfDescriptionRow",
    "SendingRow",
    "SkipRow",
    "StaffRow",
    "StakeholderRow",
    "StoryRow",
    "SupervisorRow",
    "TaskRow",
    "TopicRow",
    "WallPersonRow",
    "WallRow",
    "WorkspaceRow",
    "installations",
]
