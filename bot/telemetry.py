"""OpenTelemetry: spans sent to a collector. Loaded by `bot.tracing` alone, for its packages are an extra."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import StatusCode

from storage.spans import About, listen

SERVICE = "mentoring"
TRACES = "/v1/traces"
"""Where a collector takes spans (opentelemetry.io, OTLP exporter configuration)."""


def send_to(endpoint: str) -> Callable[[], None]:
    """Send spans to a collector, some at a time; gives what sends the last of them and ends it."""
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}{TRACES}")
    return hand_to(BatchSpanProcessor(exporter))


def hand_to(processor: SpanProcessor) -> Callable[[], None]:
    """Hand every span to a processor; gives what ends it."""
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    tracer = provider.get_tracer(SERVICE)

    @contextmanager
    def opened(name: str, about: About) -> Iterator[None]:
        # Without the exception itself: its message may hold personal words.
        with tracer.start_as_current_span(
            name, attributes=about, record_exception=False, set_status_on_exception=False
        ) as current:
            try:
                yield
            except BaseException as error:
                current.set_status(StatusCode.ERROR, type(error).__name__)
                raise

    def stop() -> None:
        listen(None)
        provider.shutdown()

    listen(opened)
    return stop
