"""What keeps people out of a page, as axe finds it; without axe the tests say so and are skipped."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

HAS_AXE = find_spec("axe_playwright_python") is not None
if HAS_AXE:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOWN = 160
"""Characters of the HTML at fault that are shown."""


def barriers(page: Page) -> list[str]:
    """Everything axe finds, however small."""
    if not HAS_AXE:
        pytest.skip("NOBODY LOOKED FOR BARRIERS: the package axe-playwright-python is not installed here.")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:SHOWN]} at {node['target']}"
        for one in found
        for node in one["nodes"]
    ]
