"""The command line: one console script, `mentoring`.

A command's module is loaded only when it is wanted: with the matcher's numeric libraries, Slack's client
and the web server all of them take seconds, and `mentoring --help` needs none of them.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

import typer

from mentoring.errors import MentoringError


class Command(NamedTuple):
    """A command: the module that registers it, and what `mentoring --help` says of it."""

    module: str
    help: str


COMMANDS: Mapping[str, Command] = {
    "playground": Command(
        "bot.playground_command",
        "Try the whole program in your browser: a local workspace, the real bot, and time in your hands.",
    ),
    "rehearse": Command(
        "bot.rehearse_command",
        "Play a whole program with simulated people, and read every message before your people do.",
    ),
    "run": Command(
        "bot.run_command",
        "Run the bot: in your workspace over Socket Mode, which needs no public address, or in many by HTTP.",
    ),
    "work": Command(
        "bot.work_command",
        "Look and deliver for every workspace, beside any number of `mentoring work` and "
        "`mentoring run --http`.",
    ),
    "healthy": Command(
        "bot.healthy_command",
        "Look whether the database is there and of this version. The exit status is 0 when it is, else 1.",
    ),
    "manifest": Command(
        "bot.manifest_command",
        "Print the app's manifest, to paste at api.slack.com/apps → Create New App → From a manifest.",
    ),
    "doctor": Command(
        "bot.doctor", "Look at everything the bot needs, and say what to do about whatever is not well."
    ),
    "import": Command(
        "bot.import_command", "Put everybody in a spreadsheet on a program's list of people to invite."
    ),
    "match": Command(
        "bot.match_command", "Propose who should be matched with whom, from a roster in a spreadsheet."
    ),
    "why": Command(
        "bot.why_command",
        "Say what is due next for a pair or a person, and why, or why not; nothing is changed or sent.",
    ),
    "templates": Command("bot.templates_command", "Your own words in place of ours."),
    "db": Command("bot.db_command", "Look after the database."),
}
"""Every command, in the order the help shows them."""


def command_line(words: Sequence[str] | None = None) -> typer.Typer:
    """Build the command line.

    Args:
        words: What was typed: only the command it names is loaded. Without a command, for help and typing
            errors, the names alone are there. None loads everything.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Runs a mentoring program in Slack: join, match, agree, meet, look back.",
    )

    @app.callback()
    def whole() -> None:
        """Keep the name of a command even where there is only one."""

    if words is None:
        for each in COMMANDS.values():
            import_module(each.module).register(app)
        return app
    named = next((word for word in words if word != "--"), "")
    if named in COMMANDS:
        import_module(COMMANDS[named].module).register(app)
    else:
        for name, each in COMMANDS.items():
            app.command(name=name, help=each.help)(whole)
    return app


def main() -> None:
    """Run the command line; what we know how to explain is a sentence, not a traceback."""
    try:
        command_line(sys.argv[1:])()
    except MentoringError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
