"""Pictures of the page for the README: `make pictures`, or `python -m bot.rehearsal.pictures [FOLDER]`.

Needs Chromium and the package playwright, which only developers have. The pictures follow from the seed and
the dates below, so that they change when the page does.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import structlog
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.playground_command import SAMPLE
from bot.rehearsal.show import Director
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_stage import Plan, showing
from handlers.roster_import import read_or_refuse
from mentoring.kinds import ProgramKind
from playground.page import Page as Site

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PLAN = Plan(SAMPLE.read_text("utf-8"), ProgramKind.TRADITIONAL, date(2026, 1, 5), 26, 1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE = (1280, 800)
PHONE = (390, 844)
SHARPNESS = 2
"""Pixels of a picture for each of the screen."""
COLORS = 256
"""Colors kept: a screen has few, and the pictures travel with the code."""
ASKED_WEEKS = 6
"""Weeks after the introduction when the pair of the pictures is asked whether it met."""
MOST_DAYS = 14
"""Days until they are asked, at most."""
CONCERNED_WEEKS = 3
"""Weeks after that when some pairs need a look."""
DIGEST_WEEKS = 16
MOVING_MS = 600_000
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
        path = self._folder / f"{name}.png"
        self.page.wait_for_timeout(REST_MS)
        self.page.screenshot(path=path)
        with Image.open(path) as whole:
            whole.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
        sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")

    def click(self, selector: str) -> None:
        """Click the last of these."""
        self.page.locator(selector).last.click()

    def press(self, action_id: str) -> None:
        """Press the latest button of the app with this id, and wait for the form it opens."""
        self.click(f"#stream [data-action-id='{action_id}']")
        self.page.locator("#modal form").wait_for()

    def escape(self) -> None:
        """Close the form, and whatever lies under it."""
        while self.page.locator("#modal form").count():
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(REST_MS)

    def rest(self) -> None:
        """Wait until time stands still."""
        self.page.wait_for_timeout(REST_MS)
        self.page.locator(".moving").wait_for(state="detached", timeout=MOVING_MS)
        self.page.wait_for_timeout(REST_MS)

    def let_pass(self, weeks: int) -> None:
        """Let weeks pass, one by one."""
        for _ in range(weeks):
            self.click("#time-week")
            self.rest()

    def step(self, step: str) -> None:
        """Do a step of the tour, if it is not done, and go where it happened."""
        while not self.page.locator(f"#step-{step}").is_visible():
            self.click("[data-tour-next]")
        if self.page.locator(f"#do-{step}").count():
            self.click(f"#do-{step}")
            self.rest()
        else:
            self.click(f"#go-{step}")

    def be(self, words: str) -> None:
        """Become the first person these words describe."""
        self.page.locator("#me").click()
        self.page.locator("#switcher-search").fill(words)
        self.page.locator("#switcher-list .person", has_text=words).first.locator("[data-be]").click()
        self.page.locator(".me", has_text=words).wait_for()

    def fold_tour(self, *, away: bool) -> None:
        """Put the tour away, or bring it back."""
        self.click("[data-tour-close]" if away else "[data-tour-open]")


def _open(browser: Browser, address: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        device_scale_factor=SHARPNESS,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#head h1").wait_for()
    return page


def _enroll(paint: Painter) -> None:
    """The welcome, the announcement, and the form for joining."""
    page = paint.page
    paint.take("1-welcome")
    page.locator("#welcome-tour").click()
    paint.step("enroll")
    paint.take("2-announcement")
    paint.fold_tour(away=True)
    paint.be("Mentee")
    page.locator("#room-messages").click()
    paint.press("join.open")
    paint.take("3-join")
    paint.escape()


def _match(paint: Painter) -> None:
    """The proposal, as the coordinator reviews it."""
    page = paint.page
    paint.be("Robin Ellery")
    paint.click("#time-week")
    paint.rest()
    page.locator("#room-messages").click()
    page.locator("#composer-text").fill("/mentoring match")
    page.keyboard.press("Escape")
    paint.click("#composer-send")
    paint.press("match.review")
    page.evaluate("document.activeElement.blur()")
    paint.take("4-review-matches")
    paint.escape()


def _pair(paint: Painter) -> None:
    """What a pair hears, and why."""
    page = paint.page
    paint.fold_tour(away=False)
    for step in ("match", "announce"):
        paint.step(step)
    paint.fold_tour(away=True)
    page.locator("#stream").evaluate("one => one.scrollTo(0, 0)")
    page.locator("#stream [data-why]").first.evaluate("one => one.click()")
    page.locator("#aside .facts").first.wait_for()
    paint.take("5-pair-and-why")
    page.locator("#panel-close").click()


def _later(paint: Painter, browser: Browser, folder: Path) -> None:
    """Some weeks later: a conversation on a phone, and the coordinator's Home."""
    page = paint.page
    paint.let_pass(ASKED_WEEKS)
    # Somebody at the screen as the other of the two as well: so neither answers, and the question stands.
    mentor = page.locator("#head h1").inner_text()
    phone = _open(browser, _as(page.url, mentor), PHONE, dark=True)
    phone.locator("[data-tour-close]").click()
    for _ in range(MOST_DAYS):
        if page.locator("#stream [data-action-id='meeting.met']").count():
            break
        paint.click("#time-day")
        paint.rest()
    Painter(phone, folder).take("6-phone-and-dark")
    phone.context.close()
    paint.let_pass(CONCERNED_WEEKS)
    paint.be("Robin Ellery")
    page.locator("#room-home").click()
    page.locator("#home .view").wait_for()
    page.locator("[data-theme-switch]").click()
    paint.take("7-coordinator")
    page.locator("[data-theme-switch]").click()


def _as(address: str, name: str) -> str:
    """The same place as somebody else sees it."""
    rows = read_or_refuse(PLAN.roster, "roster").rows
    person = next(row.user_id for row in rows if row.name == name)
    before, place = address.split("/as/")
    return f"{before}/as/{person}/{place.split('/')[1]}"


def _digest(paint: Painter) -> None:
    """The digest of a rehearsal."""
    page = paint.page
    page.locator("#room-rehearse").click()
    page.locator("#set-weeks").fill(str(DIGEST_WEEKS))
    page.locator("#studio-start").click()
    page.locator("#result").wait_for(timeout=MOVING_MS)
    page.frame_locator("#digest").locator("h1").wait_for()
    page.wait_for_timeout(REST_MS)
    page.evaluate("document.getElementById('result').scrollIntoView()")
    paint.take("8-digest")


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
        paint = Painter(_open(browser, site.address, WIDE), folder)
        _enroll(paint)
        _match(paint)
        _pair(paint)
        _later(paint, browser, folder)
        _digest(paint)
        browser.close()


def _silent(_logger: object, _method: str, _event: object) -> str:
    raise structlog.DropEvent


if __name__ == "__main__":
    main()
