"""Letters of the communication plan: updates to many, a last look at a story, moments to tell."""

from mentoring.broadcasts import Occasion
from mentoring.hours import zone_of
from mentoring.programs import Program, ProgramState
from mentoring.stories import Tale
from messages.actions import Act
from messages.blocks import SECTION_LIMIT, Block, actions, button, context, section
from messages.closing import close_enrollment_button
from messages.letters.context import Circumstances, Message
from messages.words import Reader, Words


def broadcast(seen: Circumstances) -> Message:
    """A coordinator's words to many, with the way out where they come to one person."""
    words, program = Words("letters/broadcast", seen.reader), seen.the_program
    blocks = update_blocks(program, seen.sentence, seen.tale, seen.reader)
    if seen.recipient is None:
        blocks.append(context(words.mrkdwn("why_channel", program=program)))
        return Message(blocks[0]["text"]["text"], blocks)
    stop = button(words.plain("stop"), Act("broadcast.mute", {"program": program.id}))
    blocks += [actions([stop]), context(words.mrkdwn("why", program=program))]
    return Message(blocks[0]["text"]["text"], blocks)


def update_blocks(program: Program, text: str, tale: Tale | None, reader: Reader) -> list[Block]:
    """What everybody reads of an update; the preview shows the same."""
    words = Words("letters/broadcast", reader)
    blocks = [section(words.mrkdwn("text", program=program, words=text)[:SECTION_LIMIT])]
    if tale is not None:
        blocks.append(section(words.mrkdwn("story", story=tale.text, teller=tale.name or _role(words, tale))))
    return blocks


def _role(words: Words, tale: Tale) -> str:
    return words.plain(f"teller_{tale.role}" if tale.role else "teller_somebody")


def story_preview(seen: Circumstances) -> Message:
    """Show a teller the very words in which their story would be passed on, and ask for a yes."""
    words, program = Words("letters/story_preview", seen.reader), seen.the_program
    place = "place_channel" if seen.ids["audience"] == "channel" else "place_people"
    text = words.mrkdwn("text", program=program, place=words.plain(place))
    about = {"story": seen.ids["story"], "broadcast": seen.ids["broadcast"]}
    buttons = [
        button(words.plain("yes"), Act("story.yes", about), style="primary"),
        button(words.plain("no"), Act("story.no", about)),
    ]
    shown = update_blocks(program, seen.sentence, seen.tale, seen.reader)
    return Message(text, [section(text), *shown, actions(buttons), context(words.mrkdwn("why"))])


def _is_the_day(seen: Circumstances) -> bool:
    """Whether the program starts or ends this very day; on a weekend or holiday it is told of on the next."""
    program = seen.the_program
    today = seen.now.astimezone(zone_of(program.time_zone)).date()
    return today == (program.starts_on if seen.ids["occasion"] == Occasion.LAUNCH else program.ends_on)


def update_due(seen: Circumstances) -> Message:
    """Tell a coordinator that the program has come to a moment with something to tell."""
    words, program = Words("letters/update_due", seen.reader), seen.the_program
    # A program paired by hand may start with its door open, or mean to keep it open: that is said once.
    enrolling = seen.ids["occasion"] == Occasion.LAUNCH and program.state is ProgramState.ENROLLING
    about: dict[str, int | str] = {"program": program.id}
    text = words.mrkdwn(
        "text",
        program=program,
        moment=words.plain(f"moment_{seen.ids['occasion']}", today=_is_the_day(seen)),
        stories=seen.numbers.get("stories", 0),
        enrolling=enrolling,
    )
    write = Act("broadcast.write", about | {"occasion": seen.ids["occasion"]})
    buttons = [
        button(words.plain("write"), write, style="primary"),
        button(words.plain("plan"), Act("broadcast.board", about)),
    ]
    if enrolling:
        buttons.append(close_enrollment_button(program.id, seen.reader))
    return Message(text, [section(text), actions(buttons), context(words.mrkdwn("why", program=program))])
