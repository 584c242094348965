"""Our site, served at a port, in a Slack with several firms."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from bot.manifest_command import for_http, read_manifest
from bot.rehearsal.stage import UNHURRIED_S
from bot.site import Site
from bot.tokens import OAuthApp
from playground import ManyWorkspaces, StillClock
from storage.database import Database
from storage.sealing import seal_with
from tests.support.site import World
from tests.support.web import served


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    seal_with([Fernet.generate_key().decode()])
    # Expiry of tokens and age of requests are counted in real time by slack_sdk, so the story starts now.
    clock = StillClock(datetime.now(UTC))
    sites: list[Site] = []
    manifest = for_http(read_manifest(), "https://ours.example")
    with ManyWorkspaces(manifest, clock=clock, patience=UNHURRIED_S) as slack:
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
