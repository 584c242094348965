"""The tables of the documentation that follow from the code: settings, scopes and commands."""

from collections.abc import Iterable, Sequence

from pydantic.fields import FieldInfo

from bot.scopes import METHODS, OPTIONAL, REASONS, WIDENS
from bot.settings import WHERE_TO_GET, HttpSettings, Settings, default_database_url
from handlers.commands import Audience, command_lines
from messages.replies import ANYBODY
from storage.tables.sealed import WORDS


def settings_table() -> str:
    """Every setting: what it is, what holds without it, where to get it; as Markdown."""
    every = {**Settings.model_fields, **HttpSettings.model_fields}
    rows = [
        (f"`{name.upper()}`", field.description or "", _default(name, field), WHERE_TO_GET.get(name, ""))
        for name, field in every.items()
    ]
    return _table(("setting", "what it is", "without it", "where to get it"), rows)


def scopes_table() -> str:
    """Every scope: what for, and which calls need it; as Markdown."""
    reasons = sorted((REASONS | OPTIONAL).items())
    rows = [(f"`{scope}`", reason, ", ".join(_calls(scope))) for scope, reason in reasons]
    return _table(("scope", "what for", "calls"), rows)


def commands_table() -> str:
    """What coordinators can type, and what it does; as Markdown."""
    lines = [*command_lines(ANYBODY, Audience.COORDINATORS), *command_lines(ANYBODY, Audience.READERS)]
    rows = [(f"`/mentoring {each.usage}`", each.meaning) for each in lines]
    return _table(("command", "what it does"), rows)


def sealed_list() -> str:
    """Every table with the columns of it that are sealed; as Markdown."""
    rows = [(f"`{table}`", ", ".join(f"`{each}`" for each in columns)) for table, columns in WORDS.items()]
    return _table(("table", "columns"), rows)


def _default(name: str, field: FieldInfo) -> str:
    if field.is_required():
        plain, http = (name in each.model_fields for each in (Settings, HttpSettings))
        if plain and http and Settings.model_fields[name].is_required():
            return "needed"
        return "needed with `--http`" if http else "needed without `--http`"
    if name == "database_url":
        file = default_database_url().rsplit("/", 1)[1]
        return f"`{file}` in your user's data folder"
    return "none" if field.default in (None, "") else f"`{field.default}`"


def _calls(scope: str) -> list[str]:
    own = [f"`{name}`" for name, method in METHODS.items() if scope in method.ours]
    return own + [f"`{name}`" for widened, name in WIDENS.items() if widened == scope]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
