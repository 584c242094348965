"""Spans for OpenTelemetry, where an operator asks for them; without that none of its packages is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from mentoring.errors import MentoringError


class CannotTraceError(MentoringError):
    """The packages for OpenTelemetry are not installed."""


@contextmanager
def tracing(endpoint: str) -> Iterator[None]:
    """Send spans to a collector until the end of the block; do nothing where there is none.

    Args:
        endpoint: The collector's address for OTLP over HTTP, such as http://localhost:4318; empty for none.

    Raises:
        CannotTraceError: The extra is not installed.
    """
    if not endpoint:
        yield
        return
    try:
        telemetry = import_module("bot.telemetry")
    except ModuleNotFoundError as error:
        raise CannotTraceError(
            f"OTEL_EXPORTER_OTLP_ENDPOINT is set, and the package {error.name} is missing."
            " Install it with `pip install '.[otel]'` in the program's folder, or unset it."
        ) from error
    stop = telemetry.send_to(endpoint)
    try:
        yield
    finally:
        stop()
