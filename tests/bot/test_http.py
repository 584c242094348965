"""Many workspaces by HTTP: installed in a browser, served by signed requests, removed, and back again."""

import hashlib
import hmac
import html
import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.manifest_command import for_http, read_manifest
from bot.site import LARGEST_BODY, Site
from bot.tokens import OAuthApp
from mentoring.errors import MentoringError
from playground import ManyWorkspaces, Playground, StillClock
from storage.database import Database
from storage.people import workspace_of
from storage.sealing import SEAL, seal_with
from storage.tables import WorkspaceRow
from tests.support.town import PRIYA
from tests.support.web import Browser, Page, post, served


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


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    seal_with([Fernet.generate_key().decode()])
    # Expiry of tokens and age of requests are counted in real time by slack_sdk, so the story starts now.
    clock = StillClock(datetime.now(UTC))
    sites: list[Site] = []
    with ManyWorkspaces(for_http(read_manifest(), "https://ours.example"), clock=clock) as slack:
        me = slack.add("Where the app comes from").world.me

        def make(url: str) -> Site:
            app = OAuthApp(me.client_id, me.client_secret, me.signing_secret, slack.api_url, url)
            sites.append(Site(database, app, clock))
            return sites[0]

        with served(make) as url:
            slack.deliver_to_http(f"{url}/slack/events")
            yield World(slack, sites[0], url, clock, database)
            for each in slack.workspaces:
                assert not each.refused, each.refused
        sites[0].close()
    seal_with([])


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


# Installing


def test_two_firms_install_the_app_and_neither_hears_of_the_other(world: World) -> None:
    harbor, summit = world.found("Harbor Law"), world.found("Summit Legal")
    for firm in (harbor, summit):
        page = world.install(firm)
        assert page.status == 200
        assert f"Mentoring is in {firm.world.me.team_name}" in page.body
    world.site.refresh_directory()
    assert "/mentoring program" in claim(harbor)
    world.site.beat()
    robin = summit.people[0]
    assert "staff.claim" in str(robin.command("/mentoring", "coordinators").shown[0].blocks)
    assert not [call for call in summit.calls if call.method == "chat.postMessage"]


def test_the_page_speaks_the_language_of_the_browser_and_loads_nothing(world: World) -> None:
    page = Browser("es-MX,es;q=0.9").get(f"{world.url}/slack/install")
    assert "Añadir a Slack" in page.body
    assert 'lang="es"' in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_an_organization_installs_once_for_all_its_workspaces(world: World) -> None:
    org = world.slack.found_organization("Harbor Group")
    london = world.found("Harbor London", organization=org)
    sydney = world.found("Harbor Sydney", PRIYA, organization=org)
    page = world.install(london, whole_organization=True)
    assert "Mentoring is in Harbor Group" in page.body
    world.site.refresh_directory()
    claim(london)
    # One organization, one set of coordinators: whoever asks in Sydney sees who it is in London.
    shown = sydney.people[-1].command("/mentoring", "coordinators").shown[0].reading
    assert "staff.claim" not in shown
    assert london.people[0].id in shown
    with world.database.read() as session:
        known = workspace_of(session, org.id)
        assert known is not None
        assert known.is_organization
        assert workspace_of(session, sydney.team_id) is None


def test_whoever_presses_cancel_reads_that_nothing_was_installed(world: World) -> None:
    world.found("Harbor Law")
    browser = Browser()
    address = world.slack.oauth.refuse(link_of(browser.get(f"{world.url}/slack/install")))
    page = browser.get(address)
    assert "Nothing was installed: somebody pressed Cancel." in page.body
    assert link_of(page) == "/slack/install"


def test_an_answer_that_another_browser_asked_for_installs_nothing(world: World) -> None:
    firm = world.found("Harbor Law")
    address = world.allowed(firm, Browser())
    page = Browser().get(address)
    assert page.status == 400
    assert "Nothing was installed" in page.body
    with world.database.read() as session:
        assert workspace_of(session, firm.team_id) is None


def test_an_answer_is_good_once(world: World) -> None:
    firm, browser = world.found("Harbor Law"), Browser()
    address = world.allowed(firm, browser)
    assert browser.get(address).status == 200
    browser.cookies["slack-app-oauth-state"] = re.findall(r"state=([^&]+)", address)[0]
    assert browser.get(address).status == 401


