"""Where we answer: the paths that Slack, browsers and load balancers know, and the addresses we listen on."""

import os
import socket

from mentoring.errors import MentoringError

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
HEALTH_PATH = "/healthz"
READY_PATH = "/readyz"


class PlaceTakenError(MentoringError):
    """We cannot listen where a setting says; the message says which, and why."""


def refuse_taken(setting: str, place: str) -> None:
    """See that nothing else listens at an address of the settings, before anything is started.

    Raises:
        PlaceTakenError: Something does, or the address is not this machine's.
    """
    host, _, port = place.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except (OSError, OverflowError) as error:
        # Python adds the address to what the system says, a second time.
        number = error.errno if isinstance(error, OSError) else None
        said = os.strerror(number) if number is not None and number > 0 else error
        raise PlaceTakenError(
            f"{setting}: we cannot listen on {place} ({said}). Stop what listens there, or give another; each"
            " process on a machine needs its own."
        ) from error
