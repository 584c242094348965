"""Who may be matched at all: the rules every pair must meet, and the walls between people."""

from collections.abc import Mapping, Sequence

from mentoring.kinds import ProgramKind
from mentoring.match_rules import MAX_CYCLES, MAX_GAP, match_rules_of
from mentoring.matching.candidates import Wish
from mentoring.matching.settings import Aspect
from mentoring.programs import Program
from mentoring.walls import MAX_NAME_LENGTH, Side, Wall
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    confirm,
    context,
    field,
    modal,
    number_input,
    option,
    people_select,
    section,
    static_select,
    text_input,
)
from messages.forms.paging import page_of, paging
from messages.words import Reader, Words

SWITCHES = ("common_language", "trios")
"""What is switched on or off; groups of three only in peer programs."""
PER_PAGE = 40
"""Walls on a page, a block each."""
NAMES_SHOWN = 6
"""People of a side named in the list; the wall itself shows everybody."""


def rules_form(program: Program, walls: int, reader: Reader) -> Block:
    """Build the form from what is in force."""
    words, rules = Words("forms/match_rules", reader), match_rules_of(program)
    wishes = [option(words.plain(f"wish_{each.name.lower()}"), each) for each in Wish]
    names = SWITCHES if program.kind is ProgramKind.PEER else SWITCHES[:1]
    switches = [option(words.plain(each), each) for each in names]
    on = [each for each in names if getattr(rules, each)]
    blocks = [
        section(words.mrkdwn("intro", program=program)),
        actions([button(words.plain("to_walls", count=walls), Act("match.walls"))]),
        *(
            field(
                f"must_{aspect}",
                words.plain(f"must_{aspect}"),
                static_select("must", wishes, initial=rules.wish(aspect)),
            )
            for aspect in Aspect
        ),
        field(
            "barred_cycles",
            words.plain("barred_cycles"),
            number_input("cycles", initial=rules.barred_cycles, low=0, high=MAX_CYCLES),
            hint=words.plain("barred_cycles_hint"),
        ),
        field(
            "switches", words.plain("switches"), checkboxes("switches", switches, initial=on), optional=True
        ),
        field(
            "gap_least",
            words.plain("gap_least"),
            number_input("gap", initial=rules.gap.least, low=0, high=MAX_GAP),
            hint=words.plain("gap_hint"),
        ),
        field(
            "gap_most",
            words.plain("gap_most"),
            number_input("gap", initial=rules.gap.most, low=0, high=MAX_GAP),
        ),
    ]
    act = Act("match.rules_submit", {"program": program.id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))


def walls_form(
    program: Program, walls: Sequence[Wall], names: Mapping[int, str], reader: Reader, page: int
) -> Block:
    """List the walls of a program, a page at a time; `names` gives people by person id."""
    words = Words("forms/match_rules", reader)
    page = page_of(page, len(walls), PER_PAGE)
    shown = walls[page * PER_PAGE : (page + 1) * PER_PAGE]
    blocks = [
        section(words.mrkdwn("walls_intro", program=program)),
        actions(
            [
                button(words.plain("add_wall"), Act("match.wall_open"), style="primary"),
                button(words.plain("to_rules"), Act("match.rules")),
            ]
        ),
    ]
    blocks += [
        section(
            _wall(words, each, names),
            button(words.plain("change_wall"), Act("match.wall_open", {"wall": each.id})),
        )
        for each in shown
    ]
    if not walls:
        blocks.append(context(words.mrkdwn("no_walls")))
    blocks += paging(reader, "match.walls_earlier", "match.walls_later", page, len(walls), PER_PAGE)
    act = Act("match.walls", {"program": program.id})
    return modal(act, words.plain("walls_title"), blocks, close=words.plain("done"))


def wall_form(program: Program, wall: Wall | None, slack_ids: Mapping[int, str], reader: Reader) -> Block:
    """Make a wall, or change one; `slack_ids` gives its people by person id."""
    words = Words("forms/match_rules", reader)
    one = [slack_ids[each] for each in wall.on(Side.ONE, Side.WITHIN)] if wall else []
    other = [slack_ids[each] for each in wall.on(Side.OTHER)] if wall else []
    blocks = [
        field(
            "name",
            words.plain("name"),
            text_input("name", initial=wall.name if wall else None, max_length=MAX_NAME_LENGTH),
            hint=words.plain("name_hint"),
        ),
        field("one", words.plain("one"), people_select("people", initial=one)),
        field(
            "other",
            words.plain("other"),
            people_select("people", initial=other),
            hint=words.plain("other_hint"),
            optional=True,
        ),
        actions(_ways_out(words, wall)),
        context(words.mrkdwn("wall_privacy")),
    ]
    about: dict[str, int | str] = {"program": program.id}
    if wall:
        about["wall"] = wall.id
    return modal(
        Act("match.wall_submit", about),
        words.plain("wall_title"),
        blocks,
        submit=words.plain("wall_submit"),
        close=words.plain("close"),
    )


def _ways_out(words: Words, wall: Wall | None) -> list[Block]:
    back = button(words.plain("back"), Act("match.walls"))
    if wall is None:
        return [back]
    sure = confirm(
        words.plain("remove_title"),
        words.plain("remove_text"),
        words.plain("remove"),
        words.plain("keep_wall"),
    )
    return [back, button(words.plain("remove"), Act("match.wall_remove"), style="danger", sure=sure)]


def _wall(words: Words, wall: Wall, names: Mapping[int, str]) -> str:
    sides = {}
    for side in Side:
        standing = [names[each] for each in wall.on(side)]
        more = len(standing) - NAMES_SHOWN
        sides[side.value] = words.plain("people", names=standing[:NAMES_SHOWN], more=more) if standing else ""
    return words.mrkdwn("wall", name=wall.name, **sides)
