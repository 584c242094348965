"""The library as people see it, and as coordinators keep it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mentoring.phases import PhaseName
from mentoring.resources import (
    ABOUT_LENGTH,
    TITLE_LENGTH,
    UNUSED,
    URL_LENGTH,
    Audience,
    Resource,
    Use,
    Verdict,
    Worry,
)
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    confirm,
    context,
    divider,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from messages.forms.paging import page_of, paging
from messages.words import Reader, Words

PER_PAGE = 20
"""Resources on a page: with two blocks each a view's 100 are enough, and a phone's thumb too."""
RATINGS = {
    Verdict.HELPED: "resource.helped",
    Verdict.NOT_FOR_ME: "resource.not_for_me",
    Verdict.DEAD: "resource.dead",
}
"""The tap that says it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody said of resources, and which they opened without a word so far, by their ids."""

    said: Mapping[int, Verdict]
    opened: Collection[int] = ()


def library_form(
    found: Sequence[Resource],
    judged: Judged,
    reader: Reader,
    page: int,
    about: Mapping[str, int | str],
    *,
    keeps: bool,
) -> Block:
    """List what is of use to somebody now, each to open and to rate in one tap.

    Args:
        found: In the order in which to show it.
        judged: What the reader said of each themselves; of what they only opened they are asked.
        reader: For whom.
        page: From 0.
        about: What the list was opened for: words, a phase.
        keeps: Whether the reader may keep the library in order.
    """
    words = Words("forms/resources", reader)
    page = page_of(page, len(found), PER_PAGE)
    blocks = [context(words.mrkdwn("privacy"))]
    if keeps:
        blocks.append(actions([button(words.plain("to_desk"), Act("resource.desk"))]))
    if not found:
        blocks.append(section(words.mrkdwn("nothing")))
    for each in found[page * PER_PAGE : (page + 1) * PER_PAGE]:
        line = words.mrkdwn("line", resource=each, opened=each.id in judged.opened)
        blocks += [section(line), actions(_taps(words, each, judged.said.get(each.id), page))]
    blocks += paging(reader, "resource.earlier", "resource.later", page, len(found), PER_PAGE)
    act = Act("resource.list", {**about, "page": page})
    return modal(act, words.plain("title"), blocks, close=words.plain("close"))


def desk_form(
    listed: Sequence[tuple[Resource, Sequence[Worry]]], uses: Mapping[int, Use], reader: Reader, page: int
) -> Block:
    """List the whole library for a coordinator: what needs a look first, to keep or to retire."""
    words = Words("forms/resources", reader)
    page = page_of(page, len(listed), PER_PAGE)
    worrying = sum(bool(found) for _, found in listed)
    blocks = [
        section(words.mrkdwn("desk_intro", count=len(listed), worrying=worrying)),
        actions(
            [
                button(words.plain("add"), Act("resource.edit"), style="primary"),
                button(words.plain("back"), Act("resource.list")),
            ]
        ),
        divider(),
    ]
    for each, found in listed[page * PER_PAGE : (page + 1) * PER_PAGE]:
        use = uses.get(each.id, UNUSED)
        share = use.helped_share
        text = words.mrkdwn(
            "kept",
            resource=each,
            worries=[words.plain(f"worry_{worry.name.lower()}") for worry in found],
            opened=use.opened,
            helped=None if share is None else round(100 * share),
        )
        blocks += [section(text), actions(_decisions(words, each, found, page))]
    blocks += paging(reader, "resource.desk_earlier", "resource.desk_later", page, len(listed), PER_PAGE)
    act = Act("resource.desk", {"page": page})
    return modal(act, words.plain("desk_title"), blocks, close=words.plain("close"))


def edit_form(resource: Resource | None, reader: Reader) -> Block:
    """Add a resource, or change one."""
    words = Words("forms/resources", reader)
    phases = [option(words.plain(f"phase_{each}"), each) for each in PhaseName]
    audiences = [option(words.plain(f"audience_{each}"), each) for each in Audience]
    blocks = [
        field(
            "title",
            words.plain("name"),
            text_input("title", initial=resource.title if resource else None, max_length=TITLE_LENGTH),
        ),
        field(
            "url",
            words.plain("url"),
            text_input("url", initial=resource.url if resource else None, max_length=URL_LENGTH),
        ),
        field(
            "about",
            words.plain("about"),
            text_input("about", initial=resource.about if resource else None, max_length=ABOUT_LENGTH),
            optional=True,
        ),
        field(
            "tags",
            words.plain("tags"),
            text_input("tags", initial=", ".join(resource.tags) if resource else None),
            hint=words.plain("tags_hint"),
            optional=True,
        ),
        field(
            "phases",
            words.plain("phases"),
            checkboxes("phases", phases, initial=resource.phases if resource else ()),
            hint=words.plain("phases_hint"),
            optional=True,
        ),
        field(
            "audience",
            words.plain("audience"),
            static_select(
                "audience", audiences, initial=resource.audience if resource else Audience.EVERYBODY
            ),
        ),
        actions([button(words.plain("back_to_desk"), Act("resource.desk"))]),
    ]
    act = Act("resource.save", {"resource": resource.id} if resource else {})
    return modal(
        act, words.plain("edit_title"), blocks, submit=words.plain("save"), close=words.plain("close")
    )


def _taps(words: Words, each: Resource, said: Verdict | None, page: int) -> list[Block]:
    about: dict[str, int | str] = {"resource": each.id, "page": page}
    there = button(words.plain("open"), Act("resource.open", about)) | {"url": each.url}
    taps = [
        button(
            words.plain(verdict.name.lower()),
            Act(name, about),
            style="primary" if said is verdict and verdict is Verdict.HELPED else None,
        )
        for verdict, name in RATINGS.items()
        if said is not verdict
    ]
    return [there, *taps]


def _decisions(words: Words, each: Resource, found: Sequence[Worry], page: int) -> list[Block]:
    about: dict[str, int | str] = {"resource": each.id, "page": page}
    change = button(words.plain("change"), Act("resource.edit", about))
    if each.retired:
        return [button(words.plain("bring_back"), Act("resource.keep", about)), change]
    sure = confirm(
        words.plain("retire_title"),
        words.plain("retire_text", resource=each),
        words.plain("retire"),
        words.plain("keep"),
    )
    keep = [button(words.plain("keep"), Act("resource.keep", about), style="primary")] if found else []
    return [*keep, button(words.plain("retire"), Act("resource.retire", about), sure=sure), change]
