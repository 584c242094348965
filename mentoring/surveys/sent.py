"""Which surveys a program sends by itself, and how small a group of answers it may show."""

from mentoring.programs import Program
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP, LOWEST_MINIMUM_GROUP

STEMS = ("check_in", "final", "competency", "match_quality", "mid_term", "orientation_feedback")
"""What a program can choose to send, by the beginning of the instruments' names."""
MODEST = ("check_in", "final", "competency")
"""What it sends unless it chooses: six short forms in half a year for a mentee, four for a mentor."""
SETTING, MINIMUM_SETTING, GATE_SETTING = "surveys", "minimum_group", "lessons_first"
"""Names in a program's settings."""


def chosen_surveys(program: Program) -> tuple[str, ...]:
    """The surveys a program sends by itself."""
    chosen = program.settings.get(SETTING)
    if not isinstance(chosen, list):
        return MODEST
    return tuple(stem for stem in STEMS if stem in chosen)


def sent_by_program(program: Program, instrument_id: str) -> bool:
    """Whether a program sends this instrument by itself."""
    return instrument_id.startswith(chosen_surveys(program))


def minimum_group(program: Program) -> int:
    """The smallest group of answers a program shows; never below three, whatever is stored."""
    stored = program.settings.get(MINIMUM_SETTING)
    return max(LOWEST_MINIMUM_GROUP, stored) if isinstance(stored, int) else DEFAULT_MINIMUM_GROUP


def lessons_first(program: Program) -> bool:
    """Whether people do their lessons before they are matched."""
    return program.settings.get(GATE_SETTING) is True
