"""The letter that brings a report: as a message, as pages, or as a spreadsheet."""

from typing import TYPE_CHECKING

from mentoring.late import late
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Attachment, Circumstances, Message
from messages.reports.chat import report_message
from messages.reports.document import Document
from messages.words import Words

if TYPE_CHECKING:
    from messages.reports.pdf import report_pdf
    from messages.reports.sheets import report_workbook
else:
    report_pdf = late("messages.reports.pdf", "report_pdf")
    report_workbook = late("messages.reports.sheets", "report_workbook")


def report(seen: Circumstances) -> Message:
    """Bring a report to whoever asked for it, or whom it was sent to."""
    words, document, shape = Words("letters/report", seen.reader), seen.the_report, str(seen.ids["shape"])
    by = int(seen.ids["by"])
    asked = seen.recipient is not None and seen.recipient.id == by
    sender = seen.people.get(by)
    planned = "plan" in seen.ids
    part = "why_planned" if planned else "why" if asked else "why_sent"
    if seen.recipient is None:
        part = "why_channel"
    why = words.mrkdwn(part, name=sender.name if sender and not asked else "")
    below = [context(why)]
    if planned:
        below.append(actions([button(words.plain("stop"), Act("report.stop", {"plan": seen.ids["plan"]}))]))
    if shape == "chat":
        return report_message(document, seen.reader, below)
    text = words.mrkdwn("text", title=document.title, program=seen.the_program, lead=document.lead)
    return Message(text, [section(text), *below], _file(seen, document, shape))


def _file(seen: Circumstances, document: Document, shape: str) -> Attachment:
    words = Words("letters/report", seen.reader)
    name = words.plain("file", code=document.code.replace("_", "-"), shape=shape, day=f"{seen.now:%Y-%m-%d}")
    if shape == "xlsx":
        content = report_workbook(document, seen.reader, seen.now)
    else:
        content = report_pdf(document, seen.reader, seen.now)
    return Attachment(name, document.title, content)
