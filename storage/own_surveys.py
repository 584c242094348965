"""A program's own versions of surveys, as text; what somebody was asked stays as it was."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.fast import one_of_ids, rows
from storage.tables import OwnSurveyRow, RequestRow

ASKED = (
    select(RequestRow.id, OwnSurveyRow.text)
    .join(
        OwnSurveyRow,
        (OwnSurveyRow.program_id == RequestRow.program_id)
        & (OwnSurveyRow.instrument == RequestRow.instrument)
        & (OwnSurveyRow.version == RequestRow.version),
    )
    .where(one_of_ids(RequestRow.id))
)


def own_survey(session: Session, program_id: int, instrument: str, version: int) -> str | None:
    """The text of one version, if it is the program's own."""
    return session.scalar(
        select(OwnSurveyRow.text).where(
            OwnSurveyRow.program_id == program_id,
            OwnSurveyRow.instrument == instrument,
            OwnSurveyRow.version == version,
        )
    )


def own_surveys(session: Session, program_id: int) -> dict[tuple[str, int], str]:
    """Every own version of a program's surveys, by name and version."""
    query = (
        select(OwnSurveyRow.instrument, OwnSurveyRow.version, OwnSurveyRow.text)
        .where(OwnSurveyRow.program_id == program_id)
        .order_by(OwnSurveyRow.instrument, OwnSurveyRow.version)
    )
    return {(instrument, version): text for instrument, version, text in session.execute(query)}


def own_surveys_asked(session: Session, request_ids: Iterable[int]) -> dict[int, str]:
    """By asking, the text of the version that was asked, where it is the program's own."""
    return {row.id: row.text for row in rows(session, ASKED, request_ids)}


def was_asked(session: Session, program_id: int, instrument: str, version: int) -> bool:
    """Whether anybody was ever asked this version."""
    query = select(func.count()).where(
        RequestRow.program_id == program_id,
        RequestRow.instrument == instrument,
        RequestRow.version == version,
    )
    return bool(session.scalar(query))


def keep_own_survey(
    session: Session,
    workspace_id: int,
    program_id: int,
    instrument: str,
    version: int,
    text: str,
    person_id: int,
    now: datetime,
) -> None:
    """Keep a version; one that nobody was asked yet is written anew."""
    row = session.scalar(
        select(OwnSurveyRow).where(
            OwnSurveyRow.program_id == program_id,
            OwnSurveyRow.instrument == instrument,
            OwnSurveyRow.version == version,
        )
    )
    if row is None:
        row = OwnSurveyRow(
            workspace_id=workspace_id, program_id=program_id, instrument=instrument, version=version
        )
        session.add(row)
    row.text, row.made_by, row.made_at = text, person_id, now
    session.flush()
