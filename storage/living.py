"""Workspaces that still want us: what belongs to one that removed the app is neither looked at nor sent.

It is kept as it is until its time is up, and goes on if the app comes back.
"""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.tables import WorkspaceRow

_STOPPED = select(WorkspaceRow.id).where(WorkspaceRow.stopped_at.is_not(None))


def wanted(workspace_id: InstrumentedAttribute[int] | ColumnElement[Any]) -> ColumnElement[bool]:
    """A condition: the row's workspace still wants us."""
    return workspace_id.not_in(_STOPPED)
