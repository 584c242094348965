"""The reporting line: who answers to whom, at any depth, and circles in it."""

from collections.abc import Iterator, Mapping


def managers_above(person: str, managers: Mapping[str, str]) -> Iterator[str]:
    """Walk up the reporting line from a person, nearest manager first; a circle is walked once.

    Args:
        person: The user id to start from; not part of the answer unless the line is a circle.
        managers: User id to the user id of the manager; top people are absent.
    """
    seen: set[str] = set()
    above = managers.get(person)
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = managers.get(above)


def reporting_circles(managers: Mapping[str, str]) -> list[tuple[str, ...]]:
    """List every circle in the reporting line once, each starting at its smallest user id."""
    circles: list[tuple[str, ...]] = []
    settled: set[str] = set()
    for start in sorted(managers):
        path: dict[str, int] = {}
        person: str | None = start
        while person is not None and person not in settled and person not in path:
            path[person] = len(path)
            person = managers.get(person)
        if person in path:
            circle = list(path)[path[person] :]
            first = circle.index(min(circle))
            circles.append(tuple(circle[first:] + circle[:first]))
        settled.update(path)
    return circles
