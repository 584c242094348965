"""The coordinator's queue: accept, wait-list or decline with kind words, one by one or many at once."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.standing import has_places
from handlers.visit import PICK_ONE, Visit
from handlers.whom import program_at_hand
from mentoring.at_hand import LIVE
from mentoring.enrollment import UNDECIDED, EnrollmentState
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.names import plain_name
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from mentoring.recruiting import balance, may_join, place_free_key, places_left
from messages.actions import Act
from messages.answers import Answer, Offer, Replace, Show
from messages.blocks import OPTIONS_LIMIT, option
from messages.forms.applications import (
    PER_PAGE,
    UNFINISHED_PER_PAGE,
    Applicant,
    Queue,
    decision_form,
    note_form,
    queue_form,
    unfinished_form,
)
from messages.forms.paging import page_of
from messages.refusals import in_language
from messages.replies import say
from messages.words import Words
from storage.graduating import wake_for_graduation
from storage.namesakes import names_apart
from storage.outbox import audit, cancel_letters, write_letter
from storage.pairs import introduced_before
from storage.participants import (
    Participant,
    in_pool,
    names_in,
    page_of_participants,
    participants,
    places_taken,
    some_participants,
)
from storage.people import coordinators_of
from storage.programs import counts_of_programs, decide_applications, program, save_note, wake_program
from storage.recruiting import free_places, not_asked_yet

LISTED = (
    EnrollmentState.APPLIED,
    EnrollmentState.WAITING,
    EnrollmentState.JOINED,
    EnrollmentState.TURNED_DOWN,
    EnrollmentState.MATCHED,
)
"""Who stands in the queue, in this order: first those who wait for a decision, then for a place."""
POOL = (EnrollmentState.APPLIED, EnrollmentState.JOINED, EnrollmentState.WAITING, EnrollmentState.MATCHED)
STATES = {
    "accept": EnrollmentState.JOINED,
    "wait": EnrollmentState.WAITING,
    "decline": EnrollmentState.TURNED_DOWN,
}
SAID = {"accept": "accepted", "wait": "wait_listed", "decline": "declined"}
"""What the letter says, by decision."""
MOST_WEIGHED = 1000
"""Whose answers are counted for the pool's balance: reading ten thousand would keep a click waiting."""


def command(visit: Visit) -> Answer:
    """`/mentoring applications`: the queue of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "apply.queue", LIVE)
        return _queue(session, visit, found, 0)


def queue(visit: Visit) -> Answer:
    """Show the queue, or another page of it."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        page = visit.act.number("page") if "page" in visit.act.ids else 0
        return _queue(session, visit, found, page)


def suggest(visit: Visit) -> Answer:
    """Offer the people of the queue whose name has what is typed."""
    wanted = plain_name(visit.text)
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        named = sorted((plain_name(name), name, id_) for id_, name in names_in(session, found.id, LISTED))
        fitting = [(id_, name) for plain, name, id_ in named if wanted in plain][:OPTIONS_LIMIT]
        called = names_apart(session, visit.workspace.id, dict(fitting))
    return Offer([option(name, str(id_)) for id_, name in called.items()])


def find(visit: Visit) -> Answer:
    """Somebody was looked for: they stand there alone, with a way back to the list."""
    chosen = visit.picked or ""
    if not chosen.isdecimal():
        raise Refusal(PICK_ONE)
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        whom = _applicant(session, found, int(chosen))
        return _queue(session, visit, found, 0, sought=whom)


