"""Which columns hold what people wrote or said of themselves: sealed where the operator has a key.

Everything that is compared, sorted or counted by the database stays in the open: ids, states, dates, numbers,
and people's names and addresses, which Slack holds anyway. A new column of words belongs into this list.
"""

from sqlalchemy import JSON, MetaData

from storage.sealing import SealedJson, SealedString

WORDS: dict[str, tuple[str, ...]] = {
    "agreement": ("terms",),
    "broadcast": ("text",),
    "care_note": ("text",),
    "debrief": ("findings",),
    "enrollment": ("profile", "draft", "note"),
    "goal": ("objective", "measure"),
    "improvement": ("text",),
    "match_run": ("inputs", "result", "review"),
    "objective_rating": ("words",),
    "pair": ("why",),
    "portfolio_item": ("title", "text"),
    "program": ("sponsor_words",),
    "self_description": ("answers",),
    "story": ("text",),
    "survey_answer": ("answers",),
    "task": ("title", "description", "note", "keep_going", "try_next"),
    "topic": ("text",),
}
"""Columns by table. Tokens are sealed too, in the tables of installations."""


def seal_words(metadata: MetaData) -> None:
    """Let these columns be sealed; called once, before anything is asked of them."""
    for table, columns in WORDS.items():
        for name in columns:
            column = metadata.tables[table].c[name]
            column.type = SealedJson() if isinstance(column.type, JSON) else SealedString()
