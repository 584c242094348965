"""Telling a story: what happened, how to be named, where it may be told."""

from collections.abc import Sequence

from mentoring.programs import Program
from mentoring.stories import STORY_LENGTH, Place, Story
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    option,
    radio,
    section,
    text_input,
)
from messages.letters.context import Message
from messages.words import Reader, Words

NAMED, UNNAMED = "yes", "no"


def story_form(program: Program, reader: Reader) -> Block:
    """Build the form."""
    words = Words("forms/story", reader)
    names = [option(words.plain(f"named_{each}"), each) for each in (NAMED, UNNAMED)]
    places = [option(words.plain(f"place_{each}"), each.value) for each in Place]
    blocks = [
        context(words.mrkdwn("who_sees", program=program)),
        field(
            "story",
            words.plain("story"),
            text_input("story", multiline=True, max_length=STORY_LENGTH),
            hint=words.plain("story_hint"),
        ),
        field("named", words.plain("named"), radio("named", names, initial=UNNAMED)),
        field("places", words.plain("places"), checkboxes("places", places, initial=[Place.PROGRAM.value])),
    ]
    return modal(
        Act("story.tell", {"program": program.id}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def own_stories(stories: Sequence[Story], program: Program | None, reader: Reader) -> Message:
    """What somebody told so far, to take back, or to tell another."""
    words = Words("forms/story", reader)
    blocks: list[Block] = [section(words.mrkdwn("mine"))]
    for each in stories:
        press = button(words.plain("take_back"), Act("story.take_back", {"story": each.id}))
        blocks.append(section(words.mrkdwn("one", text=each.text), press))
    if program is not None:
        another = Act("story.open", {"program": program.id})
        blocks.append(actions([button(words.plain("another"), another)]))
    return Message(words.mrkdwn("mine"), blocks)
