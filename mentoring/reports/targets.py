"""The charter's targets, held against what has been reached."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.programs import Program
from mentoring.reports.benchmark import Figures, Measure

SETTING = "targets"
"""The name in a program's settings: for each measure's name the least that would be a success; shares from 0
to 1."""


@dataclass(frozen=True, slots=True)
class Target:
    """The least of something that the charter calls a success."""

    measure: Measure
    least: float


@dataclass(frozen=True, slots=True)
class Held:
    """A target beside what has been reached; `reached` None where there is nothing to go by yet."""

    target: Target
    reached: float | None

    @property
    def met(self) -> bool | None:
        """Whether it is reached; None where nobody can say yet."""
        return None if self.reached is None else self.reached >= self.target.least


def targets_of(program: Program) -> tuple[Target, ...]:
    """What a program has set itself, in the order of the measures; what is no number is left out."""
    stored = program.settings.get(SETTING)
    if not isinstance(stored, Mapping):
        return ()
    return tuple(
        Target(measure, float(stored[measure.value]))
        for measure in Measure
        if isinstance(stored.get(measure.value), int | float) and not isinstance(stored[measure.value], bool)
    )


def held_against(targets: tuple[Target, ...], found: Figures) -> tuple[Held, ...]:
    """Hold targets against a cohort's numbers."""
    return tuple(Held(each, found.values.get(each.measure)) for each in targets)
