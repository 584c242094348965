"""Letters of the phases: a guide as one opens, a private question near the end, thanks, and a look back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from mentoring.kinds import Role
from mentoring.own_words import greets
from mentoring.pairs import Pair, is_over, takes_places
from mentoring.phases import PhaseName
from mentoring.programs import last_instant
from messages.actions import Act
from messages.blocks import Block, actions, button, context, section
from messages.hours_log import in_hours
from messages.letters.context import Circumstances, Message
from messages.letters.program import asked_about
from messages.words import Reader, Words

AN_HOUR = 60
"""Minutes; less than that is said in minutes."""


def phase_opens(seen: Circumstances) -> Message:
    """The guide for one role as a phase opens, with the way to tasks, never a task itself.

    Whoever is in several pairs gets one guide that names everybody; what belongs to one pair is on Home then.
    """
    words, pair = Words("letters/phase_opens", seen.reader), seen.the_pair
    phase = PhaseName(str(seen.ids["phase"]))
    mine = next(each.role for each in pair.members if each.person_id == seen.the_recipient.id)
    of_this_pair = [each.first_name for each in seen.others]
    others = list(seen.partners) or of_this_pair
    agreed = seen.numbers["agreed"]
    text = words.mrkdwn(f"{phase}_{mine or 'peer'}", others=others, ends_on=pair.ends_on, agreed=agreed)
    about: dict[str, int | str] = {"pair": pair.id}
    program: dict[str, int | str] = {"program": pair.program_id}
    buttons, alone = [], len(others) == len(of_this_pair)
    if alone and phase is PhaseName.START and not agreed:
        # What the guide asks for first is done here; everything else on it is talk.
        buttons.append(button(words.plain("agreement"), Act("agreement.open", about), style="primary"))
    if alone:
        buttons.append(button(words.plain("ideas"), Act("task.ideas", {**about, "phase": phase.value})))
    if phase is PhaseName.START:
        buttons.append(button(words.plain("lessons"), Act("lesson.list", program)))
    elif alone and phase is PhaseName.MIDDLE:
        buttons.append(button(words.plain("time"), Act("phase.open", about)))
    elif alone:
        buttons.append(button(words.plain("rate"), Act("rating.open", about)))
    if phase is PhaseName.END and mine is not Role.MENTOR:
        buttons.append(button(words.plain("portfolio"), Act("portfolio.open", program)))
    if seen.numbers.get("resources"):
        buttons.append(button(words.plain("resources"), Act("resource.list", {"phase": phase.value})))
    return _letter(text, buttons, words.mrkdwn("why", program=seen.the_program))


def go_on(seen: Circumstances) -> Message:
    """Asked of each in private: go on casually?"""
    return asked_to_go_on(seen.the_pair, [each.first_name for each in seen.others], seen.reader)


def asked_to_go_on(pair: Pair, others: Sequence[str], reader: Reader) -> Message:
    """The question, also for whoever takes their answer back; `others` are first names."""
    words, about = Words("letters/go_on", reader), {"pair": pair.id}
    buttons = [
        button(words.plain("yes_hello"), Act("phase.go_on_hello", about)),
        button(words.plain("yes"), Act("phase.go_on", about)),
        button(words.plain("no"), Act("phase.close", about)),
    ]
    text = words.mrkdwn("text", others=others, ends_on=pair.ends_on)
    return _letter(text, buttons, words.mrkdwn("why", others=others))


def went_on(seen: Circumstances) -> Message:
    """Everybody said yes: they are connected."""
    words, pair = Words("letters/went_on", seen.reader), seen.the_pair
    text = words.mrkdwn("text", names=[each.first_name for each in seen.figures], hello=pair.casual_opted_in)
    buttons = [button(words.plain("book"), Act("meeting.book", {"pair": pair.id}))]
    if pair.casual_opted_in:
        buttons.append(button(words.plain("stop"), Act("phase.no_hellos", {"pair": pair.id})))
    return _letter(text, buttons, words.mrkdwn("why"))


def graduation(seen: Circumstances) -> Message:
    """The program is over for them: thanks, and what they take away; once, with all they were paired with.

    Whoever has had their time before the program's own end, going on casually or not, can have another match.
    """
    words, pairs = Words("letters/graduation", seen.reader), seen.pairs or (seen.the_pair,)
    me = seen.the_recipient
    mentors = all(one.role is Role.MENTOR for each in pairs for one in each.members if one.person_id == me.id)
    # A group that somebody left goes on without them: it is over for them alone.
    all_over = [each for each in pairs if each.id not in seen.left]
    casual = [each for each in all_over if each.casual_since is not None]
    zone, now = seen.the_program.time_zone, seen.now
    # Who ended a pair before its time was asked then.
    had_their_time = any(is_over(each, zone, now) for each in pairs)
    free = not any(takes_places(each, zone, now) for each in pairs)
    another = had_their_time and free and now < last_instant(seen.the_program)
    minutes = seen.numbers.get("minutes", 0)
    spent = (
        words.plain("time_minutes", minutes=minutes)
        if minutes < AN_HOUR
        else words.plain("time_hours", hours=in_hours(minutes))
    )
    text = words.mrkdwn(
        "text",
        name=me.first_name,
        greeted=greets(seen.the_program),
        program=seen.the_program,
        others=_names(seen, pairs),
        parting=_names(seen, [each for each in all_over if each.casual_since is None]),
        left=bool(seen.left),
        staying=_names(seen, casual),
        another=another,
        held=seen.numbers.get("held", 0),
        hours=spent,
        mentor=mentors,
    )
    rows = [_papers(words, each, _names(seen, [each]) if len(pairs) > 1 else []) for each in pairs]
    if not mentors:
        press = Act("portfolio.open", {"program": seen.the_program.id})
        rows[-1].append(button(words.plain("portfolio"), press))
    if another:
        rows[-1].append(button(words.plain("another"), Act("pair.another", {"pair": seen.the_pair.id})))
    return Message(text, [section(text), *map(actions, rows), context(words.mrkdwn("why"))])


def _papers(words: Words, pair: Pair, others: list[str]) -> list[Block]:
    """What a pair leaves behind, by name where there are several."""
    about: dict[str, int | str] = {"pair": pair.id}
    return [
        button(words.plain(each, others=others), Act(f"paper.{each}", about))
        for each in ("certificate", "hours")
    ]


def _names(seen: Circumstances, pairs: Iterable[Pair]) -> list[str]:
    """Everybody in these pairs but the recipient, each once."""
    ids = [one.person_id for each in pairs for one in each.others(seen.the_recipient.id)]
    return [seen.people[each].first_name for each in dict.fromkeys(ids)]


def debrief(seen: Circumstances) -> Message:
    """A phase is over: its numbers for the coordinators, and a place to write down what follows."""
    words, program = Words("letters/debrief", seen.reader), seen.the_program
    phase = words.plain(f"phase_{seen.ids['phase']}")
    last = seen.ids["phase"] == PhaseName.END
    numbers = words.mrkdwn("numbers", last=last, **dict(seen.numbers))
    text = words.mrkdwn("text", program=program, phase=phase, numbers=numbers, last=last)
    about: dict[str, int | str] = {"program": program.id}
    open_it = Act("debrief.open", {**about, "debrief": seen.ids["debrief"]})
    buttons = [
        button(words.plain("open"), open_it, style="primary"),
        button(words.plain("results"), Act("asked.results", about)),
    ]
    return _letter(text, buttons, words.mrkdwn("why", program=program))


def action_due(seen: Circumstances) -> Message:
    """The day has come for what somebody took on after a debrief."""
    words, program = Words("letters/action_due", seen.reader), seen.the_program
    text = words.mrkdwn(
        "text", program=program, action=seen.sentence, due_on=date.fromisoformat(str(seen.ids["due_on"]))
    )
    about: dict[str, int | str] = {"program": program.id, "action": seen.ids["action"]}
    buttons = [
        button(words.plain("done"), Act("debrief.done", about), style="primary"),
        button(words.plain("later"), Act("debrief.later", about)),
    ]
    return _letter(text, buttons, words.mrkdwn("why"))


def survey_reminder(seen: Circumstances) -> Message:
    """The one reminder of a survey that waits."""
    words = Words("letters/survey_reminder", seen.reader)
    instrument = seen.the_survey
    text = words.mrkdwn(
        "text",
        title=instrument.title,
        others=asked_about(seen),
        questions=len(instrument.questions),
        closes_at=datetime.fromisoformat(str(seen.ids["closes_at"])),
    )
    press = Act("survey.open", {"request": seen.ids["request"]})
    start = button(words.plain("start"), press, style="primary")
    return _letter(text, [start], words.mrkdwn("why"))


def _letter(text: str, buttons: list[Block], why: str) -> Message:
    offered = [actions(buttons)] if buttons else []
    return Message(text, [section(text), *offered, context(why)])