def test_tokens_are_sealed_in_the_database(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    with world.database.reader.connect() as connection:
        for table in ("slack_bot", "slack_installation"):
            row = connection.execute(text(f"SELECT bot_token, bot_refresh_token FROM {table}")).one()
            assert all(each.startswith(SEAL) for each in row)
            assert not any(token in str(row) for token in firm.world.bot_tokens)


def test_a_token_sealed_with_a_lost_key_is_a_sentence_for_the_operator(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    seal_with([Fernet.generate_key().decode()])
    with world.database.read() as session:
        known = workspace_of(session, firm.team_id)
    assert known is not None
    with pytest.raises(MentoringError, match="none of ENCRYPTION_KEYS opens them"):
        world.site.client_of(known.id)


def test_a_new_key_before_the_old_one_opens_what_the_old_one_sealed(world: World) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    seal_with([old])
    firm = world.found("Harbor Law")
    world.install(firm)
    seal_with([new, old])
    assert "help" in claim(firm)


# Tokens that expire, and leave


def test_a_token_is_renewed_before_it_expires_and_letters_go_on(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    first = set(firm.world.bot_tokens)
    world.clock.move_to(world.clock.now() + timedelta(hours=9))
    world.site.renew_tokens()
    assert set(firm.world.bot_tokens) == first
    world.clock.move_to(world.clock.now() + timedelta(hours=2))
    world.site.renew_tokens()
    assert len(firm.world.bot_tokens) == 2
    world.clock.move_to(world.clock.now() + timedelta(hours=2))
    world.site.refresh_directory()
    claim(firm)
    world.site.beat()


def test_two_processes_do_not_spend_the_same_refresh_token(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    world.clock.move_to(world.clock.now() + timedelta(hours=11))
    other = Site(world.database, world.site.tokens._app, world.clock)
    world.site.renew_tokens()
    other.renew_tokens()
    other.close()
    assert len(firm.world.bot_tokens) == 2


def test_uninstalling_stops_at_once_starts_the_clock_and_installing_again_goes_on(world: World) -> None:
    firm, other = world.found("Harbor Law"), world.found("Summit Legal")
    for each in (firm, other):
        world.install(each)
    world.site.refresh_directory()
    claim(firm)
    robin = firm.people[0]
    robin.command("/mentoring", "program new")
    robin.fill("name", "Spring")
    robin.submit()
    robin.close(all=True)
    with world.database.write() as session:
        session.execute(text("UPDATE letter SET state = 'queued'"))
    firm.uninstall()
    gone_at = world.clock.now()
    assert world.stopped_at(firm.team_id) == gone_at
    assert world.stopped_at(other.team_id) is None
    with world.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM slack_bot")) == 1
    before = len(firm.calls)
    world.clock.move_to(gone_at + timedelta(days=3))
    world.site.renew_tokens()
    world.site.beat()
    world.site.refresh_directory()
    assert len(firm.calls) == before
    world.install(firm)
    assert world.stopped_at(firm.team_id) is None
    world.site.beat()
    assert "Spring" in robin.command("/mentoring", "program").shown[0].reading


def test_a_persons_token_that_is_revoked_stops_nothing(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
    assert signed(world, event_of(firm, event)).status == 200
    assert world.stopped_at(firm.team_id) is None
    event["tokens"] = {"oauth": [], "bot": [firm.bot_user_id]}
    assert signed(world, event_of(firm, event)).status == 200
    assert world.stopped_at(firm.team_id) == world.clock.now()


# What is not Slack's, or not in order


def event_of(firm: Playground, event: dict[str, Any]) -> bytes:
    body = {
        "type": "event_callback",
        "team_id": firm.team_id,
        "event_id": f"Ev{time.time_ns()}",
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


@pytest.mark.parametrize(
    ("how", "status"),
    [({"secret": "of-another-app"}, 401), ({"age": 301}, 401), ({"age": -301}, 401)],
    ids=["wrong signature", "old", "of the future"],
)
def test_a_request_that_is_forged_or_replayed_changes_nothing(world: World, how: Any, status: int) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    before = facts(world)
    with capture_logs() as logged:
        assert signed(world, revoked(firm), **how).status == status
    assert facts(world) == before
    assert [each["event"] for each in logged] == ["request refused"]


@pytest.mark.parametrize("headers", [{}, {"X_Slack_Request_Timestamp": "soon", "X_Slack_Signature": "v0=0"}])
def test_a_request_without_a_signature_changes_nothing(world: World, headers: dict[str, str]) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    page = post(f"{world.url}/slack/events", revoked(firm), Content_Type="application/json", **headers)
    assert page.status == 401


def test_ten_megabytes_are_refused_before_they_are_read(world: World) -> None:
    host, port = world.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /slack/events HTTP/1.1\r\nHost: us\r\nContent-Length: 10000000\r\n\r\n")
        assert b" 413 " in connection.recv(100)


def test_what_is_as_large_as_allowed_is_read(world: World) -> None:
    assert signed(world, b"{" + b" " * (LARGEST_BODY - 2) + b"}").status != 413


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"type": ', b"payload=%7B", b'"text"', b"[]", b"17"])
def test_what_cannot_be_read_is_a_bad_request(world: World, body: bytes) -> None:
    with capture_logs() as logged:
        assert signed(world, body).status in {400, 404}
    assert not [each for each in logged if each["log_level"] == "error"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "something_new"},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "nobody.knows"}]},
        {"type": "view_submission", "view": {"callback_id": "nobody.knows", "state": {"values": {}}}},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
    ],
)
def test_a_payload_of_an_unknown_type_is_nobodys_and_changes_nothing(
    world: World, body: dict[str, Any]
) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    before = facts(world)
    whole = {"team": {"id": firm.team_id}, "user": {"id": firm.people[0].id}, "team_id": firm.team_id} | body
    assert signed(world, json.dumps(whole).encode()).status in {400, 404}
    assert facts(world) == before


def test_slack_can_verify_the_address(world: World) -> None:
    page = signed(world, json.dumps({"type": "url_verification", "challenge": "abc"}).encode())
    assert (page.status, json.loads(page.body)) == (200, {"challenge": "abc"})


def test_a_workspace_that_removed_the_app_is_told_so(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    firm.uninstall()
    firm.world.is_installed = True
    outcome = firm.people[0].command("/mentoring", "help")
    assert "isn't installed in this workspace any more" in outcome.shown[0].text
    refused(world)


# Without the database


def test_somebody_who_writes_while_the_database_is_gone_reads_a_sentence(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    break_tables(world)
    outcome = firm.people[0].command("/mentoring", "help")
    assert outcome.acked
    assert "it's on us" in outcome.shown[0].text


def test_an_event_while_the_database_is_gone_is_not_acknowledged_so_that_slack_sends_it_again(
    world: World,
) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    body = revoked(firm)
    break_tables(world)
    assert signed(world, body).status == 500
    mend_tables(world)
    assert signed(world, body).status == 200
    assert world.stopped_at(firm.team_id) is not None


def break_tables(world: World) -> None:
    _rename(world, "{}", "{}_away")


def mend_tables(world: World) -> None:
    _rename(world, "{}_away", "{}")


def _rename(world: World, old: str, new: str) -> None:
    with world.database.writer.begin() as connection:
        connection.execute(text("PRAGMA legacy_alter_table=ON"))
        for table in ("workspace", "slack_bot"):
            connection.execute(text(f"ALTER TABLE {old.format(table)} RENAME TO {new.format(table)}"))


def test_a_balancer_learns_whether_we_live_and_whether_we_are_ready(world: World) -> None:
    browser = Browser()
    assert browser.get(f"{world.url}/healthz").status == 200
    assert browser.get(f"{world.url}/readyz").status == 200
    with world.database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
    page = browser.get(f"{world.url}/readyz")
    assert page.status == 503
    assert "v9999" in page.body
    assert browser.get(f"{world.url}/healthz").status == 200
    assert browser.get(f"{world.url}/nothing").status == 404


def test_a_command_with_a_form_body_is_read(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    who = {"team_id": firm.team_id, "user_id": firm.people[0].id, "user_name": "robin"}
    form = who | {"command": "/mentoring", "text": "help", "trigger_id": "1", "channel_id": "C1"}
    page = signed(world, urlencode(form).encode(), kind="application/x-www-form-urlencoded")
    assert page.status == 200
    assert "/mentoring join" in page.body
