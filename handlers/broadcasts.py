"""The coordinators' communication plan: see it, write to many, see it first, send, stop."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.agreements import read_day, read_time
from mentoring.broadcasts import (
    TELLS_OF_MOMENTS,
    Audience,
    Broadcast,
    BroadcastState,
    Occasion,
    Reach,
    audiences_of,
    check_channel_is_free,
    check_stoppable,
    check_text,
    check_when,
    planned_moments,
    reach,
)
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.hours import to_instant
from mentoring.notices import Notice, ToPerson
from mentoring.phases import PhaseName
from mentoring.programs import Program, ProgramState
from mentoring.stories import Place, Story, StoryState, check_tellable
from mentoring.surveys.sent import minimum_group
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.blocks import Block
from messages.forms.broadcast import (
    Board,
    board,
    draft_of,
    preview_form,
    summary_view,
    write_form,
)
from messages.replies import say
from messages.words import Words
from storage.broadcasts import (
    add_broadcast,
    broadcast,
    broadcasts_ahead,
    broadcasts_sent,
    change_broadcast,
    hearers,
)
from storage.outbox import audit, cancel_letters, write_letter
from storage.people import people
from storage.phases import phase_numbers
from storage.programs import program, save_program, wake_program
from storage.stories import public_tales, set_story_state, stories_of_program, story, tale_of

SHOWN_SENT = 8
NOT_DRAFT = frozenset(ProgramState) - {ProgramState.DRAFT}
SOON = time(9)
"""A day without a time means the morning of it, on the coordinator's clock."""


def command(visit: Visit) -> Answer:
    """`/mentoring broadcast`: the plan of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "broadcast.board", NOT_DRAFT)
        return Show(_board(session, visit, found))


def show_board(visit: Visit) -> Answer:
    """“See the plan”."""
    with visit.database.read() as session:
        return Show(_board(session, visit, _program(session, visit)))


def _board(session: Session, visit: Visit, about: Program) -> Block:
    stories = stories_of_program(session, about.id)
    tellers = people(session, visit.workspace.id, {each.person_id for each in stories})
    today = visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
    seen = Board(
        program=about,
        ahead=broadcasts_ahead(session, about.id),
        sent=broadcasts_sent(session, about.id, SHOWN_SENT),
        moments={name: day for name, day in planned_moments(about).items() if day >= today},
        stories=stories,
        tellers={each.id: each.name for each in tellers.values()},
        told_of_moments=bool(about.settings.get(TELLS_OF_MOMENTS, True)),
    )
    return board(seen, visit.reader)


def switch_reminders(visit: Visit) -> Answer:
    """Tell coordinators of moments, or stop telling them."""
    with visit.database.write() as session:
        about = _program(session, visit)
        on = not about.settings.get(TELLS_OF_MOMENTS, True)
        save_program(session, replace(about, settings={**about.settings, TELLS_OF_MOMENTS: on}))
        wake_program(session, about.id, visit.now)
    return show_board(visit)


def open_form(visit: Visit) -> Answer:
    """“Write an update”: empty, from a moment's draft, or around a story."""
    occasion = _occasion(visit)
    with visit.database.read() as session:
        about = _program(session, visit)
        numbers = phase_numbers(session, about.id, PhaseName.START, visit.now)
        told = _story(session, visit, about)
    audiences = audiences_of(about)
    if told is not None:
        audiences = [each for each in audiences if _place(each) in told.places]
        if not audiences:
            raise Refusal("Whoever told this story allows it in the public summary only.")
    ids = {key: value for key, value in visit.act.ids.items() if key in ("program", "story")}
    draft = draft_of(occasion, numbers, visit.reader, story=told is not None)
    return Show(
        write_form(Act("broadcast.draft", ids), audiences, draft, visit.reader, story=told is not None)
    )


def edit(visit: Visit) -> Answer:
    """“Change it”: what was looked at goes back into the form."""
    with visit.database.write() as session:
        about = _program(session, visit)
        made = broadcast(session, about.id, visit.act.number("broadcast"))
        if made.state is not BroadcastState.DRAFT:
            raise NoLongerOpen("This is no longer open: it is on its way, or was stopped.")
        change_broadcast(session, made.id, BroadcastState.CANCELLED)
    ids: dict[str, int | str] = {"program": about.id}
    audiences = audiences_of(about)
    if made.story_id:
        ids["story"] = made.story_id
    later = made.send_at if made.send_at > visit.now else None
    form = write_form(
        Act("broadcast.draft", ids), audiences, made.text, visit.reader,
        story=made.story_id is not None, chosen=made.audience, send_at=later,
    )  # fmt: skip
    return Show(form)


def submit(visit: Visit) -> Answer:
    """It was written: keep it as a draft, and show it as people will read it."""
    text = check_text(visit.typed("text"))
    send_at = check_when(_when(visit), visit.now)
    with visit.database.write() as session:
        about = _program(session, visit)
        audience = _audience(visit, about)
        told = _story(session, visit, about)
        if told is not None:
            check_tellable(told, _place(audience))
        made = Broadcast(
            id=0,
            program_id=about.id,
            audience=audience,
            text=text,
            story_id=told.id if told else None,
            send_at=send_at,
            state=BroadcastState.DRAFT,
            written_by=visit.person.id,
        )
        reached = _reach(session, about, made)
        made = add_broadcast(session, visit.workspace.id, made, visit.now)
        tale = tale_of(session, told) if told else None
    return Show(preview_form(about, made, tale, reached, visit.reader, visit.now))


