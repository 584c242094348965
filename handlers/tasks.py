"""Tasks in a pair: ideas, taking one up, a note when it is done, the mentor's feedback, the objectives."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.assessment import (
    Feedback,
    LibraryTask,
    Objective,
    Rater,
    Task,
    TaskKind,
    TaskState,
    checked_text,
    drop,
    give_feedback,
    mark_done,
    rate_objective,
    suggestions,
    summative,
    take_up,
)
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Pair
from mentoring.phases import PhaseName, phase_at, plan_of_pair
from mentoring.programs import Program
from messages.actions import Act
from messages.answers import Answer, Done, Show, Tell
from messages.forms.task import (
    choose_form,
    done_form,
    feedback_form,
    ideas_form,
    own_form,
    rating_form,
    take_form,
    tasks_form,
)
from messages.replies import say
from messages.tasks.loader import has_own_objectives, objectives_of, shipped_tasks
from messages.words import Words
from storage.outbox import write_letter
from storage.pairs import live_pair
from storage.people import people
from storage.phases import shifts_of_pairs
from storage.programs import program
from storage.tasks import (
    OwnedTask,
    add_task,
    ratings,
    save_rating,
    save_task,
    task_of_pair,
    tasks_of_pair,
)


def ideas(visit: Visit) -> Answer:
    """“Ideas for tasks”: a few for the phase the pair is in, each of another kind."""
    with visit.database.read() as session:
        pair, about = pair_in_question(session, visit)
        shifts = shifts_of_pairs(session, [pair.id]).get(pair.id, {})
        used = {each.library_id for each in tasks_of_pair(session, pair.id) if each.library_id}
        others = _names(session, visit, pair)
    found = phase_at(plan_of_pair(about, shifts, pair.ends_on), visit.now)
    phase = found.name if found else PhaseName.START
    if phase is PhaseName.CASUAL:
        phase = PhaseName.END
    offered = suggestions(shipped_tasks(visit.person.locale), phase, [], used)
    mentor = _role(pair, visit.person.id) is Role.MENTOR
    # Where a program has its own objectives, an idea is for none of them until it is taken up.
    toward = () if has_own_objectives(about) else objectives_of(about, visit.person.locale)
    return Show(ideas_form(pair.id, offered, visit.reader, others, toward, mentor=mentor))


def take(visit: Visit) -> Answer:
    """“Take it up”: from now on it stands on their list.

    The library's ideas are made for the shipped objectives; of a program's own, the mentee picks one.
    """
    with visit.database.write() as session:
        pair, about = pair_in_question(session, visit)
        idea = _idea(visit, pair)
        objectives = objectives_of(about, visit.person.locale)
        if not has_own_objectives(about):
            return _taken(session, visit, pair, idea, idea.objective)
        if len(objectives) == 1:
            return _taken(session, visit, pair, idea, objectives[0].id)
    return Show(take_form(pair.id, idea, objectives, visit.reader))


def submit_take(visit: Visit) -> Answer:
    """Which objective an idea is for was picked."""
    with visit.database.write() as session:
        pair, about = pair_in_question(session, visit)
        objective = picked_objective(visit, objectives_of(about, visit.person.locale))
        return _taken(session, visit, pair, _idea(visit, pair), objective.id)


def _idea(visit: Visit, pair: Pair) -> LibraryTask:
    if _role(pair, visit.person.id) is Role.MENTOR:
        raise NotAllowed("Only the mentee takes up a task. You can suggest one.")
    for each in shipped_tasks(visit.person.locale):
        if each.id == visit.act.code("idea"):
            return each
    raise NoLongerOpen("This is no longer open: that idea is not there any more.")


def _taken(session: Session, visit: Visit, pair: Pair, idea: LibraryTask, objective_id: int) -> Answer:
    made = Task(0, pair.id, idea.kind, idea.title, idea.description, objective_id, TaskState.TAKEN_UP)
    add_task(session, visit.workspace.id, made, visit.person.id, idea.id)
    return Show(_list(session, visit, pair))


def open_own(visit: Visit) -> Answer:
    """“Make our own”."""
    with visit.database.read() as session:
        pair, about = pair_in_question(session, visit)
    return Show(own_form(pair.id, objectives_of(about, visit.person.locale), visit.reader))


def submit_own(visit: Visit) -> Answer:
    """The pair's own task came back."""
    with visit.database.write() as session:
        pair, about = pair_in_question(session, visit)
        kind = TaskKind.__members__.get(visit.typed("kind"))
        if kind is None or kind is TaskKind.QUIZ:
            raise Refusal("Pick one of the kinds.", "kind")
        objective = picked_objective(visit, objectives_of(about, visit.person.locale))
        name = checked_text(visit.typed("name"), "name")
        made = Task(0, pair.id, kind, name, visit.typed("description"), objective.id)
        if _role(pair, visit.person.id) is Role.MENTOR:
            _suggest(session, visit, pair, made)
        else:
            taken = replace(made, state=TaskState.TAKEN_UP)
            add_task(session, visit.workspace.id, taken, visit.person.id, None)
        return Show(_list(session, visit, pair))


