"""Real Chromium over the real page. Where either is missing, every test here says so and is skipped."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from playground import Playground, StillClock
from playground.page import Page, Plainly
from tests.browser.tab import Tab
from tests.playground.conftest import Bot, manifest, new_year

HAS_PLAYWRIGHT = find_spec("playwright") is not None
if HAS_PLAYWRIGHT:
    from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    Open = Callable[..., Tab]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one file of tests: nothing of it runs on beside other tests."""
    if not HAS_PLAYWRIGHT or CHROMIUM is None:
        missing = "Chromium" if HAS_PLAYWRIGHT else "the package playwright"
        pytest.skip(f"THE BROWSER TESTS DID NOT RUN: {missing} is not installed here.")
    with sync_playwright() as driver:
        # Containers have no user namespaces, which Chromium's sandbox needs; it sees our own page only.
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def workspace() -> Iterator[Playground]:
    """A workspace of two people and no program."""
    with Playground(manifest(), clock=StillClock(new_year()), patience=2.0) as local:
        local.add_person("UROBIN", "Robin Ellery", email="robin@example.com")
        local.add_person("UPRIYA", "Priya Shah", email="priya@example.com")
        yield local


@pytest.fixture(scope="module")
def app(workspace: Playground) -> Iterator[Bot]:
    """A scripted app in it."""
    scripted = Bot(workspace)
    scripted.connect()
    workspace.wait_for_app()
    yield scripted
    scripted.close()


@contextmanager
def plain_page(workspace: Playground) -> Iterator[Page]:
    """The page over a workspace without a program, for Robin."""
    page = Page(workspace, Plainly(workspace.clock, "UROBIN"))
    page.start()
    yield page
    page.stop()


@pytest.fixture(scope="module")
def page(workspace: Playground, app: Bot) -> Iterator[Page]:
    """The page of one file of tests."""
    del app
    with plain_page(workspace) as found:
        yield found


@pytest.fixture
def open_tab(browser: Browser, page: Page, workspace: Playground) -> Iterator[Open]:
    """Opens tabs for one test, which finds nothing open that another left: one failure stays one failure."""
    put_away_forms(workspace)
    with tabs_of(browser, page) as opening:
        yield opening


def put_away_forms(workspace: Playground) -> None:
    """Take every form off everybody's screen, unheard by the app, which may be what is broken."""
    world = workspace.world
    with world.lock:
        for person, stack in world.stacks.items():
            world.drop_views(person, len(stack))


@contextmanager
def tabs_of(browser: Browser, page: Page) -> Iterator[Open]:
    """Opens tabs on a page, and closes them; nothing may have gone wrong in any of them."""
    with ExitStack() as stack:
        opened: list[Tab] = []

        def open_tab(*, width: int = 1280, height: int = 800, dark: bool = False, touch: bool = False) -> Tab:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                has_touch=touch,
                reduced_motion="reduce",
            )
            stack.callback(context.close)
            tab = Tab(context.new_page(), page.address)
            opened.append(tab)
            return tab

        yield open_tab
        assert [fault for tab in opened for fault in tab.faults] == []
