"""Where the kept texts lie, and how they are compared or renewed."""

import os
from pathlib import Path

KEPT = Path(__file__).parent / "kept"


def compare(name: str, text: str) -> None:
    """Hold a text against the kept one; with `UPDATE_GOLDENS=1` keep it instead."""
    path = KEPT / name
    text = text.rstrip() + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"keep {name} first: `UPDATE_GOLDENS=1 pytest tests/goldens`, and read it"
    assert text == path.read_text(encoding="utf-8"), f"{name} reads differently from what is kept"
