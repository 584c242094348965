"""How long the page takes from a click to the new state on the screen, at 60 and at 1,000 people.

Needs Chromium and the package playwright. Times are taken inside the browser, from the click to the frame
after the change; the baseline is a click in a workspace of three people without any program. Other lines
start the playground in a process of its own, and play 26 weeks in front of an open tab.

Run: python -m bench.page
"""

import logging
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import structlog
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from bench.rosters import made_up_roster
from bench.table import Row, show
from bot.memory import only_new_garbage
from bot.playground_command import SAMPLE
from bot.rehearsal.show import Director
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_stage import Plan, showing
from bot.rehearsal.stage import MANIFEST
from mentoring.kinds import ProgramKind
from playground import Playground, StillClock
from playground.page import Page, Plainly

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STARTS_ON = date(2026, 1, 5)
WEEKS = 26
TIMES = 9
"""Clicks of each kind; the median counts."""
WANTED_MS: Mapping[int, float] = {60: 150, 1000: 400}
WANTED_END_S = 60
WANTED_FIRST_S = 10
MENTORING = [sys.executable, "-c", "from bot.cli import main; main()"]
STARTED = [*MENTORING, "playground", "--no-open", "--port", "0"]
REST_MS = 300
"""Between two clicks, so that none waits for what the one before set in motion."""
LONG = 2_000
"""Messages of a long conversation."""
PATIENCE_MS = 900_000

CLICK = """async ([clicked, shown]) => {
  const look = () => document.querySelector(shown);
  const before = look();
  const mark = before?.outerHTML;
  const begun = performance.now();
  document.querySelector(clicked).click();
  while (!look() || look().outerHTML === mark) {
    if (performance.now() - begun > 20000) throw new Error(`${clicked} shows no ${shown}`);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""
"""Clicks, and waits until what is to be shown is there and differs from before."""


@dataclass(frozen=True, slots=True)
class Click:
    """A click that is measured: what is clicked, what changes, and the click that leads back."""

    name: str
    clicked: str
    shown: str
    back: str
    back_shown: str
    first: str = ""
    """What is clicked once before, to be where it starts."""


CHANNEL = "#sidebar [data-room^=C]"
NO_DIALOG = "body:not(:has(dialog[open]))"
CLICKS = (
    Click("open a channel", CHANNEL, "#head", "#room-home", "#head", "#room-home"),
    Click("open Home", "#room-home", "#head", CHANNEL, "#head", CHANNEL),
    Click("list everybody", "#me", "#switcher[open] .person", "[data-close-dialog]", NO_DIALOG),
    Click("look behind the scenes", "#panel-switch", ".aside-panel", "#panel-close", "#head"),
    Click(
        "open a form",
        "#stream [data-action-id='join.open']",
        "#modal[open] form",
        "#modal [data-view-close]",
        NO_DIALOG,
        CHANNEL,
    ),
)


def measured(tab: Tab, click: Click) -> float:
    """The median of so many clicks, in milliseconds."""
    spent = []
    if click.first:
        tab.locator(click.first).first.click()
        tab.wait_for_timeout(REST_MS)
    for _ in range(TIMES):
        spent.append(float(tab.evaluate(CLICK, [click.clicked, click.shown])))
        tab.wait_for_timeout(REST_MS)
        tab.evaluate(CLICK, [click.back, click.back_shown])
        tab.wait_for_timeout(REST_MS)
    return statistics.median(spent)


@contextmanager
def page_of(roster: str) -> Iterator[tuple[Page, Director]]:
    """The page over a whole program with these people."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(roster, ProgramKind.TRADITIONAL, STARTS_ON, WEEKS, 1)
        with showing(plan, Path(folder), lambda _: None) as show:
            director = Director(show, OwnRehearsal(roster, STARTS_ON, plan.kind), lambda _: None)
            page = Page(show.stage.playground, director)
            page.start()
            with only_new_garbage():
                yield page, director
            page.stop()
            director.close()


@contextmanager
def plain_page() -> Iterator[tuple[Page, Playground]]:
    """The page over a workspace of three people and no program: the baseline."""
    with Playground(MANIFEST, clock=StillClock(datetime(2026, 1, 5, 15, tzinfo=UTC))) as slack:
        for name in ("Robin", "Priya", "Marcus"):
            slack.add_person(f"U{name.upper()}", name, email="")
        slack.add_channel("general", members=["UROBIN", "UPRIYA", "UMARCUS"])
        page = Page(slack, Plainly(slack.clock, "UROBIN"))
        page.start()
        yield page, slack
        page.stop()


