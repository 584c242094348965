"""What is installed for a bot that runs is enough to run it.

The tests' own environment holds more: what only a tool of ours brings is missed where the bot is really run.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
OURS = ("bot", "handlers", "messages", "storage", "mentoring", "playground")
FOR_US = ("bot.rehearsal.pictures",)
"""What only we run, with a browser."""
OPTIONAL = ("bot.fleet", "bot.telemetry", "bot.work", "bot.work_command")
"""What imports the packages of an extra, and is itself imported only where the extra is asked for."""

IMPORT_ALL = """
import importlib, json, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
asked = json.loads(sys.argv[1])
absent = asked["without extras"]
for ours in asked["ours"]:
    for found in pkgutil.walk_packages(importlib.import_module(ours).__path__, f"{ours}."):
        if not found.name.endswith((".__main__", ".migrations.env")) and found.name not in asked["left out"]:
            importlib.import_module(found.name)
absent = asked["with extras"]
for name in asked["optional"]:
    importlib.import_module(name)
"""


def locked() -> set[str]:
    """What the lock file of a bot with every extra installs."""
    lines = (ROOT / "requirements" / "run.txt").read_text().splitlines()
    return {canonicalize_name(line.partition("==")[0]) for line in lines if line[:1].isalpha()}


def without_extras() -> set[str]:
    """What `pip install mentoring` installs."""
    installed: set[str] = set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    while wanted:
        asked = wanted.pop()
        name = canonicalize_name(asked.name)
        if name in installed and not asked.extras:
            continue
        installed.add(name)
        for line in requires(name) or ():
            further = Requirement(line)
            extras = ("", *asked.extras)
            if not further.marker or any(further.marker.evaluate({"extra": extra}) for extra in extras):
                wanted.append(further)
    return installed


def absent(installed: set[str], brought: Mapping[str, list[str]]) -> list[str]:
    """The modules of this environment that would not be there with no more installed than this."""
    return [
        top
        for top, brought_by in brought.items()
        if top not in OURS and not installed & {canonicalize_name(name) for name in brought_by}
    ]


def test_a_bot_finds_every_package_it_imports() -> None:
    """`pip install` and the image bring every package that our own code, and what it uses, imports."""
    # Reads what every package here has installed: asked once.
    brought = packages_distributions()
    asked = {
        "ours": OURS,
        "without extras": absent(without_extras(), brought),
        "left out": [*FOR_US, *OPTIONAL],
        "with extras": absent(locked(), brought),
        "optional": OPTIONAL,
    }
    assert "pytest" in asked["with extras"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", IMPORT_ALL, json.dumps(asked)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
