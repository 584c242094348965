"""OpenTelemetry, where it is asked for: what lies inside what, and nobody's words in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.telemetry import hand_to
from storage.spans import span
from tests.support.command_line import invoke
from tests.support.town import MARCUS, PRIYA, Town


@pytest.fixture
def heard() -> Iterator[InMemorySpanExporter]:
    """What a collector would be sent."""
    exporter = InMemorySpanExporter()
    stop = hand_to(SimpleSpanProcessor(exporter))
    yield exporter
    stop()


def told(exporter: InMemorySpanExporter, name: str, **about: str) -> list[ReadableSpan]:
    return [
        each
        for each in exporter.get_finished_spans()
        if each.name == name and about.items() <= dict(each.attributes or {}).items()
    ]


def around(exporter: InMemorySpanExporter, inner: ReadableSpan) -> list[str]:
    """The names of the spans a span lies in, from the inside out."""
    known = {each.context.span_id: each for each in exporter.get_finished_spans() if each.context}
    names = []
    while inner.parent is not None and inner.parent.span_id in known:
        inner = known[inner.parent.span_id]
        names.append(inner.name)
    return names


def test_a_click_and_a_letter_can_be_followed_to_the_database_and_to_slack(
    town: Town, heard: InMemorySpanExporter
) -> None:
    town.claim()
    town.draft()
    town.open()
    heard.clear()
    town.join(PRIYA, "mentee", wants=["negotiation"])
    sent = told(heard, "conversation", act="join.submit")
    assert sent
    inside = [each for each in told(heard, "transaction") if "conversation" in around(heard, each)]
    assert inside
    assert around(heard, inside[0]) == ["conversation", "listener"]
    posted = told(heard, "slack", method="chat.postMessage")
    assert [around(heard, each) for each in posted] == [["letter"]]
    assert told(heard, "letter", kind="joined")


def test_there_are_no_words_of_anybody_in_a_span(town: Town, heard: InMemorySpanExporter) -> None:
    town.claim()
    town.draft(sponsor_words="Zebras never meet on Mondays")
    town.open()
    town.join(MARCUS, "mentor", offers=["negotiation"])
    with pytest.raises(ZeroDivisionError), span("letter", kind="joined"):
        raise ZeroDivisionError("Zebra")
    everything = "".join(each.to_json() for each in heard.get_finished_spans())
    assert "joined" in everything
    for word in ("Zebra", "Harbor", "Marcus", "Dana", town.bot.client.token or "?"):
        assert word not in everything


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "bot.telemetry", None)
    ended = invoke(
        "run",
        folder=tmp_path,
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_SIGNING_SECRET="s",
        DATABASE_URL=f"sqlite:///{tmp_path / 'x.db'}",
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9",
    )
    assert "pip install '.[otel]'" in str(ended.exception)
