"""Lists behind the desk: what did not arrive, who would rather not, the people and the pairs of a program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.health import Level
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    confirm,
    context,
    field,
    modal,
    section,
    text_input,
)
from messages.forms.paging import paging
from messages.letters.names import kind_named
from messages.words import Reader, Words

PER_PAGE = 25
"""People or pairs on a page: a block each, within Slack's hundred and a thumb's patience."""
NAME_LENGTH = 60
MOST_OBJECTIONS = 90
"""Objections listed, the newest: a block each, within Slack's hundred."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that did not arrive.

    Args:
        whom: To whom; empty where it went to a pair or a channel.
        reason: Slack's word for why.
        over: Whether its time is over, so that it is not sent any more.
    """

    letter_id: int
    kind: str
    whom: str
    reason: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody who would rather not be matched with these others, and why if they said."""

    by: str
    others: Sequence[str]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of a program, in a list.

    Args:
        name: What they are looked for by.
        state: Where they stand, as a code.
        role: mentor, mentee or both.
        pairs: Their living pairs, to open.
        called: Their name as it is shown, told apart from others of the same name.
    """

    name: str
    state: str
    role: str
    pairs: Sequence[int] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of a program, in a list."""

    pair_id: int
    names: Sequence[str]
    agreed: bool
    held: int
    level: Level
    looks: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is shown, and what was looked for."""

    program: Program
    number: int
    total: int
    sought: str = ""


def failed_form(
    program_id: int, failed: Sequence[Failed], total: int, in_time: int, reader: Reader, *, again: int = 0
) -> Block:
    """Say what did not arrive, with a button to try one again, or all that can still be sent.

    Args:
        program_id: Of which program.
        failed: The newest of them.
        total: How many there are.
        in_time: How many of them can still be sent.
        reader: Who reads it.
        again: How many were queued anew just now.
    """
    words = Words("forms/desk_lists", reader)
    top = [context(words.mrkdwn("sent_again", count=again))] if again else []
    if total:
        top.append(section(words.mrkdwn("about_failed", total=total, listed=len(failed), in_time=in_time)))
    if in_time > 1:
        sure = confirm(
            words.plain("again_all_title", count=in_time),
            words.plain("again_all_text", count=in_time, over=total - in_time),
            words.plain("again_all_yes", count=in_time),
            words.plain("again_all_no"),
        )
        top.append(
            actions([button(words.plain("again_all", count=in_time), Act("desk.again_all"), sure=sure)])
        )
    blocks = [
        section(
            words.mrkdwn("failed", each=each, kind=kind_named(each.kind, reader)),
            None
            if each.over
            else button(words.plain("again"), Act("desk.again", {"letter": each.letter_id})),
        )
        for each in failed
    ]
    blocks = blocks or ([] if again else [section(words.mrkdwn("nothing_failed"))])
    return _list(words, "failed", Act("desk.failed", {"program": program_id}), [*top, *blocks])


def objections_form(program_id: int, said: Sequence[Objection], reader: Reader) -> Block:
    """Say who would rather not, in their words; nobody else reads them."""
    words = Words("forms/desk_lists", reader)
    blocks: list[Block] = [
        section(
            words.mrkdwn("objection", by=each.by, others=list(each.others), reason=each.reason, at=each.at)
        )
        for each in said[:MOST_OBJECTIONS]
    ]
    blocks = [*(blocks or [section(words.mrkdwn("no_objections"))]), context(words.mrkdwn("objection_who"))]
    return _list(words, "objections", Act("desk.objections", {"program": program_id}), blocks)


def people_form(page: Page, people: Sequence[PersonLine], reader: Reader) -> Block:
    """List people with where they stand; a pair each can be opened."""
    words = Words("forms/desk_lists", reader)
    blocks = []
    for each in people:
        text = words.mrkdwn(
            "person",
            name=each.called or each.name,
            state=words.plain(f"state_{each.state.replace(' ', '_')}"),
            role=words.plain(f"role_{each.role}"),
        )
        blocks.append(section(text, _pairs_of(words, each)))
    return _searched(words, "people", page, blocks, reader)


def _pairs_of(words: Words, person: PersonLine) -> Block | None:
    """The button to somebody's pair; of a mentor of several, to the list of theirs."""
    if len(person.pairs) > 1:
        act = Act("desk.pairs", {"sought": person.name[:NAME_LENGTH], "page": 0})
        return button(words.plain("open_pairs", count=len(person.pairs)), act)
    return button(words.plain("open"), Act("desk.pair", {"pair": person.pairs[0]})) if person.pairs else None


def pairs_form(page: Page, pairs: Sequence[PairLine], reader: Reader) -> Block:
    """List pairs with how they stand, to open one."""
    words = Words("forms/desk_lists", reader)
    blocks = [
        section(
            words.mrkdwn("pair", pair=each, level=words.plain(f"level_{each.level}")),
            button(words.plain("open"), Act("desk.pair", {"pair": each.pair_id})),
        )
        for each in pairs
    ]
    return _searched(words, "pairs", page, blocks, reader)


def _searched(words: Words, what: str, page: Page, blocks: list[Block], reader: Reader) -> Block:
    """A list with a field to look for somebody by name; sending the form looks again."""
    look = field(
        "sought",
        words.plain("sought"),
        text_input("sought", initial=page.sought, max_length=NAME_LENGTH),
        optional=True,
    )
    about = context(words.mrkdwn(f"about_{what}", program=page.program, total=page.total, sought=page.sought))
    empty = words.mrkdwn("nobody_found" if page.sought else f"no_{what}", sought=page.sought)
    turning = paging(reader, f"desk.{what}_earlier", f"desk.{what}_later", page.number, page.total, PER_PAGE)
    act = Act("desk.find", {"program": page.program.id, "what": what, "sought": page.sought})
    return modal(
        act,
        words.plain(f"title_{what}"),
        [about, look, *(blocks or [section(empty)]), *turning],
        submit=words.plain("find"),
        close=words.plain("close"),
    )


def _list(words: Words, what: str, act: Act, blocks: list[Block]) -> Block:
    return modal(act, words.plain(f"title_{what}"), blocks, close=words.plain("close"))
