"""Whether the program works equally well for everybody: shares by group, and nobody to be known from them.

Three things stand before a number is shown:

1. **Groups of five.** In every group shown, at least five people are counted under the share and at least
   five beside it: smaller groups are merged with the next larger ones, or the whole breakdown is withheld. So
   neither "they are all" nor "all but this one" can be read of a group.
2. **Complements.** The breakdowns of one question are shown together only if no adding and subtracting of
   their cells can isolate fewer than five people (`mentoring.surveys.suppression`); the rest are withheld.
3. **Rounding.** Every count that is shown, or that a share or interval is made of, is rounded to a multiple
   of five first. So two looks on two days, or two questions about nearly the same people, tell nobody apart.
   Official statistics of higher education do the same (HESA Services Standard Rounding Methodology).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mentoring.enrollment import SELF_QUESTIONS
from mentoring.hours import zone_of
from mentoring.reports.activity import NEVER_IN, is_complete, periods_kept
from mentoring.reports.facts import Facts
from mentoring.reports.share import Share
from mentoring.surveys.suppression import MOST_CELLS, Merged, reveals

LEAST = 5
"""People a count holds at least; a program may ask for more, never for fewer."""
BASE = 5
"""Counts are rounded to multiples of it."""
SOON = timedelta(days=30)
"""Who was introduced within this time of joining has not waited long."""
HALF = 0.5
"""A pair that met in at least half of its turns counts as one that meets."""
UNSAID = ""
"""The group of those who did not say; it is a group like any other."""
BY_RECORD = ("office", "level")
"""Breakdowns by what the roster or the profile says; they are known of everybody who was asked."""


class Question(StrEnum):
    """What is compared between groups, each a share of people."""

    PARTICIPATION = "participation"
    """Of those asked, who joined. Only by office and level: who did not join has said nothing else."""
    MATCHED = "matched"
    """Of those who joined, who was in a pair."""
    SOON = "soon"
    """Of those in a pair, who was introduced within thirty days of joining."""
    MEETING = "meeting"
    """Of those in a pair with a turn over, who met in at least half of the turns."""
    COMPLETED = "completed"
    """Of those whose pair is over, who came to its agreed end."""
    IMPROVED = "improved"
    """Of those who rated themselves before and after, who rated themselves higher after."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group, or several small ones merged; the share is made of rounded counts."""

    labels: tuple[str, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Comparison:
    """One breakdown of one question; `groups` is None where it is withheld."""

    by: str
    groups: tuple[GroupShare, ...] | None

    @property
    def apart(self) -> bool:
        """Whether two groups are further apart than chance alone makes likely."""
        found = [interval for each in self.groups or () if (interval := each.share.interval()) is not None]
        return any(not one.overlaps(other) for one in found for other in found)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its breakdowns; `total` is None where fewer than five are on either side."""

    question: Question
    total: Share | None
    comparisons: tuple[Comparison, ...]


def fairness(
    facts: Facts,
    described: Mapping[int, Mapping[str, str]],
    improved: Mapping[int, bool],
    minimum: int = LEAST,
) -> tuple[Answer, ...]:
    """Compare groups.

    Args:
        facts: The program.
        described: How people described themselves, by person; who did not is in the group of the unsaid.
        improved: Of those who rated themselves twice, whether they rose.
        minimum: The smallest group the program shows; never below five here.
    """
    minimum = max(LEAST, minimum)
    groupings = _groupings(facts, described)
    return tuple(
        _answer(question, outcome, groupings, minimum)
        for question, outcome in _outcomes(facts, improved).items()
    )


def _groupings(facts: Facts, described: Mapping[int, Mapping[str, str]]) -> dict[str, dict[int, str]]:
    """Each person's label in each breakdown, the ones people are asked about themselves first."""
    own = {
        name: {each.id: described.get(each.id, {}).get(name, UNSAID) for each in facts.people}
        for name in SELF_QUESTIONS
    }
    record = {
        "office": {each.id: each.office for each in facts.people},
        "level": {each.id: str(each.level) if each.level else UNSAID for each in facts.people},
    }
    return own | record


def _outcomes(facts: Facts, improved: Mapping[int, bool]) -> dict[Question, dict[int, bool]]:
    """By question, everybody it is about, and whether it is so of them."""
    joined = {each.id: each.joined_at for each in facts.people if each.state not in NEVER_IN}
    told: dict[int, list[bool]] = {}
    first: dict[int, timedelta] = {}
    meeting: dict[int, Share] = {}
    for pair in facts.lived:
        zone = zone_of(pair.rhythm.zone)
        days = [each.starts_at.astimezone(zone).date() for each in facts.held_of(pair)]
        kept = periods_kept(facts, pair, days)
        for person, _ in pair.members:
            known = meeting.get(person, Share(0, 0))
            meeting[person] = Share(known.hits + kept.hits, known.of + kept.of)
            if pair.ended_at is not None or pair.casual:
                told.setdefault(person, []).append(is_complete(pair))
            since = joined.get(person)
            if since is not None and pair.announced_at is not None:
                waited = pair.announced_at - since
                first[person] = min(waited, first.get(person, waited))
    return {
        Question.PARTICIPATION: {each.id: each.id in joined for each in facts.people},
        Question.MATCHED: {person: person in meeting for person in joined},
        Question.SOON: {person: waited <= SOON for person, waited in first.items()},
        Question.MEETING: {
            person: share.value >= HALF for person, share in meeting.items() if share.value is not None
        },
        Question.COMPLETED: {person: any(ends) for person, ends in told.items()},
        Question.IMPROVED: dict(improved),
    }


def _answer(
    question: Question, outcome: Mapping[int, bool], groupings: Mapping[str, Mapping[int, str]], minimum: int
) -> Answer:
    names = BY_RECORD if question is Question.PARTICIPATION else tuple(groupings)
    people = sorted(outcome)
    hits = [outcome[each] for each in people]
    labels = {name: [groupings[name].get(each, UNSAID) for each in people] for name in names}
    shown = publishable_shares(labels, hits, minimum)
    comparisons = tuple(
        Comparison(name, None if cells is None else _groups(labels[name], hits, cells))
        for name, cells in shown.items()
    )
    enough = min(sum(hits), len(hits) - sum(hits)) >= minimum
    return Answer(question, rounded(sum(hits), len(hits)) if enough else None, comparisons)


def publishable_shares(
    groupings: Mapping[str, Sequence[str]], hits: Sequence[bool], minimum: int
) -> dict[str, Merged | None]:
    """Choose the breakdowns of one share that can be shown together, in the order given.

    Args:
        groupings: By breakdown, one label a person, people in the same order everywhere.
        hits: Of whom it is so, in the same order.
        minimum: The smallest number of people that may be isolated.
    """
    found: dict[str, Merged | None] = {}
    chosen: list[list[int]] = []
    for name, labels in groupings.items():
        cells = merged_on_both_sides(labels, hits, minimum)
        found[name] = None
        if cells is None:
            continue
        table = _joint(labels, hits, cells)
        together = [*chosen, table]
        if sum(len({*each}) for each in together) <= MOST_CELLS and not reveals(together, minimum):
            found[name] = cells
            chosen.append(table)
    return found


def merged_on_both_sides(labels: Sequence[str], hits: Sequence[bool], minimum: int) -> Merged | None:
    """Merge groups until each holds the minimum of those it is so of, and of those it is not.

    None where that leaves no breakdown.
    """
    sides: dict[str, list[int]] = {}
    for label, hit in zip(labels, hits, strict=True):
        sides.setdefault(label, [0, 0])[hit] += 1
    left = sorted((min(both), sum(both), label) for label, both in sides.items())
    rest: list[str] = []
    held = [0, 0]
    while left and (left[0][0] < minimum or (rest and min(held) < minimum)):
        label = left.pop(0)[2]
        rest.append(label)
        held = [held[0] + sides[label][0], held[1] + sides[label][1]]
    cells: list[tuple[str, ...]] = [(label,) for _, _, label in left]
    if rest:
        if min(held) < minimum:
            return None
        cells.append(tuple(sorted(rest)))
    return tuple(sorted(cells)) if len(cells) > 1 else None


def _joint(labels: Sequence[str], hits: Sequence[bool], cells: Merged) -> list[int]:
    """Each person's cell and side as one number: both are shown, so both must not give anybody away."""
    place = {label: number for number, cell in enumerate(cells) for label in cell}
    return [2 * place[label] + hit for label, hit in zip(labels, hits, strict=True)]


def _groups(labels: Sequence[str], hits: Sequence[bool], cells: Merged) -> tuple[GroupShare, ...]:
    return tuple(
        GroupShare(
            cell,
            rounded(
                sum(hit for label, hit in zip(labels, hits, strict=True) if label in cell),
                sum(label in cell for label in labels),
            ),
        )
        for cell in cells
    )


def rounded(hits: int, of: int) -> Share:
    """A share of counts rounded to multiples of five: of those it is so of, and of those it is not."""
    yes, no = (BASE * round(count / BASE) for count in (hits, of - hits))
    return Share(yes, yes + no)
