"""What a program suggests is read by each in their own language, and kept in one."""

from dataclasses import asdict

from mentoring.agreements import ProgramDefaults, Rescheduler
from messages.suggestions import suggestion_in, suggestion_of
from messages.words import Reader

SPANISH, ENGLISH = Reader.of("UTC", "es-MX"), Reader.of("UTC", "en-US")
SUGGESTED = [
    each
    for each in asdict(ProgramDefaults()).values()
    if isinstance(each, str) and not isinstance(each, Rescheduler)
]


def test_every_suggestion_is_translated_and_comes_back_as_it_is_kept() -> None:
    assert len(SUGGESTED) > 4
    for kept in SUGGESTED:
        shown = suggestion_in(kept, SPANISH)
        assert shown != kept, f"add it to suggestions.yaml: {kept}"
        assert suggestion_of(shown, SPANISH) == kept
        assert suggestion_in(kept, ENGLISH) == suggestion_of(kept, ENGLISH) == kept


def test_own_words_are_never_touched() -> None:
    assert suggestion_in("We text.", SPANISH) == suggestion_of("We text.", SPANISH) == "We text."
