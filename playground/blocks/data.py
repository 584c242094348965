"""Tables and charts: the blocks that carry rows and series.

Source: docs.slack.dev/reference/block-kit/blocks (table-block, data-table-block, data-visualization-block),
read 2026-08. Numbers: playground.tables.limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.spec import (
    Check,
    Field,
    Problem,
    array,
    boolean,
    integer,
    may,
    need,
    number,
    one_of,
    record,
    string,
    tagged,
    typed,
    under,
    unique,
)
from playground.tables import limits

_CELLS: Final[Mapping[str, Check]] = {
    "raw_text": typed({"text": need(string())}),
    "raw_number": typed({"value": need(number()), "text": need(string())}),
    "rich_text": RICH_TEXT,
}
_ROW: Final = array(tagged(_CELLS, "cell"), limits.TABLE_COLUMNS_MAX, things="columns")

TABLE: Final[Mapping[str, Field]] = {
    "rows": need(array(_ROW, limits.TABLE_ROWS_MAX, things="rows")),
    "column_settings": may(
        array(
            record({"align": may(one_of("left", "center", "right")), "is_wrapped": may(boolean)}),
            limits.TABLE_COLUMNS_MAX,
            things="columns",
        )
    ),
}

DATA_TABLE: Final[Mapping[str, Field]] = {
    "caption": need(string()),
    "rows": need(array(_ROW, limits.DATA_TABLE_ROWS_MAX, limits.DATA_TABLE_ROWS_MIN, "rows")),
    "page_size": may(integer(1, limits.DATA_TABLE_PAGE_MAX)),
    "row_header_column_index": may(integer(0, limits.TABLE_COLUMNS_MAX - 1)),
}


def cell_texts(cell: object) -> Iterator[str]:
    """The texts in a table's cell, wherever rich text has put them."""
    if isinstance(cell, Mapping):
        if isinstance(cell.get("text"), str):
            yield cell["text"]
        yield from cell_texts(cell.get("elements"))
    elif isinstance(cell, list | tuple):
        for part in cell:
            yield from cell_texts(part)


def table_characters(block: Mapping[str, Any]) -> int:
    """How many characters stand in all cells of a table or data table."""
    return sum(len(text) for text in cell_texts(block.get("rows")))


def rows_agree(value: Any, path: str) -> Iterator[Problem]:
    """A data table's rows are equally long, its header plain, its row header there, its size bounded."""
    rows = value["rows"]
    columns = len(rows[0])
    for place, row in enumerate(rows):
        if len(row) != columns:
            yield Problem(
                f"{path}.rows[{place}]", f"must have {columns} columns as the header has, and has {len(row)}"
            )
    for place, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield Problem(f"{path}.rows[0][{place}]", "is in the header, which takes no rich_text")
    if value.get("row_header_column_index", 0) >= columns:
        yield Problem(
            under(path, "row_header_column_index"), f"must be below the number of columns, {columns}"
        )
    size = table_characters(value)
    if size > limits.DATA_TABLE_TEXT_MAX:
        yield Problem(
            under(path, "rows"),
            f"may have at most {limits.DATA_TABLE_TEXT_MAX} characters in all and has {size}",
        )


_LABEL: Final = string(limits.CHART_LABEL_MAX)
_POINT: Final = record({"label": need(_LABEL), "value": need(number())})
_SEGMENT: Final = record({"label": need(_LABEL), "value": need(number(above=0))})
_SERIES: Final = record(
    {"name": need(_LABEL), "data": need(array(_POINT, limits.CHART_POINTS_MAX, things="points"))}
)
_AXIS: Final = record(
    {
        "categories": need(array(_LABEL, limits.CHART_POINTS_MAX, things="categories")),
        "x_label": may(string(limits.CHART_AXIS_LABEL_MAX)),
        "y_label": may(string(limits.CHART_AXIS_LABEL_MAX)),
    }
)


def _series_agree(value: Any, path: str) -> Iterator[Problem]:
    series = value["series"]
    categories = value["axis_config"]["categories"]
    yield from unique(
        categories,
        [f"{path}.axis_config.categories[{place}]" for place in range(len(categories))],
        "category",
    )
    yield from unique(
        [one["name"] for one in series],
        [f"{path}.series[{place}].name" for place in range(len(series))],
        "name",
    )
    for place, one in enumerate(series):
        labels = [point["label"] for point in one["data"]]
        if sorted(labels) != sorted(categories):
            yield Problem(
                f"{path}.series[{place}].data", "must have one point for each of the axis's categories"
            )


_XY: Final = typed(
    {
        "series": need(array(_SERIES, limits.CHART_SERIES_MAX, things="series")),
        "axis_config": need(_AXIS),
    },
    _series_agree,
)
_PIE: Final = typed({"segments": need(array(_SEGMENT, limits.CHART_SEGMENTS_MAX, things="segments"))})

CHART_BLOCK: Final[Mapping[str, Field]] = {
    "title": need(string(limits.CHART_TITLE_MAX)),
    "chart": need(tagged({"pie": _PIE, "bar": _XY, "line": _XY, "area": _XY}, "chart")),
}
