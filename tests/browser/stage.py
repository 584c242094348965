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
    """A program of ten weeks whose people all answer within hours."""
    plan = Plan(small_roster(), ProgramKind.TRADITIONAL, STARTS_ON, 10, 1)
    with showing(plan, folder, lambda _: None) as running:
        for row in running.stage.roster.rows:
            running.set_behavior(row.user_id, Behavior.DILIGENT)
        yield running


@contextmanager
def page_over(show: Show) -> Iterator[Page]:
    """The page, with whoever directs the show behind it."""
    rehearsal = OwnRehearsal(ROSTER.read_text("utf-8"), STARTS_ON, ProgramKind.TRADITIONAL)
    director = Director(show, rehearsal, lambda _: None)
    page = Page(show.stage.playground, director)
    page.start()
    yield page
    page.stop()
    director.close()