def unfinished(visit: Visit) -> Answer:
    """Who was asked, or has begun, and has not said yes; a page at a time, those asked longest ago first."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        listed = participants(session, found.id, UNDECIDED)
        to_ask = len(not_asked_yet(session, found.id)) if may_join(found, visit.now) else 0
        listed.sort(key=lambda each: (each.enrollment.asked_at or visit.now, each.enrollment.id))
        page = visit.act.number("page") if "page" in visit.act.ids else 0
        page = page_of(page, len(listed), UNFINISHED_PER_PAGE)
        shown = listed[page * UNFINISHED_PER_PAGE : (page + 1) * UNFINISHED_PER_PAGE]
        names = _names(session, found, shown)
    people = [Applicant(each.person, each.enrollment, names[each.person.id]) for each in shown]
    return Show(unfinished_form(found, people, len(listed), page, visit.reader, to_ask))


def decide(visit: Visit) -> Answer:
    """Something was chosen for somebody."""
    chosen = Act.decode("apply.decide", visit.picked)
    do, person_id, page = chosen.code("do"), chosen.number("who"), chosen.number("page")
    if do == "accept":
        return _decide(visit, person_id, do, "", page, seen=chosen.ids.get("was"))
    try:
        with visit.database.read() as session:
            found = program(session, visit.workspace.id, visit.act.number("program"))
            whom = _applicant(session, found, person_id)
            if do != "note":
                _check_unchanged(whom, chosen.ids.get("was"))
    except Refusal as refusal:
        return _with_trouble(visit, page, refusal)
    if do == "note":
        return Show(note_form(found, whom, page, visit.reader))
    return Show(decision_form(found, whom, do, page, visit.reader))


def show_application(session: Session, visit: Visit, found: Program, person_id: int) -> Answer:
    """What somebody told a program that a coordinator may read, with room for a note."""
    return Show(note_form(found, _applicant(session, found, person_id), 0, visit.reader))


def send_decision(visit: Visit) -> Answer:
    """The words for a wait-list or a no came back."""
    act = visit.act
    who, do, page = act.number("person"), act.code("do"), act.number("page")
    return _decide(visit, who, do, visit.typed("reason"), page, seen=act.ids.get("was"))


def send_note(visit: Visit) -> Answer:
    """A note of an intake interview came back."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        whom = _applicant(session, found, visit.act.number("person"))
        save_note(session, whom.enrollment.id, visit.typed("note"))
    return queue(visit)


def accept_all(visit: Visit) -> Answer:
    """Everybody who waits for a decision is in."""
    try:
        with visit.database.write() as session:
            found = program(session, visit.workspace.id, visit.act.number("program"))
            waiting = participants(session, found.id, [EnrollmentState.APPLIED])
            _check_places(session, found, len(waiting))
            people = [Applicant(each.person, each.enrollment, each.person.name) for each in waiting]
            _store(session, visit, found, people, "accept")
    except Refusal as refusal:
        return _with_trouble(visit, 0, refusal)
    return queue(visit)


def offer(visit: Visit) -> Answer:
    """“Let them in”: a free place goes to the next in line."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        whom = _applicant(session, found, visit.act.number("person"))
        if whom.enrollment.state is not EnrollmentState.WAITING:
            raise NoLongerOpen(f"This is no longer open: {whom.name} is not on the waiting list any more.")
        _check_places(session, found, 1)
        _store(session, visit, found, [whom], "accept")
    said = Words("forms/applications", visit.reader).mrkdwn("let_in", name=whom.name, program=found)
    return Replace(say(said))


def _decide(visit: Visit, person_id: int, do: str, reason: str, page: int, seen: int | str | None) -> Answer:
    """Store a decision, unless somebody else decided since the list was drawn, which had them as `seen`."""
    try:
        with visit.database.write() as session:
            found = program(session, visit.workspace.id, visit.act.number("program"))
            whom = _applicant(session, found, person_id)
            if whom.enrollment.state is EnrollmentState.MATCHED:
                raise NoLongerOpen(f"{whom.name} has been matched meanwhile.")
            if whom.enrollment.state is not STATES[do]:
                _check_unchanged(whom, seen)
                if STATES[do] is EnrollmentState.JOINED:
                    _check_places(session, found, 1)
                _store(session, visit, found, [whom], do, reason)
    except Refusal as refusal:
        return _with_trouble(visit, page, refusal)
    return queue(replace(visit, act=Act("apply.queue", {"program": found.id, "page": page})))


def _with_trouble(visit: Visit, page: int, refusal: Refusal) -> Answer:
    """The list stays where it was, as it is by now, with what could not be done above it."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return _queue(session, visit, found, page, in_language(refusal.sentence, visit.reader))


def _check_unchanged(whom: Applicant, seen: int | str | None) -> None:
    """Whether somebody still stands where the list showed them; older lists did not say where."""
    if seen is not None and whom.enrollment.state != seen:
        raise NoLongerOpen(f"Somebody decided about {whom.name} meanwhile. The list shows how it stands now.")


