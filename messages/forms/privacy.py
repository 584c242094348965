"""Privacy in one's own hands: what is held, why, who sees it; a copy, and an end."""

from collections.abc import Mapping, Sequence

from mentoring.privacy import (
    LEAST_RETENTION_MONTHS,
    MOST_RETENTION_MONTHS,
    Held,
    forgets_on,
    on_hold,
    retention_months,
)
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    divider,
    field,
    modal,
    number_input,
    option,
    section,
)
from messages.words import Reader, Words

MOST_PROGRAMS = 5
"""Programs whose retention is told, newest first."""


def privacy_form(held: Mapping[Held, int], programs: Sequence[Program], reader: Reader) -> Block:
    """Build the view: each kind with its number, why it is held and who sees it."""
    words = Words("forms/privacy", reader)
    blocks: list[Block] = [section(words.mrkdwn("intro"))]
    blocks += [
        section(
            words.mrkdwn(
                "kind", what=words.plain(f"what_{each}"), count=count, why=words.plain(f"why_{each}")
            )
        )
        for each, count in held.items()
        if count
    ]
    blocks += [
        context(words.mrkdwn("held" if on_hold(each) else "until", program=each, day_=forgets_on(each)))
        for each in sorted(programs, key=lambda one: -one.id)[:MOST_PROGRAMS]
    ]
    blocks += [
        context(words.mrkdwn("never")),
        divider(),
        actions([button(words.plain("copy"), Act("privacy.copy"), style="primary")]),
        actions([button(words.plain("delete"), Act("privacy.open_delete"), style="danger")]),
    ]
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))


def delete_form(ending_pairs: int, smaller_groups: int, reader: Reader) -> Block:
    """Build the last question: what goes, what stays, what others hear; groups that go on do not end."""
    words = Words("forms/privacy", reader)
    sure = checkboxes("sure", [option(words.plain("sure"), "yes")])
    blocks = [
        section(words.mrkdwn("goes")),
        section(words.mrkdwn("stays")),
        section(words.mrkdwn("others", pairs=ending_pairs, groups=smaller_groups)),
        field("sure", words.plain("sure_label"), sure, optional=True),
    ]
    return modal(
        Act("privacy.delete"),
        words.plain("title_delete"),
        blocks,
        submit=words.plain("submit_delete"),
        close=words.plain("keep"),
    )


def retention_form(program: Program, reader: Reader) -> Block:
    """Build the form for coordinators: how long after closing, and a legal hold."""
    words = Words("forms/privacy", reader)
    hold = checkboxes(
        "hold", [option(words.plain("hold"), "yes")], initial=["yes"] if on_hold(program) else []
    )
    months = number_input(
        "retention",
        initial=retention_months(program),
        low=LEAST_RETENTION_MONTHS,
        high=MOST_RETENTION_MONTHS,
    )
    blocks = [
        section(words.mrkdwn("retention_intro", program=program)),
        field("retention", words.plain("retention"), months, hint=words.plain("retention_hint")),
        field("hold", words.plain("hold_label"), hold, hint=words.plain("hold_hint"), optional=True),
    ]
    return modal(
        Act("privacy.keep_for", {"program": program.id}),
        words.plain("title_retention"),
        blocks,
        submit=words.plain("save"),
        close=words.plain("close"),
    )
