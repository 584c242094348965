"""Everything that is measured, in one table: ratios to named baselines, each of the same run.

Run: python -m bench [--keep FILE] [NAME ...]

Each bench runs in a process of its own, so that none finds the memory, the caches or the threads of another.
With --keep the table takes the place of the one between the marks in a Markdown file (docs/benchmarks.md).
"""

import argparse
import multiprocessing
import re
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

from bench.table import COUNTED, Row, circumstances, counting, measured, table

BENCHES = ("ack", "workers", "tick", "courier", "matching", "desk", "reports", "startup", "page")
"""In the order of the table."""
MARKED = re.compile(r"(?<=<!-- bench: kept by python -m bench -->\n).*?(?=<!-- end -->)", re.DOTALL)


def collected(names: list[str]) -> tuple[list[Row], list[float], bool]:
    """The rows of all of these, the speed of the machine around each, and whether all could be measured."""
    found: list[Row] = []
    speeds, whole = [counting()], True
    # One after the other: two at once would measure each other.
    for name in names:
        begun = time.monotonic()
        try:
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                found += process.submit(measured, name).result()
        except Exception as error:  # noqa: BLE001 - one bench that breaks takes no other's numbers with it
            found.append(Row(name, f"not measured: {type(error).__name__}: {error}"))
            whole = False
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        speeds.append(counting())
    return found, speeds, whole


def main() -> int:
    """Measure, print, and keep where asked; 1 where something could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="put the table into this file, too")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all unless said")
    wishes = parser.parse_args()
    if unknown := set(wishes.names) - {*BENCHES}:
        parser.error(f"no bench is called {', '.join(sorted(unknown))}")
    begun, when = time.monotonic(), circumstances(datetime.now().astimezone())
    rows, speeds, whole = collected(wishes.names or [*BENCHES])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (
        f"It took {(time.monotonic() - begun) / 60:.0f} minutes, and "
        f"{(used.ru_utime + used.ru_stime) / 60:.0f} of processor; meanwhile "
        f"Python counted to {COUNTED // 1_000_000} million in {min(speeds):.2f} to {max(speeds):.2f} s."
    )
    said = f"{when} {spent}\n\n{table(rows)}\n"
    print(said)
    if wishes.keep:
        keep(wishes.keep, said)
    return 0 if whole else 1


def keep(file: Path, said: str) -> None:
    """Put the table between the marks of a file.

    Raises:
        SystemExit: It has no marks.
    """
    text = file.read_text(encoding="utf-8")
    if not MARKED.search(text):
        raise SystemExit(f"{file} has no place for the table; see bench/__main__.py.")
    file.write_text(MARKED.sub(lambda _: f"\n{said}\n", text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
