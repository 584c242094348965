"""One meeting on several clocks: everybody reads their own time, and their own day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from messages.letters.meetings import times_for_all
from messages.samples import CASES, people_of
from messages.words import Reader

STARTS = datetime(2026, 1, 5, 22, tzinfo=UTC)
"""Monday, five in the afternoon in New York; Tuesday, nine in the morning in Sydney."""


@pytest.mark.parametrize(
    ("zones", "locale", "said"),
    [
        (("America/New_York", "America/New_York"), "en-US", "5:00 PM"),
        (("America/New_York", "America/Toronto"), "en-US", "5:00 PM"),
        (("America/New_York", "Europe/London"), "en-US", "5:00 PM New York / 10:00 PM London"),
        (("America/New_York", "Australia/Sydney"), "en-US", "5:00 PM New York / Tuesday 9:00 AM Sydney"),
        (("America/New_York", "Australia/Sydney"), "es-MX", "5:00 p.m. New York / martes 9:00 a.m. Sydney"),
        (("America/New_York", "Asia/Tokyo"), "en-GB", "17:00 New York / Tuesday 07:00 Tokyo"),
    ],
)
def test_everybody_reads_their_own_time_and_day(zones: tuple[str, str], locale: str, said: str) -> None:
    two = list(people_of(CASES["one"], locale).values())
    two = [replace(each, time_zone=zone) for each, zone in zip(two, zones, strict=True)]
    assert times_for_all(STARTS, two, Reader.of(zones[0], locale)).replace("\xa0", " ") == said
