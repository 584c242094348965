"""How many working hours two time zones share."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

WORKING_DAY_HOURS = 8
"""Nine to five, local time."""
DAY_HOURS = 24
SEASONS = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))
"""A day in each half of the year: daylight saving time moves the two sides of the world apart."""


def shared_working_hours(zones: list[str]) -> npt.NDArray[np.float32]:
    """Tell for each two of these IANA zones the working hours they share in the worse half of the year."""
    shared = np.full((len(zones), len(zones)), WORKING_DAY_HOURS, dtype=np.float32)
    for day in SEASONS:
        offsets = np.array([_offset_in_hours(zone, day) for zone in zones], dtype=np.float32)
        apart = np.abs(offsets[:, None] - offsets[None, :])
        apart = np.minimum(apart, DAY_HOURS - apart)
        np.minimum(shared, WORKING_DAY_HOURS - apart, out=shared)
    return np.maximum(shared, 0)


def _offset_in_hours(zone: str, day: datetime) -> float:
    offset = day.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0
