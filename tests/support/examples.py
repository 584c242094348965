"""How many examples a property is tried with: few at every run of the tests, ten times as many in a soak."""

import os

TIMES = "EXAMPLES_TIMES"
"""The environment says how many times as many."""


def examples(few: int) -> int:
    """How many, of a property that a run of the tests tries with so few."""
    return few * int(os.environ.get(TIMES, "1"))
