"""Numbers for Prometheus: what is due, sent, delayed and failed, how late it is, and how long things take.

Numbers only, none of them about a person; each process serves its own, and those of the database are the same
from every process.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client import REGISTRY, Counter, Histogram, start_http_server
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from handlers.visit import Clock
from storage.database import Database
from storage.gauges import Gauges, gauges

LETTERS = Counter("mentoring_letters", "Letters this process dealt with, by their outcome.", ["outcome"])
FAULTS = Counter(
    "mentoring_faults", "Looks, letters and chores at which the program itself failed.", ["what"]
)
LOOK_SECONDS = Histogram(
    "mentoring_look_seconds",
    "One look of the clock at everything that could be due.",
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0),
)
LATELY = timedelta(days=1)
"""How far back failed letters are counted."""


class FromTheDatabase(Collector):
    """What the database says at the moment of asking."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; none where the database cannot be asked, which Prometheus shows as a gap."""
        now = self._clock.now()
        with self._database.read() as session:
            found = gauges(session, now, now - LATELY)
        yield from _families(found, now)


def serve_metrics(place: str, database: Database, clock: Clock) -> None:
    """Answer at `host:port`, `/metrics`, in a thread of its own."""
    host, _, port = place.rpartition(":")
    REGISTRY.register(FromTheDatabase(database, clock))
    start_http_server(int(port), host)


def _families(found: Gauges, now: datetime) -> Iterator[GaugeMetricFamily]:
    yield GaugeMetricFamily("mentoring_letters_due", "Letters that may be sent now.", found.due)
    yield GaugeMetricFamily("mentoring_letters_delayed", "Letters that wait for another try.", found.delayed)
    yield GaugeMetricFamily(
        "mentoring_letters_failed_lately", "Letters given up within the last day.", found.failed
    )
    age = (now - found.oldest_due).total_seconds() if found.oldest_due else 0.0
    yield GaugeMetricFamily("mentoring_queue_age_seconds", "How late the oldest letter is.", age)
    yield GaugeMetricFamily("mentoring_workspaces", "Workspaces that want us.", found.workspaces)
    if found.looked_at:
        age = (now - found.looked_at).total_seconds()
        yield GaugeMetricFamily("mentoring_heartbeat_age_seconds", "Since the clock last looked.", age)
