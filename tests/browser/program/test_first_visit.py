"""A coordinator's first visit: the welcome, the tour that does each step, every screen open to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import barriers
from tests.browser.tab import SLOW

if TYPE_CHECKING:
    from bot.rehearsal.show_run import Show
    from tests.browser.conftest import Open
    from tests.browser.tab import Tab


def test_who_comes_first_is_greeted_once(open_tab: Open) -> None:
    tab = open_tab()
    welcome = tab.page.get_by_role("dialog", name="See a whole mentoring program in five minutes")
    welcome.wait_for()
    assert "nothing leaves this machine" in welcome.inner_text()
    assert barriers(tab.page) == []
    tab.page.keyboard.press("Escape")
    welcome.wait_for(state="hidden")
    assert tab.page.evaluate("document.activeElement.id") == "do-enroll"
    tab.page.reload()
    tab.settle()
    assert welcome.is_hidden()


def test_who_wants_to_look_around_sees_no_tour(open_tab: Open) -> None:
    tab = open_tab()
    tab.page.get_by_role("button", name="Look around first").click()
    assert tab.page.locator("#tour").is_hidden()
    tab.page.locator("[data-tour-open]").click()
    tab.page.locator("#tour").wait_for()


def test_a_step_done_for_the_visitor_is_shown_to_them(open_tab: Open) -> None:
    tab = open_tab()
    tab.page.locator("#welcome-tour").click()
    tab.page.get_by_role("button", name="Open it for me").click()
    tab.last("A good mentor changed my career")
    assert tab.page.locator("#head h1").inner_text() == "mentoring"
    tab.page.locator("#step-enroll").get_by_text("done").wait_for()
    later = open_tab()
    assert not later.page.locator("#welcome").count(), "a program under way speaks for itself"


def test_a_form_of_the_program_is_open_to_everybody(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    if tab.page.locator("#welcome").count():
        tab.close_tour()
    show.open_enrollment()
    tab.be(next(row.name for row in show.stage.roster.rows if "mentee" in row.roles))
    tab.go("Messages")
    tab.messages.locator("[data-action-id='join.open']").last.click()
    tab.modal.wait_for()
    assert barriers(tab.page) == []
    tab.page.keyboard.press("Escape")
    tab.modal.wait_for(state="hidden")


def test_steps_done_for_the_visitor_include_what_they_would_have_answered(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    if tab.page.locator("#welcome").count():
        tab.page.locator("#welcome-tour").click()
    for step in ("enroll", "match", "announce", "agree"):
        tab.page.locator(f"#step-{step}").wait_for()
        if tab.page.locator(f"#do-{step}").count():
            tab.page.locator(f"#do-{step}").click()
        else:
            tab.page.locator(f"#go-{step}").click()
        tab.page.locator(f"#step-{step}").get_by_text("done").wait_for(timeout=SLOW)
        if step != "agree":
            tab.page.locator("[data-tour-next]").click()
    # The visitor is the first pair's mentee, who would have waited for them.
    mentee = tab.page.locator(".me-name").inner_text()
    assert mentee != "Robin Ellery"
    tab.last("It's agreed, as of")
    assert show.acts_for_visitors is False


# Each look and each width once: every block of them is looked at in all four, in test_blocks.
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_screen_of_a_program_is_open_to_everybody(open_tab: Open, width: int, *, dark: bool) -> None:
    tab = open_tab(width=width, height=844, dark=dark, touch=width == 390)
    if tab.page.locator("#welcome").count():
        tab.page.locator("#welcome-tour").click()
    assert barriers(tab.page) == [], "Home, and the tour"
    tab.page.locator("[data-tour-close]").click()
    _open(tab, "mentoring")
    tab.say("/mentoring program")
    tab.page.locator("#stream [data-ts]").first.wait_for()
    assert barriers(tab.page) == [], "a channel"
    tab.page.locator("#composer-text").press_sequentially("/mentoring p")
    tab.page.locator("#completions").wait_for()
    assert barriers(tab.page) == [], "completions"
    tab.page.locator("#composer-text").fill("")
    _menu(tab)
    assert barriers(tab.page) == [], "the list of places"
    tab.page.locator("#me").click()
    tab.page.locator("#switcher-list [data-be]").first.wait_for()
    assert barriers(tab.page) == [], "who to be"
    tab.page.keyboard.press("Escape")
    tab.page.locator("#panel-switch" if width > 390 else "[data-view-to=aside]").click()
    for panel in ("why", "data", "payload", "calls"):
        tab.page.locator(f"#aside-{panel}").click()
        tab.page.locator(f"#aside-panel[aria-labelledby=aside-{panel}]").wait_for()
        assert barriers(tab.page) == [], panel
    tab.page.locator("[data-call] summary").first.click()
    tab.page.locator(".call-body .payload").first.wait_for()
    assert barriers(tab.page) == [], "a call"
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def _menu(tab: Tab) -> None:
    menu = tab.page.locator("[data-view-to=menu]")
    if menu.is_visible():
        menu.click()


def _open(tab: Tab, room: str) -> None:
    _menu(tab)
    tab.go(room)
