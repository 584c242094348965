"""Letters of an end or a break: to the one who stays behind, to coordinators, to partners of the absent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mentoring.pairs import Ending
from mentoring.programs import last_instant
from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.letters.context import Circumstances, Message
from messages.words import Words


def parted(seen: Circumstances) -> Message:
    """The pairing is over: kindly, without a reason, and with a way on while the program has one."""
    words, about = Words("letters/parted", seen.reader), {"pair": seen.the_pair.id}
    another = seen.now < last_instant(seen.the_program)
    others = [each.first_name for each in seen.others]
    ending = Ending(str(seen.ids["ending"]))
    casually = seen.the_pair.casual_since is not None and ending is Ending.PARTED
    text = words.mrkdwn("casual" if casually else str(ending), others=others, another=another)
    why = context(words.mrkdwn("why", another=another))
    if not another:
        return Message(text, [section(text), why])
    buttons = [
        button(words.plain("yes"), Act("pair.rematch", about), style="primary"),
        button(words.plain("no"), Act("pair.no_rematch", about)),
    ]
    return Message(text, [section(text), actions(buttons), why])


def pair_ended(seen: Circumstances) -> Message:
    """To a coordinator: who is free again, and the next step."""
    words = Words("letters/pair_ended", seen.reader)
    names = [each.name for each in seen.figures]
    text = words.mrkdwn(str(Ending(str(seen.ids["ending"]))), names=names)
    again = button(words.plain("match"), Act("match.want", {"program": seen.the_program.id}))
    why = words.mrkdwn("why", program=seen.the_program)
    return Message(text, [section(text), actions([again]), context(why)])


def group_smaller(seen: Circumstances) -> Message:
    """A group goes on without one of them: to the rest in their new room, and to coordinators."""
    words = Words("letters/group_smaller", seen.reader)
    to_group = seen.recipient is None
    gone = int(seen.ids["person"])
    text = words.mrkdwn(
        "text",
        name=seen.sentence,
        to_group=to_group,
        casual=seen.the_pair.casual_since is not None,
        others=[each.first_name for each in seen.figures if each.id != gone],
    )
    why = context(words.mrkdwn("why", to_group=to_group, program=seen.program))
    if to_group:
        return Message(text, [section(text), why])
    again = button(words.plain("match"), Act("match.want", {"program": seen.the_program.id}))
    return Message(text, [section(text), actions([again]), why])


def partner_away(seen: Circumstances) -> Message:
    """Somebody takes a break: their partner hears until when, and that nothing is asked meanwhile."""
    words = Words("letters/partner_away", seen.reader)
    # In a group only one of the others is away; letters of an older version do not say which.
    away = [each for each in seen.others if each.id == seen.ids.get("person", each.id)]
    # The day they have said: farther west it is still the day before when theirs begins.
    zones = [seen.people[each.id].time_zone for each in away if each.id in seen.people]
    zone = ZoneInfo(zones[0]) if zones else seen.reader.zone
    until = datetime.fromisoformat(str(seen.ids["until"])).astimezone(zone).date()
    casual = seen.the_pair.casual_since is not None
    text = words.mrkdwn("text", others=[each.first_name for each in away], until=until, casual=casual)
    return Message(text, [section(text), context(words.mrkdwn("why"))])


def pair_paused(seen: Circumstances) -> Message:
    """The pair itself is on a break: once, where both see it."""
    words = Words("letters/pair_paused", seen.reader)
    text = words.mrkdwn("text", until=datetime.fromisoformat(str(seen.ids["until"])))
    return Message(text, [section(text), context(words.mrkdwn("why"))])
