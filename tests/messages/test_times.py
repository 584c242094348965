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
        (("America/New_York", "Australia/Sydney"), "es-MX", "5:00 p.m. Nueva York / martes 9:00 a.m. Sídney"),
        (("America/New_York", "Asia/Tokyo"), "en-GB", "17:00 New York / Tuesday 07:00 Tokyo"),
    ],
)
def test_everybody_reads_their_own_time_and_day(zones: tuple[str, str], locale: str, said: str) -> None:
    two = list(people_of(CASES["one"], locale).values())
    two = [replace(each, time_zone=zone) for each, zone in zip(two, zones, strict=True)]
    assert times_for_all(STARTS, two, Reader.of(zones[0], locale)).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("zone", "english", "spanish"),
    [
        ("America/New_York", "New York", "Nueva York"),
        ("US/Eastern", "New York", "Nueva York"),
        ("Europe/Kyiv", "Kyiv", "Kiev"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT+5", "UTC-5", "UTC-5"),
    ],
)
def test_a_zone_goes_by_its_city_in_the_readers_language(zone: str, english: str, spanish: str) -> None:
    assert Reader.of(zone, "en-US").city(zone) == english
    assert Reader.of(zone, "es-MX").city(zone) == spanish
