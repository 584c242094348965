"""`/mentoring …`: every command there is, in one table.

The help, the page's suggestions and the README's table follow from it; the words of each are a part of
`replies/commands`, named like the command.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from handlers import (
    acting_commands,
    applications,
    asked,
    audit_log,
    broadcasts,
    care,
    charter,
    coordinate,
    daily,
    desk_lists,
    desk_settings,
    exporting,
    goals,
    hours,
    improvement,
    invite,
    join,
    lessons,
    own_commands,
    own_words,
    pair_commands,
    places,
    privacy,
    program_phases,
    reports,
    resources,
    rosters,
    self_description,
    staff,
    stories,
    survey_desk,
)
from handlers.spanish_commands import SPANISH
from handlers.visit import Conversation, Visit
from mentoring.grammar import read_line
from mentoring.rights import may_read, runs_something
from messages.answers import Answer, Tell
from messages.letters.context import Message
from messages.replies.commands import HelpLine, help_text, lines_of, one_command
from messages.replies.coordinate import nobody_coordinates
from messages.words import Reader
from storage.people import staff_roles
from storage.programs import programs


class Audience(StrEnum):
    """For whom a command is; the right itself is checked by what the command does."""

    EVERYBODY = "everybody"
    READERS = "readers"
    COORDINATORS = "coordinators"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be typed.

    Args:
        conversation: What answers it; `visit.text` is the line without the command.
        usage: How the help writes it, an example of what can follow included.
        audience: Who finds it in the help.
        also: Other words that mean the same.
        examples: More ways to type it, for `help NAME`.
    """

    conversation: Conversation
    usage: str
    audience: Audience = Audience.EVERYBODY
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def show_help(visit: Visit) -> Answer:
    """`/mentoring help [command]`: everything this person can type, or one command with examples."""
    asked_for = read_line(visit.text, WORDS).command
    if asked_for:
        command = COMMANDS[asked_for]
        return Tell(one_command(asked_for, command.usage, command.examples, visit.reader))
    return Tell(_help(visit))


COORDINATORS = Audience.COORDINATORS

