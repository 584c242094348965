"""How often a pair meets, in a reader's language."""

from mentoring.cadence import Cadence
from messages.words import Reader, Words


def often(cadence: Cadence, weekday: int | None, reader: Reader) -> str:
    """As within a sentence: `every two weeks on Tuesday`, `cada dos semanas, los martes`."""
    day = "" if weekday is None else reader.weekday(weekday)
    return _say(cadence, "often", reader, weekday=day)


def choice(cadence: Cadence, reader: Reader) -> str:
    """As one of a list to choose from, each unlike every other."""
    return _say(cadence, "choice", reader)


def _say(cadence: Cadence, part: str, reader: Reader, **values: str) -> str:
    words = Words("rhythm", reader)
    return words.plain(part, weeks=cadence.weeks, months=cadence.months, nth=cadence.nth, **values)
