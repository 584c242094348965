"""The one table of all that is measured: every bench fills it, and it finds its place in the docs."""

import ast
from pathlib import Path

import pytest

from bench.__main__ import BENCHES, keep
from bench.table import Row, table

ROOT = Path(__file__).parent.parent
NO_BENCHES = {"__main__", "listeners", "many_pairs", "peer_mentor_match", "rosters", "sending", "table"}
"""What benches are made of."""


def test_every_bench_gives_rows_and_stands_in_the_table() -> None:
    files = {each.stem: each for each in (ROOT / "bench").glob("*.py") if each.stem not in NO_BENCHES}
    assert set(BENCHES) == set(files)
    for name, file in files.items():
        functions = [
            each.name for each in ast.parse(file.read_text()).body if isinstance(each, ast.FunctionDef)
        ]
        assert "rows" in functions, name


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    lines = table(
        [Row("tick", "56 ms"), Row("tick of many", "5 s", "tick: 56 ms", 1.25, "1.5 times")]
    ).splitlines()
    assert len({len(each) for each in lines}) == 1
    assert lines[3].split("|")[4].strip() == "1.25"


def test_the_table_takes_the_place_of_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    text = (ROOT / "docs" / "benchmarks.md").read_text()
    file.write_text(text)
    keep(file, "The new table.")
    kept = file.read_text()
    assert "\nThe new table.\n" in kept
    assert kept.split("<!-- bench")[0] == text.split("<!-- bench")[0]
    assert kept.split("<!-- end -->")[1] == text.split("<!-- end -->")[1]
    (tmp_path / "other.md").write_text("No place.")
    with pytest.raises(SystemExit, match="has no place"):
        keep(tmp_path / "other.md", "The new table.")
