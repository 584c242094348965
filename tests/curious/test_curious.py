"""A small program of curious people; `make fuzz` plays larger ones of every kind."""

from mentoring.kinds import ProgramKind
from tests.curious.run import play


def test_nothing_that_is_pressed_at_any_time_breaks_anything() -> None:
    found = play(ProgramKind.TRADITIONAL, seed=1, people=8, weeks=8)
    assert found.is_well, found.summary()
    assert found.pairs > 1
