"""Which surveys a program sends by itself, and how small a group of answers it may show."""

from dataclasses import replace

from mentoring.programs import Program
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP, LOWEST_MINIMUM_GROUP

STEMS = ("check_in", "final", "competency", "match_quality", "mid_term", "orientation_feedback", "exit")
"""What a program can choose to send, by the beginning of the instruments' names."""
MODEST = ("check_in", "final", "competency")
"""What it sends unless it chooses: six short forms in half a year for a mentee, four for a mentor."""
SETTING, MINIMUM_SETTING, GATE_SETTING = "surveys", "minimum_group", "lessons_first"
VERSIONS_SETTING, SUPERVISORS_SETTING = "survey_versions", "tell_supervisors"
"""Names in a program's settings."""
SUPERVISORS_SURVEY = "final_supervisor"


def chosen_surveys(program: Program) -> tuple[str, ...]:
    """The surveys a program sends by itself."""
    chosen = program.settings.get(SETTING)
    if not isinstance(chosen, list):
        return MODEST
    return tuple(stem for stem in STEMS if stem in chosen)


def minimum_group(program: Program) -> int:
    """The smallest group of answers a program shows; never below three, whatever is stored."""
    stored = program.settings.get(MINIMUM_SETTING)
    return max(LOWEST_MINIMUM_GROUP, stored) if isinstance(stored, int) else DEFAULT_MINIMUM_GROUP


def promised_minimum(program: Program, promised: int) -> int:
    """The smallest group to show of one asking: a program that lowers its number still owes the old promise.

    Args:
        program: Which, with the number it has now.
        promised: The largest number that anybody read when they were asked.
    """
    return max(promised, minimum_group(program))


def tells_supervisors(program: Program) -> bool:
    """Whether supervisors are told the time it takes, and asked once at the end; yes unless turned off."""
    return program.settings.get(SUPERVISORS_SETTING) is not False


def asks_supervisors(program: Program) -> bool:
    """Whether those supervisors are asked at the end what changed on the job."""
    return tells_supervisors(program) and SUPERVISORS_SURVEY.startswith(chosen_surveys(program))


def supervisors_key(program: Program) -> str:
    """The once-only name of asking a program's supervisors, as a whole."""
    return f"survey:program {program.id}:final:supervisor"


def lessons_first(program: Program) -> bool:
    """Whether people do their lessons before they are matched."""
    return program.settings.get(GATE_SETTING) is True


def version_in_use(program: Program, instrument_id: str) -> int | None:
    """The version of a survey that a program asks from now on; None for the one we ship."""
    versions = program.settings.get(VERSIONS_SETTING)
    version = versions.get(instrument_id) if isinstance(versions, dict) else None
    return version if isinstance(version, int) else None


def with_version(program: Program, instrument_id: str, version: int) -> Program:
    """The same program, asking this version from now on."""
    versions = program.settings.get(VERSIONS_SETTING)
    kept = dict(versions) if isinstance(versions, dict) else {}
    return replace(program, settings={**program.settings, VERSIONS_SETTING: {**kept, instrument_id: version}})
