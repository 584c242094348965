"""What people of a pair can type: pair, met, book, agreement, exit; with several pairs, first with whom."""

from collections.abc import Callable
from dataclasses import replace

from handlers import agenda, endings, meetings, proposal
from handlers.visit import Visit
from mentoring.agreements import read_day
from mentoring.cadence import period_key
from mentoring.days import read_past_day
from mentoring.enrollment import IN_LINE
from mentoring.errors import NoLongerOpen
from mentoring.hours import to_instant, zone_of
from mentoring.meetings import MeetingState, Said, answer, log
from mentoring.nudges.facts import Phase
from mentoring.nudges.history import stamp
from mentoring.nudges.notices import Kind
from mentoring.pairs import Pair, PairState, waits_to_close
from messages.actions import Act
from messages.answers import Answer, Replace, Tell
from messages.blocks import Block, actions, button, divider, section
from messages.letters.context import Message
from messages.replies import say
from messages.replies.join import OnList, what_to_leave
from messages.rhythm import often
from messages.words import Words
from storage.facts import pair_facts
from storage.meetings import answer_asks, save_meeting
from storage.pairs import live_pair, pairs_of_person, wake_pair
from storage.people import people
from storage.programs import enrollments_of, programs_by_ids

NOTED = (Kind.BOOK, Kind.DID_YOU_MEET, Kind.SECOND_ASK, Kind.SORT_OUT, Kind.QUIET_CHECK, Kind.CATCH_UP)
"""Questions that are answered by noting a meeting."""


def met_command(visit: Visit) -> Answer:
    """`/mentoring met [date]`: today, where no day is named."""
    today = visit.now.astimezone(zone_of(visit.person.time_zone)).date()
    day = read_past_day(visit.text, today) if visit.text else today
    return with_whom(visit, Act("meeting.log", {"day": day.isoformat()}), log_day)


def book_command(visit: Visit) -> Answer:
    """`/mentoring book`."""
    return with_whom(visit, Act("meeting.book"), meetings.book)


def agreement_command(visit: Visit) -> Answer:
    """`/mentoring agreement`."""
    return with_whom(visit, Act("agreement.look"), proposal.look)


def agenda_command(visit: Visit) -> Answer:
    """`/mentoring agenda`."""
    return with_whom(visit, Act("agenda.open"), agenda.open_form)


def exit_command(visit: Visit) -> Answer:
    """`/mentoring exit`: the form says what happens, and nothing happens before it is sent.

    Whoever is in and not matched yet leaves the list; who has a pair besides is asked which they mean.
    """
    with visit.database.read() as session:
        mine = enrollments_of(session, visit.workspace.id, visit.person.id)
        stands = {each.program_id: each.state for each in mine if each.state in IN_LINE}
        waiting_for = programs_by_ids(session, stands)
    if not stands:
        return with_whom(visit, Act("pair.part"), endings.open_form)
    lists = [OnList(waiting_for[each], state) for each, state in stands.items()]
    pairs = {each.id: _names(visit, each) for each in _pairs(visit)}
    return Tell(what_to_leave(lists, pairs, visit.reader))


def log_day(visit: Visit) -> Answer:
    """Note that they met on a day; a meeting planned for that day was the one."""
    day = read_day(visit.act.code("day"), "day")
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        if pair.state is not PairState.ANNOUNCED:
            raise NoLongerOpen("This pair has not been introduced yet.")
        facts = pair_facts(session, [pair.id], visit.now)[pair.id].facts
        zone = zone_of(facts.rhythm.zone)
        that_day = [each for each in facts.meetings if each.starts_at.astimezone(zone).date() == day]
        on = min(to_instant(day, meetings.NOON, facts.rhythm.zone), visit.now)
        if any(each.state is MeetingState.HELD for each in that_day):
            subjects = [stamp(each.starts_at) for each in that_day]
        elif planned := next((each for each in that_day if each.starts_at <= visit.now), None):
            said = answer(planned, visit.person.id, Said.MET, visit.now)
            save_meeting(session, visit.workspace.id, said)
            subjects = [stamp(planned.starts_at)]
        else:
            key = period_key(facts.rhythm, on)
            uid = meetings.new_uid()
            noted = log(pair.id, key, on, facts.rhythm.minutes, uid, visit.person.id, visit.now)
            save_meeting(session, visit.workspace.id, noted)
            subjects = [stamp(on)]
        current = period_key(facts.rhythm, on)
        answer_asks(
            session, pair.id, visit.person.id, "met", visit.now, kinds=NOTED, subjects=[*subjects, current]
        )
        wake_pair(session, pair.id, visit.now)
    return Tell(meetings.noted_reply(visit, on, facts))


def show_pairs(visit: Visit) -> Answer:
    """`/mentoring pair`: each pair, what is next, and what can be done."""
    words = Words("replies/endings", visit.reader)
    with visit.database.read() as session:
        mine = _pairs(visit)
        known = pair_facts(session, [each.id for each in mine], visit.now)
    if not known:
        return Tell(say(words.mrkdwn("no_pair")))
    blocks: list[Block] = []
    for each in known.values():
        facts = each.facts
        ahead = [one.starts_at for one in facts.meetings if one.is_ahead and one.starts_at > visit.now]
        text = words.mrkdwn(
            "pair",
            others=_names(visit, each.pair),
            program=each.program,
            agreed=facts.agreed,
            often=often(facts.rhythm.cadence, facts.rhythm.weekday, visit.reader),
            next_meeting=min(ahead, default=None),
            held=sum(one.state is MeetingState.HELD for one in facts.meetings),
            over=(over := waits_to_close(each.pair, each.program.time_zone, visit.now)),
            casual=(casual := facts.phase is Phase.CASUAL),
            hello=facts.casual_opted_in,
        )
        about = {"pair": each.pair.id}
        acts = {"book": "meeting.book", "agreement": "agreement.open", "pause": "pause.open"}
        if casual:
            acts = {"book": "meeting.book"} | ({"stop": "phase.no_hellos"} if facts.casual_opted_in else {})
        row = [
            button(words.plain(label), Act(name, about))
            for label, name in (({} if over else acts) | {"part": "pair.part"}).items()
        ]
        blocks += [section(text), actions(row), divider()]
    return Tell(Message(words.plain("yours"), blocks[:-1]))


def with_whom(visit: Visit, act: Act, conversation: Callable[[Visit], Answer]) -> Answer:
    """Do something for one's pair: at once where there is one pair; with several, ask by name."""
    mine, words = _pairs(visit), Words("replies/endings", visit.reader)
    if not mine:
        return Tell(say(words.mrkdwn("no_pair")))
    acts = [Act(act.name, {**act.ids, "pair": each.id}) for each in mine]
    if len(mine) == 1:
        shown = conversation(replace(visit, act=acts[0]))
        return Tell(shown.message) if isinstance(shown, Replace) else shown
    # A block each: Slack takes an action_id only once in a block.
    rows = [
        actions([button(words.plain("with", others=_names(visit, each)), one)])
        for each, one in zip(mine, acts, strict=True)
    ]
    text = words.mrkdwn("which")
    return Tell(Message(text, [section(text), *rows]))


def _pairs(visit: Visit) -> list[Pair]:
    with visit.database.read() as session:
        mine = pairs_of_person(session, visit.workspace.id, visit.person.id)
    return [each for each in mine if each.state is PairState.ANNOUNCED]


def _names(visit: Visit, pair: Pair) -> list[str]:
    with visit.database.read() as session:
        found = people(session, visit.workspace.id, [each.person_id for each in pair.others(visit.person.id)])
    return [each.first_name for each in found.values()]
