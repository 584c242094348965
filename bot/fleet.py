"""The work of many processes: Procrastinate on PostgreSQL says who does what, and the facts say what is due.

Every few seconds the engine makes a job for the clock, whichever worker takes it; for each workspace in which
a letter is due it makes one job, and never two that run at once. A job that is lost costs nothing: the next
one finds the same letters and the same pairs, because nothing is due by virtue of a job. So no job is ever
tried again by itself, and jobs of dead workers are only freed so that their locks do not stay.

The engine's tables are in a schema of its own, one for each version of it: old and new workers can run side
by side while a new version is rolled out.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version
from typing import Any, LiteralString

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker
from psycopg import sql
from sqlalchemy.engine import make_url
from structlog.contextvars import bound_contextvars

from bot.office import Office
from handlers.trouble import note_undone, where_it_broke
from storage.outbox import waiting_workspaces
from storage.people import workspaces
from storage.postgresql import CONNECT_TIMEOUT_S, ENCODING, JOBS, LOCKS, REACHABLE

log = structlog.get_logger()

CLOCK, LETTERS, CHORES = "clock", "letters", "chores"
"""Queues. The clock waits for no letter, and no letter for a list of people."""
CLOCK_AT_ONCE, CHORES_AT_ONCE = 3, 2
"""Jobs of a kind that one process does at the same time; letters are as many as the operator says."""
LOOK, DISPATCH, EVERY_MINUTE, EVERY_FIVE, EVERY_SIX_HOURS = (
    "* * * * * */3",
    "* * * * * *",
    "* * * * *",
    "*/5 * * * *",
    "17 */6 * * *",
)
"""When a job is made; the sixth field is seconds (croniter)."""
DEAD_AFTER_S = 30
"""A worker that was silent for so long is dead: it says that it lives three times in it."""
AGAIN_AFTER_S = 3
"""Pause before a worker that lost the database tries again."""
FORGOTTEN_AFTER = "1 hour"
"""Tables of another version of the engine are dropped when its last worker was silent for so long."""
SCHEMA = f"jobs_{version('procrastinate').replace('.', '_')}"


class Fleet:
    """One worker process.

    Args:
        office: What there is to do.
        couriers: Workspaces served at the same time by this process.
        dead_after_s: Real seconds of silence after which another worker is taken for dead.
        schema: Where the engine's tables are: each version of it has its own, and workers of two releases
            run side by side without sharing a job.
    """

    def __init__(
        self,
        office: Office,
        url: str,
        couriers: int,
        dead_after_s: int = DEAD_AFTER_S,
        schema: str = SCHEMA,
    ) -> None:
        self.office = office
        self._schema = schema
        self._dead_after_s = dead_after_s
        self._conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._couriers = couriers
        self._stopping = asyncio.Event()
        self._workers: list[Worker] = []
        # They log errors whole, and those may hold personal words; what an operator should know we tell.
        for name in ("procrastinate", "psycopg.pool"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def make_tables(self) -> None:
        """Make the engine's tables where they are not there yet; take away those of versions nobody runs."""
        with psycopg.connect(self._conninfo, autocommit=True, client_encoding=ENCODING) as connection:
            connection.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, JOBS))
            _drop_abandoned(connection, but=self._schema)
            ours = sql.Identifier(self._schema)
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(ours))
            jobs = f"{self._schema}.procrastinate_jobs"
            if connection.execute("SELECT to_regclass(%s)", (jobs,)).fetchone() == (None,):
                connection.execute(sql.SQL("SET search_path TO {}").format(ours))
                connection.execute(SchemaManager.get_schema())

    async def run(self) -> None:
        """Work until told to stop; a database that is gone for a while is waited for."""
        asyncio.get_running_loop().set_exception_handler(_tell)
        asyncio.get_running_loop().set_default_executor(
            ThreadPoolExecutor(self._couriers + CLOCK_AT_ONCE + CHORES_AT_ONCE, thread_name_prefix="job")
        )
        while not self._stopping.is_set():
            try:
                await self._work()
            except (ConnectorException, psycopg.Error, OSError) as error:
                if isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
                    # It froze, and others took it for dead and freed its jobs.
                    log.warning("signs on again")
                    continue
                log.error("database lost", error=type(error).__name__)  # noqa: TRY400 - its message names the server
            if not self._stopping.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), AGAIN_AFTER_S)

    def stop(self) -> None:
        """Take no more jobs, and end after the letters at hand; called in the loop of `run`."""
        self._stopping.set()
        for worker in self._workers:
            worker.stop()  # type: ignore[no-untyped-call] # the engine leaves it without types

    async def _work(self) -> None:
        """Work until told to stop, or until the database was lost.

        Raises:
            ConnectorException: It was. Every worker of this process has been signed off by then, if it could
                be, so that jobs which could not be told done are free for whoever works next.
        """
        lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        app = self._app(_Line(lost, **self._reaching()))
        if not await self._reaches(app):
            return
        async with app.open_async():
            await _free_stalled(app, self._dead_after_s)
            at_once = {CLOCK: CLOCK_AT_ONCE, LETTERS: self._couriers, CHORES: CHORES_AT_ONCE}
            self._workers = [self._worker(app, queue, number) for queue, number in at_once.items()]
            running = [
                asyncio.create_task(each.run())  # type: ignore[no-untyped-call] # the same
                for each in self._workers
            ]
            if self._stopping.is_set():
                self.stop()
            # One that lost the database ends; the others may not have noticed yet.
            await asyncio.wait([*running, lost], return_when=asyncio.FIRST_COMPLETED)
            for each in self._workers:
                each.stop()  # type: ignore[no-untyped-call] # the same
            ended = await asyncio.gather(*running, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, BaseException):
                raise outcome
        if lost.done():
            lost.result()

    async def _reaches(self, app: procrastinate.App) -> bool:
        """Wait for the database; False where we are told to stop meanwhile, which the engine would not hear.

        Raises:
            psycopg.Error: It is not there.
        """
        opening = asyncio.ensure_future(app.connector.open_async())
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([opening, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if opening.done():
            opening.result()
            return True
        opening.cancel()
        with suppress(asyncio.CancelledError):
            await opening
        await app.close_async()
        return False

    def _reaching(self) -> dict[str, Any]:
        """How the engine reaches its tables."""
        return {
            "conninfo": self._conninfo,
            "kwargs": {
                "client_encoding": ENCODING,
                "connect_timeout": CONNECT_TIMEOUT_S,
                "options": f"-c search_path={self._schema}",
                **REACHABLE,
            },
            "min_size": 1,
            "max_size": self._couriers + CLOCK_AT_ONCE + CHORES_AT_ONCE,
            "timeout": AGAIN_AFTER_S,
            "reconnect_timeout": AGAIN_AFTER_S,
        }

    def _app(self, line: "_Line") -> procrastinate.App:
        app = procrastinate.App(connector=line, periodic_defaults={"max_delay": 60})
        self._add_jobs(app)
        return app

    def _add_jobs(self, app: procrastinate.App) -> None:
        """Everything there is to do, and when."""
        office = self.office

        @app.task(name="deliver", queue=LETTERS)
        def deliver(workspace_id: int) -> None:
            _safely("deliver", lambda: office.deliver_to(workspace_id))

        @app.task(name="people", queue=CHORES)
        def people(workspace_id: int) -> None:
            _safely("people", lambda: office.refresh_people_of(workspace_id))

        async def for_each(task: Any, name: str, ids: list[int]) -> None:
            for workspace_id in ids:
                lock = f"{name} {workspace_id}"
                job = task.configure(lock=lock, queueing_lock=lock)
                with suppress(AlreadyEnqueued):
                    await job.defer_async(workspace_id=workspace_id)

        def every(cron: str, name: str, queue: str, work: Callable[[], None]) -> None:
            @app.periodic(cron=cron)
            @app.task(name=name, queue=queue, lock=name, queueing_lock=name)
            def job(timestamp: int) -> None:  # noqa: ARG001 - the engine hands it in
                _safely(name, work)

        every(LOOK, "look", CLOCK, office.look)
        every(EVERY_FIVE, "tokens", CHORES, office.renew_tokens)
        every(EVERY_SIX_HOURS, "housekeeping", CHORES, office.forget)

        @app.periodic(cron=DISPATCH)
        @app.task(name="dispatch", queue=CLOCK, lock="dispatch", queueing_lock="dispatch")
        async def dispatch(timestamp: int) -> None:  # noqa: ARG001 - the engine hands it in
            await for_each(deliver, "deliver", await asyncio.to_thread(self._waiting))

        @app.periodic(cron=EVERY_MINUTE)
        @app.task(name="directories", queue=CHORES, lock="directories", queueing_lock="directories")
        async def directories(timestamp: int) -> None:  # noqa: ARG001 - the engine hands it in
            await for_each(people, "people", await asyncio.to_thread(self._living))

        # Without a lock: the lock of one that was killed could be freed by nobody.
        @app.periodic(cron="*/1 * * * * */15")
        @app.task(name="free", queue=CLOCK, queueing_lock="free")
        async def free(timestamp: int) -> None:  # noqa: ARG001 - the engine hands it in
            await _free_stalled(app, self._dead_after_s)

    def _worker(self, app: procrastinate.App, queue: str, number: int) -> Worker:
        return Worker(
            app,
            queues=[queue],
            name=queue,
            concurrency=number,
            # Finished jobs are of no use to anybody: what was done is in our own tables.
            delete_jobs="always",
            install_signal_handlers=False,
            stalled_worker_timeout=self._dead_after_s,
            update_heartbeat_interval=self._dead_after_s / 3,
            fetch_job_polling_interval=1.0,
        )

    def _waiting(self) -> list[int]:
        with self.office.database.asking() as asked:
            return waiting_workspaces(asked, self.office.clock.now())

    def _living(self) -> list[int]:
        with self.office.database.glance() as session:
            return [each.id for each in workspaces(session)]


class _Line(procrastinate.PsycopgConnector):
    """The engine's way to its database, which tells when a connection broke under something to be written.

    A worker that cannot tell that a job is done goes on without a word. The job then holds its lock for as
    long as that worker lives, and nobody else may serve its workspace.
    """

    def __init__(self, lost: asyncio.Future[None], **reaching: Any) -> None:
        super().__init__(**reaching)
        self._lost = lost

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        try:
            await super().execute_query_async(query, **arguments)
        except ConnectorException as error:
            # Everything else it says is an answer: that a job is gone already, or that there is one.
            if isinstance(error.__cause__, psycopg.OperationalError) and not self._lost.done():
                self._lost.set_exception(error)
            raise


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what went wrong where nobody waited for it, without its message; `run` tells of a lost database."""
    error = context.get("exception")
    if error is None:
        loop.default_exception_handler(context)
    elif not isinstance(error, ConnectorException):
        log.error("task failed", error=type(error).__name__, where=where_it_broke(error))


async def _free_stalled(app: procrastinate.App, dead_after_s: int) -> None:
    """Take jobs of dead workers off: their locks would keep a workspace from being served for ever.

    Without this 10 of 400 jobs stayed after a kill.
    """
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=dead_after_s):
        # Another worker may be freeing it too.
        with suppress(ConnectorException):
            await manager.finish_job(job=job, status=Status.FAILED, delete_job=True)
            log.warning("job of a dead worker", job=job.task_name)
    await manager.prune_stalled_workers(dead_after_s)


def _safely(name: str, work: Callable[[], None]) -> None:
    """Do one job; what goes wrong is told without its message, which may hold personal words."""
    try:
        with bound_contextvars(job=name, job_id=secrets.token_hex(4)):
            work()
    except Exception as error:  # noqa: BLE001 - the next turn of the same job tries again
        note_undone("job failed", error, job=name)


def _drop_abandoned(connection: psycopg.Connection[Any], but: str) -> None:
    query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'jobs\\_%%' AND nspname <> %s"
    for (name,) in connection.execute(query, (but,)).fetchall():
        alive = sql.SQL(
            "SELECT 1 FROM {}.procrastinate_workers WHERE last_heartbeat > now() - {}::interval LIMIT 1"
        ).format(sql.Identifier(name), sql.Literal(FORGOTTEN_AFTER))
        if connection.execute(alive).fetchone() is None:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))
