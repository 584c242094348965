"""A small language that says what a JSON object must look like, and names the place where it does not.

A check takes a value and its path and yields what is wrong. Checks of blocks, elements and objects are put
together from these, so that a limit stands in a table and not in an `if`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from playground.blocks.anatomy import OBJECT


@dataclass(frozen=True)
class Problem:
    """One thing Slack would refuse: where it is (`blocks[2].text.text`) and a sentence on what is wrong."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path} {self.sentence}" if self.path else self.sentence


Check: TypeAlias = Callable[[Any, str], Iterator[Problem]]
"""Looks at a value that stands at a path and yields its problems."""

SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
"""An address of any kind: it names its scheme."""

HTTP: Final = re.compile(r"https?://\S+")
"""An address Slack can fetch or open."""


@dataclass(frozen=True)
class Field:
    """A key of an object: what its value must be, and whether it must be there."""

    check: Check
    required: bool


def need(check: Check) -> Field:
    """A key that must be there."""
    return Field(check, required=True)


def may(check: Check) -> Field:
    """A key that may be there."""
    return Field(check, required=False)


def under(path: str, key: str) -> str:
    """The path of a key of the object at `path`."""
    return f"{path}.{key}" if path else key


def kind_of(value: object) -> str:
    """What a JSON value is, as a sentence says it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, int | float):
        return "a number"
    return "an object" if isinstance(value, Mapping) else "a list"


def _must_be(what: str, value: object, path: str) -> Problem:
    return Problem(path, f"must be {what}, not {kind_of(value)}")


def _size(count: int, low: int, high: int | None, things: str, path: str) -> Iterator[Problem]:
    if count < low:
        least = "must not be empty" if low == 1 else f"must have at least {low} {things} and has {count}"
        yield Problem(path, least)
    if high is not None and count > high:
        yield Problem(path, f"may have at most {high} {things} and has {count}")


def string(
    high: int | None = None, low: int = 1, form: re.Pattern[str] | None = None, says: str = ""
) -> Check:
    """A string of `low` to `high` code points; `form` must match the whole of it, `says` names that form."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield _must_be("a string", value, path)
            return
        yield from _size(len(value), low, high, "characters", path)
        if form is not None and not form.fullmatch(value):
            yield Problem(path, f"must be {says}")

    return check


def one_of(*choices: str) -> Check:
    """One of these strings."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if value not in choices:
            yield Problem(path, f"must be one of {', '.join(choices)}")

    return check


def boolean(value: Any, path: str) -> Iterator[Problem]:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield _must_be("true or false", value, path)


def integer(low: int, high: int | None = None) -> Check:
    """A whole number of `low` to `high`."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield _must_be("a whole number", value, path)
        elif value < low or (high is not None and value > high):
            yield Problem(
                path, f"must be {low} or more" + (f" and at most {high}" if high is not None else "")
            )

    return check


def number(above: float | None = None) -> Check:
    """A number, greater than `above` where that is given."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _must_be("a number", value, path)
        elif above is not None and value <= above:
            yield Problem(path, f"must be greater than {above:g}")

    return check


def array(item: Check, high: int | None = None, low: int = 1, things: str = "items") -> Check:
    """A list of `low` to `high` values, each of which passes `item`."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield _must_be("a list", value, path)
            return
        yield from _size(len(value), low, high, things, path)
        for place, one in enumerate(value):
            yield from item(one, f"{path}[{place}]")

    return check


def record(fields: Mapping[str, Field], *also: Check) -> Check:
    """An object with these keys and no others; `also` looks at the whole once its keys are in order."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, OBJECT):
            yield _must_be("an object", value, path)
            return
        problems = list(_problems_of_keys(value, path, fields))
        if not problems:
            problems = [problem for whole in also for problem in whole(value, path)]
        yield from problems

    return check


def _problems_of_keys(value: Mapping[str, Any], path: str, fields: Mapping[str, Field]) -> Iterator[Problem]:
    for key in value:
        if key not in fields:
            yield Problem(under(path, key), "is not a key Slack knows here")
    for key, field in fields.items():
        if key in value:
            yield from field.check(value[key], under(path, key))
        elif field.required:
            yield Problem(under(path, key), "is required")


def typed(fields: Mapping[str, Field], *also: Check) -> Check:
    """A record that carries its `type`; which type it is decides `tagged`."""
    return record({"type": need(string()), **fields}, *also)


def tagged(shapes: Mapping[str, Check], thing: str, elsewhere: frozenset[str] = frozenset()) -> Check:
    """An object whose `type` picks its shape; types in `elsewhere` exist but do not belong here."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, OBJECT):
            yield _must_be("an object", value, path)
            return
        kind = value.get("type")
        if kind is None:
            yield Problem(under(path, "type"), "is required")
        elif not isinstance(kind, str):
            yield _must_be("a string", kind, under(path, "type"))
        elif kind in shapes:
            yield from shapes[kind](value, path)
        elif kind in elsewhere:
            yield Problem(path, f"must be of type {' or '.join(shapes)}, not {kind}")
        else:
            yield Problem(under(path, "type"), f"is {kind!r}, which is no {thing} Slack knows")

    return check


def exactly_one(*keys: str) -> Check:
    """Of these keys one is there, and only one."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if sum(key in value for key in keys) != 1:
            yield Problem(path, f"must have exactly one of {', '.join(keys)}")

    return check


def at_least_one(*keys: str) -> Check:
    """Of these keys one or more are there."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not any(key in value for key in keys):
            yield Problem(path, f"must have at least one of {', '.join(keys)}")

    return check


def in_order(low: str, high: str) -> Check:
    """Where both keys are there, the first is not above the second; strings are compared as numbers."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield Problem(under(path, low), f"must not be above {high}")

    return check


def unique(values: list[Any], paths: list[str], thing: str) -> Iterator[Problem]:
    """Each of the values stands once; the later of two the same is the problem."""
    first: dict[Any, str] = {}
    for value, path in zip(values, paths, strict=True):
        if value in first:
            yield Problem(path, f"repeats the {thing} of {first[value]}")
        else:
            first[value] = path
