"""The picker of reports, and a report with what can be done about it."""

from collections.abc import Sequence

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, divider, option, section, static_select
from messages.letters.context import Message
from messages.reports.chat import report_message
from messages.reports.document import Document
from messages.reports.kinds import REPORTS
from messages.words import Reader, Words


def choice_of_reports(program: Program, others: Sequence[Program], reader: Reader) -> Message:
    """Offer the reports of a program, and the other programs somebody may read about."""
    words = Words("replies/reports", reader)
    text = words.mrkdwn("pick", program=program)
    return Message(text, [section(text), *_menus(program, others, reader)])


def shown_report(document: Document, program: Program, others: Sequence[Program], reader: Reader) -> Message:
    """Show a report, and below it how to get it as a file, or another one."""
    words = Words("replies/reports", reader)
    about = {**_about(program), "report": document.code}
    # Within a block Slack tells controls apart by their names, so each shape of file has its own.
    ways = (("pdf", "report.send_me"), ("xlsx", "report.send_sheet"))
    buttons = [
        button(words.plain(f"send_{shape}"), Act(name, {**about, "shape": shape})) for shape, name in ways
    ]
    buttons.append(button(words.plain("to_others"), Act("report.plan", about)))
    below = [divider(), actions(buttons), *_menus(program, others, reader)]
    return report_message(document, reader, below)


def _menus(program: Program, others: Sequence[Program], reader: Reader) -> list[Block]:
    """The report to read and, where there are several, the program it is of."""
    words = Words("replies/reports", reader)
    reports = [option(words.plain(f"name_{code}"), code) for code in REPORTS]
    about = Act("report.show", _about(program))
    blocks = [
        actions(
            [static_select("report.show", reports, placeholder=words.plain("choose"))], block_id=about.value
        )
    ]
    blocks += [
        actions([button(words.plain("other", program=each), Act("report.pick", _about(each)))])
        for each in others
    ]
    return blocks


def _about(program: Program) -> dict[str, int | str]:
    return {"program": program.id}
