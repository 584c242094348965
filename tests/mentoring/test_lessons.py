from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind, Role
from mentoring.lessons import (
    Choice,
    ChoiceQuestion,
    Completion,
    Lesson,
    complete,
    lessons_for,
    lessons_left,
    refresher_offered,
)

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
ASK, WAIT = Choice("ask", "Ask", "Right so.", right=True), Choice("wait", "Wait", "You may.")
QUESTION = ChoiceQuestion("culture", "What now?", (ASK, WAIT))
CULTURE = Lesson(
    id="culture",
    title="How things work",
    roles=frozenset({Role.MENTEE}),
    kinds=frozenset({ProgramKind.TRADITIONAL}),
    order=20,
    minutes=3,
    body="Ask.",
    question=QUESTION,
)
STEP = replace(CULTURE, id="step", roles=frozenset({Role.MENTOR}), order=10)
BOTH = replace(CULTURE, id="both", roles=frozenset(Role), kinds=frozenset({ProgramKind.REVERSE}), order=5)
ALL = (CULTURE, STEP, BOTH)


def test_everyone_gets_the_lessons_of_their_roles_and_program_in_order() -> None:
    assert lessons_for(ALL, [Role.MENTEE], ProgramKind.TRADITIONAL) == (CULTURE,)
    assert lessons_for(ALL, list(Role), ProgramKind.TRADITIONAL) == (STEP, CULTURE)
    assert lessons_for(ALL, list(Role), ProgramKind.REVERSE) == (BOTH,)


def test_any_answer_completes_a_lesson_and_gets_its_own_feedback() -> None:
    choice, completion = complete(CULTURE, "wait", person_id=7, done=[], now=NOW)
    assert choice.feedback == "You may."
    assert completion == Completion(7, "culture", NOW)
    assert lessons_left([CULTURE, STEP], [completion]) == (STEP,)


def test_answering_twice_keeps_the_first_completion() -> None:
    _, first = complete(CULTURE, "wait", person_id=7, done=[], now=NOW)
    _, again = complete(CULTURE, "ask", person_id=7, done=[first], now=NOW + timedelta(days=1))
    assert again is first


def test_an_answer_that_is_no_choice_is_refused() -> None:
    with pytest.raises(Refusal, match="not one of the choices"):
        complete(CULTURE, "shout", person_id=7, done=[], now=NOW)


def test_a_refresher_is_offered_for_the_oldest_lesson_after_half_a_year() -> None:
    done = [
        Completion(7, "culture", NOW - timedelta(days=190)),
        Completion(7, "step", NOW - timedelta(days=200)),
    ]
    assert refresher_offered([CULTURE, STEP, BOTH], done, NOW) is STEP
    assert refresher_offered([CULTURE, STEP], done, NOW - timedelta(days=30)) is None
    assert refresher_offered([CULTURE], [], NOW) is None
