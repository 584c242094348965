"""The coordinator's queue: who said yes, who has not finished, how the pool stands, and a decision each."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.enrollment import STEPS, Enrollment, EnrollmentState
from mentoring.people import Person
from mentoring.privacy import ProfileReader, visible_profile
from mentoring.programs import Program
from mentoring.recruiting import Balance
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    external_select,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from messages.forms.paging import paging
from messages.forms.roster import ask_the_rest_button
from messages.words import Reader, Words

PER_PAGE = 30
"""People on a page: with a block each a view's 100 are enough."""
UNFINISHED_PER_PAGE = 60
"""Names alone: a block each."""
TURNS = ("apply.unfinished_earlier", "apply.unfinished_later")
REASON_LENGTH = 500
NOTE_LENGTH = 2000
MOST_GAPS = 5
"""Gaps named: the most wanting; a longer list is for a report."""
MOST_OFFICES = 12
DECISIONS = ("accept", "wait", "decline", "note")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody in the queue.

    Args:
        name: As it is shown, told apart from others of the same name.
        again: Whether they have had a match in the program, and would like another.
        places: Whether they are a mentor with places for mentees.
    """

    person: Person
    enrollment: Enrollment
    name: str
    again: bool = False
    places: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """What the coordinator sees.

    Args:
        people: On this page.
        total: In the queue altogether.
        applied: Who waits for a decision.
        unfinished: Invited or begun, and not sent.
        balance: The pool of those who said yes.
        places: How many more people the charter lets in; None where it sets no number.
        trouble: Why what was just asked for could not be done; empty where nothing was in the way.
        taken: How many of the mentors' places are taken.
        found: Whether they were looked for: then they stand here alone.
        weighed: Of how many of them, where there are too many to count them all; 0 where all are counted.
    """

    program: Program
    people: Sequence[Applicant]
    total: int
    page: int
    applied: int
    unfinished: int
    balance: Balance
    weighed: int = 0
    places: int | None = None
    trouble: str = ""
    taken: int = 0
    found: bool = False


def queue_form(queue: Queue, reader: Reader) -> Block:
    """Build one page of the queue."""
    words = Words("forms/applications", reader)
    blocks = [section(words.mrkdwn("trouble", sentence=queue.trouble))] if queue.trouble else []
    blocks += [section(_pool(words, queue)), divider()]
    buttons: list[Block] = []
    if queue.applied > 1:
        sure = confirm(
            words.plain("all_title"),
            words.plain("all_text", count=queue.applied),
            words.plain("yes"),
            words.plain("no"),
        )
        label = words.plain("accept_all", count=queue.applied)
        buttons.append(button(label, Act("apply.accept_all"), style="primary", sure=sure))
    if queue.unfinished:
        buttons.append(button(words.plain("unfinished", count=queue.unfinished), Act("apply.unfinished")))
    if queue.total > PER_PAGE:
        buttons.append(external_select("apply.find", None, placeholder=words.plain("find")))
    if buttons:
        blocks.append(actions(buttons))
    if not queue.people:
        blocks.append(section(words.mrkdwn("nobody")))
    blocks += [_applicant(words, each, queue.page) for each in queue.people]
    if queue.found:
        blocks.append(actions([button(words.plain("back"), Act("apply.queue", {"page": queue.page}))]))
    else:
        blocks += paging(reader, "apply.earlier", "apply.later", queue.page, queue.total, PER_PAGE)
    act = Act("apply.queue", {"program": queue.program.id, "page": queue.page})
    return modal(act, words.plain("title"), blocks, close=words.plain("close"))


def unfinished_form(
    program: Program, people: Sequence[Applicant], total: int, page: int, reader: Reader, to_ask: int = 0
) -> Block:
    """List who was asked, or has begun, and has not said yes; who said “Not now” is nobody's business.

    Whoever stands on the list and was never asked can be, with one button: `to_ask` of them.
    """
    words = Words("forms/applications", reader)
    blocks = [
        context(words.mrkdwn("unfinished_intro")),
        *(
            section(
                words.mrkdwn(
                    "unfinished_one",
                    name=each.name,
                    begun=each.enrollment.draft.step if each.enrollment.draft else 0,
                    steps=STEPS,
                    asked_at=each.enrollment.asked_at,
                    reminders=max(0, each.enrollment.asked - 1),
                )
            )
            for each in people
        ),
        *([] if people else [section(words.mrkdwn("all_finished"))]),
        *paging(
            reader, "apply.unfinished_earlier", "apply.unfinished_later", page, total, UNFINISHED_PER_PAGE
        ),
        actions(
            [
                *([ask_the_rest_button(program.id, to_ask, reader)] if to_ask else []),
                button(words.plain("back"), Act("apply.queue", {"page": 0})),
            ]
        ),
    ]
    act = Act("apply.queue", {"program": program.id, "page": 0})
    return modal(act, words.plain("unfinished_title"), blocks, close=words.plain("close"))


def decision_form(program: Program, whom: Applicant, decision: str, page: int, reader: Reader) -> Block:
    """Ask for the words that go with a wait-list or a no; a kind text stands there already."""
    words = Words("forms/applications", reader)
    suggested = words.plain(f"suggest_{decision}", program=program)
    blocks = [
        section(words.mrkdwn(f"intro_{decision}", name=whom.name)),
        field(
            "reason",
            words.plain("reason"),
            text_input("reason", initial=suggested, multiline=True, max_length=REASON_LENGTH),
            hint=words.plain("reason_hint"),
            optional=True,
        ),
        actions([button(words.plain("back"), Act("apply.queue", {"page": page}))]),
    ]
    about: dict[str, int | str] = {
        "program": program.id,
        "person": whom.person.id,
        "do": decision,
        "page": page,
        "was": whom.enrollment.state.value,
    }
    return modal(
        Act("apply.decision", about),
        words.plain("title"),
        blocks,
        submit=words.plain(f"submit_{decision}"),
        close=words.plain("close"),
    )


def note_form(program: Program, whom: Applicant, page: int, reader: Reader) -> Block:
    """Show somebody's application, with room for a note of the intake interview."""
    words = Words("forms/applications", reader)
    profile = visible_profile(whom.enrollment.profile, ProfileReader.COORDINATOR)
    blocks = [
        section(words.mrkdwn("application", name=whom.name, profile=profile)),
        field(
            "note",
            words.plain("note_label"),
            text_input("note", initial=whom.enrollment.note, multiline=True, max_length=NOTE_LENGTH),
            hint=words.plain("note_hint"),
            optional=True,
        ),
        actions(
            [
                button(words.plain("back"), Act("apply.queue", {"page": page})),
                *(
                    [button(words.plain("change_places"), Act("places.open", {"person": whom.person.id}))]
                    if whom.places
                    else []
                ),
            ]
        ),
    ]
    about = {"program": program.id, "person": whom.person.id, "page": page}
    return modal(
        Act("apply.note", about),
        words.plain("title"),
        blocks,
        submit=words.plain("submit_note"),
        close=words.plain("close"),
    )


