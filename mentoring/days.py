"""Days as people write them, in English or Spanish: today, last Tuesday, 5 de marzo, 3/5, 2026-03-05."""

import re
import unicodedata
from datetime import date, timedelta

from mentoring.errors import Refusal

WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
)  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
)  # fmt: skip
"""By both languages one after the other; without accents, as people type them or not."""
FILLERS = re.compile(
    r"[,.]|\b(on|the|last|next|this|until|of|el|la|de|del|este|pasado|proximo|que|viene|hasta)\b"
    r"|(?<=\d)(st|nd|rd|th)\b"
)
"""What may stand around a day and changes nothing."""
SHORTEST = 3
"""Letters that name a weekday or a month."""
RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1, "hoy": 0, "ayer": -1, "manana": 1}
EXAMPLES = "Write it like today, last Tuesday, March 5 or 2026-03-05."


def read_past_day(text: str, today: date) -> date:
    """Read a day that has been: a weekday is the last one, a day of a month the latest, today included.

    Raises:
        Refusal: It names no day.
    """
    return _read(text, today, forward=False)


def read_coming_day(text: str, today: date) -> date:
    """Read a day ahead: a weekday is the next one, a day of a month the nearest to come.

    Raises:
        Refusal: It names no day.
    """
    return _read(text, today, forward=True)


def _read(text: str, today: date, *, forward: bool) -> date:
    parts = FILLERS.sub(" ", _without_accents(text.lower())).split()
    if len(parts) == 1 and parts[0] in RELATIVE:
        return today + timedelta(days=RELATIVE[parts[0]])
    if len(parts) == 1 and (weekday := _named(parts[0], WEEKDAYS, 7)) is not None:
        return _weekday(weekday, today, forward=forward)
    year, month, day = _numbers(parts)
    if month is None or day is None:
        raise Refusal(f"“{text}” is no day I know. {EXAMPLES}", "day")
    return _of_year(year, month, day, today, forward=forward)


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def _named(word: str, names: tuple[str, ...], count: int) -> int | None:
    """Which of `count` days or months a word begins; in two languages it may be one and the same."""
    found = {n % count for n, name in enumerate(names) if len(word) >= SHORTEST and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def _weekday(weekday: int, today: date, *, forward: bool) -> date:
    if forward:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _numbers(parts: list[str]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day, as far as they are named."""
    if len(parts) == 1 and (iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", parts[0])):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if len(parts) == 1 and (short := re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", parts[0])):
        return int(short[3]) if short[3] else None, int(short[1]), int(short[2])
    months = [month + 1 for part in parts if (month := _named(part, MONTHS, 12)) is not None]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(months) != 1 or len(months) + len(numbers) != len(parts) or not 1 <= len(numbers) <= 2:  # noqa: PLR2004 - a day, a year
        return None, None, None
    return numbers[1] if len(numbers) == 2 else None, months[0], numbers[0]  # noqa: PLR2004 - the same


def _of_year(year: int | None, month: int, day: int, today: date, *, forward: bool) -> date:
    years = [year] if year is not None else [today.year, today.year + (1 if forward else -1)]
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or (found >= today if forward else found <= today):
            return found
    raise Refusal("There's no such day. Check the month and the day.", "day")
