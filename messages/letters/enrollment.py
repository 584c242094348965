"""Letters around joining: the announcement, the invitation, the welcome, the bad news."""

from mentoring.cadence import Cadence
from mentoring.own_words import greets
from mentoring.programs import Program
from mentoring.recruiting import is_late
from messages.actions import Act
from messages.blocks import Block, actions, button, confirm, context, section
from messages.letters.context import Circumstances, Message
from messages.rhythm import often
from messages.words import Reader, Words


def announcement(seen: Circumstances) -> Message:
    """Tell a channel that a program is open, what it asks and how to join."""
    program, words = seen.the_program, Words("letters/announcement", seen.reader)
    about = {"program": program.id}
    text = words.mrkdwn(
        "text",
        program=program,
        months=program.months,
        often=often(Cadence.parse(program.cadence), None, seen.reader),
    )
    buttons = [
        button(words.plain("join"), Act("join.open", about), style="primary"),
        button(words.plain("nominate"), Act("nominate.open", about)),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def invited(seen: Circumstances) -> Message:
    """Ask somebody on a coordinator's list whether they want to take part."""
    program, words = seen.the_program, Words("letters/invited", seen.reader)
    about = {"program": program.id}
    profile = seen.profiles[seen.the_recipient.id]
    role = "both" if profile.is_mentor and profile.is_mentee else "mentor" if profile.is_mentor else "mentee"
    name, greeted = seen.the_recipient.first_name, greets(program)
    late, full = is_late(program), bool(seen.numbers.get("full"))
    text = words.mrkdwn("text", name=name, greeted=greeted, program=program, role=role, late=late, full=full)
    buttons = [
        button(words.plain("join"), Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def invited_again(seen: Circumstances) -> Message:
    """Remind somebody who has not decided: shorter, and with the same ways out."""
    program, words = seen.the_program, Words("letters/invited_again", seen.reader)
    about = {"program": program.id}
    part = "after_no" if seen.ids.get("after_no") else "started" if seen.ids.get("started") else "text"
    text = words.mrkdwn(part, name=seen.the_recipient.first_name, program=program)
    label = words.plain("go_on" if part == "started" else "join")
    buttons = [
        button(label, Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    last = seen.ids.get("last")
    return Message(
        text, [section(text), actions(buttons), context(words.mrkdwn("why_last" if last else "why"))]
    )


def group_invited(seen: Circumstances) -> Message:
    """Tell a coordinator what came of inviting a user group."""
    program, words = seen.the_program, Words("letters/group_invited", seen.reader)
    numbers = {name: seen.numbers.get(name, 0) for name in ("asked", "before", "unfit")}
    text = words.mrkdwn("text", program=program, refused=seen.ids.get("refused", ""), **numbers)
    return Message(text, [section(text), context(words.mrkdwn("why"))])


def nominated(seen: Circumstances) -> Message:
    """Tell somebody that a colleague thinks they would make a good mentor."""
    program, words = seen.the_program, Words("letters/nominated", seen.reader)
    about = {"program": program.id}
    by = seen.people.get(int(seen.ids["person"]))
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, program=program, by=by.name if by else "")
    buttons = [
        button(words.plain("join"), Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def join_draft(seen: Circumstances) -> Message:
    """Say that what was typed is kept, and offer to go on."""
    program, words = seen.the_program, Words("letters/join_draft", seen.reader)
    about = {"program": program.id}
    buttons = [
        button(words.plain("go_on"), Act("join.open", about), style="primary"),
        button(words.plain("not_now"), Act("join.not_now", about)),
    ]
    text = words.mrkdwn("text", program=program)
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def joined(seen: Circumstances) -> Message:
    """Confirm, and say what happens next."""
    program, words = seen.the_program, Words("letters/joined", seen.reader)
    text = words.mrkdwn(
        "text", name=seen.the_recipient.first_name, program=program, late=is_late(program), **_lessons(seen)
    )
    buttons = [*lessons_button(seen), *_after_joining(words, seen)]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])


def _lessons(seen: Circumstances) -> dict[str, int]:
    """How many lessons the program asks for before a match, and the minutes they take."""
    return {name: seen.numbers.get(name, 0) for name in ("lessons", "minutes")}


def lessons_button(seen: Circumstances) -> list[Block]:
    """The way to them, where there are any."""
    if not seen.numbers.get("lessons"):
        return []
    label = Words("letters/joined", seen.reader).plain("open_lessons")
    return [button(label, Act("lesson.list", {"program": seen.the_program.id}), style="primary")]


def applied(seen: Circumstances) -> Message:
    """Confirm an application that a coordinator looks at first."""
    program, words = seen.the_program, Words("letters/applied", seen.reader)
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, program=program)
    return Message(text, [section(text), actions(_after_joining(words, seen)), context(words.mrkdwn("why"))])


def _after_joining(words: Words, seen: Circumstances) -> list[Block]:
    about = {"program": seen.the_program.id}
    return [
        button(words.plain("edit"), Act("join.open", about)),
        button(words.plain("describe"), Act("self.open", about)),
    ]


def decided(seen: Circumstances) -> Message:
    """Tell somebody what came of their application, in the coordinator's words where there are any."""
    program, words = seen.the_program, Words("letters/decided", seen.reader)
    about = {"program": program.id}
    decision = str(seen.ids["decision"])
    name = seen.the_recipient.first_name
    text = words.mrkdwn(
        decision,
        name=name,
        program=program,
        late=is_late(program),
        reason=seen.sentence,
        **_lessons(seen),
    )
    blocks = [section(text)]
    if decision != "declined":
        way = lessons_button(seen) if decision == "accepted" else []
        blocks.append(actions([*way, button(words.plain("edit"), Act("join.open", about))]))
    return Message(text, [*blocks, context(words.mrkdwn("why", program=program))])


def leave_button(program: Program, reader: Reader) -> Block:
    """The way out for whoever is in and not matched yet."""
    words = Words("letters/not_matched", reader)
    sure = confirm(
        words.plain("leave_title"),
        words.plain("leave_text", program=program),
        words.plain("yes"),
        words.plain("no"),
    )
    return button(words.plain("leave"), Act("join.leave", {"program": program.id}), sure=sure)


def not_matched(seen: Circumstances) -> Message:
    """Say kindly that there is no match yet, why, and what would help."""
    program, words = seen.the_program, Words("letters/not_matched", seen.reader)
    about = {"program": program.id}
    text = words.mrkdwn("text", name=seen.the_recipient.first_name, role=seen.ids["role"])
    buttons = [
        button(words.plain("widen"), Act("join.open", about), style="primary"),
        leave_button(program, seen.reader),
    ]
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why"))])
