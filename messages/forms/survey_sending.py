"""Forms to send a survey now: to whom and until when, and once more before it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.surveys.segment import Segment, Whom
from messages.actions import Act
from messages.blocks import (
    OPTIONS_LIMIT,
    Block,
    context,
    date_picker,
    field,
    modal,
    multi_select,
    option,
    radio,
    section,
)
from messages.forms.survey_desk import Opened
from messages.words import Reader, Words

VALUE_LIMIT = 75
"""Longer names of departments cannot be picked (Slack's limit for a value)."""


@dataclass(frozen=True, slots=True)
class Count:
    """What would happen.

    Args:
        people: How many get it.
        open_already: How many have it open, and get nothing new.
        minimum: The smallest group results are shown for.
        counted_at: When; names this sending, so that a second press sends nothing.
    """

    segment: Segment
    closes_at: datetime
    people: int
    open_already: int
    minimum: int
    counted_at: datetime


def send_form(
    opened: Opened, whom: Sequence[Whom], departments: Sequence[str], closes_on: date, reader: Reader
) -> Block:
    """Build the form: to whom, and until when."""
    words, desk = Words("forms/survey_sending", reader), Words("forms/survey_desk", reader)
    title = opened.survey.in_locale(reader.locale).title
    groups = [option(desk.plain(f"whom_{each}"), each.value) for each in whom]
    fitting = [each for each in departments if len(each) <= VALUE_LIMIT][:OPTIONS_LIMIT]
    blocks = [
        context(words.mrkdwn("intro", title=title)),
        field("whom", words.plain("whom"), radio("whom", groups, initial=groups[0]["value"])),
    ]
    if fitting and Whom.SUPERVISORS not in whom:
        picker = multi_select("departments", [option(each, each) for each in fitting])
        hint = words.plain("departments_hint")
        blocks.append(field("departments", words.plain("departments"), picker, hint=hint, optional=True))
    day = date_picker("closes_on", initial=closes_on.isoformat())
    blocks.append(field("closes_on", words.plain("closes_on"), day, hint=words.plain("closes_on_hint")))
    return modal(
        Act("survey.count", opened.about),
        words.plain("title"),
        blocks,
        submit=words.plain("count"),
        close=words.plain("close"),
    )


def confirm_form(opened: Opened, count: Count, reader: Reader) -> Block:
    """Build the last look: how many people get it, and what the results will show."""
    words, desk = Words("forms/survey_sending", reader), Words("forms/survey_desk", reader)
    instrument = opened.survey.in_locale(reader.locale)
    text = words.mrkdwn(
        "confirm",
        title=instrument.title,
        whom=desk.plain(f"whom_{count.segment.whom}"),
        departments=sorted(count.segment.departments),
        people=count.people,
        open_already=count.open_already,
        closes_at=count.closes_at,
    )
    blocks = [section(text), context(words.mrkdwn("how"))]
    if count.people < count.minimum:
        blocks.append(context(words.mrkdwn("too_few", minimum=count.minimum)))
    act = Act(
        "survey.send_submit",
        {
            **opened.about,
            "whom": count.segment.whom.value,
            "departments": "\n".join(sorted(count.segment.departments)),
            "closes_at": count.closes_at.isoformat(),
            "counted": count.counted_at.isoformat(),
        },
    )
    return modal(act, words.plain("title"), blocks, submit=words.plain("send"), close=words.plain("close"))
