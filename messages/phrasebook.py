"""English sentences found again in another language, most by themselves, those with values by a pattern.

Rules know no reader: they word refusals and reasons in English. A phrasebook is a file of a language's
folder, `templates/LANGUAGE/NAME.yaml`, with each of them and its translation. In a pattern `{name}` stands
for any words, `{name:word}` for a single one; in a translation a colon says how the value is filled in, see
`FILLINGS`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import cast

import yaml

from messages.words import TEMPLATES, before

HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")
LAST = re.compile(r",? (and)(?= )(?!.* and )|,? (or)(?= )", re.DOTALL)
"""What joins several: the last “and” (a program's name may have one of its own), and every “or”."""
MORE = re.compile(r"(?<= )(\d+) more$")
"""`or 3 more`, as a list that was cut ends."""
SINGLE, ANY = r"[^\s,;]+", ".+?"


@dataclass(frozen=True)
class Entry:
    """A pattern and its translation."""

    pattern: str
    said: str

    @cached_property
    def ends(self) -> tuple[str, str]:
        """What it begins and ends with before the first and after the last hole: cheap to look for."""
        around = HOLE.sub("\0", self.pattern).split("\0")
        return around[0], around[-1]

    def values(self, text: str) -> dict[str, str] | None:
        """What stands in its holes; None where the text is another sentence."""
        begins, ends = self.ends
        if not (text.startswith(begins) and text.endswith(ends)):
            return None
        found = self.read.fullmatch(text)
        return found.groupdict() if found else None

    @cached_property
    def read(self) -> re.Pattern[str]:
        """Recognizes the sentence; each hole takes as little as it can."""
        place, parts = 0, []
        for hole in HOLE.finditer(self.pattern):
            words = SINGLE if hole[2] == "word" else ANY
            parts += [re.escape(self.pattern[place : hole.start()]), f"(?P<{hole[1]}>{words})"]
            place = hole.end()
        return re.compile("".join([*parts, re.escape(self.pattern[place:])]), re.DOTALL)


@dataclass(frozen=True)
class Patterns:
    """Entries in the order in which they are tried, found by the letters a sentence begins and ends with."""

    entries: tuple[Entry, ...]
    _likely: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def among(self, text: str) -> list[Entry]:
        """Those that a sentence with these first and last letters can be; a book has hundreds of others."""
        letters = text[:1], text[-1:]
        if letters not in self._likely:
            self._likely[letters] = [
                each
                for each in self.entries
                if each.ends[0][:1] in ("", letters[0]) and each.ends[1][-1:] in ("", letters[1])
            ]
        return self._likely[letters]


@dataclass(frozen=True)
class Phrasebook:
    """One file: its sentences without values, those with, their parts, and our own words and joints."""

    language: str
    sentences: Mapping[str, str]
    patterns: Patterns
    parts: Patterns
    words: Mapping[str, str]
    joins: Mapping[str, str]

    def find(self, sentence: str) -> str | None:
        """The sentence in this language; None where the book does not have it."""
        return self.sentences.get(sentence) or self._by_pattern(self.patterns, sentence)

    def _by_pattern(self, entries: Patterns, text: str) -> str | None:
        for entry in entries.among(text):
            values = entry.values(text)
            if values is not None:
                return self._filled(entry.said, values)
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
        return LAST.sub(lambda last: f" {before(self.joins[last[1] or last[2]], cut[last.end() + 1 :])}", cut)

    def each_part(self, value: str) -> str:
        """Parts between semicolons, each by itself."""
        return "; ".join(self._by_pattern(self.parts, part) or part for part in value.split("; "))

    def clause(self, value: str) -> str:
        """A sentence within a sentence; a first one has a capital, which may be a name's own."""
        return self.find(value) or self.find(f"{value[:1].lower()}{value[1:]}") or value

    def reason(self, value: str) -> str:
        """One of the matcher's reasons, which stand in a book of their own."""
        return phrasebook(self.language, "reasons").clause(value)

    def fault(self, value: str) -> str:
        """A fault of a file, likewise."""
        return phrasebook(self.language, "faults").clause(value)


FILLINGS: Mapping[str, Callable[[Phrasebook, str], str]] = {
    "word": Phrasebook.word,
    "list": Phrasebook.list,
    "parts": Phrasebook.each_part,
    "clause": Phrasebook.clause,
    "reason": Phrasebook.reason,
    "fault": Phrasebook.fault,
}


@cache
def phrasebook(language: str, name: str) -> Phrasebook:
    """Read a file once; a language without one has an empty book."""
    path = TEMPLATES / language / f"{name}.yaml"
    known = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    sentences = _entries(known, "sentences")
    with_holes = [Entry(*each) for each in sentences.items() if HOLE.search(each[0])]
    # The one that says more by itself is tried first: a hole would take its words too.
    with_holes.sort(key=lambda each: -len(HOLE.sub("", each.pattern)))
    return Phrasebook(
        language,
        {pattern: said for pattern, said in sentences.items() if not HOLE.search(pattern)},
        Patterns(tuple(with_holes)),
        Patterns(tuple(Entry(*each) for each in _entries(known, "parts").items())),
        _entries(known, "words"),
        _entries(known, "joins"),
    )


def _entries(known: object, section: str) -> dict[str, str]:
    return dict(cast("dict[str, dict[str, str]]", known).get(section, {}))
