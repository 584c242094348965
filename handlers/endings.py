"""Parting without fault: a private form, neutral words to the other, a new match for those who want one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.exit_survey import ask_about_parting
from handlers.in_line import stood_in_line
from handlers.standing import finish, has_room, keep_to
from handlers.visit import Visit
from mentoring.agreements import Change, waiting
from mentoring.deeds import Deed
from mentoring.enrollment import IN_LINE, EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.notices import Notice, Recipient, ToPair, ToPerson
from mentoring.pairs import Ending, Member, Pair, PairState, goes_on_without, is_over, waits_to_close
from mentoring.programs import Program, has_ended
from mentoring.recruiting import rules_of, state_after_yes
from messages.actions import Act
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.parting import REACHED, YES, parting_form
from messages.letters.context import Message
from messages.replies import say
from messages.words import Words
from storage.agreements import save_change, versions
from storage.graduating import wake_for_graduation
from storage.meetings import meetings, save_meeting
from storage.outbox import audit, cancel_letters, write_letter
from storage.pairs import end_pair, live_pair, make_smaller, pair
from storage.past_members import move_to_past
from storage.people import coordinators_of, people
from storage.programs import program, set_enrollment_state, state_in
from storage.recruiting import free_places

ENDED: Mapping[Ending, Deed] = {
    Ending.COMPLETED: "pair.completed",
    Ending.PARTED: "pair.parted",
    Ending.LEFT: "pair.left",
}
"""What the log says, by how a pair ended."""
PAIRED_AGAIN = "This is no longer open: you are in a pair again. Home shows it."
ELSEWHERE = "This is no longer open. `/mentoring join` shows where you stand, and what you can join."


def open_form(visit: Visit) -> Answer:
    """“Part ways”: nobody else sees that it was opened."""
    with visit.database.read() as session:
        found = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, found.program_id)
        names = _others(session, visit, found)
        # Whoever asked for another match beside this pair has answered that.
        in_line = _is_in_line(session, found, visit.person.id)
    act = Act("pair.part_submit", {"pair": found.id})
    group = goes_on_without(found, visit.person.id)
    over = not group and waits_to_close(found, about.time_zone, visit.now)
    another = None if in_line or has_ended(about, visit.now) else rules_of(about)
    casual = found.casual_since is not None
    return Show(
        parting_form(act, visit.reader, names, group=group, another=another, over=over, casual=casual)
    )


def submit(visit: Visit) -> Answer:
    """They mean it: the pairing ends at once, and the other hears it kindly."""
    reason, again = visit.typed("reason"), visit.typed("again") == YES
    ending = Ending.COMPLETED if reason == REACHED else Ending.PARTED
    with visit.database.write() as session:
        found = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        names = _others(session, visit, found)
        about = program(session, visit.workspace.id, found.program_id)
        group = goes_on_without(found, visit.person.id)
        over = not group and waits_to_close(found, about.time_zone, visit.now)
        leave(session, found, ending, visit.now, by=visit.person.id, about={"reason": reason or "unsaid"})
        wants = again and not has_ended(about, visit.now)
        stands = _back_in_line(session, found, about, visit.person.id, visit.now) if wants else None
    words = Words("replies/endings", visit.reader)
    said = words.mrkdwn(
        "left_group" if group else "parted",
        others=names,
        casual=found.casual_since is not None,
        stands=stands,
        completed=over or ending is Ending.COMPLETED,
    )
    return Tell(say(said))


def want_another(visit: Visit) -> Answer:
    """“Yes, please”: back in line for the next round."""
    return Replace(_wanted(visit))


def ask_for_another(visit: Visit) -> Answer:
    """“Another match”, beside the pair that goes on casually; the thanks it was pressed on stay."""
    return Tell(_wanted(visit))


def _wanted(visit: Visit) -> Message:
    """Put them in line, unless they stand elsewhere by now; who is in line already hears where."""
    with visit.database.write() as session:
        found = pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, found.program_id)
        if has_ended(about, visit.now):
            raise NoLongerOpen(f"This is no longer open: {about.name} has closed.")
        stands = state_in(session, visit.workspace.id, about.id, visit.person.id)
        if stands is EnrollmentState.MATCHED and not has_room(
            session, found, about, visit.now, visit.person.id
        ):
            raise NoLongerOpen(PAIRED_AGAIN)
        if stands not in {EnrollmentState.FINISHED, EnrollmentState.MATCHED, *IN_LINE}:
            raise NoLongerOpen(ELSEWHERE)
        stands = _back_in_line(session, found, about, visit.person.id, visit.now)
    return say(Words("replies/endings", visit.reader).mrkdwn("wanted", stands=stands, program=about))


def want_no_other(visit: Visit) -> Answer:
    """“Not now”; a mentor who has others carries those, and no more for now."""
    with visit.database.write() as session:
        found = pair(session, visit.workspace.id, visit.act.number("pair"))
        about = program(session, visit.workspace.id, found.program_id)
        enough = keep_to(session, found, about, visit.now, visit.person.id)
    return Replace(say(Words("replies/endings", visit.reader).mrkdwn("not_now", enough=enough)))


def leave(
    session: Session,
    left: Pair,
    ending: Ending,
    now: datetime,
    *,
    by: int,
    about: Mapping[str, str] | None = None,
) -> None:
    """Somebody leaves: a group goes on without them, and is told so; any other pairing ends.

    What they did in a group that goes on stays theirs. Whoever has had their time in it has completed it.
    """
    if not goes_on_without(left, by):
        close_pair(session, left, ending, now, by=by, about=about)
        return
    parties = [each.person_id for each in left.members]
    proposal = waiting(versions(session, left.id), parties)
    if proposal is not None:
        # What waits for the signature of somebody who is gone must not come into force by their going.
        withdrawn = replace(proposal, superseded_at=now)
        save_change(session, left.workspace_id, left.id, Change(withdrawn), parties)
    found = program(session, left.workspace_id, left.program_id)
    finish(session, left, found, now, only={by})
    over = is_over(left, found.time_zone, now)
    move_to_past(session, left.id, _member(left, by), Ending.COMPLETED if over else ending, now)
    make_smaller(session, left, by, now)
    wake_for_graduation(session, left.program_id, [by], now)
    told: list[Recipient] = [ToPair(left.id)] if left.state is PairState.ANNOUNCED else []
    told += [
        ToPerson(each.id)
        for each in coordinators_of(session, left.workspace_id, left.program_id)
        if each.id != by
    ]
    for to in told:
        who = f"person {to.person_id}" if isinstance(to, ToPerson) else "group"
        notice = Notice(
            kind="group_smaller",
            to=to,
            key=f"group_smaller:pair {left.id}:without {by}:{who}",
            not_before=now,
            why="somebody left the group",
            ids={"pair": left.id, "person": by},
        )
        write_letter(session, left.workspace_id, notice, now, program_id=left.program_id)
    subject: dict[str, int | str] = {"pair": left.id, **(about or {})}
    audit(session, left.workspace_id, by, "pair.left_group", subject, now, program_id=left.program_id)


def close_pair(
    session: Session,
    ended: Pair,
    ending: Ending,
    now: datetime,
    *,
    by: int,
    about: Mapping[str, str] | None = None,
    offer_another: bool = True,
    silent_to: int | None = None,
) -> None:
    """End a pair with care: nothing more is asked, the others and the coordinators are told.

    Who ended it, or left (`by`), is not written to; `about` holds codes for the record alone, such as the
    confidential reason. The others are asked about another match unless `offer_another` is off; whoever hears
    of it in other words (`silent_to`) is passed over.

    A pair that has had its time has completed it, however it is closed: nobody parted early. Those who said
    no to going on, or have not said, end it in silence; of a pair that goes on casually the others hear.
    """
    this = program(session, ended.workspace_id, ended.program_id)
    over = is_over(ended, this.time_zone, now)
    as_kept = Ending.COMPLETED if over else ending
    end_pair(session, ended.id, now, as_kept)
    cancel_letters(session, ended.workspace_id, "ended", pair_id=ended.id)
    for planned in meetings(session, ended.id):
        if planned.is_ahead and planned.starts_at > now:
            save_meeting(session, ended.workspace_id, planned.called_off())
    finish(session, ended, this, now)
    # Whoever came to the end of another pair before may have waited for this one to graduate.
    wake_for_graduation(session, ended.program_id, [each.person_id for each in ended.members], now)
    told = [each for each in ended.others(by) if each.person_id != silent_to]
    if ended.state is PairState.ANNOUNCED and (ended.casual_since is not None or not over):
        kind = "parted" if offer_another else "closed_by_team"
        _tell(session, ended, kind, [each.person_id for each in told], ending, now)
    if not over:
        coordinators = coordinators_of(session, ended.workspace_id, ended.program_id)
        _tell(session, ended, "pair_ended", [each.id for each in coordinators if each.id != by], ending, now)
        ask_about_parting(session, ended, ending, now)
    audit(
        session,
        ended.workspace_id,
        by,
        ENDED[as_kept],
        {"pair": ended.id, **(about or {})},
        now,
        program_id=ended.program_id,
    )


def _tell(
    session: Session, ended: Pair, kind: str, people: Iterable[int], ending: Ending, now: datetime
) -> None:
    for person_id in people:
        notice = Notice(
            kind=kind,
            to=ToPerson(person_id),
            key=f"{kind}:pair {ended.id}:person {person_id}",
            not_before=now,
            why=f"the pairing ended: {ending}",
            ids={"pair": ended.id, "ending": ending.value},
        )
        write_letter(session, ended.workspace_id, notice, now, program_id=ended.program_id)


def _back_in_line(
    session: Session, ended: Pair, about: Program, person_id: int, now: datetime
) -> EnrollmentState:
    """Go the way of anybody who joins: a coordinator looks first where they do so; gives where they stand.

    Whoever is in another pair of the program is in its next round with the places they have left.
    """
    stands = state_in(session, ended.workspace_id, ended.program_id, person_id)
    state = state_after_yes(about, stands, full=free_places(session, about) == 0)
    if state is not stands:
        set_enrollment_state(session, _member(ended, person_id).enrollment_id, state)
        stood_in_line(session, about, state, now)
    return state


def finish_early(session: Session, ended: Pair, about: Program, now: datetime) -> None:
    """Let them finish where their pair's time is over before its program's: it may match them again."""
    if not has_ended(about, now):
        finish(session, ended, about, now)


def _is_in_line(session: Session, ended: Pair, person_id: int) -> bool:
    return state_in(session, ended.workspace_id, ended.program_id, person_id) in IN_LINE


def _member(ended: Pair, person_id: int) -> Member:
    return next(each for each in ended.members if each.person_id == person_id)


def _others(session: Session, visit: Visit, found: Pair) -> list[str]:
    ids = [each.person_id for each in found.others(visit.person.id)]
    return [each.first_name for each in people(session, visit.workspace.id, ids).values()]
