"""Forms and lists of joining and matching with nobody in them, one, a hundred, a thousand people."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from mentoring.enrollment import MAX_TERM_LENGTH, MAX_TERMS, Enrollment, EnrollmentState, Profile
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.result import (
    Alternative,
    Explanation,
    Match,
    MatchResult,
    Outcome,
    Summary,
    Unmatched,
)
from mentoring.matching.settings import Objective
from mentoring.people import Person
from mentoring.recruiting import balance
from mentoring.resources import Audience, Resource, Use, Verdict, Worry
from mentoring.review import Review, note
from mentoring.walls import build_wall
from messages.forms.applications import (
    PER_PAGE,
    UNFINISHED_PER_PAGE,
    Applicant,
    Queue,
    queue_form,
    unfinished_form,
)
from messages.forms.desk_lists import MOST_OBJECTIONS, Objection, objections_form
from messages.forms.invite import invite_form
from messages.forms.join import Answers, join_form
from messages.forms.match import PER_PAGE as PAIRS_PER_PAGE
from messages.forms.match import Proposal, note_form, review_form, swap_form
from messages.forms.match_rules import PER_PAGE as WALLS_PER_PAGE
from messages.forms.match_rules import rules_form, wall_form, walls_form
from messages.forms.match_settings import settings_form
from messages.forms.pairing import Move, move_form
from messages.forms.resources import PER_PAGE as RESOURCES_PER_PAGE
from messages.forms.resources import Judged, desk_form, edit_form, library_form
from messages.samples import CASES, LOCALES, NOW, ZONE, program_of
from messages.words import Reader
from playground.blocks import check_view

COUNTS = (0, 1, 100, 1000)
MOST_BYTES = 250_000
"""Slack's limit of a view, as JSON (docs.slack.dev, views; read 2026-08)."""
READERS = {language: Reader.of(ZONE, locale) for language, locale in LOCALES.items()}
PROGRAM = program_of(CASES["very long"])
LONG = "Wolfeschlegelsteinhausenbergerdorff"
STATES = (EnrollmentState.APPLIED, EnrollmentState.JOINED, EnrollmentState.WAITING, EnrollmentState.MATCHED)
SKILLS = tuple(f"{number} {'x' * (MAX_TERM_LENGTH - 4)}" for number in range(MAX_TERMS))


def person(number: int) -> Person:
    return Person(
        id=number + 1,
        workspace_id=1,
        slack_id=f"U{number:09}",
        name=f"{LONG} <!channel> & {number}",
        email=None,
        time_zone=ZONE,
        locale="en-US",
        country=None,
        is_admin=False,
        active=True,
        member=True,
    )


def applicant(number: int) -> Applicant:
    profile = Profile(
        frozenset(Role),
        offers=SKILLS,
        wants=tuple(f"{number % 700} {each}"[:MAX_TERM_LENGTH] for each in SKILLS),
        capacity=1,
        level=number % 9,
        office=f"{LONG} {number % 300}",
        goal="g" * 300,
    )
    enrollment = Enrollment(number, 1, number + 1, STATES[number % 4], profile, NOW)
    return Applicant(person(number), enrollment, person(number).name)


