"""The hard rules a coordinator sets for a program, beyond those that always hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Wish
from mentoring.matching.settings import GAPS, Aspect, Must, SeniorityGap
from mentoring.programs import Program

MAX_CYCLES = 10
"""Cycles an earlier pair can be barred for: ten half-years; whoever wants more wants a wall."""
MAX_GAP = 9
"""Levels two people can be apart."""
DEFAULT_CYCLES = 1


@dataclass(frozen=True, slots=True)
class MatchRules:
    """Who may be matched at all.

    Args:
        must: What every pair has to have, such as the same office.
        barred_cycles: For how many cycles people who were paired are not paired again.
        common_language: Whether a pair needs a language in common.
        gap: How many levels apart the two should be.
        trios: Whether an odd person of a peer program may make a group of three.
    """

    must: tuple[Must, ...]
    barred_cycles: int
    common_language: bool
    gap: SeniorityGap
    trios: bool

    def wish(self, aspect: Aspect) -> Wish:
        """What is asked of one aspect."""
        return next((each.wish for each in self.must if each.aspect is aspect), Wish.NO_MATTER)


def match_rules_of(program: Program) -> MatchRules:
    """What a program has set, or what its kind starts from."""
    kept = program.settings.get("match_rules")
    rules = kept if isinstance(kept, Mapping) else {}
    own = GAPS[program.kind]
    return MatchRules(
        must=tuple(
            Must(aspect, Wish(rules[aspect]))
            for aspect in Aspect
            if rules.get(aspect, Wish.NO_MATTER) != Wish.NO_MATTER
        ),
        barred_cycles=int(rules.get("barred_cycles", DEFAULT_CYCLES)),
        common_language=bool(rules.get("common_language", True)),
        gap=SeniorityGap(int(rules.get("gap_least", own.least)), int(rules.get("gap_most", own.most))),
        trios=program.kind is ProgramKind.PEER and bool(rules.get("trios", True)),
    )


def rules_json(rules: MatchRules) -> dict[str, object]:
    """What a program keeps of its rules.

    Raises:
        Refusal: With `field` one of barred_cycles, gap_least, gap_most.
    """
    if not 0 <= rules.barred_cycles <= MAX_CYCLES:
        raise Refusal(f"Write a whole number from 0 to {MAX_CYCLES}.", "barred_cycles")
    for name, levels in (("gap_least", rules.gap.least), ("gap_most", rules.gap.most)):
        if not 0 <= levels <= MAX_GAP:
            raise Refusal(f"Write a whole number from 0 to {MAX_GAP}.", name)
    if rules.gap.least > rules.gap.most:
        raise Refusal("This is less than the number before. Write one at least as large.", "gap_most")
    return {
        **{must.aspect.value: must.wish.value for must in rules.must},
        "barred_cycles": rules.barred_cycles,
        "common_language": rules.common_language,
        "gap_least": rules.gap.least,
        "gap_most": rules.gap.most,
        "trios": rules.trios,
    }
