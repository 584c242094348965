"""An organization's own templates take the place of ours, and are checked before anybody reads them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from messages.letters.kinds import letter
from messages.own_words import problems_of
from messages.samples import CASES, circumstances
from messages.words import TEMPLATES, use_own_templates

NAME = "en/letters/catch_up.jinja"

CATCHING_UP = "Would you like to catch up{% if others %} with {{ others|listing }}{% endif %}?"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "en" / "letters").mkdir(parents=True)
    yield tmp_path
    use_own_templates(None)


def write(folder: Path, old: str, new: str) -> None:
    ours = (TEMPLATES / NAME).read_text("utf-8")
    assert old in ours
    (folder / NAME).write_text(ours.replace(old, new), encoding="utf-8")


def test_an_own_template_is_read_in_place_of_ours(folder: Path) -> None:
    write(folder, CATCHING_UP, "Coffee at Harbor Law?")
    use_own_templates(folder)
    assert (
        "Coffee at Harbor Law?" in letter("catch_up", circumstances(CASES["one"], "en-US", "catch_up")).text
    )
    use_own_templates(None)
    assert "Coffee" not in letter("catch_up", circumstances(CASES["one"], "en-US", "catch_up")).text


def test_a_good_folder_has_no_problems(folder: Path) -> None:
    write(folder, CATCHING_UP, "Coffee?")
    assert problems_of(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{% block skip %}Not this time{% endblock %}", "", "these parts are missing: skip"),
        ("{% endblock %}", "", f"{NAME}:"),
        ("Would you like", "{{ nickname }}, would you like", "nickname"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, old: str, new: str, said: str) -> None:
    write(folder, old, new)
    assert any(said in problem for problem in problems_of(folder))


def test_a_file_we_do_not_have_is_named(folder: Path) -> None:
    (folder / "en" / "letters" / "joinde.jinja").write_text("x", encoding="utf-8")
    assert "there is no such template" in problems_of(folder)[0]


@pytest.mark.parametrize(
    ("name", "slip", "said"),
    [
        ("en/forms/pause.jinja", "{{ nickname }}", "'nickname' is undefined"),
        ("es/home.jinja", "{{ names.first }}", "es/home.jinja, title, none"),
    ],
)
def test_what_is_wrong_in_a_form_is_named_with_its_part(
    folder: Path, name: str, slip: str, said: str
) -> None:
    title = "{% block title %}"
    ours = (TEMPLATES / name).read_text("utf-8")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(ours.replace(title, title + slip), encoding="utf-8")
    assert any(said in problem for problem in problems_of(folder))
