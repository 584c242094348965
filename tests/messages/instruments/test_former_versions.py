"""A question that was asked once is kept for ever: changing a shipped survey means a new version of it."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from messages.instruments import loader
from messages.instruments.loader import FOLDER, FORMER, parse_instrument, shipped, shipped_version

KEPT = Path(__file__).parent / "versions.txt"
"""A line for each version that was ever shipped: name, version, fingerprint of its file."""


def fingerprints() -> dict[tuple[str, int], str]:
    found = {}
    for path in (*FOLDER.glob("*.yaml"), *FORMER.glob("*.yaml")):
        text = path.read_text("utf-8")
        one = parse_instrument(text, path.name).in_locale("en")
        assert (one.id, one.version) not in found, f"{path.name}: there are two files of this version"
        found[one.id, one.version] = sha256(text.encode()).hexdigest()
    return found


def test_no_version_that_was_shipped_has_changed_or_gone() -> None:
    now = fingerprints()
    lines = KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []
    kept = {(name, int(version)): digest for name, version, digest in map(str.split, lines)}
    if os.environ.get("UPDATE_GOLDENS"):
        kept = {**now, **kept}
        written = [f"{name} {version} {digest}" for (name, version), digest in sorted(kept.items())]
        KEPT.write_text("\n".join(written) + "\n", encoding="utf-8")
    for one, digest in kept.items():
        assert now.get(one) == digest, (
            f"{one} was asked as it stood: keep the old file in {FORMER.name}/, raise the version"
        )
    assert now.keys() <= kept.keys(), "keep the new version with UPDATE_GOLDENS=1"


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """We ship a second version of the mid-term survey, and its first is among the former ones."""
    ours = (FOLDER / "mid_term.yaml").read_text("utf-8")
    (tmp_path / "former").mkdir()
    (tmp_path / "former" / "mid_term.1.yaml").write_text(ours, encoding="utf-8")
    newer = ours.replace("version: 1", "version: 2").replace('en: "', 'en: "New: ', 3)
    (tmp_path / "mid_term.yaml").write_text(newer, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    monkeypatch.setattr(loader, "FORMER", tmp_path / "former")
    for each in (loader.shipped, loader._former):
        each.cache_clear()


@pytest.mark.usefixtures("changed")
def test_an_answer_keeps_the_question_it_was_given_to() -> None:
    try:
        before, now = (shipped_version("mid_term", each).in_locale("en") for each in (1, 2))
        assert now.title.startswith("New: ")
        assert not before.title.startswith("New: ")
        with pytest.raises(KeyError):
            shipped_version("mid_term", 3)
    finally:
        for each in (shipped, loader._former):
            each.cache_clear()
