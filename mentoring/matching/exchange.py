"""What an exchange would cost: the value both kinds of alternatives share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exchange:
    """Somebody matched with somebody else than proposed.

    Args:
        row: Whose alternative it is.
        other: Whom they would be matched with: a column, in peer programs a row.
        score: Points of the two.
        price: Points the whole would lose.
        fewer: How many fewer people would be matched.
        exact: Whether the price is the least possible, or one that surely suffices.
    """

    row: int
    other: int
    score: int
    price: int
    fewer: int
    exact: bool