def send(visit: Visit) -> Answer:
    """“Send it”, “Plan it”, or “Ask the teller”."""
    with visit.database.write() as session:
        about = _program(session, visit)
        made = broadcast(session, about.id, visit.act.number("broadcast"))
        if made.state is not BroadcastState.DRAFT:
            raise NoLongerOpen("This is no longer open: it is on its way, or was stopped.")
        _reach(session, about, made)
        told = story(session, visit.workspace.id, made.story_id) if made.story_id else None
        if told is not None:
            check_tellable(told, _place(made.audience))
            _ask_teller(session, visit, about, made, told)
        else:
            change_broadcast(session, made.id, BroadcastState.SCHEDULED, max(made.send_at, visit.now))
        wake_program(session, about.id, visit.now)
        _note(session, visit, about, "broadcast.send", made.id)
    words, later = Words("forms/broadcast", visit.reader), made.send_at > visit.now
    part = "done_asked" if told else "done_planned" if later else "done_sent"
    return Tell(say(words.mrkdwn(part, send_at=made.send_at)))


def _ask_teller(session: Session, visit: Visit, about: Program, made: Broadcast, told: Story) -> None:
    change_broadcast(session, made.id, BroadcastState.WAITING)
    set_story_state(session, told.id, StoryState.ASKED)
    notice = Notice(
        kind="story_preview",
        to=ToPerson(told.person_id),
        key=f"story_preview:broadcast {made.id}",
        not_before=visit.now,
        ids={"story": told.id, "broadcast": made.id, "audience": made.audience.value},
        why="a coordinator would like to pass their story on",
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=about.id)


def cancel(visit: Visit) -> Answer:
    """“Stop it”: nothing of it is sent that is not under way."""
    with visit.database.write() as session:
        about = _program(session, visit)
        made = broadcast(session, about.id, visit.act.number("broadcast"))
        check_stoppable(made)
        change_broadcast(session, made.id, BroadcastState.CANCELLED)
        if made.state is BroadcastState.WAITING and made.story_id:
            set_story_state(session, made.story_id, StoryState.TOLD)
            cancel_letters(
                session, visit.workspace.id, "stopped", keys=[f"story_preview:broadcast {made.id}"]
            )
        wake_program(session, about.id, visit.now)
        _note(session, visit, about, "broadcast.cancel", made.id)
    return show_board(visit)


def show_summary(visit: Visit) -> Answer:
    """“Public summary”: to copy."""
    with visit.database.read() as session:
        about = _program(session, visit)
        numbers = phase_numbers(session, about.id, PhaseName.START, visit.now)
        tales = public_tales(session, about.id)
    return Show(summary_view(about, numbers, tales, minimum_group(about), visit.reader))


def _program(session: Session, visit: Visit) -> Program:
    found = program(session, visit.workspace.id, visit.act.number("program"))
    if found.state is ProgramState.DRAFT:
        raise NoLongerOpen("Open the program first: nobody takes part in it yet.")
    return found


def _occasion(visit: Visit) -> Occasion | None:
    found = visit.act.ids.get("occasion")
    return Occasion(str(found)) if found in set(Occasion) else None


def _audience(visit: Visit, about: Program) -> Audience:
    typed = visit.typed("audience")
    if typed not in audiences_of(about):
        raise Refusal("Choose who should hear it.", "audience")
    return Audience(typed)


def _place(audience: Audience) -> Place:
    return Place.CHANNEL if audience is Audience.CHANNEL else Place.PROGRAM


def _story(session: Session, visit: Visit, about: Program) -> Story | None:
    """The story an update goes around; only of the program whose right was checked."""
    if "story" not in visit.act.ids:
        return None
    found = story(session, visit.workspace.id, visit.act.number("story"))
    if found.program_id != about.id or found.state in (StoryState.TAKEN_BACK, StoryState.ASKED):
        raise NoLongerOpen("This is no longer open: the story was taken back, or its teller is being asked.")
    return found


def _reach(session: Session, about: Program, made: Broadcast) -> Reach | None:
    """To whom it would go; None for the channel, which must be free.

    Raises:
        Refusal: Where it would reach nobody, or the channel hears one that week.
    """
    if made.audience is Audience.CHANNEL:
        near = [*broadcasts_ahead(session, about.id), *broadcasts_sent(session, about.id, SHOWN_SENT)]
        check_channel_is_free([each for each in near if each.id != made.id], made.send_at)
        return None
    found = reach(hearers(session, about.id, made.audience, made.send_at), made.send_at)
    if not found.people:
        raise Refusal("Nobody would hear this then. Pick other people, or a later day.", "audience")
    return found


def _when(visit: Visit) -> datetime:
    """The day and time that were picked, on the coordinator's clock; now where neither was."""
    typed, at = visit.typed("day"), visit.typed("at")
    if not typed and not at:
        return visit.now
    zone = visit.person.time_zone
    day: date = read_day(typed, "day") if typed else visit.now.astimezone(ZoneInfo(zone)).date()
    return to_instant(day, read_time(at, "at") if at else SOON, zone)


def _note(session: Session, visit: Visit, about: Program, action: Deed, broadcast_id: int) -> None:
    subject: dict[str, int | str] = {"broadcast": broadcast_id}
    audit(session, visit.workspace.id, visit.person.id, action, subject, visit.now, program_id=about.id)
