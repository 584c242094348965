"""Which country a time zone lies in: our guess at somebody's public holidays until they say."""

from functools import cache
from importlib.resources import files

import holidays

from mentoring.errors import Refusal

NONE_KEPT = ""
"""Stored as the country of somebody who wants no public holidays kept for them."""


@cache
def country_of_zone(zone: str) -> str | None:
    """The ISO 3166 code of a zone's country (IANA's zone.tab); None for zones of no country, like UTC."""
    return _zones().get(zone)


@cache
def _zones() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {zone.strip(): country for country, _, zone, *_ in lines}


@cache
def known_countries() -> frozenset[str]:
    """The ISO 3166 codes of countries whose public holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def check_country(code: str) -> str:
    """See that a country's holidays are known; the empty code stands for none.

    Raises:
        Refusal: They are not.
    """
    if code != NONE_KEPT and code not in known_countries():
        raise Refusal("I don't know that country's public holidays. Pick one from the list.", "country")
    return code


def kept_country(said: str | None, zone: str) -> str | None:
    """Whose public holidays are kept for somebody: the country they said, or the one their zone lies in."""
    return country_of_zone(zone) if said is None else said
