"""Sentences that rules word in English, for a reader of another language.

Rules raise whole English sentences (`mentoring.errors`), because a rule knows no reader. Here they are found
again in the reader's catalog, `templates/LANGUAGE/refusals.yaml`: most by the sentence itself, those with
values by a pattern. English readers get what the rule said; so does everybody where the catalog has nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import cast

import yaml

from messages.words import FALLBACK, TEMPLATES, Reader

CATALOG = "refusals.yaml"
HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")
"""`{name}`, or `{name:word}` where what fills it is itself put into the reader's language."""
LAST = re.compile(r",? (and)(?= )(?!.* and )|,? (or)(?= )", re.DOTALL)
"""What joins several: the last “and” (a program's name may have one of its own), and every “or”."""
MORE = re.compile(r"(?<= )(\d+) more$")
"""`or 3 more`, as a list that was cut ends."""


@dataclass(frozen=True)
class Entry:
    """A sentence with holes and its translation."""

    pattern: str
    said: str

    @cached_property
    def read(self) -> re.Pattern[str]:
        """Recognizes the sentence; each hole takes as little as it can."""
        place, parts = 0, []
        for hole in HOLE.finditer(self.pattern):
            parts += [re.escape(self.pattern[place : hole.start()]), f"(?P<{hole[1]}>.+?)"]
            place = hole.end()
        return re.compile("".join([*parts, re.escape(self.pattern[place:])]), re.DOTALL)


@dataclass(frozen=True)
class Catalog:
    """One language's sentences, those without values apart: they are looked up."""

    sentences: Mapping[str, str]
    patterns: tuple[Entry, ...]
    parts: tuple[Entry, ...]
    words: Mapping[str, str]
    joins: Mapping[str, str]

    def say(self, sentence: str) -> str:
        """A sentence in this language; as it stands where the catalog does not have it."""
        return self.sentences.get(sentence) or self._by_pattern(self.patterns, sentence) or sentence

    def _by_pattern(self, entries: tuple[Entry, ...], text: str) -> str | None:
        for entry in entries:
            found = entry.read.fullmatch(text)
            if found is not None:
                return self._filled(entry.said, found.groupdict())
        return None

    def _filled(self, said: str, values: Mapping[str, str]) -> str:
        def fill(hole: re.Match[str]) -> str:
            value = values[hole[1]]
            return FILLINGS[hole[2]](self, value) if hole[2] else value

        return HOLE.sub(fill, said)

    def word(self, value: str) -> str:
        """One of our own words, such as a role."""
        return self.words.get(value, value)

    def list(self, value: str) -> str:
        """Names joined as English joins them, joined as this language does."""
        cut = MORE.sub(rf"\1 {self.joins['more']}", value)
        return LAST.sub(lambda last: f" {self.joins[last[1] or last[2]]}", cut)

    def each_part(self, value: str) -> str:
        """Parts between semicolons, each by itself."""
        return "; ".join(self._by_pattern(self.parts, part) or part for part in value.split("; "))


FILLINGS: Mapping[str, Callable[[Catalog, str], str]] = {
    "word": Catalog.word,
    "list": Catalog.list,
    "parts": Catalog.each_part,
}


def in_language(sentence: str, reader: Reader) -> str:
    """A rule's sentence as its reader reads it."""
    return sentence if reader.language == FALLBACK else catalog(reader.language).say(sentence)


@cache
def catalog(language: str) -> Catalog:
    """Read a language's sentences once; one without a file has none."""
    path = TEMPLATES / language / CATALOG
    known = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    sentences = _entries(known, "sentences")
    with_holes = [Entry(*each) for each in sentences.items() if HOLE.search(each[0])]
    # The one that says more by itself is tried first: a hole would take its words too.
    with_holes.sort(key=lambda each: -len(HOLE.sub("", each.pattern)))
    return Catalog(
        {pattern: said for pattern, said in sentences.items() if not HOLE.search(pattern)},
        tuple(with_holes),
        tuple(Entry(*each) for each in _entries(known, "parts").items()),
        _entries(known, "words"),
        _entries(known, "joins"),
    )


def _entries(known: object, section: str) -> dict[str, str]:
    return dict(cast("dict[str, dict[str, str]]", known).get(section, {}))
