"""One person's data: counted, read out whole, forgotten. Every table that names a person is decided here.

A test holds `NAMES` against the tables: whoever adds one that points to a person has to say what it holds,
and what becomes of it when the person goes.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from mentoring.people import SOMEONE, StaffRole
from mentoring.privacy import Held
from storage.profiles import profile_json
from storage.programs import NOTHING_YET
from storage.tables import (
    AgreementRow,
    AnswerRow,
    Base,
    CareNoteRow,
    EnrollmentRow,
    MatchCheckRow,
    MatchRunRow,
    MeetingRow,
    MemberRow,
    ObjectiveRatingRow,
    PairRow,
    PastMemberRow,
    PersonRow,
    RequestRow,
    StaffRow,
    TaskRow,
)

GONE_PREFIX = "GONE"
"""Begins the id that takes the place of Slack's."""

DELETED = "deleted"
"""The rows go with the person."""
KEPT = "kept"
"""The rows stay for the count, and point to nobody any more: the person behind them is a number."""
CLEARED = "cleared"
"""The rows stay for the count; words in them go."""

NAMES: dict[str, tuple[Held, str]] = {
    "agreement.proposed_by": (Held.PAIRS, CLEARED),
    "ask.answered_by": (Held.PAIRS, KEPT),
    "ask.person_id": (Held.PAIRS, KEPT),
    "audit.actor_id": (Held.LOG, KEPT),
    "broadcast.written_by": (Held.LOG, KEPT),
    "care_note.written_by": (Held.LOG, KEPT),
    "daily_line.person_id": (Held.MESSAGES, DELETED),
    "debrief.written_by": (Held.LOG, KEPT),
    "desk.person_id": (Held.DIRECTORY, DELETED),
    "enrollment.nominated_by": (Held.TAKING_PART, KEPT),
    "enrollment.person_id": (Held.TAKING_PART, CLEARED),
    "goal.person_id": (Held.WORK, DELETED),
    "going_on.person_id": (Held.PAIRS, KEPT),
    "group_invitation.asked_by": (Held.LOG, KEPT),
    "improvement.owner_id": (Held.LOG, KEPT),
    "lesson_done.person_id": (Held.WORK, DELETED),
    "letter.person_id": (Held.MESSAGES, DELETED),
    "match_check.person_id": (Held.PAIRS, CLEARED),
    "match_run.created_by": (Held.LOG, KEPT),
    "match_run.decided_by": (Held.LOG, KEPT),
    "meeting.planned_by": (Held.PAIRS, KEPT),
    "member.person_id": (Held.PAIRS, KEPT),
    "muted.person_id": (Held.MESSAGES, DELETED),
    "objective_rating.mentee_id": (Held.WORK, CLEARED),
    "past_member.person_id": (Held.PAIRS, KEPT),
    "pause.person_id": (Held.PAIRS, DELETED),
    "portfolio_item.person_id": (Held.WORK, DELETED),
    "program_lesson.made_by": (Held.LOG, KEPT),
    "program_survey.made_by": (Held.LOG, KEPT),
    "report_plan.made_by": (Held.LOG, KEPT),
    "report_plan.person_id": (Held.MESSAGES, DELETED),
    "resource.added_by": (Held.LOG, KEPT),
    "resource_use.person_id": (Held.WORK, DELETED),
    "roster_file.asked_by": (Held.LOG, DELETED),
    "self_description.person_id": (Held.ABOUT_ME, DELETED),
    "staff.person_id": (Held.LOG, DELETED),
    "stakeholder.person_id": (Held.ANSWERS, DELETED),
    "story.person_id": (Held.WORK, DELETED),
    "supervisor.person_id": (Held.TAKING_PART, DELETED),
    "supervisor.supervisor_id": (Held.TAKING_PART, DELETED),
    "survey_request.person_id": (Held.ANSWERS, KEPT),
    "survey_sending.sent_by": (Held.LOG, KEPT),
    "task.mentee_id": (Held.WORK, DELETED),
    "topic.person_id": (Held.WORK, DELETED),
    "wall_person.person_id": (Held.TAKING_PART, DELETED),
}
"""Each column that names a person: what it is to them, and what becomes of its rows when they go."""

NOT_THEIRS = frozenset(
    {
        "care_note",
        "wall_person",
        "broadcast",
        "debrief",
        "match_run",
        "program_lesson",
        "program_survey",
        "group_invitation",
        "resource",
        "roster_file",
    }
)
"""Tables whose rows name a person as the one who wrote them for the program, or as part of a rule of the
firm: they are no words about the person, and others' words stand in them."""

BY_THE_WAY = frozenset({"answered_by", "nominated_by"})
"""Columns that name somebody in a row about somebody else, whose own matter it is."""

HIDDEN = frozenset({"workspace_id", "mark", "people_key", "uid", "next_look_at"})
"""Columns that only make the machine run."""
FREE_TERMS = ("communication", "confidentiality", "off_limits", "feedback", "goals_how", "place")
OWN_OBJECTIVES = {"mentor": "mentor_objective", "mentee": "mentee_objective"}

