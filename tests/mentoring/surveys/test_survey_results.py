from collections.abc import Sequence
from dataclasses import replace

import pytest

from mentoring.errors import Refusal
from mentoring.surveys.answers import check_answers
from mentoring.surveys.attention import Attention, AttentionReason, Given, attention
from mentoring.surveys.evaluation import CohortEvidence, Gap, Measure, Outcome, evaluation
from mentoring.surveys.instruments import (
    Audience,
    Instrument,
    Level,
    Option,
    Question,
    QuestionKind,
    Value,
    Visibility,
)
from mentoring.surveys.results import (
    BeforeAfter,
    Response,
    Results,
    Summary,
    change,
    own_change,
    results,
    rolling_results,
    shared_notes,
)

GROUPED, OWN = Visibility.GROUPED, Visibility.OWN
SATISFIED = Question("satisfied", "Happy?", QuestionKind.RATING, GROUPED, "", level=Level.SATISFACTION)
TELL = Question("tell", "Recommend?", QuestionKind.NPS, GROUPED, "", level=Level.SATISFACTION)
USED = Question("used", "Used at work?", QuestionKind.RATING, GROUPED, "", level=Level.BEHAVIOR)
HELPS = Question(
    "helps", "What helps?", QuestionKind.CHOICES, GROUPED, "", options=(Option("a", "A"), Option("b", "B"))
)
HOURS = Question("hours", "Hours?", QuestionKind.NUMBER, GROUPED, "")
NOTE = Question("note", "Anything?", QuestionKind.LONG, Visibility.TEAM_IF_SHARED, "")
CALL = Question(
    "call", "A word?", QuestionKind.CHOICES, Visibility.COORDINATOR, "", options=(Option("yes", "Yes"),)
)
FINAL = Instrument(
    "final",
    1,
    "Final",
    Audience.MENTEE,
    anonymous=True,
    purpose="",
    questions=(SATISFIED, TELL, USED, HELPS, HOURS, NOTE),
)
CHECK_IN = replace(FINAL, id="check_in", anonymous=False, questions=(SATISFIED, USED, NOTE, CALL))
SKILL = Question("skill", "I can speak up.", QuestionKind.RATING, OWN, "", level=Level.LEARNING)
SELF = Instrument("competency", 1, "Self", Audience.MENTEE, anonymous=False, purpose="", questions=(SKILL,))


def one_question(question: Question, given: Sequence[Value], asked: int | None = None) -> Results:
    survey = replace(FINAL, questions=(question,))
    return results(survey, [Response({question.id: value}) for value in given], asked=asked or len(given))


def total(question: Question, given: Sequence[Value]) -> Summary | None:
    return one_question(question, given).questions[0].total


def test_four_answers_are_withheld_and_five_are_shown() -> None:
    assert total(SATISFIED, [5, 4, 4, 3]) is None
    assert total(SATISFIED, [5, 4, 4, 3, 3]) == Summary(5, {3: 2, 4: 2, 5: 1}, mean=3.8)


def test_the_response_rate_is_shown_even_where_answers_are_not() -> None:
    withheld = one_question(SATISFIED, [5, 4], asked=8)
    assert withheld.rate.share == 0.25
    assert one_question(SATISFIED, []).rate.share is None


def test_recommendation_is_promoters_minus_detractors() -> None:
    # 3 promoters (9, 10, 10), 2 passives (7, 8), 1 detractor (6): 50% - 17%.
    summary = total(TELL, [9, 10, 10, 7, 8, 6])
    assert summary is not None
    assert summary.nps == 33


def test_choices_count_everyone_once_and_every_pick() -> None:
    assert total(HELPS, [("a",), ("a", "b"), ("a",), ("b",), ("a",)]) == Summary(5, {"a": 4, "b": 2})


def test_numbers_show_a_mean_and_never_single_values() -> None:
    assert total(HOURS, [1, 2, 3, 4, 40]) == Summary(5, {}, mean=10)


