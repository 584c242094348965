"""The shortest way from the local workspace into Bolt: real payloads and answers, no socket between them.

The rehearsal and the tests of the process go over Socket Mode; stories about conversations need not.
"""

import json
import threading
from typing import Any

from slack_bolt import App, BoltRequest

from playground.line import NOT_REACHED, Parcel, Receipt

OK = 200


class DirectLine:
    """Hands each payload to the app's dispatch and waits for its answer."""

    def __init__(self, app: App) -> None:
        self._app = app

    def deliver(self, parcel: Parcel) -> Receipt:
        """Dispatch a payload; anything but 200 is what Slack calls a failed dispatch."""
        response = self._app.dispatch(BoltRequest(mode="socket_mode", body=parcel.payload))
        if response.status != OK:
            return Receipt(acked=False, error=NOT_REACHED)
        return Receipt(acked=True, answer=_answer(response) if parcel.takes_answer else None)

    def post(self, parcel: Parcel) -> None:
        """Dispatch without waiting."""
        threading.Thread(target=self.deliver, args=(parcel,), daemon=True).start()


def _answer(response: Any) -> Any:
    if not response.body:
        return None
    kind = response.headers.get("content-type", [""])[0]
    return json.loads(response.body) if kind.startswith("application/json") else {"text": response.body}
