"""Letters of a pair's beginning: the introduction, and the agreement to and fro."""

from mentoring.kinds import ProgramKind
from messages.actions import Act
from messages.blocks import Block, actions, button, context, divider, section, sections
from messages.calendar import series, series_link
from messages.forms.agreement import changes, summary
from messages.letters.context import Circumstances, Message
from messages.reasons import reasons_in
from messages.words import Words


def introduction(seen: Circumstances) -> Message:
    """Bring two people together: who they are, why these two, and the first step."""
    words, pair = Words("letters/introduction", seen.reader), seen.the_pair
    both_learn = seen.program is not None and seen.program.kind is ProgramKind.REVERSE
    text = words.mrkdwn(
        "text", people=seen.figures, why_matched=reasons_in(pair.why, seen.reader), both_learn=both_learn
    )
    blocks: list[Block] = [section(text), divider()]
    blocks += [section(words.mrkdwn("person", person=each)) for each in seen.figures]
    start = button(words.plain("agreement"), Act("agreement.open", {"pair": pair.id}), style="primary")
    blocks += [actions([start]), context(words.mrkdwn("why"))]
    return Message(text, blocks)


def agreement_proposed(seen: Circumstances) -> Message:
    """Bring one person's suggestion to the other, to accept or change."""
    words, pair = Words("letters/agreement_proposed", seen.reader), seen.the_pair
    proposer = seen.people[int(seen.ids["proposer"])]
    changed = changes(seen.former_terms, seen) if seen.former_terms else []
    if changed:
        text = words.mrkdwn("changed", proposer=proposer.first_name, changes=changed)
    else:
        text = words.mrkdwn("text", proposer=proposer.first_name, summary=summary(seen))
    about: dict[str, int | str] = {"pair": pair.id, "version": seen.ids["version"]}
    buttons = [
        button(words.plain("accept"), Act("agreement.accept", about), style="primary"),
        button(words.plain("change"), Act("agreement.open", {"pair": pair.id})),
    ]
    return Message(text, [*sections(text), actions(buttons), context(words.mrkdwn("why"))])


def agreement_signed(seen: Circumstances) -> Message:
    """Tell both what they agreed."""
    words, pair = Words("letters/agreement_signed", seen.reader), seen.the_pair
    text = words.mrkdwn("text", signed_at=seen.signed_at or seen.now, summary=summary(seen))
    buttons = [
        button(words.plain("goals"), Act("goal.list")),
        button(words.plain("topic"), Act("agenda.open", {"pair": pair.id})),
        button(words.plain("reopen"), Act("agreement.reopen", {"pair": pair.id})),
    ]
    if seen.terms is not None and not seen.terms.plans_itself:
        # Who books each time has nothing in the calendar yet: that comes first.
        buttons.insert(
            0, button(words.plain("book"), Act("meeting.book", {"pair": pair.id}), style="primary")
        )
    title = words.plain("title", names=[each.first_name for each in seen.figures])
    file = series(seen, title, int(seen.ids["version"]))
    small = [words.mrkdwn("why")]
    link = series_link(seen, title)
    if link is not None:
        small.insert(0, words.mrkdwn("calendar", link=link))
    return Message(text, [*sections(text), actions(buttons), context(*small)], file)
