"""The charter: a walk of four short steps, one page with what is open, files of it, and the next cycle's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.agreements import read_day
from mentoring.cadence import Cadence
from mentoring.charter import PLANNING, charter_of, goals_from, next_cycle, open_points, with_charter
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.kinds import ProgramKind
from mentoring.notices import Notice, ToPerson
from mentoring.phases import PLANS, phases_of
from mentoring.programs import TEMPLATES, Program, ProgramState, check_dates
from mentoring.reports.targets import SETTING as TARGETS_SETTING
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.forms.charter import MAKING, TARGETS, charter_page, first_step, planning_form, step
from messages.replies import say
from messages.words import Words
from storage.charter import ask_stakeholder, keep_planning_answers, stakeholders, was_asked
from storage.outbox import audit, write_letter
from storage.people import people_by_slack_id
from storage.phases import improvements
from storage.programs import add_program, program, programs, save_program, wake_program

NOT_ASKED = "These questions were for somebody else. A coordinator can name you too."


def new(visit: Visit) -> Answer:
    """A new charter, from a template."""
    return Show(first_step(visit.reader, _today(visit)))


def command(visit: Visit) -> Answer:
    """`/mentoring charter`: the page of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "charter.show")
        return Show(page_of_charter(session, visit, found))


def show(visit: Visit) -> Answer:
    """The button of the same meaning."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return Show(page_of_charter(session, visit, found))


def page_of_charter(session: Session, visit: Visit, found: Program) -> dict[str, object]:
    """The charter with its open points and what stakeholders answered."""
    asked = stakeholders(session, found.id)
    answers = [(each.person.name, each.answers) for each in asked if each.answered_at]
    today = visit.now.astimezone(ZoneInfo(found.time_zone)).date()
    points = open_points(found, today, unanswered=len(asked) - len(answers))
    return charter_page(found, points, answers, visit.reader)


def _kind(visit: Visit) -> ProgramKind:
    """The kind that was picked; forms of an older version offered others."""
    try:
        return ProgramKind(visit.typed("kind"))
    except ValueError:
        raise Refusal("Pick a kind of program from the list.", "kind") from None


def submit_new(visit: Visit) -> Answer:
    """The first step of a new program, or of a copy: a draft nobody hears of yet. The second step follows."""
    kind = _kind(visit)
    draft = Program(
        id=0,
        workspace_id=visit.workspace.id,
        name="",
        kind=kind,
        state=ProgramState.DRAFT,
        starts_on=_today(visit),
        ends_on=_today(visit),
        time_zone=visit.person.time_zone,
        hours_per_month=TEMPLATES[kind].hours_per_month,
        cadence=TEMPLATES[kind].cadence,
        sponsor_name="",
        sponsor_words="",
    )
    before = visit.act.number("from") if "from" in visit.act.ids else 0
    with visit.database.write() as session:
        if before:
            check_right(session, visit.person, Act("charter.next", {"program": before}))
            draft = _copy(session, visit, before)
        draft = _with_first(session, visit, draft)
        made = add_program(session, draft, visit.now)
        _note(session, visit, "program.new", made, {"from": before} if before else {})
    return Show(step(2, made, visit.reader, making=True))


def submit_first(visit: Visit) -> Answer:
    """The first step of a program that is there, changed."""
    return _keep(visit, _with_first, "charter.first", 2)


def submit_people(visit: Visit) -> Answer:
    """The second step: for whom, and what it takes."""
    return _keep(visit, _with_people, "charter.people", 3)


def submit_success(visit: Visit) -> Answer:
    """The third step: what it is to bring."""
    return _keep(visit, _with_success, "charter.success", 4)


def submit_support(visit: Visit) -> Answer:
    """The last step: what carries it; stakeholders who were named are asked, once each."""
    with visit.database.write() as session:
        before = program(session, visit.workspace.id, visit.act.number("program"))
        said = replace(
            charter_of(before),
            funding=visit.typed("funding"),
            support=visit.typed("support"),
            logistics=visit.typed("logistics"),
        )
        found = with_charter(before, said)
        save_program(session, found)
        known = people_by_slack_id(session, visit.workspace.id, visit.people("ask"))
        asked = sum(
            _ask(session, visit, found, each.id) for each in known.values() if each.active and each.member
        )
        if asked or _is_a_change(visit, before, found):
            _note(session, visit, "charter.support", found, {"asked": asked})
        return Show(page_of_charter(session, visit, found))


def edit(number: int) -> Callable[[Visit], Answer]:
    """Open a step of a program that is there."""

    def open_step(visit: Visit) -> Answer:
        with visit.database.read() as session:
            found = program(session, visit.workspace.id, visit.act.number("program"))
        if number == 1:
            return Show(first_step(visit.reader, _today(visit), found))
        return Show(step(number, found, visit.reader))

    return open_step


def copy(visit: Visit) -> Answer:
    """“Copy to the next cycle”: the first step of the next, with everything taken over."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    following = replace(next_cycle(found, _today(visit)), id=found.id)
    return Show(first_step(visit.reader, _today(visit), following, copied=True))