def test_a_question_too_few_answered_is_withheld_beside_one_that_is_shown() -> None:
    responses = [Response({"satisfied": 4, "used": 2} if n < 4 else {"satisfied": 4}) for n in range(6)]
    shown = {r.question.id: r.total is not None for r in results(FINAL, responses, asked=6).questions}
    assert shown == {"satisfied": True, "tell": False, "used": False, "helps": False, "hours": False}


def test_a_breakdown_sums_up_each_group() -> None:
    responses = [Response({"satisfied": 5}, {"office": "Austin"}) for _ in range(5)]
    responses += [Response({"satisfied": 1}) for _ in range(5)]
    survey = replace(FINAL, questions=(SATISFIED,))
    (breakdown,) = results(survey, responses, asked=10, by=["office"]).questions[0].breakdowns
    assert breakdown.cells is not None
    assert {cell.labels: cell.summary.mean for cell in breakdown.cells} == {("",): 1.0, ("Austin",): 5.0}


def test_a_minimum_below_three_is_refused_everywhere() -> None:
    with pytest.raises(Refusal):
        results(FINAL, [], asked=0, minimum=2)
    with pytest.raises(Refusal):
        rolling_results(FINAL, [], asked=0, current_period=1, minimum=2)
    with pytest.raises(Refusal):
        change(SELF, [], minimum=2)


def test_two_looks_at_a_rolling_result_never_differ_by_a_few_answers() -> None:
    survey = replace(FINAL, questions=(SATISFIED,))
    arrivals = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 6]
    responses = [Response({"satisfied": 3}, period=period) for period in arrivals]
    counts = []
    for now in range(9):
        so_far = [r for r in responses if r.period <= now]
        summary = rolling_results(survey, so_far, asked=12, current_period=now).questions[0].total
        counts.append(summary.count if summary else 0)
    assert counts == [0, 0, 5, 5, 10, 10, 10, 10, 10]


def test_change_counts_only_those_who_rated_themselves_twice() -> None:
    both = [BeforeAfter({"skill": 2}, {"skill": after}) for after in (3, 3, 4, 4, 5)]
    (shown,) = change(SELF, [*both, BeforeAfter({"skill": 5}, {})])
    assert (shown.count, shown.before) == (5, 2.0)
    assert shown.difference == pytest.approx(1.8)
    (withheld,) = change(SELF, [*both[:4], BeforeAfter({"skill": 5}, {})])
    assert (withheld.count, withheld.before, withheld.after, withheld.difference) == (None, None, None, None)


def test_self_ratings_are_published_as_change_alone() -> None:
    assert results(SELF, [Response({"skill": 4})] * 9, asked=9).questions == ()
    assert own_change(SELF, BeforeAfter({"skill": 2}, {"skill": 4})) == {"skill": (2, 4)}


def test_shared_notes_to_an_anonymous_survey_wait_for_enough_answers_and_lose_their_order() -> None:
    responses = [Response({"note": "Zebra"}), Response({"note": "Apple"})]
    assert shared_notes(FINAL, responses) == ()
    enough = [*responses, *[Response({"satisfied": 3})] * 3]
    assert shared_notes(FINAL, enough) == (("note", "Apple"), ("note", "Zebra"))


def given_by(person_id: int, instrument: Instrument = CHECK_IN, **raw: object) -> Given:
    return Given(person_id, instrument, check_answers(instrument, raw))


def test_a_low_rating_asks_for_a_look_and_names_nobody() -> None:
    assert attention(17, [given_by(1, satisfied=2), given_by(2, satisfied=3)]) == (
        Attention(17, AttentionReason.LOW_RATING, person_id=None),
    )


def test_two_people_far_apart_ask_for_a_look() -> None:
    found = attention(17, [given_by(1, satisfied=5, used=4), given_by(2, satisfied=3)])
    assert [one.reason for one in found] == [AttentionReason.MISMATCH]


