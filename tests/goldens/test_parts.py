"""Every part of every template, in every awkward case and language: as kept; nobody's words are obeyed."""

import pytest

from messages.sample_parts import parts_of, rendered, takes_values, template_names
from messages.samples import CASES, LOCALES, ZONE
from messages.words import Reader
from tests.goldens.keep import compare

NEW_LINE = "\n    "


@pytest.mark.parametrize("name", template_names())
@pytest.mark.parametrize("language", LOCALES)
def test_every_part_reads_as_kept(name: str, language: str) -> None:
    reader = Reader.of(ZONE, LOCALES[language])
    lines = []
    for part in parts_of(name):
        cases = [*CASES] if takes_values(name, part) else ["one"]
        lines.append(f"# {part}")
        heard: dict[str, list[str]] = {}
        for case in cases:
            heard.setdefault(rendered(name, part, case, reader), []).append(case)
        for text, same in heard.items():
            assert "<!" not in text, part
            assert "<@U0BOSS>" not in text, part
            lines.append(f"{', '.join(same)}: {text.replace(chr(10), NEW_LINE)}" if len(heard) > 1 else text)
    compare(f"{language}/parts/{name}.txt", "\n".join(lines))
