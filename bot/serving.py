"""Behind gunicorn: one process with many threads serves HTTP, and on SQLite keeps the clock too.

Over PostgreSQL looking and delivering are for `mentoring work`.
"""

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from bot.clock import RealClock
from bot.memory import only_new_garbage
from bot.metrics import serve_metrics
from bot.pace import Pace
from bot.process import LISTENER_THREADS
from bot.schedule import Job, scheduler_for, scheduler_of
from bot.settings import HttpSettings, OAuthSettings
from bot.site import Site
from bot.tokens import OAuthApp
from bot.tracing import tracing
from messages.reading_ahead import read_ahead
from storage.database import Database, is_sqlite

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

GRACE_S = 25
"""Seconds that requests under way and the letter at hand have when the process is told to stop. Docker and
systemd are told to wait longer than this."""
BACKLOG = 256
"""Connections that may wait while all threads are busy; more would only wait in vain."""


def oauth_app(settings: OAuthSettings) -> OAuthApp:
    """The app as Slack knows it, from the settings."""
    return OAuthApp(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        public_url=settings.public_url if isinstance(settings, HttpSettings) else "",
    )


class Served(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """The site as gunicorn runs it: a master that watches, and a process that does everything.

    One process: SQLite has one writer, and what Slack sends even a large organization is a fraction of what a
    process answers. More processes are more hosts, over PostgreSQL.
    """

    def __init__(self, settings: HttpSettings) -> None:
        self._settings = settings
        self._site: Site | None = None
        self._clock: BackgroundScheduler | None = None
        self._until_the_end = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to run."""
        chosen: dict[str, Any] = {
            "bind": self._settings.listen_on,
            "workers": 1,
            "worker_class": "gthread",
            "threads": LISTENER_THREADS,
            "backlog": BACKLOG,
            "graceful_timeout": GRACE_S,
            "timeout": 30,
            "keepalive": 75,
            "loglevel": "warning",
            "proc_name": "mentoring",
            # A socket in the home folder by which it can be told what to do: nobody is to.
            "control_socket_disable": True,
            "post_worker_init": lambda _worker: self._start(),
            "worker_exit": lambda _server, _worker: self._stop(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Site:
        """Make the site in the process that serves it."""
        # Here and not before: what sends spans is a thread, and threads do not survive a fork.
        self._until_the_end.enter_context(tracing(self._settings.otel_exporter_otlp_endpoint))
        database = Database(self._settings.database_url)
        self._site = Site(database, oauth_app(self._settings), RealClock(), Pace())
        return self._site

    def _start(self) -> None:
        if self._site is not None and self._settings.metrics_on:
            serve_metrics(self._settings.metrics_on, self._site.database, self._site.clock)
        if self._site is None:
            return
        if is_sqlite(self._settings.database_url):
            # First of all: after a long night the first letters would find their tokens expired.
            self._site.renew_tokens()
            self._clock = scheduler_for(self._site)
        else:
            self._clock = scheduler_of([Job("watch", timedelta(minutes=1), self._site.watch)])
        read_ahead()
        self._until_the_end.enter_context(only_new_garbage())
        self._clock.start()

    def _stop(self) -> None:
        if self._site is None:
            return
        self._site.stop_sending()
        if self._clock is not None:
            self._clock.shutdown(wait=True)
        self._site.close()
        self._site.database.close()
        self._until_the_end.close()
