"""The server thread: uvicorn on loopback, with a loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from playground.web import TRANSPORT

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK: Final = "127.0.0.1"
PING_SECONDS: Final = 0.25
"""How often each WebSocket is pinged. slack_sdk closes a quiet one only after a read of up to 3 s returns;
Slack pings more rarely, but nobody here should wait for that."""

PONG_SECONDS: Final = 60.0
"""How long an app under a debugger may leave a ping unanswered."""

TICK_SECONDS: Final = 1.0
"""How often the date of the answers is made anew, as uvicorn does."""

CLOSING_SECONDS: Final = 0.1
"""How long connections may take to close; uvicorn waits that long whether there are any or not."""

LOOKS: Final = 100
"""How often it is seen meanwhile whether they are."""

STOP_SECONDS: Final = 10.0


class KnownTransport(HttpToolsProtocol):
    """uvicorn's HTTP protocol, whose requests know their connection, so that a fault can close it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Leaves the connection where the requests on it find it."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, TRANSPORT: transport}


class PromptServer(uvicorn.Server):
    """uvicorn, which stops when it is told to.

    uvicorn itself looks ten times a second whether it is to stop, and then rests for a tenth of one.
    Here a workspace ends with every test, and nobody waits for what is over.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    def stop(self) -> None:
        """Asks it, from any thread, to stop; connections that are still open are cut."""
        self.should_exit = self.force_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        """Serves until it is told to stop; once a second there is a new date for its answers."""
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closes every connection, and goes once they are closed."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in [*self.server_state.connections]:
            connection.shutdown()
        for _ in range(LOOKS):
            if not self.server_state.connections:
                break
            await asyncio.sleep(CLOSING_SECONDS / LOOKS)


class Server:
    """Serves an application on loopback.

    Args:
        application: What answers.
        port: Where; 0 for any free port.
    """

    def __init__(self, application: ASGIApp, port: int = 0) -> None:
        self._application = application
        self._wanted = port
        self._server: PromptServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> str:
        """Starts serving and gives the address, `http://127.0.0.1:PORT`.

        Raises:
            OSError: The port is taken, or not ours to take.
        """
        listener = socket.create_server((LOOPBACK, self._wanted))
        port = listener.getsockname()[1]
        server = PromptServer(
            uvicorn.Config(
                self._application,
                http=KnownTransport,
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                ws_ping_interval=PING_SECONDS,
                ws_ping_timeout=PONG_SECONDS,
                lifespan="off",
                loop="asyncio",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                log_config=None,
                timeout_graceful_shutdown=1,
            )
        )
        # The sockets are bound before the thread starts: a client that is quick waits in the queue.
        thread = threading.Thread(target=server.run, args=([listener],), name="playground", daemon=True)
        thread.start()
        self._server, self._thread = server, thread
        return f"http://{LOOPBACK}:{port}"

    def stop(self) -> None:
        """Stops serving; connections that are still open are cut."""
        if self._server is None or self._thread is None:
            return
        self._server.stop()
        self._thread.join(STOP_SECONDS)
        self._server = self._thread = None
