"""Goals: whoever learns keeps them, whoever teaches sees them; one tap moves one a step on."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import read_day
from mentoring.goals import (
    Goal,
    Progress,
    check_goal,
    check_one_more,
    has_goals,
    keeps_goals,
    set_progress,
    step_on,
)
from mentoring.hours import zone_of
from mentoring.pairs import Pair, PairState
from mentoring.programs import Program
from messages.actions import Act
from messages.answers import Answer, Done, Show, Tell
from messages.blocks import Block
from messages.forms.goals import YES, MyGoals, goal_form, goals_form
from messages.replies import say
from messages.words import Words
from storage.goals import goal, goals_of, save_goal
from storage.pairs import pairs_of_person
from storage.people import people
from storage.programs import program, programs_by_ids


def show_list(visit: Visit) -> Answer:
    """`/mentoring goals`, or “Goals” on Home."""
    with visit.database.read() as session:
        return Show(_list(session, visit))


def step(visit: Visit) -> Answer:
    """“One step on”: from Home one tap, from the list the same."""
    with visit.database.write() as session:
        moved = step_on(goal(session, visit.workspace.id, visit.act.number("goal")), visit.now)
        save_goal(session, visit.workspace.id, moved)
        if moved.progress is Progress.REACHED:
            words = Words("forms/goals", visit.reader)
            return Tell(say(words.mrkdwn("well_done", objective=moved.objective)))
        return Show(_list(session, visit)) if "list" in visit.act.ids else Done()


def open_new(visit: Visit) -> Answer:
    """“Add a goal”: by the program's end, unless they pick another day."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
    act = Act("goal.add_submit", {"program": about.id})
    return Show(goal_form(act, None, max(about.ends_on, _today(visit)), visit.reader))


def submit_new(visit: Visit) -> Answer:
    """A goal came back: kept, and the list is shown."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        objective, measure, target_on = _read(visit)
        check_one_more(goals_of(session, [visit.person.id], [about.id]))
        new = Goal(
            id=0,
            program_id=about.id,
            person_id=visit.person.id,
            objective=objective,
            measure=measure,
            target_on=target_on,
            progress=Progress.NOT_BEGUN,
            changed_at=visit.now,
        )
        save_goal(session, visit.workspace.id, new)
        return Show(_list(session, visit))


def open_edit(visit: Visit) -> Answer:
    """“Change”: what, how one will know, by when, how far; or let it go."""
    with visit.database.read() as session:
        found = goal(session, visit.workspace.id, visit.act.number("goal"))
    return Show(goal_form(Act("goal.edit_submit", {"goal": found.id}), found, found.target_on, visit.reader))


def submit_edit(visit: Visit) -> Answer:
    """The changed goal came back."""
    with visit.database.write() as session:
        found = goal(session, visit.workspace.id, visit.act.number("goal"))
        moved = set_progress(found, Progress(int(visit.typed("progress"))), visit.now)
        if YES in visit.chosen("drop"):
            changed = replace(moved, dropped=True)
        else:
            objective, measure, target_on = _read(visit, found)
            changed = replace(moved, objective=objective, measure=measure, target_on=target_on)
        save_goal(session, visit.workspace.id, changed)
        return Show(_list(session, visit))


def _read(visit: Visit, before: Goal | None = None) -> tuple[str, str, date]:
    """What was filled in; a target that has passed may stay as it was."""
    objective, measure = visit.typed("objective"), visit.typed("measure")
    target_on = read_day(visit.typed("target_on"), "target_on")
    kept = before is not None and target_on == before.target_on
    check_goal(objective, measure, target_on, min(target_on, _today(visit)) if kept else _today(visit))
    return objective, measure, target_on


def _list(session: Session, visit: Visit) -> Block:
    pairs = [
        each
        for each in pairs_of_person(session, visit.workspace.id, visit.person.id)
        if each.state is PairState.ANNOUNCED
    ]
    known = programs_by_ids(session, {each.program_id for each in pairs})
    others = people(session, visit.workspace.id, {m.person_id for each in pairs for m in each.members})
    names = {each.id: each.first_name for each in others.values()}
    found = goals_of(session, names, known)
    mine = [
        _mine(visit, about, [each for each in pairs if each.program_id == about.id], found, names)
        for about in known.values()
        if keeps_goals(visit.person.id, about, pairs)
    ]
    theirs = {
        names[member.person_id]: _of(found, member.person_id, each.program_id)
        for each in pairs
        for member in each.others(visit.person.id)
        if has_goals(member.role, known[each.program_id].kind)
    }
    return goals_form(mine, theirs, visit.reader)


def _mine(
    visit: Visit, about: Program, pairs: list[Pair], found: list[Goal], names: dict[int, str]
) -> MyGoals:
    seen_by = [names[member.person_id] for each in pairs for member in each.others(visit.person.id)]
    return MyGoals(about.id, about.name, _of(found, visit.person.id, about.id), seen_by)


def _of(found: list[Goal], person_id: int, program_id: int) -> list[Goal]:
    """Somebody's goals in a program: what is under way first, then what is reached."""
    theirs = [each for each in found if each.person_id == person_id and each.program_id == program_id]
    return sorted(theirs, key=lambda each: not each.is_open)


def _today(visit: Visit) -> date:
    return visit.now.astimezone(zone_of(visit.person.time_zone)).date()
