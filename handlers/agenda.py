"""The agenda a pair keeps: add a topic, take one off, take one up again. Nobody else ever sees it."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agenda import Topic, check_room, on_the_list, read_topic
from mentoring.notices import Notice, ToPair
from mentoring.nudges.history import stamp
from mentoring.nudges.notices import Kind
from messages.answers import Answer, Show
from messages.blocks import Block
from messages.forms.agenda import agenda_form
from storage.agenda import add_topic, put_back, remove_topic, topics
from storage.facts import pair_facts
from storage.meetings import meetings
from storage.outbox import write_letter
from storage.pairs import live_pair
from storage.people import people

FIELD = "topic."
"""How the form's one field is called, with a number behind."""


def open_form(visit: Visit) -> Answer:
    """“Add a topic”, or the agenda from Home."""
    with visit.database.read() as session:
        return Show(_form(session, visit))


def add(visit: Visit) -> Answer:
    """A topic came back: on the list with it, and the list is shown again."""
    typed = next((visit.typed(name) for name in visit.values if name.startswith(FIELD)), "")
    with visit.database.write() as session:
        listed, _ = _lists(session, visit)
        text = read_topic(typed, listed)
        topic = add_topic(session, visit.workspace.id, _pair_id(visit), visit.person.id, text, visit.now)
        _tell_if_reminded(session, visit, topic)
        return Show(_form(session, visit))


def _tell_if_reminded(session: Session, visit: Visit, topic: Topic) -> None:
    """The reminder has gone out already: the others still hear of it in time to think about it."""
    pair = live_pair(session, visit.workspace.id, topic.pair_id)
    known = pair_facts(session, [pair.id], visit.now).get(pair.id)
    if known is None:
        return
    reminded = {each.subject for each in known.facts.asks if each.kind is Kind.REMIND}
    coming = [
        each
        for each in known.facts.meetings
        if each.is_ahead and each.starts_at > visit.now and stamp(each.starts_at) in reminded
    ]
    for each in coming[:1]:
        notice = Notice(
            kind="topic_added",
            to=ToPair(pair.id),
            key=f"topic_added:topic {topic.id}",
            not_before=visit.now,
            expires_at=each.starts_at,
            why="a topic came after the reminder",
            ids={"pair": pair.id, "topic": topic.id, "meeting_id": each.id},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)


def remove(visit: Visit) -> Answer:
    """“Take off”: either may, whoever wrote it."""
    with visit.database.write() as session:
        live_pair(session, visit.workspace.id, _pair_id(visit))
        remove_topic(session, _pair_id(visit), visit.act.number("topic"))
        session.flush()
        return Show(_form(session, visit))


def again(visit: Visit) -> Answer:
    """“Once more”: a topic of an earlier meeting is on the list again."""
    with visit.database.write() as session:
        listed, _ = _lists(session, visit)
        check_room(listed)
        put_back(session, _pair_id(visit), visit.act.number("topic"), visit.now)
        session.flush()
        return Show(_form(session, visit))


def _form(session: Session, visit: Visit) -> Block:
    listed, earlier = _lists(session, visit)
    pair = live_pair(session, visit.workspace.id, _pair_id(visit))
    found = people(session, visit.workspace.id, [each.person_id for each in pair.members])
    names = {each.id: each.first_name for each in found.values()}
    others = [names[each.person_id] for each in pair.others(visit.person.id)]
    return agenda_form(pair.id, listed, earlier, names, others, visit.reader)


def _lists(session: Session, visit: Visit) -> tuple[list[Topic], list[Topic]]:
    """What is still to be talked about, and what was on the list of earlier meetings."""
    pair = live_pair(session, visit.workspace.id, _pair_id(visit))
    known = topics(session, pair.id)
    listed = list(on_the_list(known, meetings(session, pair.id)))
    return listed, [each for each in known if each not in listed]


def _pair_id(visit: Visit) -> int:
    return visit.act.number("pair")
