"""Rehearse my program: what is refused before anything starts, each in a sentence that says what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.rehearsal.show_rehearsal import MOST_FAULTS, OwnRehearsal
from mentoring.kinds import ProgramKind
from playground.page.direction import CannotDirect
from tests.browser.stage import small_roster

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "examples" / "harbor-law-60.csv"
CHOSEN = {"kind": "traditional", "starts_on": "2026-01-05", "weeks": "8", "behavior": "mixed", "seed": "1"}


@pytest.fixture
def rehearsal() -> Iterator[OwnRehearsal]:
    own = OwnRehearsal(SAMPLE.read_text("utf-8"), date(2026, 1, 5), ProgramKind.TRADITIONAL)
    yield own
    own.close()


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("kind", "sideways", "Choose a kind of program."),
        ("behavior", "", "Choose how people answer."),
        ("starts_on", "next spring", "The first day is no date. Pick one."),
        ("weeks", "7", "The weeks have to be a number from 8 to 104."),
        ("weeks", "many", "The weeks have to be a number from 8 to 104."),
        ("seed", "-1", "The seed has to be a whole number."),
    ],
)
def test_a_setting_that_cannot_be_is_told(
    rehearsal: OwnRehearsal, setting: str, value: str, sentence: str
) -> None:
    assert rehearsal.start("", CHOSEN | {setting: value}) == (sentence,)
    assert rehearsal.progress().state == "idle", "nothing was started"


def test_everything_wrong_is_told_at_once_but_no_more_than_one_can_read(rehearsal: OwnRehearsal) -> None:
    lines = [f"U{number},Person {number},wizard" for number in range(100)]
    faults = rehearsal.start("\n".join(["user_id,name,role", *lines]), CHOSEN | {"seed": ""})
    assert len(faults) == MOST_FAULTS + 1
    assert faults[0].startswith("Line 2, role: ")
    assert faults[-1] == "and 76 more."


def test_a_second_one_waits_for_the_first(rehearsal: OwnRehearsal) -> None:
    assert rehearsal.start(small_roster(), CHOSEN) == ()
    assert rehearsal.start("", CHOSEN) == ("A rehearsal is under way. Stop it first, or wait for its end.",)


def test_before_the_first_one_has_ended_there_is_nothing_to_read(rehearsal: OwnRehearsal) -> None:
    for take in (rehearsal.digest, rehearsal.transcript):
        with pytest.raises(CannotDirect, match="Start one, and come back when it is done"):
            take()