def pages_of_the_queue(count: int, reader: Reader) -> Iterator[dict[str, Any]]:
    everybody = [applicant(number) for number in range(count)]
    pool = balance(each.enrollment.profile for each in everybody)
    for page in range(max(1, -(-count // PER_PAGE))):
        shown = everybody[page * PER_PAGE : (page + 1) * PER_PAGE]
        yield queue_form(Queue(PROGRAM, shown, count, page, count, count, pool), reader)
    for page in range(max(1, -(-count // UNFINISHED_PER_PAGE))):
        shown = everybody[page * UNFINISHED_PER_PAGE : (page + 1) * UNFINISHED_PER_PAGE]
        yield unfinished_form(PROGRAM, shown, count, page, reader)


def proposal_of(count: int) -> Proposal:
    """As many pairs as half of these people make, and a tenth without a match."""
    words = Explanation(*("why " * 200,) * 3, together="why " * 100)
    ids = [f"U{number:09}" for number in range(count)]
    others = tuple(Alternative(each, each, 0.5, 0.01, 1, exact=False) for each in ids[:3])
    couples = zip(ids[::2], ids[1::2], strict=False)
    pairs = tuple(Match(each, 0.8, {"wishes": 1.0}, words, others) for each in couples)
    alone = tuple(
        Unmatched(f"U{number:09}", Role.MENTEE, "no mentor. " * 40, "one more would do. " * 20)
        for number in range(-(-count // 10))
    )
    outcomes = [Outcome(each, 1.0, 0.9 - 0.1 * n, 0.5, count // 2) for n, each in enumerate(Objective)]
    summary = Summary(ProgramKind.TRADITIONAL, 1, outcomes[0], tuple(outcomes[1:]), count, 0)
    review = Review()
    for match in pairs:
        review = note(review, match, "n" * 500) if len(review.notes) < 60 else review
    names = {f"U{number:09}": person(number).name for number in range(count)}
    return Proposal(PROGRAM, 3, 12, MatchResult(pairs, alone, summary), review, names)


def pages_of_the_review(count: int, reader: Reader) -> Iterator[dict[str, Any]]:
    proposal = proposal_of(count)
    items = len(proposal.result.pairs) + len(proposal.result.unmatched)
    for page in range(max(1, -(-items // PAIRS_PER_PAGE))):
        yield review_form(proposal, reader, page)
    if proposal.result.pairs:
        yield swap_form(proposal, reader, 0, 0)
        yield note_form(proposal, reader, 0, 0)


def pages_of_the_walls(count: int, reader: Reader) -> Iterator[dict[str, Any]]:
    everybody = [person(number) for number in range(max(2, count))]
    names = {each.id: each.name for each in everybody}
    half = len(everybody) // 2
    wall = build_wall("M" * 80, [*names][:half], [*names][half:], 7)
    walls = [wall] * count
    for page in range(max(1, -(-count // WALLS_PER_PAGE))):
        yield walls_form(PROGRAM, walls, names, reader, page)
    slack_ids = {each.id: each.slack_id for each in everybody}
    yield wall_form(PROGRAM, wall, slack_ids, reader)
    yield wall_form(PROGRAM, None, slack_ids, reader)
    yield rules_form(PROGRAM, count, reader)
    yield settings_form(PROGRAM, reader)


def steps_of_joining(count: int, reader: Reader) -> Iterator[dict[str, Any]]:
    apart = frozenset(f"U{number:09}" for number in range(count))
    profile = Profile(frozenset(Role), offers=SKILLS, wants=SKILLS, goal="g" * 300, do_not_pair_with=apart)
    for step in (1, 2, 3):
        yield join_form(Answers(PROGRAM, profile, joined=True, zone=ZONE), reader, step)
    yield invite_form([replace(PROGRAM, id=number) for number in range(max(1, count))], reader)


def pages_of_the_library(count: int, reader: Reader) -> Iterator[dict[str, Any]]:
    shelf = [
        Resource(
            number,
            "T <!here> " + "t" * 69,
            "a" * 200,
            "https://x.example/" + "u" * 480,
            ("t" * 40,) * 6,
            frozenset(),
            Audience.EVERYBODY,
            NOW,
            retired=number % 5 == 0,
        )
        for number in range(count)
    ]
    used = {each.id: Use(1000, dict.fromkeys(Verdict, 9)) for each in shelf}
    for page in range(max(1, -(-count // RESOURCES_PER_PAGE))):
        yield library_form(
            shelf, Judged({}, {each.id for each in shelf}), reader, page, {"words": "w" * 100}, keeps=True
        )
        yield desk_form([(each, [*Worry]) for each in shelf], used, reader, page)
    yield edit_form(shelf[0] if shelf else None, reader)


PAGES: dict[str, Callable[[int, Reader], Iterator[dict[str, Any]]]] = {
    "the queue": pages_of_the_queue,
    "the review": pages_of_the_review,
    "walls and rules": pages_of_the_walls,
    "joining and inviting": steps_of_joining,
    "the library": pages_of_the_library,
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("language", READERS)
def test_slack_takes_every_page_however_many_people_there_are(name: str, count: int, language: str) -> None:
    for view in PAGES[name](count, READERS[language]):
        assert check_view(view) == []
        assert len(json.dumps(view)) < MOST_BYTES


def test_the_mentor_who_was_asked_for_is_in_the_menu_however_many_fit_better() -> None:
    mentors = [(number, f"{LONG} {number}") for number in range(1, 131)]
    view = move_form(Move(1, ["Marcus", "Priya"], "Priya", mentors, wanted=130), READERS["en"])
    assert check_view(view) == []
    (menu,) = (each["element"] for each in view["blocks"] if each["type"] == "input")
    assert menu["initial_option"]["value"] == "130"
    assert len(menu["options"]) == 100
    assert "30 more can be chosen" in str(view)


@pytest.mark.parametrize("count", COUNTS)
def test_every_objection_is_listed_as_far_as_a_view_holds_them(count: int) -> None:
    said = [Objection(person(number).name, [LONG], "why " * 30, NOW) for number in range(count)]
    view = objections_form(1, said, READERS["en"])
    assert check_view(view) == []
    assert str(view).count("would rather not") == min(count, MOST_OBJECTIONS)
