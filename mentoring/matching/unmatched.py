"""People without a match: why, and the smallest change that would give them one."""

from dataclasses import dataclass

import numpy as np

from mentoring.kinds import ProgramKind, Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.explain import wishes_met
from mentoring.matching.hall import Hall
from mentoring.matching.market import Assignment
from mentoring.matching.result import Unmatched
from mentoring.matching.round import Round
from mentoring.matching.rules import Rule
from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.view import Ints, View
from mentoring.matching.vocabulary import skill
from mentoring.matching.wording import listed, names_for, sentence

TOPICS_TO_SHOW = 3
RULED_OUT = "the program’s rules on who may meet leave no {role} for {name}"


@dataclass(frozen=True)
class Gap:
    """Why somebody stays without, and what would change it: two clauses."""

    reason: str
    change: str


PersonGap = tuple[int, Role | None, Gap]
"""A position in the pool, the role left without a match, and why."""


def unmatched_people(this: Round, hall: Hall, chosen: Assignment, most: Assignment) -> tuple[Unmatched, ...]:
    """List everybody without a match, mentees first, each with a reason and a change.

    Args:
        this: The round.
        hall: Mentees and mentors.
        chosen: What is proposed.
        most: What matching as many people as can be would give.
    """
    rows = np.setdiff1d(np.arange(len(hall.mentees)), chosen.mentees)
    columns = np.setdiff1d(np.arange(len(hall.mentors)), chosen.mentors)
    by_most = set(most.mentees.tolist())
    gaps = [
        *_gaps_of_mentees(this, hall, rows, by_most),
        *_gaps_of_mentors(this, hall, columns),
        *_gaps_of_absent(this),
    ]
    return _as_listed(this, gaps)


def unmatched_peers(this: Round, peers: Ints, points: Points, left: list[int]) -> tuple[Unmatched, ...]:
    """List the equals without a match.

    Args:
        this: The round.
        peers: Positions in the pool; rows and columns of `points`.
        points: Score of every two peers.
        left: Rows of the peers without a match.
    """
    alone = [row for row in left if not (points[row] != BARRED).any()]
    opened = dict(zip(alone, _single_rules(this, View(peers[alone], peers)), strict=True))
    gaps: list[PersonGap] = []
    for row in left:
        peer = this.pool.people[peers[row]]
        if row in opened:
            gap = _nobody_allowed(peer, "colleague", opened[row])
        else:
            trio = "" if this.settings.trios else ", or allowing a group of three,"
            gap = Gap(
                f"everybody {_name(peer)} could be matched with has a partner",
                f"one more colleague{trio} would do",
            )
        gaps.append((int(peers[row]), None, gap))
    return _as_listed(this, [*gaps, *_gaps_of_absent(this)])


def _as_listed(this: Round, gaps: list[PersonGap]) -> tuple[Unmatched, ...]:
    people = [
        Unmatched(this.pool.people[position].user_id, role, sentence([gap.reason]), sentence([gap.change]))
        for position, role, gap in gaps
    ]
    return tuple(sorted(people, key=lambda person: (person.role is Role.MENTOR, person.user_id)))


def _gaps_of_absent(this: Round) -> list[PersonGap]:
    """Tell of the people who have paused or are away at the start, as what they would have taken part."""
    gaps: list[PersonGap] = []
    for position, person in enumerate(this.pool.people):
        if person.paused or person.away_at_start:
            why = "has paused" if person.paused else "is away when the round starts"
            gap = Gap(f"{_name(person)} {why}", f"{_name(person)} coming back before the start would do")
            if this.settings.kind is ProgramKind.PEER:
                gaps.append((position, None, gap))
            else:
                gaps += [(position, role, gap) for role in Role if role in person.roles]
    return gaps


