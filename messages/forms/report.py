"""Send a report to others, now or regularly; and what goes out regularly already."""

from collections.abc import Sequence

from mentoring.programs import Program
from mentoring.reports.schedule import Every
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    channels_select,
    divider,
    field,
    modal,
    option,
    people_select,
    radio,
    section,
    static_select,
)
from messages.reports.kinds import REPORTS, SHAPES
from messages.words import Mrkdwn, Reader, Words

NOW = "now"
MOST_PLANS = 30
"""Regular reports listed; three blocks each would not fit a form beyond that."""

Planned = tuple[int, str, Every, Mrkdwn]
"""A plan's number, its report, how often, and who gets it."""


def send_form(program: Program, report: str, me: str, planned: Sequence[Planned], reader: Reader) -> Block:
    """Build the form: which report, as what, to whom, when."""
    words = Words("forms/report", reader)
    reports = [option(Words("replies/reports", reader).plain(f"name_{code}"), code) for code in REPORTS]
    shapes = [option(words.plain(f"shape_{each}"), each) for each in SHAPES]
    whens = [option(words.plain(f"when_{each}"), each) for each in (NOW, *Every)]
    blocks = [
        field("report", words.plain("report"), static_select("report", reports, initial=report)),
        field("shape", words.plain("shape"), radio("shape", shapes, initial="pdf")),
        field(
            "people",
            words.plain("people"),
            people_select("people", initial=[me]),
            hint=words.plain("people_hint"),
            optional=True,
        ),
        field(
            "channels",
            words.plain("channels"),
            channels_select("channels"),
            hint=words.plain("channels_hint"),
            optional=True,
        ),
        field("when", words.plain("when"), radio("when", whens, initial=NOW), hint=words.plain("when_hint")),
    ]
    if planned:
        blocks += [divider(), section(words.mrkdwn("planned"))]
    for plan_id, code, every, whom in planned[:MOST_PLANS]:
        name = Words("replies/reports", reader).plain(f"name_{code}")
        text = words.mrkdwn("one", report=name, every=words.plain(f"when_{every}"), whom=whom)
        press = Act("report.stop", {"program": program.id, "plan": plan_id})
        blocks += [section(text), actions([button(words.plain("stop"), press)])]
    return modal(
        Act("report.plan_submit", {"program": program.id}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )
