"""People, as the program knows them: facts from Slack, and what they told us of their days."""

from dataclasses import dataclass
from enum import StrEnum

SOMEONE = "Someone\N{WORD JOINER}"
"""The name of whoever is forgotten. Readers see their own language's word for it (`messages.words`);
the joiner, which nobody sees, tells it from a name that somebody has."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace.

    Args:
        id: Our own number for them, within the database.
        slack_id: Slack's id (`U…` or `W…`).
        time_zone: IANA name, from Slack.
        locale: As Slack writes it, `en-US`.
        country: ISO 3166 code for public holidays, or None until they tell us.
        active: False once Slack says they are deactivated.
        member: False for guests, bots and people of other organizations: they cannot take part.
        opened_home: Whether they ever looked at the bot's Home tab.
    """

    id: int
    workspace_id: int
    slack_id: str
    name: str
    email: str | None
    time_zone: str
    locale: str
    country: str | None
    is_admin: bool
    active: bool
    member: bool
    opened_home: bool = False

    @property
    def first_name(self) -> str:
        """What friends and the bot call them."""
        return self.name.split()[0] if self.name.strip() else self.slack_id


class StaffRole(StrEnum):
    """What somebody may do for a program beyond taking part in it."""

    OWNER = "owner"
    """May do everything in the workspace, and name other owners and coordinators."""
    COORDINATOR = "coordinator"
    """Runs one program, or all of the workspace."""
    VIEWER = "viewer"
    """Reads reports, nothing else."""
