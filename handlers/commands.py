"""`/mentoring …`: the first word says what; anything else gets help with the nearest command."""

from dataclasses import replace
from difflib import get_close_matches

from handlers import (
    applications,
    asked,
    care,
    coordinate,
    join,
    lessons,
    pair_commands,
    recruit,
    self_description,
)
from handlers.visit import Conversation, Visit
from messages.answers import Answer, Tell
from messages.replies.coordinate import help_text


def show_help(visit: Visit) -> Answer:
    """`/mentoring help`: everything that can be typed."""
    return Tell(help_text(LINES, visit.reader))


COMMANDS: dict[str, Conversation] = {
    "help": show_help,
    "join": join.command,
    "about": self_description.command,
    "invite": recruit.invite_command,
    "applications": applications.command,
    "pair": pair_commands.show_pairs,
    "met": pair_commands.met_command,
    "book": pair_commands.book_command,
    "agreement": pair_commands.agreement_command,
    "exit": pair_commands.exit_command,
    "pause": care.pause_command,
    "resume": care.resume,
    "program": coordinate.program_command,
    "match": coordinate.match_command,
    "coordinators": coordinate.coordinators,
    "lessons": lessons.show_list,
    "surveys": asked.command,
}
"""The first word after `/mentoring`."""

LINES: list[tuple[str, str]] = [
    ("join", "says what it takes to take part, and signs you up"),
    ("pair", "shows your pairs and what is next"),
    ("met yesterday", "notes that you met: today, last Tuesday, March 5…"),
    ("book", "picks a time for your next meeting"),
    ("agreement", "shows how you two work together, to change it"),
    ("exit", "ends a pairing, in private and without a reason"),
    ("about me", "describes you for the reports, if you like; nobody sees your answers"),
    ("pause until 2026-04-14", "holds your reminders until a day"),
    ("resume", "ends your break"),
    ("lessons", "shows your short lessons"),
    ("help", "shows this"),
    ("program", "for coordinators: programs, their numbers, the next step"),
    ("invite @name @name", "for coordinators: asks people to take part"),
    ("applications", "for coordinators: who said yes, what the pool lacks, a decision each"),
    ("match", "for coordinators: proposes pairs for your review"),
    ("surveys", "for coordinators: what people are asked, and the answers in groups"),
    ("coordinators", "shows who runs mentoring here, and adds somebody"),
]
"""What the help says: how to type it, and what it does."""


def command(visit: Visit) -> Answer:
    """Find the conversation the first word names; case does not matter."""
    first, _, rest = visit.text.strip().partition(" ")
    if not first:
        return show_help(visit)
    conversation = COMMANDS.get(first.lower())
    if conversation is None:
        near = get_close_matches(first.lower(), COMMANDS, n=1)
        return Tell(help_text(LINES, visit.reader, unknown=first, nearest=near[0] if near else ""))
    return conversation(replace(visit, text=rest.strip()))
