"""Whatever the matcher gives as a reason has a Spanish wording: made-up firms are matched and read."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.propose import propose
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.result import MatchResult
from mentoring.matching.settings import Aspect, Lock, MatchSettings, Must, Objective, PreviousPair
from messages.phrasebook import phrasebook
from messages.reasons import reasons_in
from messages.words import Reader
from tests.mentoring.matching.people import BOTH, MENTEE, MENTOR, firms, mentee, mentor
from tests.support.examples import examples

SPANISH = Reader.of("UTC", "es-MX")
ENGLISH = Reader.of("UTC", "en-US")


def told(result: MatchResult) -> list[str]:
    words = [each.explanation for each in result.pairs]
    texts = [text for each in words for text in (each.mentor, each.mentee, each.coordinator, each.third)]
    texts += [each.together for each in words]
    texts += [text for each in result.unmatched for text in (each.reason, each.change)]
    return [each for each in texts if each]


@settings(max_examples=examples(25), deadline=None)
@given(
    people=firms(most=4, roles=(MENTOR, MENTEE, BOTH)),
    kind=some.sampled_from(ProgramKind),
    objective=some.sampled_from(Objective),
    must=some.sampled_from(
        ((), (Must(Aspect.OFFICE, Wish.SAME),), (Must(Aspect.DEPARTMENT, Wish.DIFFERENT),))
    ),
    trios=some.booleans(),
)
def test_every_reason_the_matcher_gives_is_said_in_spanish(
    people: Sequence[Candidate],
    kind: ProgramKind,
    objective: Objective,
    must: tuple[Must, ...],
    trios: bool,  # noqa: FBT001 - drawn
) -> None:
    wanted = MatchSettings(kind, objective=objective, must=must, trios=trios)
    wanted = replace(wanted, exclusions=(Lock("U0", "U1"),) if trios else ())
    try:
        result = propose(people, wanted, [PreviousPair(frozenset({"U0", "U1"}))] if must else [])
    except MatchRefusal:
        return
    for text in told(result):
        said = reasons_in(text, SPANISH)
        assert said != text, text
        assert not {"the", "you", "they", "offers", "would", "wishes", "is"} & {*said.split()}, said


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "None of Jo’s two wishes is on Al’s list and nothing Al hopes to learn is on Jo’s list.",
            (
                "Ninguno de los dos deseos de Jo está en la lista de Al, "
                "y nada de lo que Al quiere aprender está en la lista de Jo."
            ),
        ),
        (
            "Al offers advocacy, budgeting, and tax, all three of your wishes; you share four working hours.",
            "Al ofrece advocacy, budgeting y tax, tus tres deseos; comparten cuatro horas de trabajo.",
        ),
        (
            "Jo and Al: Jo’s one wish is not on Al’s list and nothing Al hopes to learn is on Jo’s list.",
            (
                "Jo y Al: El único deseo de Jo no está en la lista de Al, "
                "y nada de lo que Al quiere aprender está en la lista de Jo."
            ),
        ),
        (
            "Al offers tax, one of Jo’s two wishes and nothing Al hopes to learn is on Jo’s list.",
            (
                "Al ofrece tax, uno de los dos deseos de Jo, "
                "y nada de lo que Al quiere aprender está en la lista de Jo."
            ),
        ),
        (
            "With Ann: You are both in St. Louis. With Ben: You share 11 working hours.",
            "Con Ann: Ambas personas están en St. Louis. Con Ben: Comparten 11 horas de trabajo.",
        ),
        (
            "Ann and Ben: They share no working hours.",
            "Ann y Ben: No comparten horas de trabajo.",
        ),
        (
            "No mentor is left for Jo: they have no language in common.",
            "No queda ningún mentor para Jo: no tienen un idioma en común.",
        ),
        ("One more mentor who speaks fr or de would do.", "Bastaría con un mentor más que hable fr o de."),
    ],
)
def test_a_text_of_reasons_is_put_into_spanish_clause_by_clause(english: str, spanish: str) -> None:
    assert reasons_in(english, SPANISH) == spanish
    assert reasons_in(english, ENGLISH) == english


@pytest.mark.parametrize(
    "own", ["You two both love sailing.", "Ann offers tax, your one wish; and she sails.", ""]
)
def test_a_coordinators_own_words_stay_whole(own: str) -> None:
    assert reasons_in(own, SPANISH) == own


def test_people_with_many_mentees_and_hours_are_told_of_too() -> None:
    mentees = [mentee(f"E{number}", wants=("tax",), hours_per_month=2) for number in range(12)]
    result = propose(
        [mentor("OR", offers=("tax",), capacity=12, hours_per_month=2), *mentees],
        MatchSettings(ProgramKind.TRADITIONAL),
    )
    said = " ".join(reasons_in(text, SPANISH) for text in told(result))
    assert "es el mentee número 12 de OR" in said
    assert "es el décimo mentee de OR" in said


def test_the_phrasebook_fills_what_it_reads() -> None:
    for each in phrasebook("es", "reasons").patterns:
        assert set(each.read.groupindex) >= {
            hole for hole in each.read.groupindex if f"{{{hole}" in each.said
        }
        assert each.said.count("{") == each.pattern.count("{"), each.pattern
