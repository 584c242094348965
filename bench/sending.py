"""Sends payloads to a listener by HTTP and times the answers: one thread waits for all connections at once.

Who measures must not be what is measured: the machine has two cores. A thread for each connection, which
signs each payload before it sends it, waits for the other threads' turns before it looks at the clock, and
computes beside the listener. Here everything is signed and written out before the clock starts; what is left
is a call to send and a call to receive, a tenth of a millisecond for a payload.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

PATIENCE_S = 30.0
"""How long a listener may say nothing at all before the bench gives up."""
OK = b"HTTP/1.1 200 "
END_OF_HEAD = b"\r\n\r\n"
AT_ONCE = 65_536
"""Bytes taken at one time; no answer is larger."""


class Line:
    """A connection that is kept, with at most one payload under way.

    It is made when there is something to send, as Slack does: gunicorn gives a thread to each new connection
    for as long as nothing comes.
    """

    def __init__(self, port: int, ready: selectors.BaseSelector) -> None:
        self._port, self._ready = port, ready
        self.socket: socket.socket | None = None
        self.counted_from = 0.0
        self._heard = b""

    def send(self, request: bytes, counted_from: float) -> None:
        """Send one payload, whose answer is counted from that moment."""
        self.counted_from, self._heard = counted_from, b""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE_S)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ready.register(self.socket, selectors.EVENT_READ, self)
        self.socket.sendall(request)

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()

    def hear(self) -> bool:
        """Take in what came; whether the answer is whole.

        Raises:
            RuntimeError: It is not the answer that Slack wants, or the listener hung up.
        """
        told = self.socket.recv(AT_ONCE) if self.socket else b""
        self._heard += told
        head, found, body = self._heard.partition(END_OF_HEAD)
        if not told or (found and not head.startswith(OK)):
            raise RuntimeError(f"answered {head[:80]!r}")
        return bool(found) and len(body) >= _length(head)


def _length(head: bytes) -> int:
    """How long the answer's body is.

    Raises:
        RuntimeError: It is not said.
    """
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise RuntimeError(f"an answer without its length: {head!r}")


def closed_loop(port: int, clients: int, requests: Iterable[bytes]) -> list[float]:
    """Seconds of each answer, where each client sends its next payload once it has the answer to the last."""
    spent: list[float] = []
    left = iter(requests)
    with _lines(port, clients) as (lines, ready):
        under_way = 0
        for line, request in zip(lines, left, strict=False):
            line.send(request, time.perf_counter())
            under_way += 1
        while under_way:
            for line in _heard_of(ready, PATIENCE_S):
                if not line.hear():
                    continue
                spent.append(time.perf_counter() - line.counted_from)
                request = next(left, b"")
                if request:
                    line.send(request, time.perf_counter())
                else:
                    under_way -= 1
    return spent


def open_loop(port: int, clients: int, requests: Sequence[tuple[float, bytes]]) -> list[float]:
    """Seconds of each answer from when its payload was due, whatever became of those before.

    Args:
        port: The listener's.
        clients: Connections; a payload that finds all of them busy waits, and its waiting counts.
        requests: Seconds after the beginning, in order, and what is due then.
    """
    spent: list[float] = []
    waiting: deque[tuple[float, bytes]] = deque()
    with _lines(port, clients) as (lines, ready):
        free, begun, at = [*lines], time.perf_counter(), 0
        while len(spent) < len(requests):
            passed = time.perf_counter() - begun
            while at < len(requests) and requests[at][0] <= passed:
                waiting.append(requests[at])
                at += 1
            while waiting and free:
                due, request = waiting.popleft()
                free.pop().send(request, begun + due)
            next_due = requests[at][0] - (time.perf_counter() - begun) if at < len(requests) else PATIENCE_S
            for line in _heard_of(ready, max(0.0, next_due), silence=at < len(requests)):
                if line.hear():
                    spent.append(time.perf_counter() - line.counted_from)
                    free.append(line)
    return spent


def _heard_of(ready: selectors.BaseSelector, patience: float, *, silence: bool = False) -> Iterator[Line]:
    """The lines on which something came.

    Raises:
        TimeoutError: None did, where silence is not expected.
    """
    events = ready.select(patience)
    if not events and not silence:
        raise TimeoutError(f"no answer for {PATIENCE_S:.0f} seconds")
    for key, _ in events:
        yield key.data


@contextmanager
def _lines(port: int, clients: int) -> Iterator[tuple[list[Line], selectors.BaseSelector]]:
    """So many connections to be, and what tells on which of them something came."""
    with ExitStack() as until_the_end, selectors.DefaultSelector() as ready:
        lines = [Line(port, ready) for _ in range(clients)]
        for each in lines:
            until_the_end.callback(each.close)
        yield lines, ready
