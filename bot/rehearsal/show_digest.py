"""The digest of a run as one HTML page: who heard how much, when, and what each role saw week by week."""

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from sqlalchemy import select

from bot.rehearsal.show_facts import reason_in_words
from bot.rehearsal.stage import COORDINATOR, Stage
from bot.rehearsal.timeline import Timeline
from playground import Message
from playground.page import LETTERS
from storage.tables import LetterRow

CELL = 14
"""Side of a day in the heat map, in SVG units, with the gap."""
SHADES = 4
"""Steps of color above none."""
BARS = 12
"""About how many bars the histogram has."""
MOST_KINDS = 3
"""Kinds of message named for each person."""
CLOSE = 8
"""The most people of a group conversation; more is a channel."""
ROLES = ("mentee", "mentor", "coordinator")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as somebody heard it."""

    kind: str
    day: date
    message: Message
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the heat map."""

    x: int
    y: int
    shade: int
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """So many people heard between so many and so many messages."""

    label: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class Ear:
    """What one person heard over the whole run.

    Attributes:
        worst_day: Messages on the day with most of them.
        most: The kinds there were most of, each with its number.
    """

    name: str
    role: str
    messages: int
    worst_day: int
    most: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one role saw in a week: kinds with how many, and the first message of each."""

    role: str
    kinds: tuple[tuple[str, str], ...]
    samples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the run."""

    label: str
    messages: int
    seen: tuple[Seen, ...]


