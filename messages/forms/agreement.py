"""The form of an agreement, and its terms in words."""

from mentoring.agreements import LONGEST_TEXT, Rescheduler, Terms, differences
from mentoring.cadence import all_cadences, in_words
from messages.actions import Act
from messages.blocks import (
    Block,
    context,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
    time_picker,
)
from messages.letters.context import Circumstances, Figure
from messages.words import Mrkdwn, Reader, Words, listing

FREE_TERMS = ("communication", "confidentiality", "off_limits", "feedback", "goals_how")
SCHEDULE = {"cadence", "weekday", "at", "minutes", "zone", "plans_itself"}
"""Terms that a person reads as one: when they meet, and for how long."""
LENGTHS = (30, 45, 60, 90, 120)
"""Minutes one can choose; most law-firm meetings fit."""
ANY_DAY = "any"


def agreement_form(
    act: Act, reader: Reader, zone: str, terms: Terms, me: Figure, others: list[Figure]
) -> Block:
    """Build the form, filled in with `terms` (the program's suggestion, or what the other proposed)."""
    words = Words("forms/agreement", reader)
    names = listing(each.first_name for each in others)
    days = [option(words.plain("any_day"), ANY_DAY)]
    days += [option(reader.weekday(number), str(number)) for number in range(5)]
    lengths = sorted({*LENGTHS, terms.minutes})
    blocks = [
        section(words.mrkdwn("intro", other=names)),
        _select(words, "cadence", [(in_words(c), c.code) for c in all_cadences()], terms.cadence.code),
        field(
            "weekday",
            words.plain("weekday"),
            static_select("weekday", days, initial=str(terms.weekday) if terms.plans_itself else ANY_DAY),
        ),
        field(
            "at",
            words.plain("time"),
            time_picker("at", initial=terms.at.strftime("%H:%M") if terms.at else None),
            hint=words.plain("time_hint", zone=zone),
            optional=True,
        ),
        _select(
            words,
            "minutes",
            [(words.plain("minutes_one", minutes=each), str(each)) for each in lengths],
            str(terms.minutes),
        ),
    ]
    if len(others) == 1:
        blocks.append(_rescheduler(words, terms, [me, *others]))
    blocks += [
        field(
            name,
            words.plain(name),
            text_input(name, initial=getattr(terms, name), multiline=True, max_length=LONGEST_TEXT),
            optional=True,
        )
        for name in FREE_TERMS
    ]
    submit = words.plain("submit", other=names) if len(others) == 1 else words.plain("submit_all")
    blocks.append(context(words.mrkdwn("privacy")))
    return modal(act, words.plain("title"), blocks, submit=submit, close=words.plain("close"))


def summary(seen: Circumstances) -> Mrkdwn:
    """The terms as both read them in a message."""
    terms, words = seen.terms, Words("forms/agreement", seen.reader)
    if terms is None:
        raise ValueError("this letter needs the terms it tells of")
    names = {str(each.role): each.first_name for each in seen.figures if each.role}
    free = [
        (words.mrkdwn(f"summary_{name}"), getattr(terms, name)) for name in FREE_TERMS if getattr(terms, name)
    ]
    return Mrkdwn(
        words.mrkdwn(
            "summary",
            meetings=meetings_in_words(terms, seen.reader),
            minutes=terms.minutes,
            rescheduler=names.get(terms.rescheduler.value, "")
            or (words.plain("rescheduler_both") if terms.rescheduler is Rescheduler.BOTH else ""),
            words=free,
        )
    )


def changes(old: Terms, seen: Circumstances) -> list[tuple[str, str, str]]:
    """What the terms change, as label, old and new; in the order of the form."""
    new, words = seen.terms, Words("forms/agreement", seen.reader)
    if new is None:
        return []
    changed = {each.field for each in differences(old, new)}
    found = []
    if changed & SCHEDULE:
        told = [
            words.plain("schedule", meetings=meetings_in_words(each, seen.reader), minutes=each.minutes)
            for each in (old, new)
        ]
        found.append((words.plain("summary_meetings"), told[0], told[1]))
    if "rescheduler" in changed:
        names = {str(each.role): each.first_name for each in seen.figures if each.role}
        both = words.plain("rescheduler_both")
        who = [names.get(each.rescheduler.value, both) for each in (old, new)]
        found.append((words.plain("summary_rescheduler"), who[0], who[1]))
    nothing = words.plain("nothing")
    found += [
        (words.plain(f"summary_{name}"), getattr(old, name) or nothing, getattr(new, name) or nothing)
        for name in FREE_TERMS
        if name in changed
    ]
    return found


def meetings_in_words(terms: Terms, reader: Reader) -> str:
    """How often and when, on the clock of whoever chose the time."""
    words = Words("forms/agreement", reader)
    if not terms.plans_itself or terms.at is None:
        return words.plain("booked_each_time", often=in_words(terms.cadence))
    city = terms.zone.split("/")[-1].replace("_", " ")
    often = in_words(terms.cadence, terms.weekday)
    return words.plain("at_time", often=often, time=reader.hour(terms.at), city=city)


def _rescheduler(words: Words, terms: Terms, two: list[Figure]) -> Block:
    choices = [(each.first_name, str(each.role)) for each in two if each.role]
    choices.append((words.plain("rescheduler_both"), Rescheduler.BOTH.value))
    return _select(words, "rescheduler", choices, terms.rescheduler.value)


def _select(words: Words, name: str, choices: list[tuple[str, str]], initial: str) -> Block:
    options = [option(label[:1].upper() + label[1:], value) for label, value in choices]
    return field(name, words.plain(name), static_select(name, options, initial=initial))
