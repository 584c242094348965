"""`make fuzz`, its second part: whole programs of every kind whose people press whatever is there.

Run: python -m tests.curious [SEED]
"""

import sys

from mentoring.kinds import ProgramKind
from tests.curious.run import play

PEOPLE, WEEKS = 22, 16


def main() -> int:
    """Say what came of it; 1 where something broke."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    well = True
    for kind in ProgramKind:
        found = play(kind, seed, PEOPLE, WEEKS)
        print(f"{kind}, seed {seed}: {found.summary()}", flush=True)  # noqa: T201 - what this command is for
        well = well and found.is_well
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