def _gaps_of_mentees(this: Round, hall: Hall, rows: Ints, by_most: set[int]) -> list[PersonGap]:
    alone = [row for row in rows.tolist() if not (hall.points[row] != BARRED).any()]
    view = View(hall.mentees[alone], hall.mentors)
    opened = dict(zip(alone, _single_rules(this, view), strict=True))
    gaps: list[PersonGap] = []
    for row in rows.tolist():
        mentee = this.pool.people[hall.mentees[row]]
        if row in opened:
            gap = _nobody_allowed(mentee, Role.MENTOR, opened[row])
        elif row in by_most:
            gap = Gap(
                f"matching {_name(mentee)} would cost others more than it gains",
                "choosing the objective “most people matched” would do",
            )
        else:
            gap = _everyone_full(this, hall, row)
        gaps.append((int(hall.mentees[row]), Role.MENTEE, gap))
    return gaps


def _everyone_full(this: Round, hall: Hall, row: int) -> Gap:
    """Who has an allowed mentor and stays without has full ones only: one more place, kept free, would do."""
    mentee = this.pool.people[hall.mentees[row]]
    best = int(np.argmax(hall.points[row]))
    mentor = this.pool.people[hall.mentors[best]]
    met = wishes_met(mentee, mentor)[:TOPICS_TO_SHOW]
    offering = f" who offers {listed(met, 'or')}" if met else ""
    mentor_name, mentee_name = names_for((mentor, mentee))
    return Gap(
        f"every mentor{offering} whom {mentee_name} could be matched with is full",
        f"one more place with {mentor_name}, kept for {mentee_name}, would do",
    )


def _gaps_of_mentors(this: Round, hall: Hall, columns: Ints) -> list[PersonGap]:
    alone = [column for column in columns.tolist() if not (hall.points[:, column] != BARRED).any()]
    view = View(hall.mentors[alone], hall.mentees, swapped=True)
    opened = dict(zip(alone, _single_rules(this, view), strict=True))
    wanted = {skill(term) for row in hall.mentees for term in this.pool.people[row].wants}
    gaps: list[PersonGap] = []
    for column in columns.tolist():
        mentor = this.pool.people[hall.mentors[column]]
        if mentor.capacity <= 0:
            gap = Gap(
                f"{_name(mentor)} offers no place",
                f"a place with {_name(mentor)} and a mentee for it would do",
            )
        elif column in opened:
            gap = _nobody_allowed(mentor, Role.MENTEE, opened[column])
        else:
            gap = _nobody_left(mentor, wanted)
        gaps.append((int(hall.mentors[column]), Role.MENTOR, gap))
    return gaps


def _nobody_left(mentor: Candidate, wanted: set[str]) -> Gap:
    rare = [term for term in mentor.offers if skill(term) not in wanted] or list(mentor.offers)
    wish = f" who wants {listed(rare[:TOPICS_TO_SHOW], 'or')}" if rare else ""
    return Gap(
        f"every mentee {_name(mentor)} could help has a mentor, and there are more places than mentees",
        f"one more mentee{wish} would do",
    )


def _single_rules(this: Round, view: View) -> list[list[Rule]]:
    """For each person of the rows, list the public rules that alone bar somebody of the columns."""
    if not len(view.rows):
        return []
    bars = [(rule, rule.bars(this.pool, view)) for rule in this.rules]
    count = np.sum([barred for _, barred in bars], axis=0)
    opening = [(rule, (barred & (count == 1)).any(axis=1)) for rule, barred in bars if not rule.private]
    return [[rule for rule, opens in opening if opens[row]] for row in range(len(view.rows))]


def _nobody_allowed(person: Candidate, other: str, opening: list[Rule]) -> Gap:
    """Name the public rule that stands in the way; private ones stay together behind one sentence."""
    if not opening:
        ruled_out = RULED_OUT.format(role=other, name=_name(person))
        return Gap(ruled_out, f"one more {other} outside these rules would do")
    rule = opening[0]
    return Gap(f"no {other} is left for {_name(person)}: {rule.why()}", rule.remedy(person, other))


def _name(person: Candidate) -> str:
    return names_for((person,))[0]
