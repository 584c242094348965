"""What the documentation says of settings and rights is what the code says."""

from pathlib import Path

from bot.reference import scopes_table, settings_table
from bot.scopes import REASONS
from bot.settings import Settings

CONFIGURATION = Path(__file__).parents[1] / "docs" / "configuration.md"


def test_the_configuration_reference_is_generated_from_the_code() -> None:
    said = CONFIGURATION.read_text(encoding="utf-8")
    for table in (settings_table(), scopes_table()):
        assert table in said, f"docs/configuration.md should hold:\n{table}"


def test_the_tables_name_every_setting_and_every_scope() -> None:
    assert all(f"`{name.upper()}`" in settings_table() for name in Settings.model_fields)
    assert all(f"`{scope}`" in scopes_table() for scope in REASONS)
