"""Small words: numbers, lists and first names as people write them."""

from collections.abc import Sequence

from mentoring.matching.candidates import Candidate

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def number(count: int) -> str:
    """Write a count as a word up to ten."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: one mentor, two mentors."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def ordinal(position: int) -> str:
    """Write a position, counted from 1, as a word up to ten."""
    return _ORDINALS[position - 1] if position <= len(_ORDINALS) else f"number {position}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: a, b, and c."""
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:  # noqa: PLR2004 - two words take no comma
        return f"{words[0]} {last} {words[1]}"
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


def names_for(people: Sequence[Candidate]) -> list[str]:
    """Call people by first name, or by their whole names where first names are the same."""
    firsts = [(person.name.split() or [person.user_id])[0] for person in people]
    return [
        first if firsts.count(first) == 1 else person.name.strip() or person.user_id
        for first, person in zip(firsts, people, strict=True)
    ]


def sentence(clauses: Sequence[str]) -> str:
    """Make a sentence of clauses."""
    text = "; ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
