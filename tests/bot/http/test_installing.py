"""Many workspaces by HTTP: installed in a browser, one by one or a whole organization at once."""

import re

from storage.people import workspace_of
from tests.support.site import World, claim, link_of
from tests.support.town import PRIYA
from tests.support.web import Browser


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
    assert "Agregar a Slack" in page.body
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
