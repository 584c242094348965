"""Socket Mode: the app's connections, and every parcel on its way over exactly one of them.

Source of the protocol: docs.slack.dev/apis/events-api/using-socket-mode, read 2026-08.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from starlette.websockets import WebSocketDisconnect

from playground.line import NOT_REACHED, RETRIES, TIMED_OUT, Parcel, Receipt

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from playground.records import Json

CONNECTIONS_MAX: Final = 10
"""Connections an app may hold at once."""

CONNECTION_SECONDS: Final = 18_060
"""How long Slack announces to keep a connection."""

HOST: Final = "applink-playground"


@dataclass(eq=False)
class Pending:
    """A parcel under way; `deadline` counts monotonic seconds."""

    envelope_id: str
    parcel: Parcel
    deadline: float
    done: threading.Event = field(default_factory=threading.Event)
    receipt: Receipt | None = None
    was_sent: bool = False


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app, and what was sent over it and not yet acknowledged."""

    socket: WebSocket
    loop: asyncio.AbstractEventLoop
    unacked: dict[str, Pending] = field(default_factory=dict)
    is_leaving: bool = False

    def send(self, message: Json) -> None:
        """Sends from any thread, without waiting."""
        text = json.dumps(message, ensure_ascii=False)
        self.loop.call_soon_threadsafe(self._start_sending, text)

    def hang_up(self) -> None:
        """Closes from any thread, after what was sent before."""
        self.loop.call_soon_threadsafe(self._start_closing)

    def _start_sending(self, text: str) -> None:
        self._keep(self.loop.create_task(self._send(text)))

    def _start_closing(self) -> None:
        self._keep(self.loop.create_task(self._close()))

    async def _send(self, text: str) -> None:
        try:
            await self.socket.send_text(text)
        except (RuntimeError, WebSocketDisconnect):
            # The app hung up meanwhile; whatever was unacknowledged travels again over another connection.
            return

    async def _close(self) -> None:
        try:
            await self.socket.close()
        except RuntimeError:
            # The app was quicker to close.
            return

    def _keep(self, task: asyncio.Task[None]) -> None:
        # The loop itself holds tasks only weakly.
        _TASKS.add(task)
        task.add_done_callback(_TASKS.discard)


_TASKS: Final[set[asyncio.Task[None]]] = set()