Keep = Callable[[int, str, int, dict[str, Any]], dict[str, Any]]
"""What stays of answers: program, survey, version and answers in; answers out."""


def held_about(session: Session, person_id: int) -> dict[Held, int]:
    """How many entries of each kind are held about a person; one query a table."""
    found = dict.fromkeys(Held, 0)
    found[Held.DIRECTORY] = 1
    for name, (kind, _) in NAMES.items():
        table, column = name.split(".")
        if table in NOT_THEIRS or column in BY_THE_WAY:
            continue
        rows = Base.metadata.tables[table]
        found[kind] += session.scalar(select(func.count()).where(rows.c[column] == person_id)) or 0
    met = _of_their_time(MeetingRow.pair_id, MeetingRow.starts_at, person_id)
    found[Held.PAIRS] += session.scalar(select(func.count()).where(met)) or 0
    return found


def personal_data(session: Session, person_id: int) -> dict[str, Any]:
    """Everything held about a person, by table, as JSON can hold it."""
    found: dict[str, Any] = {}
    mine = Base.metadata.tables["person"]
    found["person"] = _read(session, mine, mine.c.id == person_id)
    for name in NAMES:
        table, column = name.split(".")
        if table not in NOT_THEIRS and column not in BY_THE_WAY:
            rows = Base.metadata.tables[table]
            found.setdefault(table, []).extend(_read(session, rows, rows.c[column] == person_id))
    pairs = select(MemberRow.pair_id).where(MemberRow.person_id == person_id)
    found["pair"] = _read(session, PairRow.__table__, PairRow.id.in_(pairs))
    agreed = _of_their_time(AgreementRow.pair_id, AgreementRow.proposed_at, person_id)
    found["agreement"] = _read(session, AgreementRow.__table__, agreed)
    met = _of_their_time(MeetingRow.pair_id, MeetingRow.starts_at, person_id)
    found["meeting"] = _read(session, MeetingRow.__table__, met)
    asked = select(RequestRow.id).where(RequestRow.person_id == person_id)
    found["survey_answer"] = _read(session, AnswerRow.__table__, AnswerRow.request_id.in_(asked))
    return {table: rows for table, rows in sorted(found.items()) if rows}


def _of_their_time(pair_id: Any, at: Any, person_id: int) -> ColumnElement[bool]:
    """What is of a pair they are in, or of a group they left, and from before they did."""
    pairs = select(MemberRow.pair_id).where(MemberRow.person_id == person_id)
    left = select(PastMemberRow.pair_id).where(
        PastMemberRow.pair_id == pair_id, PastMemberRow.person_id == person_id, at < PastMemberRow.left_at
    )
    return or_(pair_id.in_(pairs), left.exists())


