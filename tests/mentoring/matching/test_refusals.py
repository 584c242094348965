"""What contradicts itself gets one sentence to the coordinator and no result."""

from dataclasses import replace

import pytest

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate
from mentoring.matching.propose import propose
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.settings import Lock, MatchSettings, SeniorityGap
from tests.mentoring.matching.people import BOTH, mentee, mentor, person

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)
PEER = MatchSettings(ProgramKind.PEER)
ANA, BO, CY, DI = mentor("ANA"), mentor("BO"), mentee("CY"), mentee("DI")
PEOPLE = [ANA, BO, CY, DI]


def refused(people: list[Candidate], settings: MatchSettings) -> str:
    with pytest.raises(MatchRefusal) as refusal:
        propose(people, settings)
    assert refusal.value.sentence.endswith(".")
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            replace(TRADITIONAL, locks=(Lock("ANA", "CY"), Lock("BO", "CY"))),
            "CY Example is locked to 2 mentors",
        ),
        (replace(TRADITIONAL, locks=(Lock("ANA", "CY"), Lock("ANA", "DI"))), "who has 1 place"),
        (replace(TRADITIONAL, locks=(Lock("ANA", "CY"), Lock("ANA", "CY"))), "locked twice"),
        (replace(TRADITIONAL, locks=(Lock("CY", "ANA"),)), "CY Example is no mentor"),
        (replace(TRADITIONAL, locks=(Lock("ANA", "WHO"),)), "WHO is locked"),
        (replace(TRADITIONAL, exclusions=(Lock("WHO", "CY"),)), "WHO is excluded"),
        (
            replace(TRADITIONAL, locks=(Lock("ANA", "CY"),), exclusions=(Lock("CY", "ANA"),)),
            "both locked and excluded",
        ),
        (replace(TRADITIONAL, weights={"wishes": 11}), "“wishes” is 11. Weights go from 0"),
        (replace(TRADITIONAL, weights={"wishes": -1}), "Weights go from 0"),
        (replace(TRADITIONAL, weights={"wishes": float("nan")}), "Weights go from 0"),
        (replace(TRADITIONAL, weights={"charm": 5}), "“charm” is not a criterion"),
        (replace(PEER, weights={"load": 5}), "“load” does not count in a peer program"),
        (replace(TRADITIONAL, gap=SeniorityGap(4, 1)), "from 4 to 1"),
        (replace(PEER, locks=(Lock("ANA", "CY"), Lock("CY", "DI"))), "CY Example is locked to 2 people"),
    ],
)
def test_contradictory_settings_are_refused(settings: MatchSettings, words: str) -> None:
    assert words in refused(PEOPLE, settings)


def test_weights_that_are_all_zero_are_refused() -> None:
    weights = dict.fromkeys(
        ("wishes", "goals", "seniority", "practice", "office", "working_hours", "format", "time"), 0
    )
    settings = replace(TRADITIONAL, weights={**weights, "preference": 0, "load": 0})
    assert "Every weight is 0" in refused(PEOPLE, settings)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([], "Nobody waits for a match"),
        ([CY, DI], "There is no mentor in this round"),
        ([ANA, BO], "There is no mentee"),
        ([mentor("ANA", capacity=0), CY], "every capacity is 0"),
        ([ANA, CY, person("ANA", BOTH)], "ANA Example (ANA) is listed 2 times"),
        (
            [replace(ANA, manager="CY"), replace(CY, manager="BO"), replace(BO, manager="ANA")],
            "circle: ANA Example → CY Example → BO Example → ANA Example",
        ),
    ],
)
def test_people_who_cannot_make_a_round_are_refused(people: list[Candidate], words: str) -> None:
    assert words in refused(people, TRADITIONAL)


def test_a_peer_program_of_one_is_refused() -> None:
    assert "at least two people" in refused([ANA], PEER)


def test_a_lock_against_a_public_rule_says_which() -> None:
    people = [ANA, mentee("CY", languages=("fr",))]
    settings = replace(TRADITIONAL, locks=(Lock("ANA", "CY"),))
    assert "they have no language in common" in refused(people, settings)


def test_a_lock_on_somebody_away_is_refused() -> None:
    people = [ANA, replace(CY, away_at_start=True)]
    assert "CY Example is away" in refused(people, replace(TRADITIONAL, locks=(Lock("ANA", "CY"),)))


def test_a_lock_against_a_private_rule_does_not_say_which() -> None:
    settings = replace(TRADITIONAL, locks=(Lock("ANA", "CY"),), walls=(("buyer", "seller"),))
    sentences = {
        refused([ANA, replace(CY, do_not_pair_with=frozenset({"ANA"}))], settings),
        refused([ANA, replace(CY, manager="ANA")], settings),
        refused(
            [replace(ANA, groups=frozenset({"buyer"})), replace(CY, groups=frozenset({"seller"}))], settings
        ),
    }
    assert len(sentences) == 1
