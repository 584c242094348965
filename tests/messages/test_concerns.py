"""Why a pair needs a look: each reason once, with the days on which it arose."""

from datetime import UTC, datetime

import pytest

from mentoring.attention import Concern
from mentoring.health import Measured, Part
from mentoring.nudges.notices import Kind
from messages.concerns import NeedsALook, Reason, one_line
from messages.words import Reader

FIRST, SECOND = datetime(2026, 3, 5, 15, tzinfo=UTC), datetime(2026, 4, 9, 15, tzinfo=UTC)


def line(locale: str, *reasons: Reason) -> str:
    return one_line(NeedsALook(17, ("Priya", "Marcus"), reasons), Reader.of("America/New_York", locale))


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", "a low rating in a check-in on Thursday, March 5 and Thursday, April 9"),
        ("es-MX", "una calificación baja en una encuesta breve el jueves 5 de marzo y el jueves 9 de abril"),
    ],
)
def test_the_same_reason_on_two_days_is_one_clause(locale: str, said: str) -> None:
    both = [Reason(Concern(17, Kind.LOW_RATING, at)) for at in (FIRST, SECOND)]
    assert line(locale, *both).count(said) == 1
    assert ";" not in line(locale, *both)


def test_a_reason_without_a_day_stands_once() -> None:
    both = [Reason(Concern(17, Kind.ATTENTION, at)) for at in (FIRST, SECOND)]
    assert line("en-US", *both).endswith("three times in a row without a meeting.")
    assert line("en-US", *both).count("three times") == 1


def test_two_people_who_ask_to_be_called_are_two_reasons() -> None:
    both = [Reason(Concern(17, Kind.WANTS_HELP, FIRST), who) for who in ("Priya", "Marcus")]
    assert "Priya asked to talk to you on Thursday, March 5; Marcus asked" in line("en-US", *both)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", "Priya and Marcus: 0 of the last 3 meetings held, not met yet, after 41 days."),
        ("es-MX", "Priya y Marcus: 0 de las últimas 3 reuniones, sin reunirse todavía, tras 41 días."),
    ],
)
def test_a_low_health_says_what_is_low(locale: str, said: str) -> None:
    weak = (
        Measured(Part.MEETINGS, 0.0, {"held": 0, "wanted": 3}),
        Measured(Part.RECENCY, 0.0, {"met": 0, "days": 41}),
    )
    reasons = (Reason(Concern(17, Kind.LOW_HEALTH, FIRST)),)
    found = NeedsALook(17, ("Priya", "Marcus"), reasons, weak=weak)
    assert one_line(found, Reader.of("America/New_York", locale)).replace("*", "") == said
