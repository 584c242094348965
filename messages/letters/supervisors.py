"""Letters to supervisors: what it takes as a program starts, one question when it is over, and never more."""

from mentoring.surveys.sent import asks_supervisors
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words, mention


def supervisor_told(seen: Circumstances) -> Message:
    """Say who takes part and what it takes, with nothing to do and a way out."""
    words, program = Words("letters/supervisor_told", seen.reader), seen.the_program
    text = words.mrkdwn("text", people=_people(seen), program=program)
    out = button(words.plain("out"), Act("supervisor.decline", {"program": program.id}))
    return Message(
        text, [section(text), actions([out]), context(words.mrkdwn("why", asked=asks_supervisors(program)))]
    )


def supervisor_asked(seen: Circumstances) -> Message:
    """Ask once what changed on the job; nobody learns who answered what."""
    words, program = Words("letters/supervisor_asked", seen.reader), seen.the_program
    text = words.mrkdwn(
        "text", people=_people(seen), program=program, questions=len(seen.the_survey.questions)
    )
    buttons = [
        button(words.plain("start"), Act("survey.open", {"request": seen.ids["request"]}), style="primary"),
        button(words.plain("out"), Act("supervisor.decline", {"program": program.id})),
    ]
    why = words.mrkdwn("why", minimum=seen.numbers.get("minimum", 0))
    return Message(text, [section(text), actions(buttons), context(why)])


def _people(seen: Circumstances) -> list[object]:
    """Whom they supervise; a letter carries numbers only, `3+7`."""
    numbers = [int(each) for each in str(seen.ids["about"]).split("+")]
    return [mention(seen.people[each].slack_id) for each in numbers if each in seen.people]
