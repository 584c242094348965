"""Telling a story, taking it back, and saying yes or no to the words in which it would be passed on."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.broadcasts import BroadcastState
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.programs import Program, ProgramState
from mentoring.stories import Place, Story, StoryState, check_story
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.story import NAMED, own_stories, story_form
from messages.replies import say
from messages.words import Words
from storage.broadcasts import broadcast, broadcasts_ahead, change_broadcast
from storage.programs import enrollments_of, program, programs, wake_program
from storage.stories import add_story, set_story_state, stories_of_person, story

TELLERS = {EnrollmentState.MATCHED, EnrollmentState.FINISHED}


def command(visit: Visit) -> Answer:
    """`/mentoring story`: tell one, or see and take back what one told."""
    with visit.database.read() as session:
        about = _newest(session, visit)
        told = stories_of_person(session, visit.workspace.id, visit.person.id)
    if told:
        return Tell(own_stories(told, about, visit.reader))
    if about is None:
        raise Refusal(Words("forms/story", visit.reader).plain("none"))
    return Show(story_form(about, visit.reader))


def _newest(session: Session, visit: Visit) -> Program | None:
    """The newest program in which they have, or had, a pair."""
    mine = {
        each.program_id
        for each in enrollments_of(session, visit.workspace.id, visit.person.id)
        if each.state in TELLERS
    }
    found = [each for each in programs(session, visit.workspace.id) if each.id in mine]
    return next((each for each in found if each.state is not ProgramState.DRAFT), None)


def open_form(visit: Visit) -> Answer:
    """“Tell another”."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(story_form(about, visit.reader))


def tell(visit: Visit) -> Answer:
    """The form came back: coordinators can read it, and nobody else."""
    places = visit.picks("places", Place)
    told = Story(
        id=0,
        program_id=visit.act.number("program"),
        person_id=visit.person.id,
        text=check_story(visit.typed("story"), places),
        named=visit.typed("named") == NAMED,
        places=places,
        state=StoryState.TOLD,
    )
    with visit.database.write() as session:
        add_story(session, visit.workspace.id, told, visit.now)
    return Tell(say(Words("forms/story", visit.reader).mrkdwn("told")))


def take_back(visit: Visit) -> Answer:
    """“Take it back”: an update that would tell it is stopped."""
    with visit.database.write() as session:
        found = story(session, visit.workspace.id, visit.act.number("story"))
        set_story_state(session, found.id, StoryState.TAKEN_BACK)
        for each in broadcasts_ahead(session, found.program_id):
            if each.story_id == found.id:
                change_broadcast(session, each.id, BroadcastState.CANCELLED)
    return Replace(say(Words("forms/story", visit.reader).mrkdwn("taken_back")))


def agree(visit: Visit) -> Answer:
    """“Yes, share it”: these very words may go out."""
    with visit.database.write() as session:
        found = story(session, visit.workspace.id, visit.act.number("story"))
        made = broadcast(session, found.program_id, visit.act.number("broadcast"))
        _check_waiting(made.state, made.story_id, found)
        set_story_state(session, found.id, StoryState.AGREED)
        send_at = max(made.send_at, visit.now)
        change_broadcast(session, made.id, BroadcastState.SCHEDULED, send_at)
        wake_program(session, found.program_id, visit.now)
    words = Words("forms/story", visit.reader)
    return Replace(say(words.mrkdwn("agreed", later=send_at > visit.now, send_at=send_at)))


def refuse(visit: Visit) -> Answer:
    """“No, keep it private”."""
    with visit.database.write() as session:
        found = story(session, visit.workspace.id, visit.act.number("story"))
        made = broadcast(session, found.program_id, visit.act.number("broadcast"))
        _check_waiting(made.state, made.story_id, found)
        set_story_state(session, found.id, StoryState.TAKEN_BACK)
        change_broadcast(session, made.id, BroadcastState.CANCELLED)
    return Replace(say(Words("forms/story", visit.reader).mrkdwn("refused")))


def _check_waiting(state: BroadcastState, story_id: int | None, found: Story) -> None:
    if story_id != found.id or state is not BroadcastState.WAITING:
        raise NoLongerOpen("This is no longer open: it was answered or stopped already.")
