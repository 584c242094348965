"""Slack with several firms, our site at a port of its own, and the clock both go by."""

import hashlib
import hmac
import html
import json
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from bot.site import Site
from playground import ManyWorkspaces, Playground, StillClock
from storage.database import Database
from storage.people import workspace_of
from storage.tables import WorkspaceRow
from tests.support.web import Browser, Page, post


@dataclass
class World:
    """Slack, our site, and the clock both go by."""

    slack: ManyWorkspaces
    site: Site
    url: str
    clock: StillClock
    database: Database

    def found(self, name: str, *more: str, **of: Any) -> Playground:
        """A firm with a coordinator, and whoever else is named."""
        firm = self.slack.add(name, **of)
        suffix = firm.team_id[-3:]
        firm.add_person(f"U{suffix}ROBIN", "Robin Ellery", email="robin@example.com", is_admin=True)
        for each in more:
            firm.add_person(each, "Priya Raman", email="priya@example.com")
        return firm

    def install(self, firm: Playground, browser: Browser | None = None, **how: Any) -> Page:
        """An admin installs the app, as the browser goes."""
        browser = browser or Browser()
        return browser.get(self.allowed(firm, browser, **how))

    def allowed(self, firm: Playground, browser: Browser, **how: Any) -> str:
        page = browser.get(f"{self.url}/slack/install")
        assert page.status == 200
        return self.slack.oauth.allow(link_of(page), firm.team_id, firm.people[0].id, **how)

    def stopped_at(self, slack_id: str) -> datetime | None:
        with self.database.read() as session:
            known = workspace_of(session, slack_id)
            assert known is not None
            return session.get_one(WorkspaceRow, known.id).stopped_at


def link_of(page: Page) -> str:
    found = re.search(r'href="([^"]+)"', page.body)
    assert found is not None
    return html.unescape(found[1])


def refused(world: World) -> None:
    """Slack refused something, as it should in this story."""
    for each in world.slack.workspaces:
        each.world.calls.clear()


def claim(firm: Playground) -> str:
    """An admin takes the programs over; gives what they are told by the letter after it."""
    robin = firm.people[0]
    outcome = robin.click(robin.command("/mentoring", "coordinators").shown[0], "staff.claim")
    assert outcome.acked
    return robin.command("/mentoring", "help").shown[0].reading


def event_of(firm: Playground, event: dict[str, Any], at: datetime | None = None) -> bytes:
    """An event as Slack tells of it, with the instant at which it happened."""
    body = {
        "type": "event_callback",
        "team_id": firm.team_id,
        "event_id": f"Ev{time.time_ns()}",
        "event_time": int((at or firm.clock.now()).timestamp()),
        "event": event,
    }
    return json.dumps(body).encode()


def signed(
    world: World, body: bytes, *, age: float = 0, kind: str = "application/json", secret: str = ""
) -> Page:
    """Send what Slack would send, signed so many seconds ago."""
    moment = str(int(time.time() - age))
    key = (secret or world.slack.workspaces[0].signing_secret).encode()
    signature = hmac.new(key, b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return post(
        f"{world.url}/slack/events",
        body,
        Content_Type=kind,
        X_Slack_Request_Timestamp=moment,
        X_Slack_Signature=f"v0={signature}",
    )


def facts(world: World) -> list[Any]:
    """Everything that a payload could change."""
    with world.database.reader.connect() as connection:
        tables = ("person", "staff", "letter", "event_seen", "program", "workspace")
        return [connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables]


def revoked(firm: Playground) -> bytes:
    return event_of(firm, {"type": "tokens_revoked", "tokens": {"bot": [firm.bot_user_id]}})
