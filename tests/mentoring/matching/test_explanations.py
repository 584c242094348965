"""Explanations are in plain words for each reader and betray nothing private."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.kinds import Format, ProgramKind
from mentoring.matching.candidates import Candidate
from mentoring.matching.propose import propose
from mentoring.matching.result import Explanation
from mentoring.matching.settings import MatchSettings
from tests.mentoring.matching.people import mentee, mentor, person
from tests.support.examples import examples

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)
MARCUS = mentor("U1", name="Marcus Bauer", offers=("negotiation", "Cross-border work", "budgeting"))
PRIYA = mentee("U2", name="Priya Nair", wants=("negotiation", "cross-border transactions", "mediation"))


def why(one: Candidate, other: Candidate, wanted: MatchSettings = TRADITIONAL) -> Explanation:
    return propose([one, other], wanted).pairs[0].explanation


def test_a_mentee_reads_which_wishes_are_met_and_what_is_shared() -> None:
    words = why(MARCUS, replace(PRIYA, time_zone="Europe/London", office="London", level=4))
    assert words.mentee == (
        "Marcus offers negotiation and cross-border transactions, two of your three wishes; "
        "you share two working hours; Marcus is one step ahead of you."
    )


def test_a_mentor_reads_what_the_mentee_hopes_to_learn() -> None:
    words = why(MARCUS, PRIYA)
    assert words.mentor.startswith(
        "Priya hopes to learn negotiation and cross-border transactions, which you offer; "
    )


def test_a_coordinator_reads_about_both_and_about_what_does_not_fit() -> None:
    words = why(replace(MARCUS, format=Format.VIDEO), replace(PRIYA, format=Format.IN_PERSON))
    assert words.coordinator.startswith("Marcus offers negotiation")
    assert "one meets by video and the other in person" in words.coordinator


def test_nothing_in_common_is_still_said_kindly() -> None:
    far = {"time_zone": "Asia/Singapore", "office": "Singapore", "hours_per_month": 4, "level": 6}
    words = why(replace(MARCUS, **far), replace(PRIYA, wants=("mediation",), level=6))  # type: ignore[arg-type] # facts of several kinds
    assert (
        words.mentee
        == "Marcus knows negotiation, Cross-border work, and budgeting, which may be new ground for you."
    )
    assert "one wish is not on Marcus’s list" in words.coordinator


def test_people_with_the_same_first_name_are_called_by_their_whole_names() -> None:
    words = why(MARCUS, replace(PRIYA, name="Marcus Tanaka"))
    assert words.mentee.startswith("Marcus Bauer offers")
    assert words.mentor.startswith("Marcus Tanaka hopes")


def test_in_a_reverse_program_both_read_both_directions() -> None:
    marcus, priya = replace(MARCUS, wants=("mediation",)), replace(PRIYA, offers=("mediation",))
    words = why(marcus, priya, MatchSettings(ProgramKind.REVERSE))
    assert "Priya offers mediation, your one wish" in words.mentor
    assert "Marcus hopes to learn mediation, which you offer" in words.mentee


def test_a_goal_is_met_by_what_helps_with_it_and_never_quoted() -> None:
    words = why(
        replace(MARCUS, offers=("leadership",)), replace(PRIYA, wants=(), goal="Move into management")
    )
    assert words.mentee.startswith("What Marcus knows about leadership bears on your goal")
    assert "Move into management" not in words.mentor + words.coordinator


def test_having_named_each_other_is_said_only_when_both_did() -> None:
    one_sided = replace(PRIYA, preferred=frozenset({"U1"}))
    assert "named" not in "".join(vars(why(MARCUS, one_sided)).values())
    both = why(replace(MARCUS, preferred=frozenset({"U2"})), one_sided)
    assert "you each named the other" in both.mentor


def test_a_group_of_three_reads_about_each_of_the_others() -> None:
    people = [person(user_id, frozenset(), name=f"{user_id} Example") for user_id in ("Ana", "Bo", "Cy")]
    match = propose(people, MatchSettings(ProgramKind.PEER, trios=True)).pairs[0]
    assert match.words_for("Cy").count("With ") == 2
    assert "With Ana: " in match.words_for("Cy")


@settings(max_examples=examples(25), deadline=None)
@given(
    st.sampled_from(ProgramKind),
    st.frozensets(st.sampled_from(("U3", "U4")), min_size=1),
    st.sampled_from((None, "U3", "U4")),
    st.frozensets(st.sampled_from(("buyer", "seller"))),
)
def test_private_facts_never_change_a_word(
    kind: ProgramKind, unwanted: frozenset[str], manager: str | None, groups: frozenset[str]
) -> None:
    wanted = MatchSettings(kind, walls=(("buyer", "other side"),))
    silent = why(MARCUS, PRIYA, wanted)
    private = {"do_not_pair_with": unwanted, "manager": manager, "groups": groups}
    assert why(replace(MARCUS, **private), replace(PRIYA, **private), wanted) == silent  # type: ignore[arg-type] # facts of several kinds


def test_what_speaks_against_a_pair_is_told_the_coordinator_and_not_the_two() -> None:
    words = why(replace(MARCUS, level=7), replace(PRIYA, level=2))
    assert "outside the range asked for" in words.coordinator
    assert not any("outside" in said for said in (words.mentor, words.mentee, words.together))
