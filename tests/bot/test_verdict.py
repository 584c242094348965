"""What becomes of a letter where no answer of Slack's came: whatever the system raises is judged."""

import http.client
import socket
import ssl
from urllib.error import URLError

import pytest

from bot.verdict import Fate, TransportError, verdict


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (URLError(ConnectionRefusedError()), Fate.NOT_SENT),
        (URLError(socket.gaierror()), Fate.NOT_SENT),
        (URLError(ssl.SSLError()), Fate.UNKNOWN),
        (ssl.SSLError("in the middle of an answer"), Fate.UNKNOWN),
        (http.client.IncompleteRead(b""), Fate.UNKNOWN),
        (http.client.RemoteDisconnected(""), Fate.UNKNOWN),
        (TimeoutError(), Fate.UNKNOWN),
    ],
)
def test_silence_is_told_apart_by_whether_anything_can_have_been_said(error: Exception, fate: Fate) -> None:
    assert isinstance(error, TransportError)
    assert verdict(error).fate is fate
