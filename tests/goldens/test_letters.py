"""Every kind of letter, in every awkward case and language: valid, harmless, and exactly as kept.

To accept changed words: `UPDATE_GOLDENS=1 pytest tests/goldens`, then read the difference.
"""

from dataclasses import replace

import pytest

from messages.letters.kinds import KINDS, letter
from messages.samples import CASES, LOCALES, circumstances
from playground.blocks import check_message, reading
from tests.goldens.keep import compare
from tests.goldens.seen import mrkdwn_texts, names_of

ALL = [(language, kind) for language in LOCALES for kind in KINDS]


@pytest.mark.parametrize(("language", "kind"), ALL)
def test_every_letter_reads_as_kept(language: str, kind: str) -> None:
    parts = []
    for name, case in CASES.items():
        message = letter(kind, circumstances(case, LOCALES[language], kind))
        text = reading(message.blocks, names=names_of(case))
        parts.append(f"=== {name}\n{text}")
    compare(f"{language}/letters/{kind}.txt", "\n\n".join(parts))


IN_THE_ROOM = (
    "did_you_meet", "second_ask", "sort_out", "meeting_due", "book", "catch_up", "pause_ends", "welcome_back",
)  # fmt: skip
"""Letters that read otherwise where everybody of a pair hears them together."""


@pytest.mark.parametrize("language", LOCALES)
def test_what_a_pair_hears_together_reads_as_kept(language: str) -> None:
    parts = []
    for kind in IN_THE_ROOM:
        for name in ("none", "one", "two"):
            heard = replace(circumstances(CASES[name], LOCALES[language], kind), recipient=None)
            message = letter(kind, heard)
            assert check_message(message.blocks, text=message.text) == [], (kind, name)
            parts.append(f"=== {kind}, {name}\n{reading(message.blocks, names=names_of(CASES[name]))}")
    compare(f"{language}/in_the_room.txt", "\n\n".join(parts))


@pytest.mark.parametrize(("language", "kind"), ALL)
def test_slack_takes_every_letter_whatever_people_are_called(language: str, kind: str) -> None:
    for name, case in CASES.items():
        message = letter(kind, circumstances(case, LOCALES[language], kind))
        assert check_message(message.blocks, text=message.text) == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_called_by_what_a_person_typed(kind: str) -> None:
    message = letter(kind, circumstances(CASES["injected mention"], "en-US", kind))
    for text in [message.text, *mrkdwn_texts(message.blocks)]:
        for injected in ("<!", "<@U0BOSS>", "<https://evil"):
            assert injected not in text