def _suggest(session: Session, visit: Visit, pair: Pair, made: Task) -> None:
    """A mentor's own idea: each mentee hears of it once, and takes it up or leaves it."""
    for mentee in pair.in_role(Role.MENTEE):
        kept = add_task(session, visit.workspace.id, made, mentee.person_id, None)
        _tell(session, visit, pair, "task_suggested", mentee.person_id, kept.task)


def accept(visit: Visit) -> Answer:
    """“Take it up”: what the mentor suggested."""
    with visit.database.write() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
        save_task(session, take_up(found.task, role=role_in(found, visit)))
        return Show(_list(session, visit, pair))


def show_list(visit: Visit) -> Answer:
    """The pair's tasks, newest first."""
    with visit.database.read() as session:
        pair, _ = pair_in_question(session, visit)
        return Show(_list(session, visit, pair))


def open_done(visit: Visit) -> Answer:
    """“Done”: ask for a note."""
    with visit.database.read() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
    return Show(done_form(pair.id, found.task, visit.reader))


def submit_done(visit: Visit) -> Answer:
    """The note came back; the mentor hears of it."""
    with visit.database.write() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
        finished = mark_done(found.task, visit.typed("note"), role=role_in(found, visit), now=visit.now)
        keep_finished(session, visit, pair, finished)
        return Show(_list(session, visit, pair))


def keep_finished(session: Session, visit: Visit, pair: Pair, finished: Task) -> None:
    """Keep a task that is done, and let the mentor know."""
    save_task(session, finished)
    for other in pair.others(visit.person.id):
        # In a group the other mentees do not hear of it: feedback is the mentor's to give.
        if other.role is not Role.MENTEE:
            _tell(session, visit, pair, "task_done", other.person_id, finished)


def open_feedback(visit: Visit) -> Answer:
    """“Give feedback”."""
    with visit.database.read() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
    if found.task.state not in (TaskState.DONE, TaskState.REVIEWED):
        raise NoLongerOpen("This is no longer open: that task is not done yet.")
    return Show(feedback_form(pair.id, found.task, visit.reader))


def submit_feedback(visit: Visit) -> Answer:
    """The feedback came back; the mentee hears of it."""
    with visit.database.write() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
        given = Feedback(visit.typed("keep_going"), visit.typed("try_next"))
        if _role(pair, visit.person.id) is Role.MENTEE and _has_mentor(pair):
            raise NotAllowed("Only the mentor gives feedback on a task.")
        reviewed = give_feedback(found.task, given, role=role_in(found, visit))
        save_task(session, reviewed)
        _tell(session, visit, pair, "task_feedback", found.mentee_id, reviewed)
    return Done()


def let_go(visit: Visit) -> Answer:
    """“Let it go”: without a reason."""
    with visit.database.write() as session:
        pair, _ = pair_in_question(session, visit)
        found = task_in_question(session, visit, pair)
        save_task(session, drop(found.task))
        return Show(_list(session, visit, pair))


def open_rating(visit: Visit) -> Answer:
    """“Look at the goals”: one's own, or those of one's mentee."""
    with visit.database.read() as session:
        pair, about = pair_in_question(session, visit)
        mentee_id = _whose(visit, pair)
        everybody = people(session, visit.workspace.id, [each.person_id for each in pair.members])
        names = {each.person_id: everybody[each.person_id].first_name for each in pair.in_role(Role.MENTEE)}
        if mentee_id is None:
            return Show(choose_form(pair.id, names, visit.reader))
        known = ratings(session, pair.id, mentee_id)
    objectives = objectives_of(about, visit.person.locale)
    act = Act("rating.submit", {"pair": pair.id, "mentee": mentee_id})
    so_far = summative([each.id for each in objectives], known)
    name = "" if mentee_id == visit.person.id else everybody[mentee_id].first_name
    return Show(rating_form(act, objectives, so_far, visit.reader, name))