def send_file(visit: Visit) -> Answer:
    """“Send as Markdown”, “as PDF”: a file in the coordinator's own messages."""
    shape = visit.act.name.removeprefix("charter.")
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        notice = Notice(
            kind="charter_file",
            to=ToPerson(visit.person.id),
            key=f"charter_file:program {found.id}:{shape}:person {visit.person.id}:{visit.now.isoformat()}",
            not_before=visit.now,
            why="they asked for it",
            ids={"shape": shape},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
    return Tell(say(Words("forms/charter", visit.reader).mrkdwn("sending")))


def open_answer(visit: Visit) -> Answer:
    """A stakeholder opens the planning questions."""
    with visit.database.read() as session:
        return Show(planning_form(_asked_program(session, visit), visit.reader))


def submit_answer(visit: Visit) -> Answer:
    """A stakeholder's answers came back."""
    said = {name: visit.typed(name) for name in PLANNING if visit.typed(name)}
    if not said:
        raise Refusal("Answer at least one of them, or close this.", PLANNING[0])
    with visit.database.write() as session:
        found = _asked_program(session, visit)
        keep_planning_answers(session, found.id, visit.person.id, said, visit.now)
    return Tell(say(Words("forms/planning", visit.reader).mrkdwn("thanks")))


def _asked_program(session: Session, visit: Visit) -> Program:
    found = program(session, visit.workspace.id, visit.act.number("program"))
    if not was_asked(session, found.id, visit.person.id):
        raise NotAllowed(NOT_ASKED)
    if found.state is ProgramState.CLOSED:
        raise NoLongerOpen(f"This is no longer open: {found.name} has closed.")
    return found


def _keep(
    visit: Visit, change: Callable[[Session, Visit, Program], Program], deed: Deed, following: int
) -> Answer:
    """Store one step and show the next."""
    with visit.database.write() as session:
        before = program(session, visit.workspace.id, visit.act.number("program"))
        found = change(session, visit, before)
        save_program(session, found)
        wake_program(session, found.id, visit.now)
        if _is_a_change(visit, before, found):
            _note(session, visit, deed, found, {})
    return Show(step(following, found, visit.reader, making=MAKING in visit.act.ids))


def _is_a_change(visit: Visit, before: Program, found: Program) -> bool:
    """Whether a step is a line of the log: what belongs to the making of a program is told with that."""
    making = MAKING in visit.act.ids and before.state is ProgramState.DRAFT
    return found != before and not making


def _with_first(session: Session, visit: Visit, found: Program) -> Program:
    name = visit.typed("name")
    others = [each for each in programs(session, visit.workspace.id) if each.id != found.id]
    if any(each.name == name for each in others):
        raise Refusal("There is a program of that name. Give this one its own, such as the season.", "name")
    found = replace(found, name=name)
    if visit.asked("starts_on"):
        if found.state is not ProgramState.DRAFT:
            raise NoLongerOpen(
                f"This is no longer open: {found.name} opened meanwhile, and people go by its dates. "
                "`/mentoring charter` shows what can still be changed."
            )
        starts_on = read_day(visit.typed("starts_on"), "starts_on")
        ends_on = read_day(visit.typed("ends_on"), "ends_on")
        check_dates(starts_on, ends_on)
        if ends_on <= _today(visit):
            raise Refusal("That date has passed. Pick a later last day.", "ends_on")
        found = replace(found, kind=_kind(visit), starts_on=starts_on, ends_on=ends_on)
    return with_charter(found, replace(charter_of(found), purpose=visit.typed("purpose")))


def _with_people(_session: Session, visit: Visit, found: Program) -> Program:
    cadence = Cadence.parse(visit.typed("cadence")).code
    plan = visit.typed("phases")
    if plan not in PLANS:
        raise Refusal("Pick how the time is cut from the list.", "phases")
    capacity = visit.typed("capacity")
    charter = replace(
        charter_of(found), audience=visit.typed("audience"), capacity=int(capacity or 0), phases=plan
    )
    changed = replace(found, hours_per_month=int(visit.typed("hours")), cadence=cadence)
    changed = with_charter(changed, charter)
    try:
        phases_of(changed)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, "phases") from None
    return changed


def _with_success(_session: Session, visit: Visit, found: Program) -> Program:
    targets = dict(found.settings.get(TARGETS_SETTING) or {})  # type: ignore[call-overload] # settings are JSON
    for measure in TARGETS:
        typed = visit.typed(f"target_{measure}")
        targets.pop(measure.value, None)
        if typed:
            targets[measure.value] = int(typed) / 100 if measure.is_share else int(typed)
    charter = replace(charter_of(found), need=visit.typed("need"), goals=goals_from(visit.typed("goals")))
    changed = replace(
        found,
        sponsor_name=visit.typed("sponsor_name"),
        sponsor_words=visit.typed("sponsor_words"),
        settings={**found.settings, TARGETS_SETTING: targets},
    )
    return with_charter(changed, charter)


def _copy(session: Session, visit: Visit, before: int) -> Program:
    """The next cycle: settings, sponsor and charter go along; what was found and not done goes along too."""
    old = program(session, visit.workspace.id, before)
    undone = tuple(each.text for each in improvements(session, old.id) if each.done_at is None)
    following = replace(next_cycle(old, _today(visit)), state=ProgramState.DRAFT, channel=None)
    return with_charter(following, replace(charter_of(old), carried=undone))


def _ask(session: Session, visit: Visit, found: Program, person_id: int) -> bool:
    if not ask_stakeholder(session, found.id, person_id, visit.now):
        return False
    notice = Notice(
        kind="planning_questions",
        to=ToPerson(person_id),
        key=f"planning_questions:program {found.id}:person {person_id}",
        not_before=visit.now,
        why="a coordinator named them",
        ids={"by": visit.person.id},
    )
    return write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)


def _note(session: Session, visit: Visit, action: Deed, about: Program, ids: dict[str, int]) -> None:
    subject: dict[str, int | str] = {"program": about.id, **ids}
    audit(session, visit.workspace.id, visit.person.id, action, subject, visit.now, program_id=about.id)


def _today(visit: Visit) -> date:
    return visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
