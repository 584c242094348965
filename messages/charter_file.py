"""The charter as a file: Markdown, and a page of paper."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from mentoring.late import late
from mentoring.programs import Program
from messages.forms.charter import charter_parts
from messages.reports.document import Document, Section
from messages.words import Reader, Words

if TYPE_CHECKING:
    from messages.reports.pdf import report_pdf
else:
    report_pdf = late("messages.reports.pdf", "report_pdf")

Answers = Sequence[tuple[str, Mapping[str, str]]]


def charter_markdown(program: Program, answers: Answers, reader: Reader) -> bytes:
    """The charter as Markdown."""
    words = Words("letters/charter_file", reader)
    parts = [f"# {words.plain('title', program=program)}"]
    for heading, text in charter_parts(program, answers, reader):
        parts += [f"## {heading}", _markdown(text)]
    return ("\n\n".join(parts) + "\n").encode()


def charter_pdf(program: Program, answers: Answers, reader: Reader, now: datetime) -> bytes:
    """The charter on paper, with the reports' own letterhead."""
    words = Words("letters/charter_file", reader)
    (_, first), *rest = charter_parts(program, answers, reader)
    _, about, lead = _plain(first).split("\n", 2)
    document = Document(
        code="charter",
        title=words.plain("title", program=program),
        about=about,
        lead=lead,
        sections=tuple(Section(heading, _plain(text)) for heading, text in rest),
    )
    return report_pdf(document, reader, now)


def _markdown(text: str) -> str:
    """Slack's markup as Markdown: bold has two stars there, and lines end with two spaces."""
    bold = re.sub(r"\*([^*\n]+)\*", r"**\1**", _unescaped(text))
    return "\n".join(f"- {line[2:]}" if line.startswith("• ") else f"{line}  " for line in bold.split("\n"))


def _plain(text: str) -> str:
    return re.sub(r"[*_]([^*_\n]+)[*_]", r"\1", _unescaped(text))


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
