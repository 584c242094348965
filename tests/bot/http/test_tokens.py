"""Tokens are sealed, renewed before they expire, and worth nothing once the app is removed."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.site import Site
from mentoring.errors import MentoringError
from storage.people import workspace_of
from storage.sealing import SEAL, seal_with
from tests.support.site import World, claim, event_of, refused, signed


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


def test_a_workspace_that_removed_the_app_is_told_so(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    firm.uninstall()
    firm.world.is_installed = True
    outcome = firm.people[0].command("/mentoring", "help")
    assert "isn't installed in this workspace any more" in outcome.shown[0].text
    refused(world)


def test_what_slack_says_late_of_an_earlier_removal_does_not_remove_the_app_again(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    gone = event_of(firm, {"type": "app_uninstalled"}, at=world.clock.now())
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    world.install(firm)
    assert signed(world, gone).status == 200
    assert world.stopped_at(firm.team_id) is None
    assert "help" in claim(firm)


def test_a_removal_after_that_counts(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    gone = event_of(firm, {"type": "app_uninstalled"}, at=world.clock.now())
    assert signed(world, gone).status == 200
    assert world.stopped_at(firm.team_id) == world.clock.now()
