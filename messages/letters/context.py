"""What the words of a letter may draw on, gathered from the facts at the moment of sending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from mentoring.agenda import Topic
from mentoring.agreements import Terms
from mentoring.assessment import ObjectiveRating, Task
from mentoring.daily import NOTHING_YET, Tally
from mentoring.enrollment import Profile
from mentoring.kinds import ProgramKind, Role
from mentoring.meetings import Meeting
from mentoring.pairs import Pair
from mentoring.people import Person
from mentoring.portfolio import PortfolioItem
from mentoring.privacy import ProfileReader, visible_profile
from mentoring.programs import Program
from mentoring.reports.exports import ExportTable
from mentoring.roster_changes import Difference
from mentoring.stories import Tale
from mentoring.surveys.instruments import Instrument
from messages.blocks import Block
from messages.concerns import NeedsALook
from messages.forms.audit import Line
from messages.reports.document import Document
from messages.words import Mrkdwn, Reader, mention

T = TypeVar("T")


def _to_nobody(_done: int, _of: int) -> None:
    """Nobody waits to hear how far a file has come."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a letter."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and the text that notifications and screen readers use.

    Args:
        simple: The same in blocks every workspace knows, for those that refuse the newer ones.
    """

    text: str
    blocks: list[Block]
    file: Attachment | None = None
    simple: list[Block] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A person as templates speak of them: their name, their card, what they told the other."""

    id: int
    name: str
    first_name: str
    mention: Mrkdwn
    role: Role | None = None
    title: str = ""
    department: str = ""
    office: str = ""
    goal: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


def figure(
    person: Person, role: Role | None = None, profile: Profile | None = None, *, both: bool = False
) -> Figure:
    """Show a person, with as much of their profile as the other may see; `both`: they teach and learn."""
    name = person.name.strip() or person.first_name
    base = Figure(person.id, name, person.first_name, mention(person.slack_id), role)
    if profile is None:
        return base
    profile = visible_profile(profile, ProfileReader.PARTNER)
    return Figure(
        person.id,
        name,
        person.first_name,
        mention(person.slack_id),
        role,
        profile.title,
        profile.department,
        profile.office,
        profile.goal if both or role is not Role.MENTOR else "",
        profile.offers if both or role is not Role.MENTEE else (),
        profile.wants if both or role is not Role.MENTOR else (),
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The facts a letter is rendered from.

    Args:
        reader: For whom: zone and language. For a group DM, the first of the pair.
        recipient: The person, where the letter goes to one.
        pair: The pair it is about, if any; `people` and `profiles` are of its members, by our number.
        ids: What the letter itself carries.
        version: Which version of the agreement the terms are.
        former_terms: What the terms would take the place of, where they answer or reopen something.
        pairs: All pairs it is about, where it may be about several; `people` are then of all of them.
        left: Groups among them that go on without the recipient, by number.
        partners: First names of all those somebody is with in this role, over all their pairs of the program;
            empty where the letter is about one pair alone.
        held: Meetings that took place while the recipient was in the pair, earliest first.
        left_at: When the recipient left the group it is about, if they did.
        sentence: A sentence that was stored with the fact it tells of (why someone is unmatched).
    """

    reader: Reader
    now: datetime
    program: Program | None = None
    recipient: Person | None = None
    pair: Pair | None = None
    people: Mapping[int, Person] = field(default_factory=dict)
    profiles: Mapping[int, Profile] = field(default_factory=dict)
    ids: Mapping[str, int | str] = field(default_factory=dict)
    terms: Terms | None = None
    former_terms: Terms | None = None
    signed_at: datetime | None = None
    version: int = 0
    meeting: Meeting | None = None
    pairs: tuple[Pair, ...] = ()
    left: frozenset[int] = frozenset()
    partners: tuple[str, ...] = ()
    sentence: str = ""
    survey: Instrument | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    task: Task | None = None
    held: tuple[Meeting, ...] = ()
    left_at: datetime | None = None
    portfolio: tuple[PortfolioItem, ...] = ()
    topics: tuple[Topic, ...] = ()
    tally: Tally = NOTHING_YET
    judgments: tuple[ObjectiveRating, ...] = ()
    attention: tuple[NeedsALook, ...] = ()
    log: tuple[Line, ...] = ()
    planning: tuple[tuple[str, Mapping[str, str]], ...] = ()
    report: Document | None = None
    tables: tuple[ExportTable, ...] = ()
    difference: Difference | None = None
    own_data: Mapping[str, object] = field(default_factory=dict)
    told: Callable[[int, int], None] = _to_nobody
    tale: Tale | None = None

    @property
    def the_program(self) -> Program:
        """The program, for letters that are always about one."""
        return _there(self.program, "program")

    @property
    def the_recipient(self) -> Person:
        """The person, for letters that always go to one."""
        return _there(self.recipient, "recipient")

    @property
    def the_pair(self) -> Pair:
        """The pair, for letters that are always about one."""
        return _there(self.pair, "pair")

    @property
    def the_meeting(self) -> Meeting:
        """The meeting, for letters that are always about one."""
        return _there(self.meeting, "meeting")

    @property
    def the_task(self) -> Task:
        """The task, for letters that are always about one."""
        return _there(self.task, "task")

    @property
    def the_difference(self) -> Difference:
        """What a roster would change, for the letter that asks about it."""
        return _there(self.difference, "difference")

    @property
    def the_report(self) -> Document:
        """The report, for letters that bring one."""
        return _there(self.report, "report")

    @property
    def the_survey(self) -> Instrument:
        """The survey, for letters that are always about one."""
        return _there(self.survey, "survey")

    @property
    def figures(self) -> list[Figure]:
        """Everybody in the pair, mentor first."""
        members = sorted(self.the_pair.members, key=lambda member: member.role is not Role.MENTOR)
        both = self.program is not None and self.program.kind is ProgramKind.REVERSE
        return [
            figure(self.people[each.person_id], each.role, self.profiles.get(each.person_id), both=both)
            for each in members
        ]

    @property
    def others(self) -> list[Figure]:
        """Everybody in the pair but the recipient."""
        return [each for each in self.figures if not self.recipient or each.id != self.recipient.id]


def _there(value: T | None, name: str) -> T:
    if value is None:
        raise ValueError(f"this letter needs its {name}")
    return value
