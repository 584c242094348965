"""A report in chat: Slack's own charts and tables, and the same in plain text where they are unknown."""

from collections.abc import Iterable

from messages.blocks import Block, context, cut, header, section
from messages.letters.context import Message
from messages.reports.document import Chart, Document, Form, Section, Table, shown
from messages.words import Reader, escape

CHARTS_LIMIT = 2
"""Charts in one message (docs.slack.dev, data_visualization block, read 2026-08)."""
CHART_TITLE_LIMIT, LABEL_LIMIT, POINTS_LIMIT, SERIES_LIMIT = 50, 20, 20, 6
"""A chart's title, its labels and names, in code points; its points and series (the same source)."""
ROWS_LIMIT = 100
"""Rows of a data table below its header (docs.slack.dev, data_table block, read 2026-08)."""
TABLE_TEXT_LIMIT = 20_000
"""Characters in all tables of one message (the same source)."""
FIELDS_LIMIT = 10
"""Fields of one section."""
PLAIN_ROWS = 12
"""Lines of a table that is shown as text: more is for the file."""
PLAIN_TEXT_LIMIT = 2_800
"""Characters of one part as text; four of them still fit a message."""


def report_blocks(document: Document, reader: Reader) -> list[Block]:
    """Build the blocks with Slack's own charts and tables."""
    blocks, charts, characters = _head(document), 0, 0
    for part in document.sections:
        charted = part.chart is not None and charts < CHARTS_LIMIT and _can_be_drawn(part.chart)
        tabled = part.table is not None and bool(part.table.rows)
        if tabled and part.table is not None:
            characters += sum(len(shown(cell, Form.TEXT, reader)) for row in part.table.rows for cell in row)
            tabled = characters <= TABLE_TEXT_LIMIT
        titles = ([part.chart.title] if charted and part.chart is not None else []) + (
            [part.table.caption] if tabled and part.table is not None else []
        )
        # A chart or table that bears the heading as its own title would say it twice.
        words = escape(part.text) if part.heading in titles[:1] else _words(part)
        if words:
            blocks.append(section(words))
        if charted and part.chart is not None:
            blocks.append(chart_block(part.chart))
            charts += 1
        elif part.chart is not None:
            blocks.append(context(escape(part.chart.says)))
        if tabled and part.table is not None:
            blocks.append(table_block(part.table, reader))
    return [*blocks, *_small_print(document)]


def plain_blocks(document: Document, reader: Reader) -> list[Block]:
    """Build the same in plain text, for workspaces that do not know the newer blocks."""
    blocks = _head(document)
    for part in document.sections:
        lines = [_words(part)]
        if part.chart is not None and (part.table is None or not part.table.rows):
            lines.append(escape(part.chart.says))
        if part.table is not None:
            lines += _lines(part.table, reader)
        blocks.append(section(cut("\n".join(lines), PLAIN_TEXT_LIMIT)))
    return [*blocks, *_small_print(document)]


def spoken(document: Document) -> str:
    """The whole as a text: the notification, and what a screen reader reads first."""
    figures = [f"{each.label}: {each.value}" for each in document.tiles]
    return "\n".join([document.title, document.about, document.lead, *figures])


def report_message(document: Document, reader: Reader, controls: Iterable[Block] = ()) -> Message:
    """Show a report, with the text version at hand; the same controls stand below both."""
    below = [*controls]
    return Message(
        escape(spoken(document)),
        [*report_blocks(document, reader), *below],
        simple=[*plain_blocks(document, reader), *below],
    )


def chart_block(chart: Chart) -> Block:
    """Slack's own chart; shares are shown in percent."""
    factor = 100 if chart.form is Form.SHARE else 1
    labels = _different(chart.categories)
    series = [
        {
            "name": name,
            "data": [
                {"label": label, "value": round((value or 0) * factor, 2)}
                for label, value in zip(labels, each.values, strict=True)
            ],
        }
        for name, each in zip(_different([one.name for one in chart.series]), chart.series, strict=True)
    ]
    axis: Block = {"categories": labels}
    if chart.form is Form.SHARE:
        axis["y_label"] = "%"
    return {
        "type": "data_visualization",
        "title": cut(chart.title, CHART_TITLE_LIMIT),
        "chart": {"type": "bar", "series": series, "axis_config": axis},
    }


def table_block(table: Table, reader: Reader) -> Block:
    """Slack's own table: sortable, and read out with its headers."""
    heads = [{"type": "raw_text", "text": each.name or "–"} for each in table.columns]
    rows = []
    for row in table.rows[:ROWS_LIMIT]:
        cells = []
        for cell, column in zip(row, table.columns, strict=True):
            text = shown(cell, column.form, reader) or "–"
            if isinstance(cell, int | float):
                cells.append({"type": "raw_number", "value": cell, "text": text})
            else:
                cells.append({"type": "raw_text", "text": text})
        rows.append(cells)
    return {
        "type": "data_table",
        "caption": table.caption,
        "rows": [heads, *rows],
        "page_size": min(10, max(1, len(rows))),
    }


def _head(document: Document) -> list[Block]:
    blocks = [header(document.title), context(escape(document.about)), section(escape(document.lead))]
    if document.tiles:
        fields = [f"*{escape(each.value)}*\n{escape(each.label)}" for each in document.tiles[:FIELDS_LIMIT]]
        blocks.append({"type": "section", "fields": [{"type": "mrkdwn", "text": each} for each in fields]})
    return blocks


def _words(part: Section) -> str:
    lines = [f"*{escape(part.heading)}*", escape(part.text)] if part.text else [f"*{escape(part.heading)}*"]
    return "\n".join(lines)


def _small_print(document: Document) -> list[Block]:
    return [context("\n".join(escape(each) for each in document.notes))] if document.notes else []


def _lines(table: Table, reader: Reader) -> list[str]:
    lines = []
    for row in table.rows[:PLAIN_ROWS]:
        name, *rest = (
            shown(cell, column.form, reader) for cell, column in zip(row, table.columns, strict=True)
        )
        heads = [column.name for column in table.columns[1:]]
        values = ", ".join(f"{head} {value}" for head, value in zip(heads, rest, strict=True))
        lines.append(f"• {escape(name)}: {escape(values)}")
    if len(table.rows) > PLAIN_ROWS:
        lines.append("…")
    return lines


def _can_be_drawn(chart: Chart) -> bool:
    """Nothing but zeros draw nothing; Slack refuses a chart without a value, or with more than it knows."""
    values = [value for each in chart.series for value in each.values if value is not None]
    return any(values) and len(chart.categories) <= POINTS_LIMIT and len(chart.series) <= SERIES_LIMIT


def _shortened(label: str) -> str:
    """A label cut to Slack's length; the brackets it ends with stay, to tell it from its like."""
    begin, bracket, end = label.rpartition(" (")
    if len(label) <= LABEL_LIMIT or not begin or len(end) > LABEL_LIMIT // 2:
        return cut(label, LABEL_LIMIT)
    ending = f"{bracket}{end}"
    return f"{cut(begin, LABEL_LIMIT - len(ending))}{ending}"


def _different(labels: Iterable[str]) -> list[str]:
    """Labels cut to Slack's length, each still different from the others."""
    found: list[str] = []
    for label in labels:
        short = _shortened(label.strip() or "–")
        number = 2
        while short in found:
            ending = f" {number}"
            short = f"{cut(label, LABEL_LIMIT - len(ending))}{ending}"
            number += 1
        found.append(short)
    return found