COMMANDS: dict[str, Command] = {
    "join": Command(join.command, "join", also=("enroll", "signup", "participar")),
    "profile": Command(own_commands.profile_command, "profile", also=("answers", "perfil")),
    "pair": Command(
        desk_lists.pair_command,
        "pair",
        also=("mine", "next"),
        examples=("pair @name", "pair @mentor @mentee"),
    ),
    "met": Command(
        pair_commands.met_command, "met yesterday", examples=("met", "met last Tuesday", "met March 5")
    ),
    "book": Command(pair_commands.book_command, "book", also=("schedule",)),
    "agreement": Command(pair_commands.agreement_command, "agreement", also=("agree",)),
    "agenda": Command(pair_commands.agenda_command, "agenda", also=("topics", "topic")),
    "goals": Command(goals.show_list, "goals", also=("goal", "metas")),
    "tasks": Command(own_commands.tasks_command, "tasks", also=("task", "ideas")),
    "portfolio": Command(own_commands.portfolio_command, "portfolio"),
    "checkin": Command(own_commands.checkin_command, "checkin", also=("check-in", "question")),
    "lessons": Command(lessons.show_list, "lessons", also=("lesson", "training")),
    "resources": Command(
        resources.command, "resources", also=("resource", "library"), examples=("resources negotiation",)
    ),
    "pause": Command(
        acting_commands.pause_command,
        "pause until Friday",
        also=("break",),
        examples=("pause", "pause until April 14"),
    ),
    "resume": Command(care.resume, "resume", also=("back", "unpause")),
    "exit": Command(pair_commands.exit_command, "exit", also=("leave", "quit", "part")),
    "story": Command(stories.command, "story", also=("stories",)),
    "places": Command(
        places.command, "places", also=("capacity",), examples=("places 3", "places @name", "places @name 3")
    ),
    "hours": Command(hours.open_form, "hours", also=("holidays",)),
    "about": Command(self_description.command, "about me"),
    "privacy": Command(
        privacy.command,
        "privacy",
        also=("data", "delete", "forget", "privacidad", "gdpr"),
        examples=("privacy settings",),
    ),
    "help": Command(show_help, "help", also=("commands", "ayuda"), examples=("help pause",)),
    "coordinators": Command(
        staff.command,
        "coordinators",
        also=("coordinator", "staff"),
        examples=(
            "coordinators add @name",
            "coordinators add @name as viewer of PROGRAM",
            "coordinators remove @name",
        ),
    ),
    "program": Command(
        coordinate.program_command,
        "program",
        COORDINATORS,
        also=("programs", "status", "overview", "dashboard"),
        examples=("program new",),
    ),
    "charter": Command(charter.command, "charter", COORDINATORS, also=("plan",)),
    "invite": Command(
        invite.command,
        "invite @name @name",
        COORDINATORS,
        also=("recruit",),
        examples=("invite", "invite @name @name as mentors", "invite @group", "invite here"),
    ),
    "applications": Command(
        applications.command,
        "applications",
        COORDINATORS,
        also=("application", "pool", "waitlist", "unmatched"),
    ),
    "match": Command(
        coordinate.match_command,
        "match",
        COORDINATORS,
        also=("matches", "matching", "review"),
        examples=("match new", "match settings"),
    ),
    "broadcast": Command(
        broadcasts.command, "broadcast", COORDINATORS, also=("update", "updates", "newsletter", "announce")
    ),
    "survey": Command(survey_desk.command, "survey", COORDINATORS),
    "daily": Command(daily.command, "daily", COORDINATORS, also=("skips",)),
    "phases": Command(program_phases.command, "phases", COORDINATORS, also=("phase", "fases")),
    "words": Command(own_words.command, "words", COORDINATORS, also=("greeting", "wording")),
    "surveys": Command(asked.command, "surveys", COORDINATORS),
    "debrief": Command(improvement.command, "debrief", COORDINATORS, also=("debriefs", "improvements")),
    "people": Command(
        desk_lists.people_command, "people", COORDINATORS, also=("find", "search"), examples=("people Priya",)
    ),
    "pairs": Command(
        desk_lists.pairs_command,
        "pairs",
        COORDINATORS,
        also=("health", "attention"),
        examples=("pairs Priya",),
    ),
    "end": Command(acting_commands.end_command, "end @name @name", COORDINATORS, also=("close",)),
    "rematch": Command(acting_commands.rematch_command, "rematch @name @name", COORDINATORS),
    "move": Command(
        acting_commands.move_command, "move @mentee to @mentor", COORDINATORS, examples=("move @mentee",)
    ),
    "extend": Command(
        acting_commands.extend_command, "extend @name @name to June 30", COORDINATORS, also=("prolong",)
    ),
    "nudge": Command(acting_commands.nudge_command, "nudge @name", COORDINATORS, also=("remind",)),
    "report": Command(
        reports.command,
        "report",
        Audience.READERS,
        also=("reports", "informe", "numbers", "stats"),
        examples=("report activity",),
    ),
    "import": Command(
        rosters.command, "import", COORDINATORS, also=("upload", "roster", "importar"), examples=("import",)
    ),
    "export": Command(
        exporting.command,
        "export",
        COORDINATORS,
        also=("download", "exportar"),
        examples=("export people csv", "export all"),
    ),
    "audit": Command(
        audit_log.command,
        "audit",
        COORDINATORS,
        also=("log",),
        examples=("audit @name", "audit export", "audit workspace"),
    ),
    "settings": Command(desk_settings.command, "settings", COORDINATORS, also=("setting", "options")),
}
"""By the command's own name, in the order of the help."""

WORDS: dict[str, str] = {
    **SPANISH,
    **{word: name for name, command in COMMANDS.items() for word in (name, *command.also)},
}
"""Every word that means a command."""


def command(visit: Visit) -> Answer:
    """Find the conversation a line names, wherever in it; a slip leads to the nearest command."""
    if not visit.text.strip():
        return Tell(_help(visit))
    typed = read_line(visit.text, WORDS)
    if typed.command:
        return COMMANDS[typed.command].conversation(replace(visit, text=typed.rest))
    meant = f"{typed.nearest} {typed.rest}".strip() if typed.nearest else ""
    return Tell(_help(visit, unknown=typed.word, nearest=meant))


def command_lines(reader: Reader, audience: Audience | None = None) -> list[HelpLine]:
    """How each command is typed, and what it does; of one audience, or of all."""
    usages = {
        name: each.usage for name, each in COMMANDS.items() if audience is None or each.audience is audience
    }
    return lines_of(usages, reader)


def _help(visit: Visit, unknown: str = "", nearest: str = "") -> Message:
    with visit.database.asking() as asked:
        roles = staff_roles(asked, visit.workspace.id, visit.person.id)
        known = programs(asked, visit.workspace.id) if roles else []
        begins = not roles and staff.waits_for_them(asked, visit)
    audiences = [Audience.EVERYBODY]
    if roles:
        audiences.append(Audience.READERS)
    if runs_something(roles):
        audiences.append(Audience.COORDINATORS)
    groups = {each.value: command_lines(visit.reader, each) for each in audiences}
    mine = [each for each in known if may_read(roles, each.id)]
    other = mine[-1].name if len(mine) > 1 else ""
    said = help_text(groups, visit.reader, unknown=unknown, nearest=nearest, other=other)
    if not begins:
        return said
    first = nobody_coordinates(visit.reader)
    return Message(f"{first.text}\n{said.text}", [*first.blocks, *said.blocks])
