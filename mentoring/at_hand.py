"""Which program a line is about: the one it ends with by name, or the one on the coordinator's desk."""

import re
from collections.abc import Sequence

from mentoring.errors import Refusal
from mentoring.programs import Program, ProgramState

LIVE = frozenset({ProgramState.ENROLLING, ProgramState.MATCHED, ProgramState.RUNNING})
"""Programs with people in them to look after."""
NOT_OVER = LIVE | {ProgramState.DRAFT}
PART_OF_NAME = 3
"""Letters of a program's name that must be typed after `of`: fewer would fit by accident."""
MOST_LISTED = 3
"""Programs listed in a refusal."""
OF = re.compile(r"(?:^|\s)(?P<how>of|for|in|del|de|en|para)\s+(?P<name>\S.*)$", re.IGNORECASE)


def on_desk(programs: Sequence[Program], chosen_id: int | None) -> Program | None:
    """The program a desk shows: the chosen one; else the newest with people in it, a draft, one that is over.

    A draft of the next cycle does not push the running one off the desk before it opens.

    Args:
        programs: What this person may see, newest first.
        chosen_id: What they picked on Home, if ever.
    """
    chosen = next((each for each in programs if each.id == chosen_id), None)
    live = (each for each in programs if each.state in LIVE)
    drafts = (each for each in programs if each.state is ProgramState.DRAFT)
    return chosen or next(live, None) or next(drafts, None) or next(iter(programs), None)


def named_last(
    text: str, programs: Sequence[Program], sure: frozenset[str] = frozenset({"of"})
) -> tuple[Program | None, str]:
    """Find a program's name, or a part that fits one only, at the end of a line: `people of Spring 2026`.

    Without `of`, `for` or `in` before it, a name counts where it is the whole line or more than one word, so
    that nobody's `extend @a @b to May 15` is taken for a program called May 15.

    Args:
        text: The line without its command.
        programs: Every program there is, newest first.
        sure: The words after which nothing but a program's name can stand.

    Returns:
        The program, or None where the line names none; and the line without it.

    Raises:
        Refusal: What follows a sure word is no program's name, or part of several.
    """
    wanted = " ".join(text.split()).rstrip(" .")
    for each in sorted(programs, key=lambda each: -len(each.name)):
        name = " ".join(each.name.split())
        if not wanted.casefold().endswith(name.casefold()):
            continue
        before = wanted[: len(wanted) - len(name)]
        bare, said = (
            before.rstrip(),
            re.sub(r"(?:^|\s)(?:of|for|in|del|de|en|para)\s+$", "", before, flags=re.IGNORECASE),
        )
        if said != before:
            return each, said.strip()
        if not bare or (before != bare and " " in name):
            return each, bare
    found = OF.search(wanted)
    if found is None:
        return None, text
    fitting = [each for each in programs if found["name"].casefold() in each.name.casefold()]
    if len(found["name"]) >= PART_OF_NAME and len(fitting) == 1:
        return fitting[0], wanted[: found.start()]
    if len(found["name"]) >= PART_OF_NAME and fitting:
        raise Refusal(f"“{found['name']}” could be {any_of(fitting)}. Say the whole name.")
    if found["how"].lower() in sure:
        raise Refusal(f"I don't know a program called “{found['name']}”. `/mentoring program` lists them.")
    return None, text


def any_of(programs: Sequence[Program]) -> str:
    """Name a few of them, as people do."""
    names = [each.name for each in programs[:MOST_LISTED]]
    more = len(programs) - len(names)
    return " or ".join([*names, *([f"{more} more"] if more else [])])
