"""What single kinds of letter need beyond the program, the pair and the reader: one small function a kind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.export_facts import export_facts
from bot.lesson_gate import held_by_lessons, own_lessons_first
from bot.monday import monday_facts
from bot.phase_facts import paper_facts, shown_facts, task_facts
from bot.report_facts import report_facts_of
from bot.roster_facts import roster_facts
from handlers.audit_log import log_lines
from handlers.instruments import instrument_of
from mentoring.agenda import on_the_list
from mentoring.agreements import in_force
from mentoring.enrollment import EnrollmentState
from mentoring.meetings import MeetingState, held_until
from mentoring.pairs import Pair, PairState
from mentoring.phases import PhaseName
from mentoring.programs import midnight_after
from mentoring.recruiting import is_late, places_left
from mentoring.resources import in_order_for
from mentoring.stories import StoryState
from messages.letters.context import Circumstances
from storage.agenda import topics
from storage.agreements import versions_of_pairs
from storage.announcing import introductions
from storage.broadcasts import broadcast
from storage.care import audit_entries, care_note, log_for
from storage.charter import stakeholders
from storage.daily import tally
from storage.graduating import pairs_to_look_back_on
from storage.invitations import group_invitation
from storage.match_checks import checks_of_pair
from storage.match_runs import match_run
from storage.meetings import meetings, meetings_of_pairs
from storage.outbox import Letter
from storage.pairs import pairs_of_person
from storage.past_members import left_at
from storage.people import people
from storage.phases import debrief, improvement
from storage.privacy import personal_data
from storage.programs import counts_of_programs, enrollment, profiles_of
from storage.recruiting import free_places
from storage.resources import library
from storage.stories import stories_of_program, story, tale_of
from storage.surveys import survey_request

Particular = Callable[[Session, Circumstances, Letter], Circumstances]


def _proposal(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    run = match_run(session, letter.workspace_id, int(letter.ids["run"]))
    counts = {name: len(run.result.get(name, ())) for name in ("pairs", "unmatched")}
    return replace(seen, numbers={**counts, "lessons": held_by_lessons(session, seen.the_program)})


def _refusal(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    run = match_run(session, letter.workspace_id, int(letter.ids["run"]))
    held = {"lessons": held_by_lessons(session, seen.the_program)}
    return replace(seen, sentence=str(run.result.get("sentence", "")), numbers=held)


def _graduates(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """All their pairs of the program that are over by now, and the time all of these took."""
    about, zone = seen.the_pair, seen.the_program.time_zone
    theirs = {about.id: about} | {
        each.id: each
        for each in pairs_to_look_back_on(session, about.program_id, seen.the_recipient.id)
        if each.state is PairState.ENDED or seen.now >= midnight_after(each.ends_on, zone)
    }
    pairs = tuple(theirs[each] for each in sorted(theirs))
    met, left = meetings_of_pairs(session, theirs), left_at(session, theirs, seen.the_recipient.id)
    everybody = {one.person_id for each in pairs for one in each.members}
    held = [one for each in theirs for one in held_until(met.get(each, ()), left.get(each))]
    return replace(
        seen,
        pairs=pairs,
        left=frozenset(left),
        people=people(session, letter.workspace_id, everybody),
        numbers={"held": len(held), "minutes": sum(each.minutes for each in held)},
    )


def _phase_numbers(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    found = debrief(session, letter.workspace_id, int(letter.ids["debrief"]))
    return replace(seen, numbers=found.numbers)


def _action(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    return replace(seen, sentence=improvement(session, letter.workspace_id, int(letter.ids["action"])).text)


def _own_profile(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    return replace(seen, profiles=profiles_of(session, seen.the_program.id, [seen.the_recipient.id]))


def _invited(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """As what they are asked and, where the matching has begun, whether there is a place for them."""
    full = is_late(seen.the_program) and free_places(session, seen.the_program) == 0
    return replace(_own_profile(session, seen, letter), numbers={"full": full})


def _newcomer(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """What somebody new told the program, what was decided, and the lessons it asks for before a match."""
    return own_lessons_first(session, _decision(session, seen, letter))


def _objection(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    checks = checks_of_pair(session, seen.the_pair.id)
    return replace(
        seen, sentence=" ".join(each.reason for each in checks if each.person_id == letter.ids["person"])
    )


def _decision(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    known = enrollment(session, seen.the_program.id, seen.the_recipient.id)
    return replace(seen, sentence=known.reason if known else "")


def _announced(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    sent, total = introductions(session, int(letter.ids["run"]))
    return replace(seen, numbers={"sent": sent, "total": total})


def _group_asked(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    done = group_invitation(session, int(letter.ids["invitation"])).done
    return replace(seen, numbers={"asked": done.invited, "before": done.before, "unfit": done.unfit})


def _guide(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """With whom somebody is in this role, and whether the library has anything for it: no empty shelves."""
    me, phase = seen.the_recipient.id, PhaseName(str(letter.ids["phase"]))
    roles = [each.role for each in seen.the_pair.members if each.person_id == me]
    found = in_order_for(library(session, letter.workspace_id), roles, phase, (), {})
    mine = [
        pair
        for pair in pairs_of_person(session, letter.workspace_id, me)
        if pair.program_id == seen.the_program.id and pair.state is PairState.ANNOUNCED
        if any(each.person_id == me and each.role in roles for each in pair.members)
    ]
    ids = [other.person_id for pair in mine for other in pair.others(me)]
    known = people(session, letter.workspace_id, ids)
    names = tuple(known[each].first_name for each in dict.fromkeys(ids))
    agreed = phase is PhaseName.START and _have_all_agreed(session, mine)
    return replace(seen, numbers={"resources": len(found), "agreed": agreed}, partners=names)


def _have_all_agreed(session: Session, pairs: list[Pair]) -> bool:
    known = versions_of_pairs(session, [each.id for each in pairs])
    parties = {each.id: [member.person_id for member in each.members] for each in pairs}
    return bool(pairs) and all(in_force(known.get(each, []), parties[each]) for each in parties)


def _somebody(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    if "person" not in letter.ids:
        return seen
    return replace(seen, people=people(session, letter.workspace_id, [int(letter.ids["person"])]))


def _update(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    made = broadcast(session, seen.the_program.id, int(letter.ids["broadcast"]))
    tale = None
    if made.story_id is not None:
        tale = tale_of(session, story(session, letter.workspace_id, made.story_id))
    return replace(seen, sentence=made.text, tale=tale)


def _stories(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    told = stories_of_program(session, seen.the_program.id)
    return replace(seen, numbers={"stories": sum(each.state is StoryState.TOLD for each in told)})


def _in_line(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """The next in line by name, how many wait beside them, and how many places are free by now."""
    counts = {state: n for (_, state), n in counts_of_programs(session, [seen.the_program.id]).items()}
    places = places_left(seen.the_program, counts) or 1
    others = max(0, counts.get(EnrollmentState.WAITING, 0) - 1)
    return replace(_somebody(session, seen, letter), numbers={"places": places, "others": others})


def _survey(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    request = survey_request(session, letter.workspace_id, int(letter.ids["request"]))
    numbers = {"minimum": request.minimum_group}
    return replace(seen, survey=instrument_of(session, request, seen.reader.locale), numbers=numbers)


def _supervised(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    numbers = [int(each) for each in str(letter.ids["about"]).split("+")]
    return replace(seen, people=people(session, letter.workspace_id, numbers))


def _asked_of_supervisor(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    return _supervised(session, _survey(session, seen, letter), letter)


def _agenda(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    pair_id = seen.the_pair.id
    return replace(seen, topics=on_the_list(topics(session, pair_id), meetings(session, pair_id)))


def _met_before(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    """How often they have met: the first meeting is called the first."""
    held = [each for each in meetings(session, seen.the_pair.id) if each.state is MeetingState.HELD]
    return replace(seen, numbers={"met": len(held)})


def _asked_about(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    """How many meetings that day has, this one among them: of two, the day alone says too little."""
    if seen.meeting is None:
        return seen
    zone = seen.reader.zone
    day = seen.meeting.starts_at.astimezone(zone).date()
    that_day = [
        each
        for each in meetings(session, seen.the_pair.id)
        if each.state is not MeetingState.SKIPPED and each.starts_at.astimezone(zone).date() == day
    ]
    return replace(seen, numbers={"that_day": len(that_day)})


def _tally(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    since, until = (datetime.fromisoformat(str(letter.ids[each])) for each in ("since", "until"))
    return replace(seen, tally=tally(session, seen.the_program.id, since, until))


def _by(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    by = int(letter.ids["by"])
    return replace(seen, people={**people(session, letter.workspace_id, [by]), **seen.people})


def _care_note(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    note = care_note(session, letter.workspace_id, int(letter.ids["note"]))
    # The same words to somebody in several pairs are said once, with everybody named.
    ids = [int(each) for each in str(letter.ids.get("with", "")).split("+") if each]
    known = people(session, letter.workspace_id, ids) if ids else {}
    partners = tuple(known[each].first_name for each in ids if each in known)
    return replace(_by(session, seen, letter), sentence=note, partners=partners)


def _planning(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    asked = stakeholders(session, seen.the_program.id)
    return replace(
        seen, planning=tuple((each.person.name, each.answers) for each in asked if each.answered_at)
    )


def _log(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    about, whose = seen.program, letter.workspace_id
    entries = audit_entries(
        session, log_for(session, whose, about.id if about else None, seen.the_recipient.id)
    )
    return replace(seen, log=log_lines(session, whose, about, entries, seen.reader))


def _own_data(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    return replace(seen, own_data=personal_data(session, seen.the_recipient.id))


def _who_left(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    left = people(session, letter.workspace_id, [int(letter.ids["person"])])
    return replace(seen, sentence="".join(each.first_name for each in left.values()))


PARTICULARS: dict[str, Particular] = {
    "action_due": _action,
    "broadcast": _update,
    "announcing": _announced,
    "book": _met_before,
    "daily_line": _tally,
    "debrief": _phase_numbers,
    "decided": _newcomer,
    "did_you_meet": _asked_about,
    "group_invited": _group_asked,
    "export": export_facts,
    "audit_export": _log,
    "care_note": _care_note,
    "charter_file": _planning,
    "planning_questions": _by,
    "extended": _by,
    "graduation": _graduates,
    "invited": _invited,
    "joined": _newcomer,
    "letter_given_up": _somebody,
    "match_objection": _objection,
    "match_ready": _proposal,
    "match_refused": _refusal,
    "meeting_due": _agenda,
    "monday": monday_facts,
    "moved": _by,
    "nominated": _somebody,
    "my_data": _own_data,
    "not_matched": _own_profile,
    "nudge": _by,
    "group_smaller": _who_left,
    "topic_added": _agenda,
    "phase_opens": _guide,
    "place_free": _in_line,
    "paper": paper_facts,
    "pause_offered": _by,
    "put_on_hold": _by,
    "places_changed": _by,
    "portfolio_shown": shown_facts,
    "report": report_facts_of,
    "role_given": _by,
    "roster_read": roster_facts,
    "second_ask": _asked_about,
    "sort_out": _asked_about,
    "story_preview": _update,
    "supervisor_asked": _asked_of_supervisor,
    "supervisor_told": _supervised,
    "survey": _survey,
    "survey_reminder": _survey,
    "task_done": task_facts,
    "task_feedback": task_facts,
    "task_suggested": task_facts,
    "update_due": _stories,
}
"""Kinds that need more than the rest, and where they get it."""


def with_particulars(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """Add what this kind of letter needs."""
    particular = PARTICULARS.get(letter.kind)
    return particular(session, seen, letter) if particular else seen
