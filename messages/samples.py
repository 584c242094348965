"""People and facts a message must survive: none, one, two, very long, an apostrophe, an injected mention."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from mentoring.agenda import LONGEST_TOPIC, Topic
from mentoring.agreements import LONGEST_PLACE, LONGEST_TEXT, Rescheduler, Terms, suggested_terms
from mentoring.assessment import Feedback, Task, TaskKind, TaskState
from mentoring.attention import URGENCY, Concern
from mentoring.daily import Tally
from mentoring.enrollment import Profile
from mentoring.health import Level, Trend
from mentoring.kinds import ProgramKind, Role
from mentoring.meetings import Meeting, MeetingState
from mentoring.nudges.notices import Reason
from mentoring.pairs import Member, Pair, PairState
from mentoring.people import Person, StaffRole
from mentoring.portfolio import ItemKind, PortfolioItem
from mentoring.programs import Program, ProgramState, suggestions
from mentoring.roster_changes import Difference
from mentoring.stories import STORY_LENGTH, Tale
from messages import concerns
from messages.forms.audit import Line
from messages.instruments.loader import shipped_instrument
from messages.letters.context import Circumstances
from messages.reports.document import Chart, Column, Document, Form, Look, Section, Series, Table, Tile
from messages.words import Reader

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
ZONE = "America/New_York"
LOCALES = {"en": "en-US", "es": "es-MX"}


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of awkwardness.

    Args:
        names: The pair's people; the last is the reader.
        words: Whatever a person could have typed.
        program: What the program is called.
    """

    names: tuple[str, ...]
    words: str
    program: str = "Mentoring at Harbor Law"


CASES = {
    "none": Case(("", ""), ""),
    "one": Case(("Marcus", "Priya"), "negotiation"),
    "two": Case(("Marcus Webb", "Leila Petrov", "Priya Raman"), "negotiation and drafting"),
    "very long": Case(
        ("Wolfeschlegelsteinhausenbergerdorff" * 2, "Priya " + "Raman" * 12), "again and again " * 187
    ),
    "apostrophe": Case(("Niamh O'Neill", "D'Arcy O'Hara"), "the firm's 'own' way", "O'Hara's circle"),
    "injected mention": Case(
        ("<!channel> <@U0BOSS>", "<!here|x> *Bob*"),
        "<!channel> & <https://evil.example|safe>",
        "<!everyone> & co",
    ),
}


def people_of(case: Case, locale: str) -> dict[int, Person]:
    """The pair's people, by number."""
    return {
        number: Person(
            id=number,
            workspace_id=1,
            slack_id=f"U0PERSON{number}",
            name=name,
            email=None,
            time_zone="Europe/London" if number == 1 else ZONE,
            locale=locale,
            country=None,
            is_admin=False,
            active=True,
            member=True,
        )
        for number, name in enumerate(case.names, start=1)
    }


def program_of(case: Case, kind: ProgramKind = ProgramKind.TRADITIONAL) -> Program:
    """A half-year program."""
    return Program(
        id=1,
        workspace_id=1,
        name=case.program,
        kind=kind,
        state=ProgramState.RUNNING,
        starts_on=date(2026, 2, 2),
        ends_on=date(2026, 7, 31),
        time_zone=ZONE,
        hours_per_month=2,
        cadence="weeks:2",
        sponsor_name=case.names[0],
        sponsor_words=case.words,
    )


def profile_of(case: Case) -> Profile:
    """What somebody told the program."""
    terms = (case.words,) if case.words else ()
    return Profile(
        roles=frozenset(Role),
        offers=terms,
        wants=terms,
        capacity=1,
        goal=case.words,
        title=case.words,
        department=case.words,
        office=case.words,
        bio=case.words,
    )


def terms_of(case: Case) -> Terms:
    """Terms with a fixed slot and people's own words in them, as long as terms may be."""
    words = case.words[:LONGEST_TEXT]
    base = suggested_terms(suggestions(program_of(case)), ZONE)
    return replace(
        base,
        weekday=2,
        at=time(15),
        plans_itself=True,
        place=case.words[:LONGEST_PLACE],
        rescheduler=Rescheduler.MENTEE if "'" in case.words else base.rescheduler,
        communication=words,
        confidentiality=words,
        off_limits=words,
        feedback=words,
        goals_how=words,
        ends_on=date(2026, 6, 30),
        mentor_objective=words,
        mentee_objective=words,
        timeline=words,
    )


def pair_of(case: Case) -> Pair:
    """A mentor with one mentee, or with two."""
    members = tuple(
        Member(number, number, Role.MENTOR if number == 1 else Role.MENTEE)
        for number in range(1, len(case.names) + 1)
    )
    return Pair(
        id=17,
        workspace_id=1,
        program_id=1,
        state=PairState.ANNOUNCED,
        members=members,
        channel_id=None,
        announced_at=NOW - timedelta(days=20),
        ends_on=date(2026, 7, 31),
        why=case.words or "You both know the trade.",
    )


MEETING = Meeting(
    id=4,
    pair_id=17,
    period_key="2026-03-02",
    state=MeetingState.PLANNED,
    starts_at=NOW + timedelta(days=1, hours=5),
    minutes=45,
    uid="m@x",
    sequence=0,
    planned_by=None,
    planned_at=NOW,
)

