"""The two steps of the form of an agreement, and its terms in words.

The first step asks when they meet, the second how they work together. What the first asked travels with the
second as codes; Slack keeps the first beneath it, so that its arrow leads back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from mentoring.agreements import LONGEST_PLACE, LONGEST_TEXT, Rescheduler, Terms, differences
from mentoring.cadence import all_cadences
from mentoring.hours import to_instant
from mentoring.kinds import ProgramKind
from messages.actions import Act
from messages.blocks import (
    Block,
    context,
    cut,
    date_picker,
    field,
    modal,
    option,
    section,
    static_select,
    text_input,
    time_picker,
)
from messages.letters.context import Circumstances, Figure
from messages.letters.meetings import time_in
from messages.rhythm import choice, often
from messages.suggestions import suggestion_in
from messages.words import Mrkdwn, Reader, Words

FREE_TERMS = ("communication", "confidentiality", "off_limits", "feedback", "goals_how")
EACH_WAY = ("mentor_objective", "mentee_objective")
SCHEDULE = {"cadence", "weekday", "at", "minutes", "zone", "plans_itself"}
"""Terms that a person reads as one: when they meet, and for how long."""
LENGTHS = (30, 45, 60, 90, 120)
"""Minutes one can choose; most law-firm meetings fit."""
ANY_DAY = "any"


def schedule_form(
    act: Act,
    reader: Reader,
    zones: Mapping[str, str | None],
    terms: Terms,
    me: Figure,
    others: Sequence[Figure],
) -> Block:
    """Build the first step, filled in with `terms` (the program's suggestion, or what is on the table).

    `zones` are those the time may be on, with whose each is: the reader's own first, under an empty name;
    one that is nobody's any more, under None.
    """
    words = Words("forms/agreement", reader)
    days = [option(words.plain("any_day"), ANY_DAY)]
    days += [option(reader.weekday(number), str(number)) for number in range(7)]
    lengths = sorted({*LENGTHS, terms.minutes})
    several = len(zones) > 1
    blocks = [
        section(words.mrkdwn("intro", others=[each.first_name for each in others])),
        _select(words, "cadence", [(choice(c, reader), c.code) for c in all_cadences()], terms.cadence.code),
        field(
            "weekday",
            words.plain("weekday"),
            static_select("weekday", days, initial=str(terms.weekday) if terms.plans_itself else ANY_DAY),
        ),
        field(
            "at",
            words.plain("time"),
            time_picker("at", initial=terms.at.strftime("%H:%M") if terms.at else None),
            hint=None if several else words.plain("time_hint", city=reader.city(next(iter(zones)))),
            optional=True,
        ),
    ]
    if several:
        choices = [
            (words.plain("zone_one", whose=whose, city=reader.city(zone)), zone)
            for zone, whose in zones.items()
        ]
        chosen = terms.zone if terms.plans_itself and terms.zone in zones else choices[0][1]
        blocks.append(_select(words, "zone", choices, chosen))
    blocks.append(
        _select(
            words,
            "minutes",
            [(words.plain("minutes_one", minutes=each), str(each)) for each in lengths],
            str(terms.minutes),
        )
    )
    if len(others) == 1:
        blocks.append(_rescheduler(words, terms, [me, *others]))
    blocks.append(context(words.mrkdwn("step", number=1)))
    return modal(act, words.plain("title"), blocks, submit=words.plain("next"), close=words.plain("close"))


def working_form(
    act: Act,
    reader: Reader,
    kind: ProgramKind,
    terms: Terms,
    me: Figure,
    others: Sequence[Figure],
    last: date,
) -> Block:
    """Build the second step; a reverse pair is first asked for an objective in each direction.

    `last` is the program's last day, which holds where no earlier one is picked.
    """
    words = Words("forms/agreement", reader)
    blocks = _both_directions(words, terms, [me, *others]) if kind is ProgramKind.REVERSE else []
    blocks.append(
        field(
            "place",
            words.plain("place"),
            text_input("place", initial=cut(terms.place, LONGEST_PLACE), max_length=LONGEST_PLACE),
            hint=words.plain("place_hint"),
            optional=True,
        )
    )
    blocks += [
        field(
            name,
            words.plain(name),
            text_input(
                name,
                initial=cut(suggestion_in(getattr(terms, name), reader), LONGEST_TEXT),
                multiline=True,
                max_length=LONGEST_TEXT,
            ),
            optional=True,
        )
        for name in FREE_TERMS
    ]
    blocks.append(
        field(
            "ends_on",
            words.plain("ends_on"),
            date_picker("ends_on", initial=terms.ends_on.isoformat() if terms.ends_on else None),
            hint=words.plain("ends_on_hint", last=last),
            optional=True,
        )
    )
    blocks += [
        section(words.mrkdwn("no_fault")),
        context(words.mrkdwn("step", number=2), words.mrkdwn("privacy")),
    ]
    submit = (
        words.plain("submit", other=others[0].first_name) if len(others) == 1 else words.plain("submit_all")
    )
    return modal(act, words.plain("title"), blocks, submit=submit, close=words.plain("close"))


def _both_directions(words: Words, terms: Terms, two: Sequence[Figure]) -> list[Block]:
    """Both teach and both learn: one thing each, and by when."""
    names = {f"{each.role}_objective": each.first_name for each in two if each.role}
    wanted = [(name, words.plain("objective", name=names.get(name, ""))) for name in EACH_WAY]
    wanted.append(("timeline", words.plain("timeline")))
    return [section(words.mrkdwn("each_way"))] + [
        field(
            name,
            label,
            text_input(
                name,
                initial=cut(getattr(terms, name), LONGEST_TEXT),
                multiline=name in EACH_WAY,
                max_length=LONGEST_TEXT,
            ),
            hint=words.plain("timeline_hint") if name == "timeline" else None,
        )
        for name, label in wanted
    ]


def summary(seen: Circumstances) -> Mrkdwn:
    """The terms as both read them in a message."""
    terms, words = seen.terms, Words("forms/agreement", seen.reader)
    if terms is None:
        raise ValueError("this letter needs the terms it tells of")
    names = _names_by_role(seen)
    free = [
        (_label(words, name, names), suggestion_in(getattr(terms, name), seen.reader))
        for name in (*EACH_WAY, "timeline", *FREE_TERMS)
        if getattr(terms, name)
    ]
    return Mrkdwn(
        words.mrkdwn(
            "summary",
            meetings=meetings_in_words(terms, seen.reader, _elsewhere(terms, seen)),
            minutes=terms.minutes,
            place=terms.place,
            ends_on=terms.ends_on,
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
            words.plain(
                "schedule", meetings=meetings_in_words(each, seen.reader, there), minutes=each.minutes
            )
            for each, there in ((old, []), (new, _elsewhere(new, seen)))
        ]
        found.append((words.plain("summary_meetings"), told[0], told[1]))
    if "rescheduler" in changed:
        names = _names_by_role(seen)
        both = words.plain("rescheduler_both")
        who = [names.get(each.rescheduler.value, both) for each in (old, new)]
        found.append((words.plain("summary_rescheduler"), who[0], who[1]))
    nothing = words.plain("nothing")
    found += [
        (
            _label(words, name, _names_by_role(seen)),
            suggestion_in(getattr(old, name), seen.reader) or nothing,
            suggestion_in(getattr(new, name), seen.reader) or nothing,
        )
        for name in (*EACH_WAY, "timeline", "place", *FREE_TERMS)
        if name in changed
    ]
    if "ends_on" in changed:
        days = [
            seen.reader.day(each.ends_on) if each.ends_on else words.plain("with_the_program")
            for each in (old, new)
        ]
        found.append((words.plain("summary_ends_on"), days[0], days[1]))
    return found


def _names_by_role(seen: Circumstances) -> dict[str, str]:
    return {str(each.role): each.first_name for each in seen.figures if each.role}


def _label(words: Words, name: str, names: Mapping[str, str]) -> str:
    """A term's name where it is read; an objective goes by whose it is."""
    if name in EACH_WAY:
        return words.plain("summary_objective", name=names.get(name.removesuffix("_objective"), ""))
    return words.plain(f"summary_{name}")


def meetings_in_words(terms: Terms, reader: Reader, elsewhere: Sequence[str] = ()) -> str:
    """How often and when, on the clock of whoever chose the time, and what that is `elsewhere` now."""
    words = Words("forms/agreement", reader)
    if not terms.plans_itself or terms.at is None:
        return words.plain("booked_each_time", often=often(terms.cadence, None, reader))
    said = often(terms.cadence, terms.weekday, reader)
    return words.plain(
        "at_time",
        often=said,
        time=reader.hour(terms.at),
        city=reader.city(terms.zone),
        elsewhere=", ".join(elsewhere),
    )


def _elsewhere(terms: Terms, seen: Circumstances) -> list[str]:
    """The agreed hour on the other clocks of the pair, as of their next meeting: `3:00 PM London`.

    Where clocks change on other days it is another hour for some weeks; the one that holds is in the terms.
    """
    if not terms.plans_itself or terms.at is None or terms.weekday is None:
        return []
    there = Reader(ZoneInfo(terms.zone), seen.reader.locale)
    today = seen.now.astimezone(there.zone).date()
    next_one = to_instant(today + timedelta((terms.weekday - today.weekday()) % 7), terms.at, terms.zone)
    agreed = next_one.astimezone(there.zone)
    zones = dict.fromkeys(each.time_zone for each in seen.people.values())
    others = [
        one
        for one in zones
        if next_one.astimezone(ZoneInfo(one)).replace(tzinfo=None) != agreed.replace(tzinfo=None)
    ]
    return [time_in(one, next_one, there) for one in others]


def _rescheduler(words: Words, terms: Terms, two: list[Figure]) -> Block:
    choices = [(each.first_name, str(each.role)) for each in two if each.role]
    choices.append((words.plain("rescheduler_both"), Rescheduler.BOTH.value))
    return _select(words, "rescheduler", choices, terms.rescheduler.value)


def _select(words: Words, name: str, choices: list[tuple[str, str]], initial: str) -> Block:
    options = [option(label[:1].upper() + label[1:], value) for label, value in choices]
    return field(name, words.plain(name), static_select(name, options, initial=initial))
