"""The form of a program's phases: two dates, or the usual cut."""

from datetime import datetime

from mentoring.phases import DATES_SETTING, PhaseName, PhasePlan, phase_named
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, checkboxes, context, date_picker, field, modal, option, section
from messages.words import Reader, Words


def phases_form(program: Program, plan: PhasePlan, now: datetime, reader: Reader) -> Block:
    """Build the form; a part that has begun is said and not asked."""
    words = Words("forms/program_phases", reader)
    blocks: list[Block] = [context(words.mrkdwn("intro", program=program))]
    movable = False
    for name in (PhaseName.MIDDLE, PhaseName.END):
        opens = phase_named(plan, name).starts_at
        if opens <= now:
            blocks.append(section(words.mrkdwn(f"{name}_began", opens=opens.date())))
            continue
        movable = True
        picker = date_picker(name.value, initial=opens.date().isoformat())
        blocks.append(field(name.value, words.plain(name.value), picker))
    if movable and DATES_SETTING in program.settings:
        usual = checkboxes("usual", [option(words.plain("usual_one"), "yes")])
        blocks.append(field("usual", words.plain("usual"), usual, optional=True))
    if movable:
        blocks.append(context(words.mrkdwn("pairs")))
    return modal(
        Act("phases.submit", {"program": program.id}) if movable else Act("notice"),
        words.plain("title"),
        blocks,
        submit=words.plain("submit") if movable else None,
        close=words.plain("close"),
    )
