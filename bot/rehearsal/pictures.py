"""Pictures of the page for the README: `python -m bot.rehearsal.pictures [FOLDER]`.

Needs Chromium and the package playwright, which only developers have. The pictures follow from the seed and
the dates below, so that they change when the page does.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import structlog
from playwright.sync_api import Browser, Page, sync_playwright

from bot.playground_command import SAMPLE
from bot.rehearsal.show import Director
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_stage import Plan, showing
from mentoring.kinds import ProgramKind
from playground.page import Page as Site

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PLAN = Plan(SAMPLE.read_text("utf-8"), ProgramKind.TRADITIONAL, date(2026, 1, 5), 26, 1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE = (1280, 800)
PHONE = (390, 844)
MOVING_MS = 300_000
"""How long moving time may take on a slow machine."""
REST_MS = 500
"""For the last change to be painted."""


class Painter:
    """Takes pictures of one tab.

    Args:
        page: The tab, where the workspace is.
        folder: Where the pictures go.
    """

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self._folder = folder

    def take(self, name: str) -> None:
        """Take a picture."""
        self.page.wait_for_timeout(REST_MS)
        self.page.screenshot(path=self._folder / f"{name}.png")
        sys.stdout.write(f"{name}.png\n")

    def click(self, selector: str) -> None:
        """Click the last of these."""
        self.page.locator(selector).last.click()

    def rest(self) -> None:
        """Wait until time stands still."""
        self.page.wait_for_timeout(REST_MS)
        self.page.locator(".moving").wait_for(state="detached", timeout=MOVING_MS)

    def step(self, step: str) -> None:
        """Do a step of the tour, if it is not done."""
        while not self.page.locator(f"#step-{step}").is_visible():
            self.click("[data-tour-next]")
        if self.page.locator(f"#do-{step}").count():
            self.click(f"#do-{step}")
            self.rest()

    def go(self, step: str) -> None:
        """Go where a step of the tour points."""
        self.click(f"#go-{step}")
        self.page.wait_for_timeout(REST_MS)

    def fold_tour(self, *, away: bool) -> None:
        """Put the tour away, or bring it back."""
        self.click("[data-tour-close]" if away else "[data-tour-open]")


@contextmanager
def _site(folder: Path) -> Iterator[Site]:
    with showing(PLAN, folder, lambda _: None) as show:
        own = OwnRehearsal(PLAN.roster, PLAN.starts_on, PLAN.kind)
        director = Director(show, own, lambda _: None)
        site = Site(show.stage.playground, director)
        site.start()
        yield site
        site.stop()
        director.close()


def _open(browser: Browser, address: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#head h1").wait_for()
    return page


def _welcome(paint: Painter) -> None:
    paint.step("enroll")
    paint.page.locator("#room-messages").click()
    paint.click("#sidebar [data-room^=C]")
    paint.take("1-welcome")


def _join(paint: Painter) -> None:
    paint.fold_tour(away=True)
    paint.click("#me")
    paint.page.locator("#switcher-search").fill("mentee")
    paint.page.wait_for_timeout(REST_MS)
    paint.take("2-be-anybody")
    paint.page.locator("#switcher-list [data-be]").nth(1).click()
    paint.page.locator("#room-messages").click()
    paint.click("[data-action-id='join.open']")
    paint.page.locator("#modal form").wait_for()
    paint.take("3-join")
    paint.page.keyboard.press("Escape")


def _match(paint: Painter) -> None:
    page = paint.page
    page.locator("#me").click()
    page.locator("#switcher-list [data-be]").first.click()
    paint.click("#time-week")
    paint.rest()
    page.locator("#room-messages").click()
    page.locator("#composer-text").fill("/mentoring match")
    page.keyboard.press("Escape")
    paint.click("#composer-send")
    paint.click("[data-action-id='match.review']")
    page.locator("#modal form").wait_for()
    paint.take("4-review-matches")
    page.keyboard.press("Escape")


def _pair(paint: Painter) -> None:
    paint.fold_tour(away=False)
    for step in ("match", "announce", "agree", "nudge"):
        paint.step(step)
    paint.go("nudge")
    paint.take("5-pair")
    paint.fold_tour(away=True)
    message = paint.page.locator("#stream [data-why]").nth(-2)
    message.evaluate("one => one.click()")
    paint.page.locator("#aside .facts").first.wait_for()
    paint.take("6-why")


def _digest(paint: Painter) -> None:
    page = paint.page
    page.locator("#room-rehearse").click()
    page.locator("#set-weeks").fill("12")
    page.locator("#studio-start").click()
    page.locator("#result").wait_for(timeout=MOVING_MS)
    page.locator("#result").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('result').scrollIntoView()")
    paint.take("8-digest")


SCREENS: tuple[Callable[[Painter], None], ...] = (_welcome, _join, _match, _pair)


def main() -> None:
    """Take all eight pictures."""
    structlog.configure(processors=[_silent])
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with (
        tempfile.TemporaryDirectory() as temporary,
        _site(Path(temporary)) as site,
        sync_playwright() as driver,
    ):
        # Containers have no user namespaces, which Chromium's sandbox needs; it sees our own page only.
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = _open(browser, site.address, WIDE)
        paint = Painter(page, folder)
        for screen in SCREENS:
            screen(paint)
        phone = _open(browser, page.url, PHONE, dark=True)
        phone.locator("[data-tour-close]").click()
        Painter(phone, folder).take("7-phone-and-dark")
        _digest(paint)
        browser.close()


def _silent(_logger: object, _method: str, _event: object) -> str:
    raise structlog.DropEvent


if __name__ == "__main__":
    main()
