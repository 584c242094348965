"""Programs made up for reports: any number of pairs with their meetings, the same for a seed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from mentoring.cadence import EVERY_TWO_WEEKS, Rhythm
from mentoring.enrollment import EnrollmentState
from mentoring.kinds import ProgramKind, Role
from mentoring.meetings import MeetingState
from mentoring.pairs import Ending
from mentoring.programs import Program, ProgramState
from mentoring.reports.book import Asking, Book
from mentoring.reports.facts import Facts, MeetingFacts, PairFacts, PersonFacts
from mentoring.surveys.instruments import Instrument, QuestionKind, Value
from mentoring.surveys.results import BeforeAfter, Response, change, results
from messages.instruments.loader import shipped_instrument

ZONE = "America/New_York"
STARTS_ON, ENDS_ON = date(2026, 2, 2), date(2026, 7, 31)
TOLD_AT = datetime(2026, 2, 2, 15, tzinfo=UTC)
NOW = datetime(2026, 5, 27, 15, tzinfo=UTC)
OFFICES = ("Boston", "New York", "Chicago", "London")
SKILLS = ("negotiation", "legal writing", "trial advocacy", "client relations", "mediation")


def program_called(name: str = "Mentoring at Harbor Law, spring 2026") -> Program:
    """Half a year from February."""
    return Program(
        id=1,
        workspace_id=1,
        name=name,
        kind=ProgramKind.TRADITIONAL,
        state=ProgramState.RUNNING,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        time_zone=ZONE,
        hours_per_month=2,
        cadence="weeks:2",
        sponsor_name="Dana Whitfield",
        sponsor_words="A good mentor changed my career.",
    )


def facts_with(pairs: int, *, seed: int = 7, now: datetime = NOW, waiting: int = 3) -> Facts:
    """So many pairs that meet every two weeks, more or less, and a few people nobody was found for."""
    chance = Random(seed)
    people = [
        _person(chance, number, matched=number < 2 * pairs)
        for number in range(2 * pairs + (waiting if pairs else 0))
    ]
    made = [_pair(chance, number, now) for number in range(pairs)]
    meetings = [each for pair in made for each in _meetings(chance, pair, now)]
    return Facts(program_called(), now, tuple(people), tuple(made), tuple(meetings))


def _person(chance: Random, number: int, *, matched: bool) -> PersonFacts:
    mentor = number % 2 == 0
    state = (
        EnrollmentState.MATCHED
        if matched
        else chance.choice([EnrollmentState.JOINED, EnrollmentState.INVITED, EnrollmentState.DECLINED])
    )
    skills = tuple(chance.sample(SKILLS, 2))
    return PersonFacts(
        id=number + 1,
        state=state,
        is_mentor=mentor,
        is_mentee=not mentor,
        capacity=int(mentor),
        hours_per_month=2,
        joined_at=TOLD_AT - timedelta(days=chance.randint(10, 40))
        if state is not EnrollmentState.INVITED
        else None,
        office=chance.choices(OFFICES, (5, 4, 2, 1))[0],
        level=chance.randint(4, 7) if mentor else chance.randint(1, 3),
        department=chance.choice(("Corporate", "Litigation", "Tax")),
        offers=skills if mentor else (),
        wants=() if mentor else skills,
    )


def _pair(chance: Random, number: int, now: datetime) -> PairFacts:
    ended = chance.random() < 0.06
    return PairFacts(
        id=number + 1,
        members=((2 * number + 1, Role.MENTOR), (2 * number + 2, Role.MENTEE)),
        score=round(chance.uniform(0.45, 0.98), 2),
        from_matcher=True,
        announced_at=TOLD_AT,
        ended_at=min(now, TOLD_AT + timedelta(days=chance.randint(20, 80))) if ended else None,
        ending=Ending.PARTED if ended else None,
        ends_on=ENDS_ON,
        casual=False,
        agreed=chance.random() < 0.9,
        rhythm=Rhythm(EVERY_TWO_WEEKS, date(2026, 2, 3), ZONE),
    )


def _meetings(chance: Random, pair: PairFacts, now: datetime) -> list[MeetingFacts]:
    eager = chance.betavariate(6, 2)
    found = []
    at = TOLD_AT + timedelta(days=chance.randint(2, 12))
    last = pair.ended_at or now + timedelta(days=20)
    while at < last:
        state = MeetingState.PLANNED
        if at < now:
            state = (
                MeetingState.HELD
                if chance.random() < eager
                else chance.choice([MeetingState.MISSED, MeetingState.SKIPPED])
            )
        found.append(MeetingFacts(pair.id, state, at, chance.choice([30, 45, 60])))
        at += timedelta(days=14)
    return found


def book_with(pairs: int, *, seed: int = 7, targets: bool = True, earlier: int = 0) -> Book:
    """The same with surveys that everybody, or nearly so, has answered."""
    facts = facts_with(pairs, seed=seed)
    if targets:
        settings: dict[str, object] = {"targets": {"met": 0.9, "kept": 0.8, "satisfaction": 4, "nps": 30}}
        facts = replace(facts, program=replace(facts.program, settings=settings))
    chance = Random(seed)
    askings = tuple(
        survey_of(chance, name, pairs) for name in ("orientation_feedback", "final_mentee", "final_mentor")
    )
    before, after = (shipped_instrument(f"competency_{each}") for each in ("before", "after"))
    rated = [BeforeAfter(_answers(chance, before, 2.4), _answers(chance, after, 3.9)) for _ in range(pairs)]
    books = tuple(
        _as_earlier(book_with(pairs, seed=seed + n, targets=False), year)
        for n, year in enumerate(range(2026 - earlier, 2026), start=1)
    )
    return Book(facts, 5, askings, change(after, rated), earlier=books)


def _as_earlier(book: Book, year: int) -> Book:
    program = replace(book.facts.program, name=f"Spring {year}")
    return replace(book, facts=replace(book.facts, program=program))


def survey_of(chance: Random, name: str, people: int) -> Asking:
    """A survey that is closed, and that four of five people answered."""
    instrument = shipped_instrument(name)
    given = [Response(_answers(chance, instrument, 4.2)) for _ in range(people - people // 5)]
    found = results(instrument, given, asked=people, minimum=5)
    return Asking(name, instrument.title, instrument.audience, found.rate, 5, None, found)


def _answers(chance: Random, instrument: Instrument, mean: float) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for question in instrument.questions:
        if question.kind is QuestionKind.RATING:
            found[question.id] = max(1, min(5, round(chance.gauss(mean, 0.9))))
        elif question.kind is QuestionKind.NPS:
            found[question.id] = max(0, min(10, round(chance.gauss(8.3, 1.6))))
    return found


def described(book: Book, *, seed: int = 3) -> Book:
    """The same where most people said something of themselves, and everybody rated themselves twice."""
    chance = Random(seed)
    answers = {
        "gender": ("woman", "man", "man", "woman", "nonbinary", ""),
        "caregiver": ("yes", "no", "no", ""),
        "background": ("yes", "no", "no"),
    }
    people = [each.id for each in book.facts.people]
    groups = {
        person: {name: said for name, options in answers.items() if (said := chance.choice(options))}
        for person in people
    }
    return replace(book, groups=groups, improved={person: chance.random() < 0.7 for person in people})
