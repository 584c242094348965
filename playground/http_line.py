"""Delivery by signed HTTP requests, for apps that take no Socket Mode.

Source: docs.slack.dev/authentication/verifying-requests-from-slack, read 2026-08.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from playground.line import NOT_REACHED, TIMED_OUT, Receipt

if TYPE_CHECKING:
    from playground.line import Parcel

HTTP_OK: Final = 200
FORM: Final = "application/x-www-form-urlencoded"


class HttpLine:
    """Sends each parcel as one POST to the app.

    Args:
        url: Where the app listens.
        signing_secret: What the requests are signed with.
        patience: Real seconds the app has to answer.
    """

    def __init__(self, url: str, signing_secret: str, patience: float) -> None:
        self._url = urlsplit(url)
        self._secret = signing_secret.encode()
        self._patience = patience

    def deliver(self, parcel: Parcel) -> Receipt:
        """Sends a parcel; status 200 acknowledges it, and its body may answer it."""
        body, content_type = _written(parcel)
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port, timeout=self._patience
        )
        try:
            connection.request("POST", self._url.path or "/", body, self._headers(parcel, body, content_type))
            response = connection.getresponse()
            text = response.read().decode()
        except TimeoutError:
            return Receipt(acked=False, error=TIMED_OUT)
        except (OSError, http.client.HTTPException):
            return Receipt(acked=False, error=NOT_REACHED)
        finally:
            connection.close()
        if response.status != HTTP_OK:
            return Receipt(acked=False, error=NOT_REACHED)
        return Receipt(acked=True, answer=_answer(text) if parcel.takes_answer else None)

    def post(self, parcel: Parcel) -> None:
        """Sends a parcel without waiting."""
        threading.Thread(target=self.deliver, args=(parcel,), daemon=True).start()

    def _headers(self, parcel: Parcel, body: bytes, content_type: str) -> dict[str, str]:
        # The signature counts real time: the app refuses what is older than five minutes by its own clock.
        moment = str(int(time.time()))
        signature = hmac.new(self._secret, b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": f"v0={signature}",
        }
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.retry_reason}
        return headers


def _written(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload).encode(), FORM
    return urlencode({"payload": json.dumps(parcel.payload)}).encode(), FORM


def _answer(text: str) -> Any:
    if not text.startswith("{"):
        # A slash command may be answered in plain text.
        return {"text": text} if text else None
    return json.loads(text)