IDS: dict[str, int | str] = {
    "since": "2026-03-03T14:00:00+00:00",
    "pair": 17,
    "pair_id": 17,
    "version": 2,
    "proposer": 1,
    "period": "2026-03-02",
    "subject": "meeting 4",
    "first_day": "2026-02-16",
    "last_day": "2026-03-01",
    "until": "2026-04-14T04:00:00+00:00",
    "request": 9,
    "instrument": "check_in_start_mentee",
    "role": "mentee",
    "run": 3,
    "person": 1,
    "kind": "survey",
    "about": "1+2",
    "reason": "user_not_found",
    "phase": "middle",
    "action": 5,
    "places": 2,
    "due_on": "2026-03-06",
    "debrief": 6,
    "closes_at": "2026-03-18T15:00:00+00:00",
    "task": 8,
    "topic": 1,
    "by": 1,
    "paper": "certificate",
    "of": 1,
    "reader": "MENTOR",
    "decision": "accepted",
    "ending": "parted",
    "note": 6,
    "ends_on": "2026-08-31",
    "report": "summary",
    "shape": "chat",
    "what": "people",
    "roster": 4,
    "stamp": "people:csv",
    "broadcast": 10,
    "story": 11,
    "audience": "everybody",
    "occasion": "halfway",
    "staff_role": "coordinator",
}
"""One of each id a letter may carry; every letter takes what it needs."""


def task_of(case: Case) -> Task:
    """A task with the words people wrote about it."""
    return Task(
        id=8,
        pair_id=17,
        kind=TaskKind.INTERVIEW,
        title=case.words[:80] or "Interview a colleague",
        description=case.words,
        objective_id=1,
        state=TaskState.REVIEWED,
        note=case.words,
        done_at=NOW,
        feedback=Feedback(case.words, case.words),
    )


def report_of(case: Case) -> Document:
    """A small report with people's words wherever words can come from people."""
    name = case.words[:60] or "negotiation"
    chart = Chart(Look.ACROSS, "Wanted", (name, "other"), (Series("people", (5, 7)),), f"{name} 5, other 7")
    table = Table("Wanted", (Column("skill"), Column("people", Form.COUNT)), ((name, 5), ("other", 7)))
    return Document(
        "summary",
        case.program,
        f"{case.program} · March 2026",
        "Three of four pairs have met.",
        (Tile("3", "pairs have met"),),
        (Section("Wanted", name, chart, table),),
        ("Shown in groups of five.",),
    )


ABOUT_A_MEETING = {"meeting_due", "meeting_planned", "sort_out", "topic_added"}
"""Letters that are never written without a meeting."""


def attention_of(case: Case) -> tuple[concerns.NeedsALook, ...]:
    """A pair with every reason there is to look at it, as often as a list is long."""
    who = case.names[-1].split()[0] if case.names[-1] else ""
    reasons = tuple(
        concerns.Reason(Concern(17, kind, NOW - timedelta(days=3), len(case.names)), who) for kind in URGENCY
    )
    return (concerns.NeedsALook(17, case.names, reasons, 35, Level.LOOK, Trend.WORSE),) * (
        len(case.words) % 7
    )


def circumstances(case: Case, locale: str, kind: str) -> Circumstances:
    """Everything a letter of this kind may draw on."""
    people = people_of(case, locale)
    program = program_of(case)
    if kind == "invited" and not case.words:
        # People are asked in before the match, and some after it.
        program = replace(program, state=ProgramState.ENROLLING)
    ids = IDS | {"last_day": "2026-03-15"} if kind == "book" else IDS
    if kind == "role_given" and case.names[2:]:
        ids = IDS | {"staff_role": StaffRole.VIEWER.value}
    return Circumstances(
        reader=Reader.of(ZONE, locale),
        now=NOW,
        # A role may be one for every program.
        program=None if kind == "role_given" and not case.words else program,
        recipient=people[len(people)],
        pair=pair_of(case),
        people=people,
        profiles=dict.fromkeys(people, profile_of(case)),
        ids=ids,
        terms=terms_of(case),
        signed_at=NOW,
        meeting=MEETING if case.words or kind in ABOUT_A_MEETING else None,
        survey=shipped_instrument(str(IDS["instrument"]), locale),
        sentence=case.words or "Nobody has joined yet.",
        numbers={
            "pairs": 2,
            "unmatched": 1,
            "held": 1 if case.words else 0,
            "minutes": 45,
            "agreed": 1 if case.words else 0,
            "met": 1 if case.words else 0,
            "ended": 0,
            "meetings": 3,
            "asked": 4,
            "answered": 2,
            "resources": 1,
            "minimum": 5,
            "stories": 2,
            "places": 2,
            "others": 3,
            "week": 9,
            "look": 12,
            "that_day": len(case.names) - 1,
            "lessons": len(case.names) - 1 if case.words else 0,
        },
        task=task_of(case),
        tale=Tale(case.words[:STORY_LENGTH], case.names[0], Role.MENTEE) if case.words else None,
        held=(MEETING,) if case.words else (),
        attention=attention_of(case),
        planning=((case.names[0], {"need": case.words, "funding": case.words}),) if case.words else (),
        log=(Line(case.names[0], "care.message", "pair 17", NOW, f"wrote to {case.names[-1]}"),)
        * len(case.words[:3]),
        portfolio=(PortfolioItem(1, 1, ItemKind.NOTE, case.words[:80], case.words),),
        report=report_of(case),
        difference=Difference(1, 1, 3, 2, (f"+ {case.names[0]}", f"~ {case.names[-1]}: wants")),
        tally=Tally(
            12,
            11,
            1,
            {Reason.PAUSED: 41, Reason.MET_ALREADY: 112, Reason.QUIET_HOURS: 30} if case.words else {},
        ),
        topics=(Topic(1, 17, len(people), case.words[:LONGEST_TOPIC] or "?", NOW),)
        if case.words or kind == "topic_added"
        else (),
    )