def test_a_pair_that_is_fine_is_left_alone() -> None:
    assert attention(17, [given_by(1, satisfied=4, used=3), given_by(2, satisfied=3)]) == ()
    assert attention(17, [given_by(1, satisfied=5), given_by(1, satisfied=3)]) == ()


def test_the_confidential_line_names_who_wants_a_word() -> None:
    assert attention(17, [given_by(2, call=["yes"]), given_by(1)]) == (
        Attention(17, AttentionReason.WANTS_A_WORD, person_id=2),
    )


def test_an_anonymous_answer_never_points_at_a_pair() -> None:
    assert attention(17, [given_by(1, FINAL, satisfied=1)]) == ()


def test_nothing_that_holds_answers_shows_them_in_a_log() -> None:
    held = (Response({"note": "my secret"}), BeforeAfter({"skill": 2}, {"skill": 4}))
    assert [repr(one) for one in held] == ["Response(note)", "BeforeAfter()"]


def cohort(name: str, satisfied: Sequence[int], asked: int = 10) -> CohortEvidence:
    survey = replace(FINAL, questions=(SATISFIED, USED))
    answered = results(survey, [Response({"satisfied": rating}) for rating in satisfied], asked=asked)
    return CohortEvidence(name, surveys=(answered,))


def test_the_evaluation_has_four_levels_and_empty_ones_say_so() -> None:
    reports = evaluation(cohort("2026", [4, 4, 5, 5, 4]))
    assert [(r.level, r.gap) for r in reports] == [
        (Level.SATISFACTION, None),
        (Level.LEARNING, Gap.NOT_ASKED),
        (Level.BEHAVIOR, Gap.TOO_FEW),
        (Level.RESULTS, Gap.NOT_ASKED),
    ]
    assert Gap.NOT_ASKED.sentence != Gap.TOO_FEW.sentence


def test_a_line_is_compared_with_the_latest_earlier_cohort_that_has_it() -> None:
    reports = evaluation(
        cohort("2026", [4, 4, 5, 5, 4]),
        [cohort("2023", [1] * 5), cohort("2024", [3] * 5), cohort("2025", [2, 2])],
    )
    (line,) = reports[0].lines
    assert line.moved == pytest.approx(1.4)
    assert line.now.rate is not None
    assert line.now.rate.share == 0.5
    assert [(figure.cohort, figure.value) for figure in line.earlier] == [
        ("2023", 1.0),
        ("2024", 3.0),
        ("2025", None),
    ]


def test_changes_are_evidence_of_learning_and_outcomes_of_results() -> None:
    rated = change(SELF, [BeforeAfter({"skill": 2}, {"skill": 3})] * 5)
    evidence = CohortEvidence(
        "2026", changes=rated, outcomes=(Outcome("Retained", 41, 44), Outcome("Promoted", 1, 3))
    )
    reports = {report.level: report for report in evaluation(evidence)}
    (learned,) = reports[Level.LEARNING].lines
    assert (learned.measure, learned.now.value) == (Measure.DIFFERENCE, 1.0)
    shares = {line.text: line.now.value for line in reports[Level.RESULTS].lines}
    assert shares == {"Retained": pytest.approx(0.932, abs=0.001), "Promoted": None}


def test_a_recommendation_is_read_as_a_score_even_when_one_cohort_withholds_it() -> None:
    survey = replace(FINAL, questions=(TELL,))
    now = results(survey, [Response({"tell": 10})] * 5, asked=5)
    before = results(survey, [Response({"tell": 1})] * 4, asked=5)
    (line,) = evaluation(CohortEvidence("now", (now,)), [CohortEvidence("before", (before,))])[0].lines
    assert (line.measure, line.now.value, line.earlier[0].value, line.moved) == (Measure.NPS, 100, None, None)
