"""Letters about what the two work on, and the papers people asked for."""

from typing import TYPE_CHECKING

from mentoring.assessment import summative
from mentoring.hours import local_day
from mentoring.late import late
from messages.actions import Act
from messages.blocks import Block, actions, button, context, section
from messages.hours_log import Participation, hours_csv
from messages.letters.context import Attachment, Circumstances, Message
from messages.tasks.loader import objectives_of
from messages.words import Words, mention

if TYPE_CHECKING:
    from messages.papers import certificate, portfolio_pdf
else:
    certificate = late("messages.papers", "certificate")
    portfolio_pdf = late("messages.papers", "portfolio_pdf")


def task_suggested(seen: Circumstances) -> Message:
    """The mentor thought of a task; the mentee takes it up or leaves it."""
    words, pair, task = Words("letters/task_suggested", seen.reader), seen.the_pair, seen.the_task
    name = seen.people[int(seen.ids["by"])].first_name
    text = words.mrkdwn("text", name=name, title=task.title, description=task.description)
    about = {"pair": pair.id}
    buttons = [
        button(words.plain("take"), Act("task.accept", {**about, "task": task.id}), style="primary"),
        button(words.plain("tasks"), Act("task.list", about)),
    ]
    return _letter(text, buttons, words.mrkdwn("why", name=name))


def task_done(seen: Circumstances) -> Message:
    """The mentee finished a task: two lines from the mentor would round it off."""
    words, pair, task = Words("letters/task_done", seen.reader), seen.the_pair, seen.the_task
    mentee = seen.people[int(seen.ids["by"])]
    text = words.mrkdwn("text", name=mentee.first_name, title=task.title, quiz=task.asked is not None)
    press = Act("task.feedback", {"pair": pair.id, "task": task.id})
    return _letter(text, [button(words.plain("feedback"), press, style="primary")], words.mrkdwn("why"))


def task_feedback(seen: Circumstances) -> Message:
    """The mentor wrote feedback: here it is."""
    words, pair, task = Words("letters/task_feedback", seen.reader), seen.the_pair, seen.the_task
    given = task.feedback
    text = words.mrkdwn(
        "text",
        name=seen.people[int(seen.ids["by"])].first_name,
        title=task.title,
        keep_going=given.keep_going if given else "",
        try_next=given.try_next if given else "",
    )
    buttons = [
        button(words.plain("tasks"), Act("task.list", {"pair": pair.id})),
        button(words.plain("portfolio"), Act("portfolio.open", {"program": pair.program_id})),
    ]
    return _letter(text, buttons, words.mrkdwn("why"))


def paper(seen: Circumstances) -> Message:
    """A certificate, a log of hours or a portfolio, for whoever asked for it."""
    words, name = Words("letters/paper", seen.reader), str(seen.ids["paper"])
    others = [each.first_name for each in seen.others] if seen.pair else []
    text = words.mrkdwn(name, program=seen.the_program, others=others)
    title = words.plain(f"file_{name}")
    file = Attachment(title, title, _content(seen, name))
    return Message(text, [section(text), context(words.mrkdwn("why"))], file)


def portfolio_shown(seen: Circumstances) -> Message:
    """What a mentee picked for this reader, as a file; their judgments are not in it."""
    words, program = Words("letters/portfolio_shown", seen.reader), seen.the_program
    owner = seen.people[int(seen.ids["of"])]
    text = words.mrkdwn("text", owner=mention(owner.slack_id), pieces=len(seen.portfolio), program=program)
    objectives = objectives_of(program, seen.reader.locale)
    content = portfolio_pdf(program, owner.name, objectives, seen.portfolio, (), seen.reader, seen.now)
    title = words.plain("file")
    why = words.mrkdwn("why", name=owner.first_name)
    return Message(text, [section(text), context(why)], Attachment(title, title, content))


def _content(seen: Circumstances, name: str) -> bytes:
    program, me = seen.the_program, seen.the_recipient
    if name == "portfolio":
        objectives = objectives_of(program, seen.reader.locale)
        judged = summative([each.id for each in objectives], seen.judgments)
        return portfolio_pdf(program, me.name, objectives, seen.portfolio, judged, seen.reader, seen.now)
    others = tuple(each.name for each in seen.others)
    until = local_day(program.time_zone, seen.left_at) if seen.left_at else None
    took_part = Participation(program, me.name, others, seen.held, until)
    if name == "certificate":
        return certificate(took_part, seen.reader, seen.now)
    return hours_csv(took_part, seen.reader)


def _letter(text: str, buttons: list[Block], why: str) -> Message:
    return Message(text, [section(text), actions(buttons), context(why)])
