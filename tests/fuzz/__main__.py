"""`make fuzz`: many payloads at every listener; none may break anything, take long, or change facts unduly.

Run: python -m tests.fuzz [COUNT] [SEED]
"""

import sys

from tests.fuzz.run import fuzz

COUNT = 100_000


def main() -> int:
    """Say what came of it; 1 where something broke."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    found = fuzz(count, seed)
    print(found.summary())  # noqa: T201 - the table of this command
    return int(not found.is_well)


if __name__ == "__main__":
    sys.exit(main())
