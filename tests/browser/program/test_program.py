"""A whole program in the browser: the real bot, people a visitor may be, and time in their hands."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.process import Bot
from bot.rehearsal.behavior import Behavior
from storage.tables import AnswerRow
from tests.browser.barriers import barriers
from tests.browser.stage import small_roster
from tests.support.breaking import bring_back, take_away
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rehearsal.show_run import Show
    from tests.browser.conftest import Open
    from tests.browser.tab import Tab


def test_a_program_from_the_first_click_to_a_survey(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    mentee = next(row.name for row in show.stage.roster.rows if "mentee" in row.roles)

    # The coordinator opens enrollment, and is asked first whether they are sure.
    tab.go("mentoring")
    tab.say("/mentoring program")
    tab.last("draft").get_by_role("button", name="Open enrollment").click()
    sure = tab.page.locator("#confirm")
    sure.wait_for()
    sure.locator("[data-confirm]").click()
    tab.last("A good mentor changed my career")

    # A mentee joins with the form.
    tab.be(mentee)
    _answer(tab, "join.open")
    tab.last("You're in")

    # A week later everybody has answered, and the coordinator reviews and approves the matches. From here on
    # the visitor is both people of a pair, so nobody else hurries.
    tab.be("Robin Ellery")
    tab.move("+1 week")
    for row in show.stage.roster.rows:
        show.set_behavior(row.user_id, Behavior.SILENT)
    tab.go("Messages")
    tab.say("/mentoring match")
    _answer(tab, "match.review")

    # The pair hears of each other, and agrees.
    tab.be(mentee)
    tab.move("+1 day")
    pair = tab.page.locator("#sidebar .rooms").last.locator(".room").first
    mentor = pair.locator(".room-name").inner_text()
    pair.click()
    tab.messages.locator("[data-action-id='agreement.open']").last.click()
    tab.modal.wait_for()
    tab.fill_in()
    tab.be(mentor)
    tab.go("Messages")
    # What comes of it is answered again: nobody decides later than when it reaches them.
    for row in show.stage.roster.rows:
        show.set_behavior(row.user_id, Behavior.DILIGENT)
    tab.messages.locator("[data-action-id='agreement.accept']").last.click()
    tab.be("Robin Ellery")

    # Time moves, and nudges arrive.
    tab.move("Next phase")
    tab.move("+1 week")
    tab.be(mentee)
    tab.go(mentor)
    assert tab.messages.count() > 2

    # A check-in is answered.
    tab.be(mentee)
    tab.go("Messages")
    for _ in range(6):
        if tab.messages.locator("[data-action-id='survey.open']").count():
            break
        tab.move("+1 week")
    _answer(tab, "survey.open")
    assert _answers(show) > 0


def _answer(tab: Tab, action_id: str) -> None:
    """Presses a button in the app's messages, and goes through the form it opens."""
    tab.go("Messages")
    tab.messages.locator(f"[data-action-id='{action_id}']").last.click()
    tab.modal.wait_for()
    tab.fill_in()


def _answers(show: Show) -> int:
    with show.stage.database.read() as session:
        return session.scalar(select(func.count()).select_from(AnswerRow)) or 0