def long_page(browser: Browser) -> float:
    """Milliseconds from a click to a conversation of thousands."""
    with plain_page() as (page, slack):
        long = slack.add_channel("long", members=["UROBIN", "UPRIYA"])
        priya = slack.person("UPRIYA")
        for number in range(LONG):
            priya.say(long, f"Message number {number}")
        tab = opened(browser, page)
        back = "#room-messages"
        return measured(tab, Click("", f"#room-{long}", "#stream .messages", back, "#head", back))


def opened(browser: Browser, page: Page) -> Tab:
    """A tab on the page, past the welcome."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    tab.goto(page.address)
    tab.locator("#head h1").wait_for()
    if tab.locator("#welcome-look").is_visible():
        tab.locator("#welcome-look").click()
    tab.wait_for_timeout(REST_MS)
    return tab


def spent_by(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock until something is there, and of processor in the processes it started."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    until = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (until if isinstance(until, float) else time.perf_counter()) - begun, cpu


def first_page() -> float:
    """Start the playground, read its page, stop it; when the page was read."""
    with subprocess.Popen(STARTED, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        said = next(line for line in process.stdout or () if line.startswith("The page is at "))
        with urllib.request.urlopen(said.split()[-1]) as answer:  # noqa: S310 - our own address
            answer.read()
        read = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.communicate()
    return read


def run(*words: str) -> Callable[[], object]:
    """A process that runs to its end."""
    return lambda: subprocess.run([*words], check=True, capture_output=True)  # noqa: S603 - our own command


def starts() -> Iterator[Row]:
    """What it takes to start, in a process of its own."""
    _, bare = spent_by(run(sys.executable, "-c", "pass"))
    baseline = f"bare Python: {bare:.2f} s of processor"
    for what, work, wanted in (
        ("mentoring playground, to its first page and stopped", first_page, f"{WANTED_FIRST_S} s"),
        ("mentoring --help", run(*MENTORING, "--help"), ""),
    ):
        wall, cpu = spent_by(work)
        yield Row(what, f"{wall:.1f} s, {cpu:.2f} of processor", baseline, cpu / bare, wanted)


def rows() -> Iterator[Row]:
    """Starting, then clicks: the median from a click to the new state on the screen."""
    yield from starts()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with plain_page() as (page, _):
            baseline = measured(opened(browser, page), CLICKS[0])
        for people, roster in ((60, SAMPLE.read_text("utf-8")), (1000, made_up_roster(500, 500, 1))):
            with page_of(roster) as (page, director):
                yield from clicks_of(browser, page, director, people, baseline)
        yield _clicked(f"open a conversation of {LONG:,} messages", long_page(browser), baseline)
        browser.close()


def _clicked(what: str, spent: float, baseline: float, wanted: str = "") -> Row:
    bare = f"open a channel, 3 people and no program: {baseline:.0f} ms"
    return Row(f"click: {what}", f"{spent:.0f} ms", bare, spent / baseline, wanted)


def clicks_of(
    browser: Browser, page: Page, director: Director, people: int, baseline: float
) -> Iterator[Row]:
    """The rows of one workspace, and for a small one how long its 26 weeks take."""
    tab = opened(browser, page)
    director.do_step("enroll")
    tab.locator(".moving").wait_for(state="detached", timeout=PATIENCE_MS)
    wait_until_still(director)
    for click in CLICKS:
        wanted = f"{WANTED_MS[people]:.0f} ms"
        yield _clicked(f"{click.name}, {people:,} people", measured(tab, click), baseline, wanted)
    if people == min(WANTED_MS):
        begun = time.perf_counter()
        director.move("end")
        wait_until_still(director)
        spent = time.perf_counter() - begun
        what = f"{people} people, to the end of {WEEKS} weeks in front of an open tab"
        yield Row(what, f"{spent:.0f} s", wanted=f"{WANTED_END_S} s")


def wait_until_still(director: Director) -> None:
    """Wait until time stands still."""
    while director.times().moving:
        time.sleep(0.1)


if __name__ == "__main__":
    show(rows())
