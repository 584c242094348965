"""Agreements: every version a pair has proposed or signed."""

from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.agreements import Agreement, Change, Rescheduler, Signature, Terms
from mentoring.cadence import Cadence
from storage.fast import one_of_ids, rows
from storage.tables import AgreementRow

VERSIONS = (
    select(AgreementRow.__table__).where(one_of_ids(AgreementRow.pair_id)).order_by(AgreementRow.version)
)
PROPOSED, IN_FORCE, REPLACED = "proposed", "in force", "replaced"


def versions(session: Session, pair_id: int) -> list[Agreement]:
    """All versions of a pair's agreement, oldest first."""
    return versions_of_pairs(session, [pair_id]).get(pair_id, [])


def versions_of_pairs(session: Session, pair_ids: list[int]) -> dict[int, list[Agreement]]:
    """All versions of several pairs' agreements, in one query."""
    found: dict[int, list[Agreement]] = {}
    for row in rows(session, VERSIONS, pair_ids):
        found.setdefault(row.pair_id, []).append(
            Agreement(
                version=row.version,
                terms=terms_from_json(row.terms),
                proposed_by=row.proposed_by,
                proposed_at=row.proposed_at,
                signatures=tuple(
                    Signature(each["person"], datetime.fromisoformat(each["at"])) for each in row.signatures
                ),
                superseded_at=row.superseded_at,
            )
        )
    return found


def save_change(
    session: Session, workspace_id: int, pair_id: int, change: Change, parties: list[int]
) -> None:
    """Store what one act did to the versions: what it replaced first, so that one at most is in force."""
    for each in (*change.replaced, change.current):
        row = session.scalar(
            select(AgreementRow).where(AgreementRow.pair_id == pair_id, AgreementRow.version == each.version)
        )
        if row is None:
            row = AgreementRow(
                workspace_id=workspace_id,
                pair_id=pair_id,
                version=each.version,
                terms=terms_to_json(each.terms),
                proposed_by=each.proposed_by,
                proposed_at=each.proposed_at,
            )
            session.add(row)
        row.state = _state(each, parties)
        row.superseded_at = each.superseded_at
        row.signatures = [{"person": one.person_id, "at": one.at.isoformat()} for one in each.signatures]
        session.flush()


def _state(agreement: Agreement, parties: list[int]) -> str:
    if agreement.superseded_at:
        return REPLACED
    return PROPOSED if agreement.waits_for(parties) else IN_FORCE


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """Terms as stored: cadence by its code, days and times in ISO 8601."""
    kept = {each.name: getattr(terms, each.name) for each in fields(Terms)}
    return kept | {
        "cadence": terms.cadence.code,
        "at": terms.at and terms.at.strftime("%H:%M"),
        "rescheduler": terms.rescheduler.value,
        "ends_on": terms.ends_on and terms.ends_on.isoformat(),
    }


def terms_from_json(kept: dict[str, Any]) -> Terms:
    """Read stored terms back."""
    ends_on = kept["ends_on"]
    return Terms(
        **kept
        | {
            "cadence": Cadence.parse(kept["cadence"]),
            "at": time.fromisoformat(kept["at"]) if kept["at"] else None,
            "rescheduler": Rescheduler(kept["rescheduler"]),
            "ends_on": date.fromisoformat(ends_on) if ends_on else None,
        }
    )
