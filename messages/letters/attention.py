"""Letters to coordinators about a pair that may need them."""

from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words, mention


def wants_a_word(seen: Circumstances) -> Message:
    """Tell a coordinator that somebody asked to be called, and that nobody else knows."""
    words = Words("letters/wants_a_word", seen.reader)
    by = int(seen.ids["person"])
    # Where the only coordinator is the other of the pair, there is nobody who does not know.
    others = [each.first_name for each in seen.figures if each.id not in (by, seen.the_recipient.id)]
    caller = mention(seen.people[by].slack_id)
    text = words.mrkdwn("text", by=caller, others=others, program=seen.the_program)
    about = {"program": seen.the_program.id, "pair": seen.the_pair.id, "person": by}
    done = button(words.plain("done"), Act("survey.called", about), style="primary")
    return Message(text, [section(text), actions([done]), context(words.mrkdwn("why"))])