class SocketHub:
    """All connections of the app.

    Args:
        app_id: The app's id, as it is greeted with.
        patience: Real seconds the app has to acknowledge.
    """

    def __init__(self, app_id: str, patience: float) -> None:
        self._app_id = app_id
        self._patience = patience
        self._changed = threading.Condition()
        self._connections: list[Connection] = []
        self._turn = 0
        self._stranded: list[Pending] = []
        self._held: list[Parcel] = []

    @property
    def count(self) -> int:
        """How many connections take parcels now."""
        with self._changed:
            return len(self._open())

    def wait_for(self, count: int, timeout: float) -> bool:
        """Waits until so many connections are open; says whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._open()) >= count, timeout)

    def deliver(self, parcel: Parcel) -> Receipt:
        """Sends a parcel over one connection and waits for its acknowledgement.

        If the connection ends before that, the parcel travels again over another one; if there is none, a
        person's act waits for one. An event that is not acknowledged is sent again as Slack would: at once to
        a connected app, else when it returns.
        """
        if parcel.kind == "events_api" and not self.count:
            # Nobody sits waiting for an event, so neither do we.
            self._try_again(parcel, NOT_REACHED)
            return Receipt(acked=False, error=NOT_REACHED)
        pending = self._dispatch(parcel)
        pending.done.wait(max(0.0, pending.deadline - time.monotonic()))
        receipt = self._settle(pending)
        if not receipt.acked and parcel.kind == "events_api":
            self._try_again(parcel, receipt.error or TIMED_OUT)
        return receipt

    def post(self, parcel: Parcel) -> None:
        """Sends a parcel without waiting."""
        self._dispatch(parcel)

    def disconnect(self, reason: str) -> None:
        """Tells every connection to go, as Slack does: after a warning the app hangs up, else Slack does."""
        with self._changed:
            leaving = self._open()
            for connection in leaving:
                connection.is_leaving = True
        for connection in leaving:
            connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})
            if reason != "warning":
                connection.hang_up()

    async def serve(self, socket: WebSocket) -> None:
        """Serves one connection until it ends."""
        await socket.accept()
        connection = Connection(socket, asyncio.get_running_loop())
        with self._changed:
            number = len(self._open()) + 1
        if number > CONNECTIONS_MAX:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        try:
            # Before the greeting: whoever has read it is here, and misses nothing. What is sent from now on
            # goes through the loop, and so comes behind it.
            self._welcome(connection)
            await socket.send_json(self._hello(number))
            while True:
                self._acknowledge(connection, await socket.receive_text())
        except WebSocketDisconnect:
            self._bury(connection)

    def _dispatch(self, parcel: Parcel) -> Pending:
        pending = Pending(str(uuid.uuid4()), parcel, time.monotonic() + self._patience)
        with self._changed:
            self._route(pending)
        return pending

    def _route(self, pending: Pending) -> None:
        """Gives a parcel to one connection, or keeps it for the next one that opens."""
        candidates = self._open()
        if not candidates:
            self._stranded.append(pending)
            return
        self._turn += 1
        connection = candidates[self._turn % len(candidates)]
        connection.unacked[pending.envelope_id] = pending
        pending.was_sent = True
        connection.send(_envelope(pending))

    def _settle(self, pending: Pending) -> Receipt:
        with self._changed:
            if pending.receipt is None:
                pending.receipt = Receipt(acked=False, error=TIMED_OUT if pending.was_sent else NOT_REACHED)
                if pending in self._stranded:
                    self._stranded.remove(pending)
                for connection in self._connections:
                    connection.unacked.pop(pending.envelope_id, None)
            return pending.receipt

    def _try_again(self, parcel: Parcel, error: str) -> None:
        if parcel.retry >= RETRIES:
            return
        reason = "http_timeout" if error == TIMED_OUT else "connection_failed"
        again = replace(parcel, retry=parcel.retry + 1, retry_reason=reason)
        with self._changed:
            if not self._open():
                self._held.append(again)
                return
        self.post(again)

    def _welcome(self, connection: Connection) -> None:
        with self._changed:
            self._connections.append(connection)
            stranded, self._stranded = self._stranded, []
            held, self._held = self._held, []
            for pending in stranded:
                self._route(pending)
            for parcel in held:
                self._route(Pending(str(uuid.uuid4()), parcel, time.monotonic() + self._patience))
            self._changed.notify_all()

    def _bury(self, connection: Connection) -> None:
        with self._changed:
            if connection in self._connections:
                self._connections.remove(connection)
            for pending in connection.unacked.values():
                self._route(pending)
            self._changed.notify_all()

    def _acknowledge(self, connection: Connection, text: str) -> None:
        message = json.loads(text)
        with self._changed:
            pending = connection.unacked.pop(message.get("envelope_id", ""), None)
            if pending is None:
                return
            pending.receipt = Receipt(acked=True, answer=message.get("payload"))
        pending.done.set()

    def _open(self) -> list[Connection]:
        return [connection for connection in self._connections if not connection.is_leaving]

    def _hello(self, number: int) -> Json:
        return {
            "type": "hello",
            "num_connections": number,
            "debug_info": {
                "host": HOST,
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._app_id},
        }


def _envelope(pending: Pending) -> Json:
    parcel = pending.parcel
    envelope: Json = {
        "envelope_id": pending.envelope_id,
        "payload": parcel.payload,
        "type": parcel.kind,
        "accepts_response_payload": parcel.takes_answer,
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.retry_reason}
    return envelope
