"""Plays a soak of any size.

Run: python -m tests.endurance [--workspaces 20 --weeks 26 …]
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from storage.database import Database
from storage.schema import upgrade
from tests.endurance.conductor import Trouble
from tests.endurance.soak import Size, errors_in, soak
from tests.support.postgres import server


def main() -> int:
    """Play it, and say what came of it; 1 where anything was lost or said twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    whole = {"workspaces": 20, "people": 4, "weeks": 26, "listeners": 2, "workers": 4, "hours": 24,
             "kills": 100, "cuts": 10, "faults": 200, "sleeps": 5, "seed": 0}  # fmt: skip
    for name, number in whole.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--log", type=Path, help="where to keep what the processes log")
    wanted = vars(parser.parse_args())
    kept = wanted.pop("log")
    trouble = Trouble(**{each: wanted.pop(each) for each in ("kills", "cuts", "faults", "sleeps")})
    size = Size(trouble=trouble, **wanted)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, server() as postgresql:
        url = postgresql.make_database("soak")
        upgrade(url)
        database, log = Database(url), kept or Path(folder) / "fleet.log"
        with soak(size, database, postgresql, log) as conductor:
            conductor.told = lambda line: print(line, flush=True)  # noqa: T201 - a command says how it goes
            conductor.play()
        database.close()
        said = errors_in(log)
    print(size)  # noqa: T201 - the same
    for name, count in [*conductor.met.items(), *said.items()]:
        print(f"{count:7} {name}")  # noqa: T201 - the same
    for name, count in conductor.hindered.items():
        print(f"{count:7} could not: {name}")  # noqa: T201 - the same
    print(f"{time.monotonic() - began:.0f} s; findings: {conductor.findings or 'none'}")  # noqa: T201 - the same
    return 1 if conductor.findings else 0


if __name__ == "__main__":
    sys.exit(main())
