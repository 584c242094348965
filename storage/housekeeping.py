"""What is forgotten when it has served its purpose."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.tables import EventRow

REMEMBERED = timedelta(days=7)
"""How long a Slack event is remembered as seen. Slack gives up sending one again after about an hour
(docs.slack.dev, Events API, retries); a week also covers an app whose events were held back."""


def forget_events(session: Session, now: datetime) -> int:
    """Forget events too old to come again; returns how many."""
    return len(
        session.scalars(
            delete(EventRow).where(EventRow.seen_at < now - REMEMBERED).returning(EventRow.event_id)
        ).all()
    )