def test_why_a_message_came_is_told(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    show.open_enrollment()
    mentee = next(row.name for row in show.stage.roster.rows if "mentee" in row.roles)
    tab.be(mentee)
    tab.go("Messages")
    tab.messages.last.hover()
    tab.messages.last.locator("[data-why]").click()
    panel = tab.page.locator("#aside")
    panel.get_by_text("Why you see this").wait_for()
    panel.get_by_role("tab", name="Data").click()
    panel.get_by_role("heading", name="Enrollment").wait_for()
    panel.get_by_role("tab", name="API calls").click()
    panel.locator("[data-call]").first.click()
    panel.locator(".call-body .payload").first.wait_for()


def test_a_bot_that_dies_is_told_of_and_started_again(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    bot = show.stage.bot
    assert isinstance(bot, Bot)
    bot.__exit__(None, None, None)
    tab.page.locator("#health").get_by_text("not connected").wait_for()
    tab.page.locator("#restart").click()
    tab.page.locator("#health p").wait_for(state="detached")
    tab.go("mentoring")
    tab.say("/mentoring help")
    tab.last("Here is what you can type")


def test_a_bot_that_breaks_while_time_moves_is_told_of_and_started_again(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    health = tab.page.locator("#health")
    with capture_logs() as told, _without_rosters(show):
        tab.page.get_by_role("button", name="+1 day", exact=True).click()
        health.get_by_text("The app stopped with an error").wait_for()
        # The page tells at once; the log, which is long, a moment later.
        until(lambda: told)
    assert {each["event"] for each in told} == {"the bot stopped"}
    tab.page.locator("#restart").click()
    health.locator("p").wait_for(state="detached")
    tab.move("+1 day")
    assert not health.inner_text()


@contextmanager
def _without_rosters(show: Show) -> Iterator[None]:
    """The database has lost a table that every look asks."""
    take_away(show.stage.database, "roster_file")
    try:
        yield
    finally:
        bring_back(show.stage.database, "roster_file")


def test_the_tour_walks_through_six_steps_and_can_be_skipped(open_tab: Open) -> None:
    tab = open_tab()
    tour = tab.page.locator("#tour")
    titles = []
    for _ in range(6):
        titles.append(tour.locator(".tour-step:visible h3").inner_text())
        tour.locator("[data-tour-next]").click()
    assert len(set(titles)) == 6
    tour.wait_for(state="hidden")
    tab.page.locator("[data-tour-open]").click()
    tour.locator("[data-tour-close]").click()
    tour.wait_for(state="hidden")
    tab.page.reload()
    tab.settle()
    assert tour.is_hidden()


def test_time_plays_at_the_speed_chosen_and_stops(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    before = show.stage.clock.now()
    tab.page.get_by_label("Speed", exact=True).select_option("day")
    tab.page.get_by_role("button", name="Play time at this speed").click()
    tab.page.locator(".moving").get_by_text("Playing, 1 day a second").wait_for()
    while show.stage.clock.now() == before:
        tab.page.wait_for_timeout(50)
    tab.page.get_by_role("button", name="Stop").click()
    tab.page.locator(".moving").wait_for(state="detached")
    stopped = show.stage.clock.now()
    assert tab.page.get_by_label("Speed", exact=True).input_value() == "day", "the speed is remembered"
    tab.page.wait_for_timeout(300)
    assert show.stage.clock.now() == stopped


def test_how_somebody_answers_can_be_chosen(open_tab: Open, show: Show) -> None:
    tab = open_tab()
    tab.close_tour()
    row = show.stage.roster.rows[0]
    tab.page.locator("#me").click()
    tab.page.locator("#switcher-search").fill(row.name)
    choice = tab.page.get_by_label(f"How {row.name} answers")
    with tab.page.expect_response("**/direct"):
        choice.select_option("silent")
    assert show.behavior_of(row.user_id) is Behavior.SILENT
    show.set_behavior(row.user_id, Behavior.DILIGENT)


def test_a_broken_roster_is_refused_line_by_line(open_tab: Open, tmp_path: Path) -> None:
    tab = open_tab()
    _go_rehearse(tab)
    broken = tmp_path / "broken.csv"
    broken.write_text("user_id,name,role\nU1,Ada,mentor\nU1,Bo,wizard\n", "utf-8")
    tab.page.locator("#roster").set_input_files(broken)
    tab.page.locator("#studio-start").click()
    faults = tab.page.locator("#faults li")
    faults.first.wait_for()
    assert any("Line 3" in fault for fault in faults.all_inner_texts())
    broken.write_bytes(b"user_id,name\xff\xfe\n")
    tab.page.locator("#studio-start").click()
    tab.page.get_by_text("This file has changed since you chose it. Choose it again.").wait_for()
    tab.page.locator("#roster").set_input_files(broken)
    tab.page.locator("#studio-start").click()
    tab.page.get_by_text("This is not a text file in UTF-8").wait_for()


def test_a_rehearsal_ends_with_a_digest_to_take_home(open_tab: Open, tmp_path: Path) -> None:
    tab = open_tab()
    _go_rehearse(tab)
    roster = tmp_path / "mine.csv"
    roster.write_text(small_roster(), "utf-8")
    tab.page.locator("#roster").set_input_files(roster)
    kept = tmp_path / "settings.csv"
    kept.write_text("setting,value\nweeks,9\nweks,8\n", "utf-8")
    tab.page.locator("#settings").set_input_files(kept)
    tab.page.get_by_text("Line 3: there is no setting “weks”").wait_for()
    kept.write_text("setting,value\nweeks,8\nseed,3\n", "utf-8")
    tab.page.locator("#settings").set_input_files(kept)
    tab.page.get_by_text("Taken from settings.csv.").wait_for()
    assert tab.page.locator("#set-weeks").input_value() == "8"
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("link", name="keep these settings").click()
    assert "seed,3" in Path(taken.value.path()).read_text("utf-8").splitlines()
    tab.page.locator("#studio-start").click()
    tab.page.locator("#result").wait_for(timeout=180_000)
    digest = tab.page.frame_locator("#digest")
    digest.get_by_role("heading", name="When messages were sent").wait_for()
    digest.get_by_role("heading", name="What each role sees, week by week").wait_for()
    assert digest.locator(".people tbody tr").count() == len(roster.read_text("utf-8").splitlines())
    assert barriers(tab.page) == []
    for dark in (False, True):
        alone = open_tab(dark=dark)
        alone.page.goto(f"{tab.page.url}/digest.html")
        assert barriers(alone.page) == []
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("link", name="Download as one page").click()
    html = Path(taken.value.path()).read_text("utf-8")
    assert "<svg" in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("link", name="Download the transcript").click()
    assert '"summary"' in Path(taken.value.path()).read_text("utf-8").splitlines()[-1]


def _go_rehearse(tab: Tab) -> None:
    tab.close_tour()
    tab.page.locator("#room-rehearse").click()
    # Its script listens once the page has loaded.
    tab.page.wait_for_load_state()
    tab.page.locator("#studio-form").wait_for()
