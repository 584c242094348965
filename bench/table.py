"""The one table that every bench fills: what was measured, beside a named baseline of the same run."""

import importlib
import logging
import os
import platform
import sqlite3
import sys
import sysconfig
import timeit
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

import structlog

PACKAGES = ("slack-bolt", "gunicorn", "sqlalchemy", "psycopg", "procrastinate", "scipy", "starlette")
"""Whose versions stand above the table: what is measured runs on them."""
HEAD = ("what", "took", "baseline", "to the baseline", "wanted")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure.

    Args:
        what: What was done, with how much of it.
        took: What it took, with its unit.
        baseline: What it is held against, and what that took.
        ratio: The one to the other; None for the baseline itself, and where there is none.
        wanted: The goal, in words.
    """

    what: str
    took: str
    baseline: str = ""
    ratio: float | None = None
    wanted: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return (self.what, self.took, self.baseline, ratio, self.wanted)


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown, in columns that can be read as they are."""
    lines = [HEAD, *(each.cells for each in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    rule: Sequence[str] = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in (lines[0], rule, *lines[1:])
    )


def show(rows: Iterable[Row]) -> None:
    """Print one bench's table."""
    print(table(rows))


def measured(name: str) -> list[Row]:
    """Run one bench in a process that was started for it; here, for such a process knows no `__main__`."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    rows: list[Row] = list(importlib.import_module(f"bench.{name}").rows())
    return rows


COUNTED = 5_000_000


def counting() -> float:
    """Seconds that Python takes to count to five million: how fast this machine is at the moment."""
    return timeit.timeit("count = 0\nwhile count < most: count += 1", number=1, globals={"most": COUNTED})


OPTIMIZED = "--enable-optimizations"
"""So the interpreter itself is compiled by a profile of its own tests, as in the images on Docker Hub and,
without saying so, in Debian. One that is not takes about a sixth longer for a look."""


def _build() -> str:
    """How this Python was built, as far as it tells."""
    if OPTIMIZED in (sysconfig.get_config_var("CONFIG_ARGS") or ""):
        return f"built with {OPTIMIZED}"
    return "the system's own" if sys.base_prefix == "/usr" else f"built without {OPTIMIZED}"


def circumstances(now: datetime) -> str:
    """When, on what machine and with which versions, in one sentence: numbers are worth little without."""
    kind, load = f"{os.cpu_count()} cores ({platform.machine()})", os.getloadavg()[0]
    said = [f"Python {platform.python_version()} ({_build()})", f"SQLite {sqlite3.sqlite_version}"]
    for each in PACKAGES:
        with suppress(PackageNotFoundError):
            said.append(f"{each} {version(each)}")
    return f"{now:%Y-%m-%d %H:%M}, {kind} at a load of {load:.1f} when it began; {', '.join(said)}."
