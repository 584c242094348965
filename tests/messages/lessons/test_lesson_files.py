from pathlib import Path

import pytest

from mentoring.kinds import ProgramKind, Role
from mentoring.lessons import lessons_for
from messages.instruments.yaml_lines import BadFileError
from messages.lessons.loader import FOLDER, load_folder, parse_lesson, shipped_lessons

GOOD = """\
---
id: asking
title: How to ask
roles: [mentee]
order: 1
minutes: 3
question: What now?
choices:
  - {id: ask, text: Ask, feedback: Good., right: true}
  - {id: wait, text: Wait, feedback: You may.}
---
Ask **early**.

- One
- Two
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(BadFileError) as refused:
        parse_lesson(text, "asking.md")
    return list(refused.value.problems)


def test_a_good_file_becomes_a_lesson_for_every_kind_of_program_unless_it_says_which() -> None:
    lesson = parse_lesson(GOOD, "asking.md")
    assert (lesson.id, lesson.roles, lesson.kinds) == (
        "asking",
        frozenset({Role.MENTEE}),
        frozenset(ProgramKind),
    )
    assert lesson.body == "Ask **early**.\n\n- One\n- Two"
    assert [choice.right for choice in lesson.question.choices] == [True, False]
    assert parse_lesson(GOOD.replace("order: 1", "order: 1\nkinds: [reverse]"), "x").kinds == {"reverse"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("order: 1", "color: red\norder: 1", "5: a lesson has no `color`; it takes id, title,"),
        ("order: 1\n", "", "2: a lesson lacks `order`"),
        ("How to ask", "How to ask for what you need", "3: `title` is 28 characters long and 24 fit"),
        ("[mentee]", "[boss]", "4: an entry of `roles` must be one of mentor, mentee, not `boss`"),
        ("[mentee]", "[]", "4: `roles` needs at least one of mentor, mentee"),
        ("minutes: 3", "minutes: 90", "6: `minutes` goes from 1 to 15"),
        ("id: wait", "id: ask", "10: the choice `ask` stands twice"),
        (", right: true", "", "9: exactly one choice must have `right: true`"),
        ("feedback: You may.", "feedback: You may., right: true", "9: exactly one choice must have"),
        (", feedback: You may.", "", "10: a choice lacks `feedback`"),
        ("  - {id: wait, text: Wait, feedback: You may.}\n", "", "9: a question takes 2 to 5 choices, not 1"),
        ("minutes: 3", "minutes: [3", "7: this is not YAML"),
        ("Ask **early**.\n\n- One\n- Two\n", "", "12: the lesson has no text below its front matter"),
        ("Ask **early**.", "x" * 6001, "12: the text is 6014 characters long and 6000 fit"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_what_to_do(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    found = problems_of(GOOD.replace(old, new, 1))
    assert any(one.startswith(f"asking.md:{problem}") for one in found), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "asking.md:1: a lesson starts with `---` and its front matter"),
        ("Just text.", "asking.md:1: a lesson starts with `---` and its front matter"),
        ("---\nid: a\nAsk.", "asking.md:1: the front matter that opens here is never closed with `---`"),
    ],
)
def test_a_file_without_front_matter_says_what_is_missing(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


def test_a_programs_own_folder_names_the_mistakes_of_all_its_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD.replace("minutes: 3", "minutes: 0"), "utf-8")
    (tmp_path / "b.md").write_text(GOOD, "utf-8")
    (tmp_path / "c.md").write_text(GOOD, "utf-8")
    with pytest.raises(BadFileError) as refused:
        load_folder(tmp_path)
    assert refused.value.problems == (
        "a.md:6: `minutes` goes from 1 to 15",
        "c.md:2: another file has the lesson `asking` already",
    )


def test_a_programs_own_folder_replaces_the_shipped_set(tmp_path: Path) -> None:
    later = GOOD.replace("id: asking", "id: later").replace("order: 1", "order: 9")
    (tmp_path / "later.md").write_text(later, "utf-8")
    (tmp_path / "z.md").write_text(GOOD, "utf-8")
    assert [lesson.id for lesson in load_folder(tmp_path)] == ["asking", "later"]


def test_mentees_have_their_orientation_and_mentors_five_steps() -> None:
    lessons = shipped_lessons()
    mentee = [lesson.id for lesson in lessons_for(lessons, [Role.MENTEE], ProgramKind.TRADITIONAL)]
    assert mentee == ["mentee_culture", "mentee_policies", "mentee_roles", "mentee_driving"]
    mentor = [lesson.title for lesson in lessons_for(lessons, [Role.MENTOR], ProgramKind.TRADITIONAL)]
    assert mentor == [
        "Step 1: Getting ready",
        "Step 2: Planning",
        "Step 3: Preparing",
        "Step 4: Showing",
        "Step 5: Practicing",
    ]


@pytest.mark.parametrize("role", Role)
def test_reverse_programs_open_with_preconceptions_for_both(role: Role) -> None:
    first = lessons_for(shipped_lessons(), [role], ProgramKind.REVERSE)[0]
    assert first.id == "reverse_preconceptions"
    others = [kind for kind in ProgramKind if kind is not ProgramKind.REVERSE]
    assert first.kinds.isdisjoint(others)


@pytest.mark.parametrize("kind", ProgramKind)
@pytest.mark.parametrize("role", Role)
def test_everyone_in_every_kind_of_program_has_a_lesson(role: Role, kind: ProgramKind) -> None:
    assert lessons_for(shipped_lessons(), [role], kind)


def test_every_lesson_is_there_in_english_and_in_spanish_and_they_agree() -> None:
    english, spanish = load_folder(FOLDER / "en"), load_folder(FOLDER / "es")
    assert [lesson.id for lesson in english] == [lesson.id for lesson in spanish]
    for one, other in zip(english, spanish, strict=True):
        assert (one.roles, one.kinds, one.order) == (other.roles, other.kinds, other.order)
        assert one.minutes == other.minutes
        picks, theirs = ([(c.id, c.right) for c in each.question.choices] for each in (one, other))
        assert picks == theirs
        assert one.title != other.title
        assert one.body.count("**") == other.body.count("**")
    assert shipped_lessons("es-MX") == spanish
    assert shipped_lessons("fr") == english


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_lesson_takes_three_to_five_minutes(locale: str) -> None:
    # 100 words a minute leaves time to think about the question: adults read about 240 (Brysbaert, 2019).
    for lesson in shipped_lessons(locale):
        assert 150 <= len(lesson.body.split()) <= 100 * lesson.minutes
        assert 3 <= lesson.minutes <= 5
