"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.days import read_coming_day, read_past_day
from mentoring.errors import Refusal

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", THURSDAY),
        ("Yesterday", date(2026, 3, 4)),
        ("last Tuesday", date(2026, 3, 3)),
        ("on thursday", date(2026, 2, 26)),
        ("mar 3", date(2026, 3, 3)),
        ("the 2nd of March", date(2026, 3, 2)),
        ("Dec 30", date(2025, 12, 30)),
        ("3/4", date(2026, 3, 4)),
        ("2026-02-28", date(2026, 2, 28)),
        ("hoy", THURSDAY),
        ("el martes pasado", date(2026, 3, 3)),
        ("el miércoles", date(2026, 3, 4)),
        ("2 de marzo", date(2026, 3, 2)),
        ("30 dic", date(2025, 12, 30)),
    ],
)
def test_a_day_that_has_been_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_past_day(text, THURSDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 3, 6)),
        ("until Monday", date(2026, 3, 9)),
        ("next thursday", date(2026, 3, 12)),
        ("April 14", date(2026, 4, 14)),
        ("Feb 1, 2027", date(2027, 2, 1)),
        ("January 2nd", date(2027, 1, 2)),
        ("2026-04-14", date(2026, 4, 14)),
        ("mañana", date(2026, 3, 6)),
        ("hasta el lunes", date(2026, 3, 9)),
        ("el próximo sábado", date(2026, 3, 7)),
        ("el 1 de febrero de 2027", date(2027, 2, 1)),
    ],
)
def test_a_day_ahead_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_coming_day(text, THURSDAY) == day


@pytest.mark.parametrize(
    "text", ["", "soon", "Feb 30", "2026-13-01", "m", "ma 3", "3 3", "march", "32", "5/5/5/5"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_past_day(text, THURSDAY)


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)), st.integers(0, 364))
def test_every_day_of_the_year_reads_back(today: date, away: int) -> None:
    ahead, past = today + timedelta(days=away), today - timedelta(days=away)
    for day, read in ((ahead, read_coming_day), (past, read_past_day)):
        assert read(day.isoformat(), today) == day
        if (day.month, day.day) != (2, 29):
            assert read(f"{day:%B} {day.day}", today) == day
