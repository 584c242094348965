"""Every kind of block as people would really meet it: what later capabilities send is shown from here."""

from __future__ import annotations

from typing import Any, Final

from tests.playground.blocks import samples
from tests.playground.kit import button, option

Json = dict[str, Any]

MONTHS: Final = ("January", "February", "March", "April")


def _row(*cells: str | int) -> list[Json]:
    return [
        {"type": "raw_number", "value": cell, "text": str(cell)}
        if isinstance(cell, int)
        else samples.cell(cell)
        for cell in cells
    ]


def _series(name: str, *values: float) -> Json:
    pairs = zip(MONTHS, values, strict=True)
    return {"name": name, "data": [{"label": month, "value": value} for month, value in pairs]}


def _chart(kind: str, title: str, *series: Json) -> Json:
    axis = {"categories": list(MONTHS), "x_label": "Month", "y_label": "Meetings"}
    return samples.chart({"type": kind, "series": list(series), "axis_config": axis}, title=title)


def _rich(*runs: Json) -> Json:
    return samples.rich({"type": "rich_text_section", "elements": list(runs)})


_LISTED: Final = {
    "type": "rich_text_list",
    "style": "ordered",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        for text in ("Read the brief", "Ask two questions", "Meet on Thursday")
    ],
}
_QUOTED: Final = {
    "type": "rich_text_quote",
    "elements": [{"type": "text", "text": "What would you do if you knew it would work?"}],
}
_CARDS: Final = [
    samples.card(
        title=samples.mrkdwn(title),
        subtitle=samples.mrkdwn(kind),
        body=samples.mrkdwn(body),
        subtext=samples.mrkdwn("Takes ten minutes"),
        actions=[button(f"open_{place}", "Open")],
    )
    for place, (title, kind, body) in enumerate(
        (
            ("The first meeting", "Guide", "What to talk about in the first half hour."),
            ("Asking for feedback", "Article", "Three questions that get an honest answer."),
            ("Saying no to a client", "Case", "A partner tells how it went, and what came of it."),
        )
    )
]

IN_MESSAGES: Final[dict[str, Json]] = {
    "header": {"type": "header", "text": samples.plain("Six weeks in")},
    "section": samples.section(
        "Two pairs have *not met* since February. _Would you look?_",
        fields=[samples.mrkdwn("*Pairs*\n31"), samples.mrkdwn("*Met this month*\n28")],
        accessory=button("look", "Open the desk"),
    ),
    "actions": samples.actions(
        button("met", "We met", style="primary"),
        button("not_yet", "Not yet"),
        {
            "type": "static_select",
            "action_id": "which",
            "placeholder": samples.plain("Which week?"),
            "options": [option("This week", "0"), option("Next week", "1")],
        },
        {"type": "datepicker", "action_id": "day"},
        {"type": "overflow", "action_id": "more", "options": [option("Skip it", "s"), option("Pause", "p")]},
    ),
    "context": {"type": "context", "elements": [samples.mrkdwn("Only the program team sees your answer.")]},
    "divider": {"type": "divider"},
    "image": samples.image(title=samples.plain("The offices"), alt_text="A map of six offices"),
    "rich_text": samples.rich(_LISTED, _QUOTED),
    "markdown": {
        "type": "markdown",
        "text": "## What we heard\n\n- meetings are **shorter**\n- goals are `clearer`",
    },
    "table": {
        "type": "table",
        "rows": [_row("Pair", "Meetings"), _row("Marcus and Priya", "4"), _row("Leila and Jonas", "2")],
        "column_settings": [{"align": "left", "is_wrapped": True}, {"align": "right"}],
    },
    "data_table": samples.data_table(
        caption="Pairs at a glance",
        rows=[
            _row("Pair", "Meetings"),
            *(_row(f"Pair {number}", number * 7 % 11) for number in range(1, 13)),
        ],
        page_size=5,
    ),
    "pie": samples.chart(
        {
            "type": "pie",
            "segments": [
                {"label": "We met", "value": 41},
                {"label": "We moved it", "value": 7},
                {"label": "Couldn't", "value": 3},
            ],
        },
        title="What people answered",
    ),
    "bar": _chart(
        "bar", "Meetings a month", _series("Mentors", 12, 19, 22, 18), _series("Groups", 3, 5, 4, 6)
    ),
    "line": _chart(
        "line", "Hours a month", _series("This year", 20, 31, 28, 40), _series("Last year", 18, 20, 21, 20)
    ),
    "area": _chart("area", "People in the program", _series("Enrolled", 20, 48, 61, 62)),
    "card": _CARDS[0],
    "carousel": {"type": "carousel", "elements": _CARDS},
    "container": samples.container(
        samples.section("Inside: *three* people wait for a match."),
        samples.actions(button("see", "See them")),
        title=samples.plain("Waiting list"),
        subtitle=samples.mrkdwn("Updated today"),
        is_collapsible=True,
    ),
    "plan": {
        "type": "plan",
        "title": "Before enrollment opens",
        "tasks": [
            samples.task(task_id="a", title="Write the charter", status="complete"),
            samples.task(
                task_id="b",
                title="Ask the sponsor",
                status="in_progress",
                details=_rich({"type": "text", "text": "Dana has the draft."}),
            ),
            samples.task(task_id="c", title="Choose the channel", status="pending"),
            samples.task(task_id="d", title="Load the list", status="error"),
        ],
    },
    "task_card": samples.task(
        title="Match everybody",
        status="in_progress",
        details=_rich({"type": "text", "text": "31 of 31 mentees have a mentor."}),
        sources=[{"type": "url", "url": "https://example.com/why", "text": "How matching works"}],
    ),
    "video": samples.video(
        title=samples.plain("A good first meeting"), description=samples.plain("Three minutes")
    ),
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "helped",
                "positive_button": {"text": samples.plain("It helped"), "value": "yes"},
                "negative_button": {"text": samples.plain("It did not"), "value": "no"},
            }
        ],
    },
}
"""Blocks of messages by kind; charts by theirs."""

ALERTS: Final[list[Json]] = [
    {"type": "alert", "level": level, "text": samples.mrkdwn(text)}
    for level, text in (
        ("info", "Nobody has been told yet."),
        ("success", "Everybody has a match."),
        ("warning", "Two pairs share *no* working hours."),
        ("error", "The last day lies before the first."),
    )
]
"""What only forms may carry."""
