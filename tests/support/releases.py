"""A release to come, as far as its migrations go: what one that runs already has to live with."""

from sqlalchemy import text

from storage.database import Database

EXPANDED = (
    "ALTER TABLE person ADD COLUMN nickname VARCHAR",
    "CREATE TABLE greeting (id SERIAL PRIMARY KEY, person_id INTEGER REFERENCES person (id))",
    "UPDATE alembic_version SET version_num = 'v9999'",
)
"""What a version to come would do before its processes start: add, and nothing else."""
CONTRACTED = ("DROP TABLE greeting", "ALTER TABLE person DROP COLUMN nickname")
"""And what a later one would do, once nobody uses it any more."""


def migrate(database: Database, *statements: str, to: str = "") -> None:
    with database.writer.begin() as connection:
        for each in statements:
            connection.execute(text(each))
        if to:
            connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": to})
