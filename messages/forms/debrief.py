"""The coordinators' look back on a phase: findings from its numbers, and up to three actions."""

from collections.abc import Mapping
from datetime import date, timedelta

from mentoring.phases import ACTIONS_AT_ONCE, FINDINGS_LENGTH, TEXT_LENGTH
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, date_picker, field, modal, section, text_input
from messages.words import Reader, Words

A_MONTH = timedelta(days=30)


def debrief_form(
    about: Act, reader: Reader, program: Program, findings: str, owner: str, today: date
) -> Block:
    """Build the form.

    Args:
        about: Comes back with the form.
        reader: The coordinator.
        program: Whose debrief.
        findings: What is known already.
        owner: Slack id of who is suggested for the actions.
        today: On the coordinator's calendar.
    """
    words = Words("forms/debrief", reader)
    blocks = [
        section(words.mrkdwn("intro", program=program)),
        field(
            "findings",
            words.plain("findings"),
            text_input("findings", initial=findings, multiline=True, max_length=FINDINGS_LENGTH),
            hint=words.plain("findings_hint"),
            optional=True,
        ),
    ]
    for number in range(ACTIONS_AT_ONCE):
        label = words.plain("action" if number == 0 else "action_more")
        typed = text_input(f"action{number}", max_length=TEXT_LENGTH)
        people = {"type": "users_select", "action_id": f"owner{number}", "initial_user": owner}
        day = date_picker(f"due{number}", initial=(today + A_MONTH).isoformat())
        blocks += [
            field(f"action{number}", label, typed, optional=True),
            field(f"owner{number}", words.plain("owner"), people, optional=True),
            field(f"due{number}", words.plain("due_on"), day, optional=True),
        ]
    return modal(
        about, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close")
    )


def findings_from(numbers: Mapping[str, int], reader: Reader) -> str:
    """Say in sentences what a phase's numbers show, most pressing first."""
    words = Words("forms/debrief", reader)
    pairs = numbers["pairs"]
    if not pairs:
        return words.plain("found_none")
    lines = [words.plain("found_met", met=numbers["met"], pairs=pairs)]
    counted = {
        "found_silent": ("silent", pairs - numbers["met"]),
        "found_open": ("open", pairs - numbers["agreed"]),
        "found_ended": ("ended", numbers["ended"]),
    }
    lines += [words.plain(part, **{name: n}) for part, (name, n) in counted.items() if n > 0]
    if numbers["asked"]:
        lines.append(words.plain("found_answers", answered=numbers["answered"], asked=numbers["asked"]))
    return "\n".join(lines)
