"""Text from people in cells of a spreadsheet: shown, never run."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these can be run by a spreadsheet; the last four are their full-width twins,
which some spreadsheets read alike (OWASP, CSV injection)."""
SHIELD = "'"
"""Put in front, it makes the rest mere text; spreadsheets do not show it."""


def safe_cell(text: str) -> str:
    """Make sure that a spreadsheet shows a text, whatever it starts with.

    Blanks in front are looked through: some spreadsheets drop them on import, and then run what follows.
    """
    return (
        f"{SHIELD}{text}"
        if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS)
        else text
    )


def bare_cell(text: str) -> str:
    """Take the shield off again, where it is one of ours: for a table that was exported and comes back."""
    rest = text.removeprefix(SHIELD)
    return rest if safe_cell(rest) != rest else text