def _pool(words: Words, queue: Queue) -> str:
    balance = queue.balance
    ready = round(100 * balance.mentors_ready / balance.mentors) if balance.mentors else None
    lines = [
        words.mrkdwn(
            "pool",
            program=queue.program,
            balance=balance,
            applied=queue.applied,
            unfinished=queue.unfinished,
            ready=ready,
            taken=0 if queue.weighed else queue.taken,
        )
    ]
    if queue.places is not None:
        lines.append(words.mrkdwn("places", places=queue.places))
    lines += [words.mrkdwn("gap", gap=gap) for gap in balance.gaps[:MOST_GAPS]]
    if len(balance.gaps) > MOST_GAPS:
        lines.append(words.mrkdwn("more_gaps", count=len(balance.gaps) - MOST_GAPS))
    if balance.offices:
        more = len(balance.offices) - MOST_OFFICES
        lines.append(words.mrkdwn("offices", offices=balance.offices[:MOST_OFFICES], more=max(0, more)))
    if balance.levels:
        lines.append(words.mrkdwn("levels", levels=balance.levels))
    if queue.weighed:
        lines.append(words.mrkdwn("weighed", count=queue.weighed))
    return "\n".join(lines)


def _applicant(words: Words, each: Applicant, page: int) -> Block:
    text = words.mrkdwn(
        "applicant",
        name=each.name,
        profile=visible_profile(each.enrollment.profile, ProfileReader.COORDINATOR),
        state=words.plain(f"state_{each.enrollment.state.name.lower()}"),
        noted=bool(each.enrollment.note),
        again=each.again,
    )
    if each.enrollment.state is EnrollmentState.MATCHED:
        # What can still be decided about them is for how many mentees they have places.
        places = button(words.plain("change_places"), Act("places.open", {"person": each.person.id}))
        return section(text, places if each.places else None)
    wanted = [do for do in DECISIONS if do != _done(each.enrollment.state)]
    about: dict[str, int | str] = {"who": each.person.id, "page": page, "was": each.enrollment.state.value}
    options = [option(words.plain(do), Act("apply.decide", {"do": do, **about}).value) for do in wanted]
    return section(text, static_select("apply.decide", options, placeholder=words.plain("decide")))


def _done(state: EnrollmentState) -> str:
    done = {
        EnrollmentState.JOINED: "accept",
        EnrollmentState.WAITING: "wait",
        EnrollmentState.TURNED_DOWN: "decline",
    }
    return done.get(state, "")
