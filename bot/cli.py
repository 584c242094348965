"""The command line: one console script, `mentoring`.

A command's module is imported only when it is wanted: with the matcher's numeric libraries, Slack's client
and the web server all of them take two seconds, and `mentoring match` needs a third of that.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from mentoring.errors import MentoringError

COMMANDS = {
    "playground": "bot.playground_command",
    "rehearse": "bot.rehearse_command",
    "run": "bot.run_command",
    "work": "bot.work_command",
    "healthy": "bot.healthy_command",
    "manifest": "bot.manifest_command",
    "doctor": "bot.doctor",
    "import": "bot.import_command",
    "match": "bot.match_command",
    "why": "bot.why_command",
    "templates": "bot.templates_command",
    "db": "bot.db_command",
}
"""Each command and the module that registers it, in the order the help shows them."""


def command_line(words: Sequence[str] = ()) -> typer.Typer:
    """Build the command line for what was typed: one command, or, for help and typing errors, all of them."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Runs a mentoring program in Slack: join, match, agree, meet, look back.",
    )

    @app.callback()
    def whole() -> None:
        """Keep the name of a command even where there is only one."""

    wanted = [COMMANDS[words[0]]] if words and words[0] in COMMANDS else COMMANDS.values()
    for module in wanted:
        import_module(module).register(app)
    return app


def main() -> None:
    """Run the command line; what we know how to explain is a sentence, not a traceback."""
    try:
        command_line(sys.argv[1:])()
    except MentoringError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
