"""Without its database the site tells people, Slack and load balancers so, and loses nothing."""

from sqlalchemy import text

from tests.support.breaking import bring_back, take_away
from tests.support.site import World, revoked, signed
from tests.support.web import Browser

NEEDED = ("workspace", "slack_bot")
"""Tables without which nobody can be told apart from anybody else."""


def test_somebody_who_writes_while_the_database_is_gone_reads_a_sentence(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    take_away(world.database, *NEEDED)
    outcome = firm.people[0].command("/mentoring", "help")
    assert outcome.acked
    assert "it's on us" in outcome.shown[0].text


def test_an_event_while_the_database_is_gone_is_not_acknowledged_so_that_slack_sends_it_again(
    world: World,
) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    body = revoked(firm)
    take_away(world.database, *NEEDED)
    assert signed(world, body).status == 500
    bring_back(world.database, *NEEDED)
    assert signed(world, body).status == 200
    assert world.stopped_at(firm.team_id) is not None


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
