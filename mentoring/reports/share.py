"""A part of a whole, with how far chance could have moved it."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964
"""Standard deviations that hold 95% of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share probably lies; both ends from 0 to 1."""

    low: float
    high: float

    def overlaps(self, other: "Interval") -> bool:
        """Whether two of them have a value in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many.

    Raises:
        ValueError: More than there are, or fewer than none.
    """

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise ValueError(f"{self.hits} of {self.of} is no share")

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None

    def interval(self, z: float = Z_95) -> Interval | None:
        """Wilson's score interval, which stays between 0 and 1 and works for small groups.

        Source: E. B. Wilson, JASA 22 (1927), 209-212; recommended for small groups by Brown, Cai and
        DasGupta, Statistical Science 16 (2001), 101-133.
        """
        if not self.of:
            return None
        n, p = self.of, self.hits / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        # Of none or of all, the formula ends exactly at 0 or 1; floating point may miss it by a hair.
        low = 0.0 if self.hits == 0 else max(0.0, middle - reach)
        high = 1.0 if self.hits == n else min(1.0, middle + reach)
        return Interval(low, high)