def _store(
    session: Session, visit: Visit, found: Program, whom: Sequence[Applicant], do: str, reason: str = ""
) -> None:
    decide_applications(session, [each.enrollment.id for each in whom], STATES[do], reason, visit.now)
    # Somebody waits from now on, or the next in line is somebody else: the clock looks anew.
    wake_program(session, found.id, visit.now)
    if do == "decline":
        # Whoever came to the end of a pair before may have waited for another to graduate.
        wake_for_graduation(session, found.id, [each.person.id for each in whom], visit.now)
    told = coordinators_of(session, found.workspace_id, found.id)
    stale = [place_free_key(found.id, one.person.id, each.id) for one in whom for each in told]
    cancel_letters(session, found.workspace_id, "replaced", keys=stale)
    for each in whom:
        notice = Notice(
            kind="decided",
            to=ToPerson(each.person.id),
            key=f"decided:enrollment {each.enrollment.id}:{visit.now.isoformat()}",
            not_before=visit.now,
            why=f"the coordinator decided: {do}",
            ids={"decision": SAID[do]},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
        subject: dict[str, int | str] = {"person": each.person.id, "decision": do}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "apply.decide",
            subject,
            visit.now,
            program_id=found.id,
        )


def _check_places(session: Session, found: Program, wanted: int) -> None:
    """Take nobody in beyond the number the charter says; a coordinator can raise it first."""
    free = free_places(session, found)
    if free is None or wanted <= free:
        return
    if free:
        raise Refusal(
            f"{wanted} people wait, and {free} {'place is' if free == 1 else 'places are'} free. "
            "Decide one by one, or raise the number of people in `/mentoring charter`."
        )
    raise Refusal(
        f"Every place of {found.name} is taken. Put them on the waiting list, or raise the number of people "
        "in `/mentoring charter` first."
    )


def _applicant(session: Session, found: Program, person_id: int) -> Applicant:
    for each in some_participants(session, found.id, [person_id]):
        if each.enrollment.state in LISTED:
            name = _names(session, found, [each])[person_id]
            return Applicant(each.person, each.enrollment, name, places=has_places(found, each.enrollment))
    raise NoLongerOpen("They are not in this program's queue any more.")


def _names(session: Session, found: Program, shown: Sequence[Participant]) -> dict[int, str]:
    return names_apart(session, found.workspace_id, {each.person.id: each.person.name for each in shown})


def _queue(
    session: Session,
    visit: Visit,
    found: Program,
    page: int,
    trouble: str = "",
    sought: Applicant | None = None,
) -> Answer:
    counts = counts_of_programs(session, [found.id])
    total = sum(counts.get((found.id, state), 0) for state in LISTED)
    pool = sum(counts.get((found.id, state), 0) for state in POOL)
    page = page_of(page, total, PER_PAGE)
    shown = page_of_participants(session, found.id, LISTED, page * PER_PAGE, PER_PAGE)
    if sought is not None:
        shown = some_participants(session, found.id, [sought.person.id])
    asking = [each.person.id for each in shown if each.enrollment.state is not EnrollmentState.MATCHED]
    before = introduced_before(session, found.id, asking)
    names = _names(session, found, shown)
    return Show(
        queue_form(
            Queue(
                program=found,
                people=[
                    Applicant(
                        each.person,
                        each.enrollment,
                        names[each.person.id],
                        each.person.id in before,
                        has_places(found, each.enrollment),
                    )
                    for each in shown
                ],
                total=total,
                page=page,
                applied=counts.get((found.id, EnrollmentState.APPLIED), 0),
                places=places_left(found, {state: count for (_, state), count in counts.items()}),
                unfinished=sum(counts.get((found.id, state), 0) for state in UNDECIDED),
                balance=balance(in_pool(session, found.id, POOL, MOST_WEIGHED)),
                weighed=MOST_WEIGHED if pool > MOST_WEIGHED else 0,
                trouble=trouble,
                taken=places_taken(session, found.id, visit.now.astimezone(ZoneInfo(found.time_zone)).date()),
                found=sought is not None,
            ),
            visit.reader,
        )
    )
