"""A program with few people, for tests of the page over the real bot."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.rehearsal.behavior import Behavior
from bot.rehearsal.show import Director
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_stage import Plan, showing
from mentoring.kinds import ProgramKind
from playground.page import Page
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rehearsal.show_run import Show

ROSTER = Path(__file__).parents[2] / "examples" / "harbor-law-60.csv"
STARTS_ON = date(2026, 1, 5)
PEOPLE = 6
"""Mentors, and as many mentees: enough for pairs, few enough to be quick."""


def small_roster() -> str:
    """A few people of the sample who share a time zone, without ties to those left out."""
    rows = list(csv.DictReader(io.StringIO(ROSTER.read_text("utf-8"))))
    near = [row for row in rows if row["time_zone"] == "America/New_York"]
    mentors = [row for row in near if row["role"] == "mentor"][:PEOPLE]
    mentees = [row for row in near if row["role"] == "mentee"][:PEOPLE]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(row | {"reports_to": "", "do_not_pair_with": ""} for row in mentors + mentees)
    return text.getvalue()


@contextmanager
def small_show(folder: Path) -> Iterator[Show]:
    """A program of ten weeks."""
    plan = Plan(small_roster(), ProgramKind.TRADITIONAL, STARTS_ON, 10, 1)
    with showing(plan, folder, lambda _: None) as running:
        yield running


@contextmanager
def directed(show: Show) -> Iterator[Director]:
    """Whoever directs the show, behind the page."""
    rehearsal = OwnRehearsal(ROSTER.read_text("utf-8"), STARTS_ON, ProgramKind.TRADITIONAL)
    director = Director(show, rehearsal, lambda _: None)
    yield director
    director.close()


@contextmanager
def page_over(show: Show, director: Director) -> Iterator[Page]:
    """The page over a show."""
    page = Page(show.stage.playground, director)
    page.start()
    yield page
    page.stop()


def come_to_rest(show: Show, director: Director) -> None:
    """Let time stand still, the bot be up, and everybody answer as they did at first."""
    director.stop()
    until(lambda: not director.times().moving)
    if not director.health().ok or not show.stage.playground.connections:
        director.restart()
        until(lambda: not director.times().moving)
    for row in show.stage.roster.rows:
        show.set_behavior(row.user_id, Behavior.DILIGENT)
