"""The coordinators' communication plan: the board, writing an update, seeing it as people will, a summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.broadcasts import TEXT_LENGTH, Audience, Broadcast, BroadcastState, Occasion, Reach
from mentoring.programs import Program
from mentoring.stories import Story, StoryState, Tale
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    context,
    date_picker,
    divider,
    field,
    header,
    modal,
    option,
    section,
    static_select,
    text_input,
    time_picker,
)
from messages.letters.updates import update_blocks
from messages.words import Reader, Words

MOST_SHOWN = 8
"""Of each list on the board: with two blocks each it stays well within Slack's hundred."""
EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows.

    Args:
        moments: Days with something to tell that are still ahead.
        tellers: Who told which story, as the board names them.
        told_of_moments: Whether coordinators are told when a moment comes.
    """

    program: Program
    ahead: Sequence[Broadcast]
    sent: Sequence[Broadcast]
    moments: Mapping[Occasion, date]
    stories: Sequence[Story]
    tellers: Mapping[int, str]
    told_of_moments: bool


def board(seen: Board, reader: Reader) -> Block:
    """Build the board."""
    words = Words("forms/broadcast", reader)
    about: dict[str, int | str] = {"program": seen.program.id}
    newsletter = Act("broadcast.newsletter", about | {"occasion": Occasion.NEWSLETTER.value})
    buttons = [
        button(words.plain("write"), Act("broadcast.write", about), style="primary"),
        button(words.plain("newsletter"), newsletter),
        button(words.plain("summary"), Act("broadcast.summary", about)),
    ]
    blocks = [
        section(words.mrkdwn("intro", program=seen.program)),
        actions(buttons),
        header(words.plain("ahead")),
        *_ahead(words, about, seen.ahead),
        header(words.plain("stories")),
        *_stories(words, about, seen),
        header(words.plain("moments")),
        *_moments(words, about, seen),
    ]
    if seen.sent:
        lines = [_sent(words, each) for each in seen.sent[:MOST_SHOWN]]
        blocks += [header(words.plain("sent")), section("\n".join(lines))]
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))


def _ahead(words: Words, about: dict[str, int | str], ahead: Sequence[Broadcast]) -> list[Block]:
    if not ahead:
        return [context(words.mrkdwn("none_ahead"))]
    blocks = []
    for each in ahead[:MOST_SHOWN]:
        text = words.mrkdwn(
            "one_ahead",
            send_at=each.send_at,
            audience=words.plain(f"to_{each.audience}"),
            waiting=each.state is BroadcastState.WAITING,
            excerpt=_excerpt(each.text),
        )
        stop = Act("broadcast.cancel", about | {"broadcast": each.id})
        blocks.append(section(text, button(words.plain("cancel"), stop)))
    return blocks + _rest(words, len(ahead))


def _stories(words: Words, about: dict[str, int | str], seen: Board) -> list[Block]:
    if not seen.stories:
        return [context(words.mrkdwn("no_stories"))]
    blocks = []
    for each in seen.stories[:MOST_SHOWN]:
        asked = each.state is StoryState.ASKED
        text = words.mrkdwn(
            "one_story",
            text=each.text,
            teller=seen.tellers.get(each.person_id, ""),
            places=[words.plain(f"place_{place}") for place in sorted(each.places)],
            asked=asked,
        )
        use = button(words.plain("use_story"), Act("broadcast.write", about | {"story": each.id}))
        blocks.append(section(text, None if asked else use))
    return blocks + _rest(words, len(seen.stories))


def _moments(words: Words, about: dict[str, int | str], seen: Board) -> list[Block]:
    blocks = [
        section(
            words.mrkdwn("one_moment", name=words.plain(occasion.value), on=day),
            button(words.plain("draft"), Act("broadcast.write", about | {"occasion": occasion.value})),
        )
        for occasion, day in seen.moments.items()
    ]
    state = "on" if seen.told_of_moments else "off"
    press = "stop_reminders" if seen.told_of_moments else "start_reminders"
    switch = button(words.plain(press), Act("broadcast.reminders", about))
    return [*blocks, section(words.mrkdwn(f"reminders_{state}"), switch)]


def _sent(words: Words, each: Broadcast) -> str:
    return "• " + words.mrkdwn(
        "one_sent",
        send_at=each.send_at,
        audience=words.plain(f"to_{each.audience}"),
        told=each.told,
        left_out=each.left_out,
    )


def _rest(words: Words, count: int) -> list[Block]:
    return [context(words.mrkdwn("more", n=count - MOST_SHOWN))] if count > MOST_SHOWN else []


def _excerpt(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= EXCERPT else first[: EXCERPT - 1] + "…"


def write_form(
    about: Act,
    audiences: Sequence[Audience],
    draft: str,
    reader: Reader,
    *,
    story: bool,
    chosen: Audience | None = None,
    send_at: datetime | None = None,
) -> Block:
    """Build the form in which an update is written; `send_at` None means at once."""
    words = Words("forms/broadcast", reader)
    choices = [option(words.plain(f"to_{each}"), each.value) for each in audiences]
    here = send_at.astimezone(reader.zone) if send_at else None
    day = date_picker("day", initial=f"{here:%Y-%m-%d}" if here else None)
    at = time_picker("at", initial=f"{here:%H:%M}" if here else None, zone=str(reader.zone))
    blocks = [
        field(
            "audience",
            words.plain("audience"),
            static_select("audience", choices, initial=(chosen or audiences[0]).value),
        ),
        field(
            "text",
            words.plain("text"),
            text_input("text", initial=draft, multiline=True, max_length=TEXT_LENGTH),
            hint=words.plain("text_hint"),
        ),
        field("day", words.plain("day"), day, hint=words.plain("day_hint"), optional=True),
        field("at", words.plain("at"), at, optional=True),
    ]
    if story:
        blocks.insert(0, section(words.mrkdwn("tells_story")))
    return modal(
        about, words.plain("title_write"), blocks, submit=words.plain("preview"), close=words.plain("close")
    )


def preview_form(
    program: Program, made: Broadcast, tale: Tale | None, reached: Reach | None, reader: Reader, now: datetime
) -> Block:
    """Show an update as people will read it, and to how many it goes; `reached` is None for the channel."""
    words = Words("forms/broadcast", reader)
    at_once = made.send_at <= now
    if reached is None:
        where = words.mrkdwn("goes_channel", now=at_once, send_at=made.send_at)
    else:
        where = words.mrkdwn(
            "goes_people",
            people=len(reached.people),
            audience=words.plain(f"to_{made.audience}"),
            now=at_once,
            send_at=made.send_at,
            heard=reached.heard_lately,
            muted=reached.muted,
            away=reached.away,
        )
    submit = "ask_teller" if tale else "send" if at_once else "plan"
    about: dict[str, int | str] = {"program": program.id, "broadcast": made.id}
    change = button(words.plain("change"), Act("broadcast.edit", about))
    shown = update_blocks(program, made.text, tale, reader)
    blocks = [section(where, change), divider(), *shown]
    act = Act("broadcast.send", about)
    return modal(
        act, words.plain("title_preview"), blocks, submit=words.plain(submit), close=words.plain("close")
    )


def summary_view(
    program: Program, numbers: Mapping[str, int], tales: Sequence[Tale], minimum: int, reader: Reader
) -> Block:
    """Words for a web site: numbers of groups that are large enough, and stories whose tellers said yes."""
    words, letter = Words("forms/broadcast", reader), Words("letters/broadcast", reader)
    quoted = [
        {"text": each.text, "teller": each.name or letter.plain(f"teller_{each.role or 'somebody'}")}
        for each in tales
    ]
    text = words.mrkdwn("summary_text", program=program, tales=quoted, minimum=minimum, **dict(numbers))
    blocks = [section(text), context(words.mrkdwn("summary_hint"))]
    return modal(Act("notice"), words.plain("title_summary"), blocks, close=words.plain("close"))


def draft_of(occasion: Occasion | None, numbers: Mapping[str, int], reader: Reader, *, story: bool) -> str:
    """A first version of an update, from the program's numbers."""
    words = Words("forms/broadcast", reader)
    if story:
        return words.plain("draft_story")
    return words.plain(f"draft_{occasion}", **dict(numbers)) if occasion else ""
