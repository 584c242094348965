"""What is forgotten when it has served its purpose."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.tables import CareNoteRow, EventRow

REMEMBERED = timedelta(days=7)
"""How long a Slack event is remembered as seen. Slack gives up sending one again after about an hour
(docs.slack.dev, Events API, retries); a week also covers an app whose events were held back."""


NOTES_SAID_WITHIN = timedelta(days=30)
"""How long a coordinator's words to a pair may wait for a break to end; later they would only puzzle."""
MARGIN = timedelta(days=1)
"""Beyond that, so that no letter looks for words that have just gone."""


def forget_care_notes(session: Session, now: datetime) -> int:
    """Forget a coordinator's words to a pair once they have been said or have expired; returns how many."""
    old = CareNoteRow.written_at < now - NOTES_SAID_WITHIN - MARGIN
    return len(session.scalars(delete(CareNoteRow).where(old).returning(CareNoteRow.id)).all())


def forget_events(session: Session, now: datetime) -> int:
    """Forget events too old to come again; returns how many."""
    return len(
        session.scalars(
            delete(EventRow).where(EventRow.seen_at < now - REMEMBERED).returning(EventRow.event_id)
        ).all()
    )
