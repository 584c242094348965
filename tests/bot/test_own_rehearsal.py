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


def test_settings_are_kept_in_a_file_and_taken_from_it_again(rehearsal: OwnRehearsal) -> None:
    text = rehearsal.settings_file(CHOSEN | {"other": "x"})
    assert text.splitlines()[:2] == ["setting,value", "kind,traditional"]
    assert rehearsal.read_settings(text) == (CHOSEN, ())
    assert rehearsal.read_settings("\ufeffSetting,Value\r\nweeks, 12\r\n\r\n") == ({"weeks": "12"}, ())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The first line of the settings has to be: setting,value"),
        ("weeks,12\n", "The first line of the settings has to be: setting,value"),
        (
            "setting,value\nweks,12\n",
            "Line 2: there is no setting “weks”; there are kind, starts_on, weeks, behavior, seed.",
        ),
        ("setting,value\nweeks,12\nweeks,13\n", "Line 3: weeks stands there twice. Keep one."),
        ("setting,value\nseed,1\nweeks,7\n", "Line 3: The weeks have to be a number from 8 to 104."),
        ("setting,value\nkind\n", "Line 2: Choose a kind of program."),
    ],
)
def test_broken_settings_are_told_line_by_line(rehearsal: OwnRehearsal, text: str, sentence: str) -> None:
    assert rehearsal.read_settings(text)[1] == (sentence,)
