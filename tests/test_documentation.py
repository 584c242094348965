"""What the documentation says of settings and rights is what the code says."""

import os
import re
from pathlib import Path

import pytest

from bot.reference import commands_table, scopes_table, sealed_list, settings_table
from bot.scopes import REASONS
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
CONFIGURATION = ROOT / "docs" / "configuration.md"
WIDTH = 120
"""Letters in a line of prose. Tables, pictures, questions and what is generated take what they need."""
README = ROOT / "README.md"
SECURITY = ROOT / "docs" / "security.md"
TABLES = {
    "settings": settings_table,
    "scopes": scopes_table,
    "commands": commands_table,
    "sealed": sealed_list,
}


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (CONFIGURATION, "settings"),
        (README, "scopes"),
        (README, "commands"),
        (SECURITY, "sealed"),
    ],
)
def test_a_reference_is_generated_from_the_code(page: Path, name: str) -> None:
    said = page.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {name}:.*?-->\n)(.*?)(\n<!-- end -->)", re.DOTALL)
    wanted = place.sub(lambda found: found[1] + TABLES[name]() + found[3], said)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(wanted, encoding="utf-8")
        said = wanted
    assert said == wanted, f"renew {page.name} with `UPDATE_DOCS=1 pytest tests/test_documentation.py`"
    assert TABLES[name]() in said


def test_the_tables_name_every_setting_and_every_scope() -> None:
    assert all(f"`{name.upper()}`" in settings_table() for name in Settings.model_fields)
    assert all(f"`{scope}`" in scopes_table() for scope in REASONS)


def test_every_test_that_the_security_page_relies_on_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named <= there, named - there
    assert len(named) > 10


def test_the_lines_of_the_documentation_keep_their_width() -> None:
    wide: list[str] = []
    for page in (README, *(ROOT / "docs").glob("*.md")):
        prose = re.sub(r"<!-- \w+:.*?<!-- end -->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        wide += [
            f"{page.name}: {line}"
            for line in prose.splitlines()
            if len(line) > WIDTH and not line.startswith(("|", "[!")) and "*Who sees this:" not in line
        ]
    assert not wide