def page(timeline: Timeline, result: Mapping[str, Any]) -> str:
    """The digest as one HTML file that needs nothing else."""
    stage = timeline.stage
    heard = list(_heard(stage))
    roles = _roles(stage)
    environment = Environment(
        loader=PackageLoader("bot", "data"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    first = timeline.opens_at.astimezone(ZoneInfo(stage.coordinator.tz)).date()
    cells, months, width = _heat(heard, first)
    return environment.get_template("digest.html").render(
        letters=b64encode(LETTERS.read_bytes()).decode(),
        kind=timeline.kind.value,
        starts_on=timeline.starts_on,
        ends_on=timeline.ends_on,
        tiles=_tiles(result),
        behavior=result["behavior"],
        seed=result["seed"],
        errors=result["errors"],
        cells=cells,
        months=months,
        width=width,
        cell=CELL,
        shades=range(SHADES + 1),
        bars=_bars(heard, roles),
        people=_people(stage, heard, roles),
        weeks=_weeks(heard, roles, first),
        held_back=[
            (reason_in_words(reason), number)
            for reason, number in sorted(result["skipped"].items(), key=lambda each: -each[1])
        ],
    )


def _heard(stage: Stage) -> Iterable[Heard]:
    """Every letter that arrived, with who saw it."""
    with stage.database.read() as session:
        kinds = {row.mark: row.kind for row in session.execute(select(LetterRow.mark, LetterRow.kind))}
    zones = {each.id: ZoneInfo(each.tz) for each in stage.playground.people}
    for post in stage.playground.posts:
        kind = kinds.get(((post.metadata or {}).get("event_payload") or {}).get("id", ""))
        if kind is None:
            continue
        room = stage.playground.channel(post.channel)
        people = tuple(one for one in room.members if one != stage.playground.bot_user_id)
        # A day is one where it is read; what goes to a whole channel has the coordinator's.
        reader = people[0] if people and len(people) <= CLOSE else COORDINATOR
        day = post.posted_at.astimezone(zones[reader]).date()
        yield Heard(kind.replace("_", " "), day, post, people)


def _roles(stage: Stage) -> dict[str, frozenset[str]]:
    found = {row.user_id: frozenset(str(role) for role in row.roles) for row in stage.roster.rows}
    return found | {COORDINATOR: frozenset({"coordinator"})}


def _tiles(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    a_person = result["messages a person"]
    return [
        (str(result["people"]), "people asked"),
        (str(result["joined"]), "joined"),
        (str(result["pairs"]), "pairs"),
        (f"{sum(result['messages'].values()):,}", "messages in all"),
        (f"{a_person['median']:g}", "messages a person, median"),
        (f"{a_person['worst']:g}", "messages for whoever got most"),
        (f"{result['meetings held']:,}", "meetings held"),
        (f"{sum(result['answers'].values()):,}", "surveys answered"),
    ]


def _heat(heard: Iterable[Heard], first: date) -> tuple[list[Cell], list[tuple[int, str]], int]:
    """The days as squares, weeks from left to right; names of months above."""
    counts = Counter(each.day for each in heard)
    monday = first - timedelta(days=first.weekday())
    last = max(counts, default=first)
    most = max(counts.values(), default=1)
    cells, months = [], []
    for number in range((last - monday).days + 1):
        day = monday + timedelta(days=number)
        x = number // 7 * CELL
        shade = ceil(SHADES * counts[day] / most) if counts[day] else 0
        said = f"{day:%a, %b %-d}: {counts[day]} message{'s' * (counts[day] != 1)}"
        cells.append(Cell(x, day.weekday() * CELL, shade, said))
        if day.day == 1:
            months.append((x, f"{day:%b}"))
    return cells, months, max((each.x for each in cells), default=0) + CELL


def _bars(heard: Iterable[Heard], roles: Mapping[str, frozenset[str]]) -> list[Bar]:
    """How many people heard how much."""
    counts: Counter[str] = Counter({one: 0 for one in roles if one != COORDINATOR})
    for each in heard:
        counts.update(one for one in each.people if one in counts)
    most = max(counts.values(), default=0)
    step = max(1, ceil((most + 1) / BARS))
    binned = Counter(number // step for number in counts.values())
    tallest = max(binned.values(), default=1)
    return [
        Bar(
            str(low * step) if step == 1 else f"{low * step} to {low * step + step - 1}",
            binned[low],
            binned[low] / tallest,
        )
        for low in range(most // step + 1)
    ]


def _people(stage: Stage, heard: Iterable[Heard], roles: Mapping[str, frozenset[str]]) -> list[Ear]:
    """What each person heard, whoever heard most first."""
    days: dict[str, Counter[date]] = {one: Counter() for one in roles}
    kinds: dict[str, Counter[str]] = {one: Counter() for one in roles}
    for each in heard:
        for one in each.people:
            if one in days:
                days[one][each.day] += 1
                kinds[one][each.kind] += 1
    names = {each.id: each.name for each in stage.playground.people}
    found = [
        Ear(
            name=names.get(one, one),
            role=" and ".join(sorted(held)),
            messages=days[one].total(),
            worst_day=max(days[one].values(), default=0),
            most=", ".join(f"{kind} {number}" for kind, number in kinds[one].most_common(MOST_KINDS)),
        )
        for one, held in roles.items()
    ]
    return sorted(found, key=lambda each: (-each.messages, each.name))


def _weeks(heard: Iterable[Heard], roles: Mapping[str, frozenset[str]], first: date) -> list[Week]:
    by_week: defaultdict[int, list[Heard]] = defaultdict(list)
    for each in heard:
        by_week[(each.day - first).days // 7].append(each)
    return [
        Week(
            f"Week {number + 1}, from {first + timedelta(weeks=number):%B %-d}",
            len(by_week[number]),
            tuple(_seen(role, by_week[number], roles) for role in ROLES),
        )
        for number in sorted(by_week)
    ]


def _seen(role: str, heard: Iterable[Heard], roles: Mapping[str, frozenset[str]]) -> Seen:
    counts: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for each in heard:
        ears = sum(role in roles.get(one, frozenset()) for one in each.people)
        if ears:
            counts[each.kind] += ears
            samples.setdefault(each.kind, each.message.reading)
    people = sum(role in held for held in roles.values()) or 1
    kinds = tuple((kind, _each(number / people)) for kind, number in counts.most_common())
    return Seen(role, kinds, tuple(samples.items()))


def _each(share: float) -> str:
    """How many of a kind one person of the role got, on average."""
    return f"{share:.1f}" if share >= 0.05 else "under 0.1"  # noqa: PLR2004 - what one decimal can show