def _read(session: Session, table: Any, *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    # In the order they were made: by itself PostgreSQL gives them as they were last written.
    found = select(table).where(*where).order_by(*table.primary_key.columns)
    rows = session.connection().execute(found).mappings()
    return [{key: _plain(value) for key, value in row.items() if key not in HIDDEN} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def forget_person(session: Session, person_id: int, keep: Keep) -> None:
    """Make somebody a number: their words go, what a pair shares stays without their name, counts stay.

    Living pairs have to be ended before; see `handlers.privacy`.
    """
    row = session.get_one(PersonRow, person_id)
    slack_id, gone = row.slack_id, f"{GONE_PREFIX}{uuid4().hex}"
    for name, (_, fate) in NAMES.items():
        if fate == DELETED:
            table, column = name.split(".")
            rows = Base.metadata.tables[table]
            session.execute(delete(rows).where(rows.c[column] == person_id))
    mine = EnrollmentRow.person_id == person_id
    programs = select(EnrollmentRow.program_id).where(mine)
    for run in session.scalars(select(MatchRunRow).where(MatchRunRow.program_id.in_(programs))):
        run.inputs, run.result, run.review = (
            _without(each, slack_id, gone) for each in (run.inputs, run.result, run.review)
        )
    _clear_enrollments(session, mine)
    pairs = select(MemberRow.pair_id).where(MemberRow.person_id == person_id)
    _clear_pairs(session, pairs)
    _clear_groups_left(session, person_id)
    _clear_own_objectives(session, person_id)
    session.execute(update(MatchCheckRow).where(MatchCheckRow.person_id == person_id).values(reason=""))
    session.execute(
        update(ObjectiveRatingRow).where(ObjectiveRatingRow.mentee_id == person_id).values(words="")
    )
    _detach_answers(session, RequestRow.person_id == person_id, keep)
    session.flush()
    row.slack_id, row.name, row.email = gone, SOMEONE, None
    row.time_zone, row.locale, row.country, row.hours = "UTC", "en-US", None, None
    row.dnd_from, row.dnd_until = None, None
    row.is_admin = row.active = row.member = row.opened_home = False
    session.flush()


def forget_program(session: Session, program_id: int, keep: Keep) -> None:
    """A program's time is over: everybody's words in it go, the counts stay, and nobody's name with them.

    People themselves stay known to the workspace: they may be in other programs.
    """
    pairs = select(PairRow.id).where(PairRow.program_id == program_id)
    for name, (_, fate) in NAMES.items():
        table = Base.metadata.tables[name.split(".")[0]]
        if fate != DELETED or table.name == "staff":
            continue
        if "program_id" in table.c:
            session.execute(delete(table).where(table.c.program_id == program_id))
        elif "pair_id" in table.c:
            session.execute(delete(table).where(table.c.pair_id.in_(pairs)))
    session.execute(
        update(MatchRunRow)
        .where(MatchRunRow.program_id == program_id)
        .values(inputs={}, result={"pairs": [], "unmatched": []}, review={})
    )
    _clear_enrollments(session, EnrollmentRow.program_id == program_id)
    _clear_pairs(session, pairs)
    session.execute(update(MatchCheckRow).where(MatchCheckRow.pair_id.in_(pairs)).values(reason=""))
    session.execute(update(ObjectiveRatingRow).where(ObjectiveRatingRow.pair_id.in_(pairs)).values(words=""))
    for agreement in session.scalars(select(AgreementRow).where(AgreementRow.pair_id.in_(pairs))):
        agreement.terms = {**agreement.terms, **dict.fromkeys((*FREE_TERMS, *OWN_OBJECTIVES.values()), "")}
    _detach_answers(session, RequestRow.program_id == program_id, keep)
    session.flush()


def last_owner(session: Session, workspace_id: int, person_id: int) -> bool:
    """Whether this person alone owns the workspace's programs."""
    query = select(StaffRow.person_id).where(
        StaffRow.workspace_id == workspace_id, StaffRow.role == StaffRole.OWNER.value
    )
    return [*session.scalars(query)] == [person_id]


def _clear_enrollments(session: Session, *where: ColumnElement[bool]) -> None:
    for row in session.scalars(select(EnrollmentRow).where(*where)):
        row.profile = profile_json(NOTHING_YET)
        row.draft, row.note, row.reason, row.next_look_at = None, "", "", None


def _clear_pairs(session: Session, pairs: Any) -> None:
    """The reason of a match names both people and their wishes; a note of care speaks of them."""
    session.execute(update(PairRow).where(PairRow.id.in_(pairs)).values(why="", channel_id=None))
    session.execute(delete(CareNoteRow).where(CareNoteRow.pair_id.in_(pairs)))
    session.execute(update(TaskRow).where(TaskRow.pair_id.in_(pairs)).values(keep_going="", try_next=""))


def _clear_groups_left(session: Session, person_id: int) -> None:
    """Of a group that goes on without them, words that may name them: why they met, notes of their time."""
    left = select(PastMemberRow.pair_id).where(PastMemberRow.person_id == person_id)
    session.execute(update(PairRow).where(PairRow.id.in_(left)).values(why=""))
    noted = _of_their_time(CareNoteRow.pair_id, CareNoteRow.written_at, person_id)
    session.execute(delete(CareNoteRow).where(noted))


def _clear_own_objectives(session: Session, person_id: int) -> None:
    query = (
        select(AgreementRow, MemberRow.role)
        .join(MemberRow, MemberRow.pair_id == AgreementRow.pair_id)
        .where(MemberRow.person_id == person_id)
    )
    for row, role in session.execute(query):
        own = OWN_OBJECTIVES.get(role or "")
        if own and row.terms.get(own):
            row.terms = {**row.terms, own: ""}


def _detach_answers(session: Session, whose: ColumnElement[bool], keep: Keep) -> None:
    """Answers become nobody's: what is only ever shown in groups stays, words and own ratings go."""
    query = select(AnswerRow).join(RequestRow, RequestRow.id == AnswerRow.request_id).where(whose)
    for row in session.scalars(query):
        row.answers = keep(row.program_id, row.instrument, row.version, row.answers)
        row.shared = []
        row.request_id = None


def _without(value: Any, slack_id: str, gone: str) -> Any:
    """A stored round of matching in which somebody is only a number: their words go, and so does their id."""
    if isinstance(value, list):
        return [_without(each, slack_id, gone) for each in value]
    if isinstance(value, dict):
        if value.get("user_id") == slack_id:
            return {key: gone if each == slack_id else _anonymous(key, each) for key, each in value.items()}
        return {
            (gone if key == slack_id else key): _without(each, slack_id, gone) for key, each in value.items()
        }
    if isinstance(value, str) and slack_id in value:
        return value.replace(slack_id, gone)
    return value


CODES = frozenset({"roles", "languages", "format", "time_zone", "user_id"})
"""What a stored candidate needs to be read again, and says nothing about who it was."""


def _anonymous(key: str, value: Any) -> Any:
    if key in CODES or not isinstance(value, str | list):
        return value
    return [] if isinstance(value, list) else ""
