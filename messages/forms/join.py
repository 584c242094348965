"""The form to join a program, or to correct one's answers."""

from mentoring.enrollment import MAX_CAPACITY, MAX_GOAL_LENGTH, MAX_HOURS, Profile
from mentoring.kinds import Role
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    Block,
    checkboxes,
    context,
    field,
    modal,
    number_input,
    option,
    section,
    text_input,
)
from messages.words import Reader, Words

LIST_LENGTH = 400
"""Letters in a typed list of skills: a dozen terms fit."""


def join_form(program: Program, reader: Reader, zone: str, profile: Profile | None, *, joined: bool) -> Block:
    """Build the form; with a profile it starts from what the person said before."""
    words = Words("forms/join", reader)
    roles = [option(words.plain(f"role_{role}"), role) for role in (Role.MENTOR, Role.MENTEE)]
    known = profile or Profile(roles=frozenset())
    blocks = [
        section(words.mrkdwn("intro", program=program, zone=zone)),
        field("roles", words.plain("roles"), checkboxes("roles", roles, initial=known.roles)),
        _terms(words, "wants", known.wants),
        _terms(words, "offers", known.offers),
        field(
            "capacity",
            words.plain("capacity"),
            number_input("capacity", initial=known.capacity or 1, low=1, high=MAX_CAPACITY),
            hint=words.plain("capacity_hint"),
            optional=True,
        ),
        field(
            "hours",
            words.plain("hours"),
            number_input(
                "hours",
                initial=known.hours_per_month if profile else program.hours_per_month,
                low=1,
                high=MAX_HOURS,
            ),
        ),
        field(
            "goal",
            words.plain("goal"),
            text_input("goal", initial=known.goal, multiline=True, max_length=MAX_GOAL_LENGTH),
            hint=words.plain("goal_hint"),
            optional=True,
        ),
        context(words.mrkdwn("privacy")),
    ]
    return modal(
        Act("join.submit", {"program": program.id}),
        words.plain("title_edit" if joined else "title"),
        blocks,
        submit=words.plain("submit_edit" if joined else "submit"),
        close=words.plain("close"),
    )


def _terms(words: Words, name: str, terms: tuple[str, ...]) -> Block:
    return field(
        name,
        words.plain(name),
        text_input(
            name,
            initial=", ".join(terms),
            placeholder=words.plain(f"{name}_example"),
            max_length=LIST_LENGTH,
        ),
        hint=words.plain(f"{name}_hint"),
        optional=True,
    )