def submit_rating(visit: Visit) -> Answer:
    """The judgments came back; what was left open stays open."""
    with visit.database.write() as session:
        pair, about = pair_in_question(session, visit)
        mentee_id = _whose(visit, pair)
        if mentee_id is None:
            raise NoLongerOpen("This is no longer open. Open the list of goals again.")
        rater = Rater.SELF if mentee_id == visit.person.id else Rater.MENTOR
        for objective in objectives_of(about, visit.person.locale):
            score = visit.typed(f"score{objective.id}")
            if score:
                words = visit.typed(f"words{objective.id}")
                rating = rate_objective(objective.id, rater, _whole(score), words)
                save_rating(session, pair.id, mentee_id, rating, visit.now)
    return Tell(say(Words("forms/rating", visit.reader).mrkdwn("saved")))


def picked_objective(visit: Visit, objectives: tuple[Objective, ...]) -> Objective:
    """The objective chosen in a form.

    Raises:
        Refusal: It is none of the program's.
    """
    for each in objectives:
        if str(each.id) == visit.typed("objective"):
            return each
    raise Refusal("Pick one of the objectives.", "objective")


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _whose(visit: Visit, pair: Pair) -> int | None:
    """The mentee who is judged; None where a mentor of several has to choose first."""
    if _role(pair, visit.person.id) is not Role.MENTOR:
        return visit.person.id
    mentees = [each.person_id for each in pair.in_role(Role.MENTEE)]
    chosen = visit.act.ids.get("mentee")
    if chosen in mentees:
        return int(chosen)
    return mentees[0] if len(mentees) == 1 else None


def pair_in_question(session: Session, visit: Visit) -> tuple[Pair, Program]:
    """The pair an act names, with its program."""
    found = live_pair(session, visit.workspace.id, visit.act.number("pair"))
    return found, program(session, visit.workspace.id, found.program_id)


def _role(pair: Pair, person_id: int) -> Role | None:
    return next(each.role for each in pair.members if each.person_id == person_id)


def role_in(found: OwnedTask, visit: Visit) -> Role:
    """Whose task it is decides: among equals, each is the other's mentor."""
    return Role.MENTEE if found.mentee_id == visit.person.id else Role.MENTOR


def _has_mentor(pair: Pair) -> bool:
    return bool(pair.in_role(Role.MENTOR))


def _names(session: Session, visit: Visit, pair: Pair) -> list[str]:
    others = [each.person_id for each in pair.others(visit.person.id)]
    return [each.first_name for each in people(session, visit.workspace.id, others).values()]


def _list(session: Session, visit: Visit, pair: Pair) -> dict[str, object]:
    found = tasks_of_pair(session, pair.id)
    shown = [each for each in found if _may_see(pair, each, visit)]
    everybody = people(session, visit.workspace.id, {each.mentee_id for each in shown})
    listed = [
        (each.task, "" if each.mentee_id == visit.person.id else everybody[each.mentee_id].first_name)
        for each in shown
    ]
    roles = {each.task.id: role_in(each, visit) for each in shown}
    about = program(session, visit.workspace.id, pair.program_id)
    return tasks_form(pair.id, listed, visit.reader, roles, objectives_of(about, visit.person.locale))


def task_in_question(session: Session, visit: Visit, pair: Pair) -> OwnedTask:
    """The task an act names.

    Raises:
        NotAllowed: It is another mentee's.
    """
    found = task_of_pair(session, pair.id, visit.act.number("task"))
    if not _may_see(pair, found, visit):
        raise NotAllowed("Only the people of this pair can do that.")
    return found


def _may_see(pair: Pair, task: OwnedTask, visit: Visit) -> bool:
    """In a group a mentee sees their own tasks and not the other mentees'."""
    return task.mentee_id == visit.person.id or not (
        _has_mentor(pair) and _role(pair, visit.person.id) is Role.MENTEE
    )


def _tell(session: Session, visit: Visit, pair: Pair, kind: str, person_id: int, task: Task) -> None:
    notice = Notice(
        kind=kind,
        to=ToPerson(person_id),
        key=f"{kind}:task {task.id}:person {person_id}",
        not_before=visit.now,
        ids={"pair": pair.id, "task": task.id, "by": visit.person.id},
        why=f"task {task.state}",
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)
