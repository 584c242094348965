"""Letters of the rhythm: book, remind, did you meet, and what helps when it goes quiet. One task each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mentoring.cadence import meet_by
from mentoring.countries import kept_country
from mentoring.hours import Calendar
from mentoring.kinds import Role
from mentoring.meetings import Meeting, MeetingState
from mentoring.nudges.history import stamp
from mentoring.nudges.notices import Kind
from mentoring.people import Person
from messages.actions import Act
from messages.blocks import Block, actions, button, context, section
from messages.calendar import links, one_of_series, single
from messages.letters.context import Circumstances, Message
from messages.rhythm import often
from messages.words import Reader, Words

Ids = Mapping[str, int | str]


def agreement_reminder(seen: Circumstances) -> Message:
    """Remind whoever has to act that there is no agreement yet."""
    words, pair = Words("letters/agreement_reminder", seen.reader), seen.the_pair
    proposer = seen.people.get(int(seen.ids.get("proposer", 0)))
    text = words.mrkdwn(
        "text",
        waiting=proposer is not None and seen.recipient is not None,
        proposer=proposer.first_name if proposer else "",
        names=[each.first_name for each in seen.figures],
    )
    label = words.plain("look" if proposer else "open")
    act = Act("agreement.look" if proposer else "agreement.open", {"pair": pair.id})
    press = button(label, act, style="primary")
    return _letter(text, [press], words.mrkdwn("why", often=_often(seen)))


def book(seen: Circumstances) -> Message:
    """Nothing is planned for this period: when suits?"""
    words, pair = Words("letters/book", seen.reader), seen.the_pair
    agreed = seen.signed_at is not None
    alone = seen.recipient.first_name if seen.recipient else ""
    duty = agreed and _finds_the_time(seen)
    by = meet_by(
        date.fromisoformat(str(seen.ids["last_day"])),
        pair.ends_on,
        seen.now.astimezone(seen.reader.zone).date(),
    )
    text = words.mrkdwn(
        "text",
        alone=alone,
        others=[each.first_name for each in seen.others],
        met=seen.numbers["met"],
        by=by,
        last=by == pair.ends_on,
        duty=duty,
    )
    about: Ids = {"pair": pair.id, "period": seen.ids["period"]}
    buttons = [
        button(words.plain("book"), Act("meeting.book", about), style="primary"),
        button(words.plain("skip"), Act("meeting.skip", about)),
    ]
    # Who share no working hour are asked one by one, though neither has the duty.
    either = bool(alone) and not duty
    return _letter(text, buttons, words.mrkdwn("why", often=_often(seen), agreed=agreed, either=either))


def _finds_the_time(seen: Circumstances) -> bool:
    """Whether the terms leave it to the reader to find the time."""
    mine = [
        each.role for each in seen.the_pair.members if seen.recipient and each.person_id == seen.recipient.id
    ]
    return seen.terms is not None and seen.terms.rescheduler.value in mine


def meeting_due(seen: Circumstances) -> Message:
    """The working day before: when it is, on everybody's clock."""
    words, meeting = Words("letters/meeting_due", seen.reader), seen.the_meeting
    times = times_for_all(meeting.starts_at, list(seen.people.values()), seen.reader)
    when = words.plain("when", starts_at=meeting.starts_at, times=times)
    two = len(seen.people) == 2  # noqa: PLR2004 - a pair is two
    text = words.mrkdwn(
        "text",
        when=when,
        two=two,
        # Who hears it alone reads with whom, and is not called by the name of the other.
        others=[each.first_name for each in seen.others] if seen.recipient else [],
        place=_place(seen),
        topics=[
            (seen.people[each.by].first_name, each.text) for each in seen.topics if each.by in seen.people
        ],
        first=[each.first_name for each in seen.figures if each.role is Role.MENTEE and not seen.recipient],
        holiday=_on_holiday(seen.people.values(), meeting.starts_at),
    )
    about: Ids = {"pair": seen.the_pair.id, "meeting": meeting.id}
    buttons = [
        button(words.plain("topic"), Act("agenda.open", {"pair": seen.the_pair.id})),
        button(words.plain("move"), Act("meeting.moved", about)),
        button(words.plain("skip"), Act("meeting.skip", about)),
    ]
    return _letter(text, buttons, words.mrkdwn("why"))


def _on_holiday(everybody: Iterable[Person], at: datetime) -> list[str]:
    """First names of those for whom the day of a meeting is a public holiday: a fixed slot knows none."""
    calendars = {
        each.first_name: Calendar(each.time_zone, country=kept_country(each.country, each.time_zone))
        for each in everybody
    }
    return [name for name, one in calendars.items() if one.is_public_holiday(one.local_day(at))]


def topic_added(seen: Circumstances) -> Message:
    """Somebody put a topic on the list after the reminder had gone out."""
    words, meeting = Words("letters/topic_added", seen.reader), seen.the_meeting
    topic = next(each for each in seen.topics if each.id == seen.ids["topic"])
    by = seen.people.get(topic.by)
    text = words.mrkdwn(
        "text", name=by.first_name if by else "", topic=topic.text, starts_at=meeting.starts_at
    )
    about: Ids = {"pair": seen.the_pair.id}
    return _letter(text, [button(words.plain("open"), Act("agenda.open", about))], words.mrkdwn("why"))


def meeting_planned(seen: Circumstances) -> Message:
    """Somebody booked, moved or called off a meeting: both see it at once, with a file for the calendar."""
    words, meeting = Words("letters/meeting_planned", seen.reader), seen.the_meeting
    times = times_for_all(meeting.starts_at, list(seen.people.values()), seen.reader)
    moved, off = meeting.state is MeetingState.MOVED, not meeting.is_ahead
    text = words.mrkdwn("text", starts_at=meeting.starts_at, times=times, moved=moved, off=off)
    title = words.plain("title", names=[each.first_name for each in seen.figures])
    about: Ids = {"pair": seen.the_pair.id, "meeting": meeting.id}
    buttons = [] if off else [button(words.plain("move"), Act("meeting.moved", about))]
    why = words.mrkdwn("why_off") if off else words.mrkdwn("why", links=links(meeting, title, _place(seen)))
    said = _letter(text, buttons, why)
    file = one_of_series(seen, title) or single(meeting, title, seen.now, _place(seen))
    return Message(said.text, said.blocks, file)


def did_you_meet(seen: Circumstances) -> Message:
    """After a meeting, or after a period without a planned one."""
    return _asked(seen, "text")


def second_ask(seen: Circumstances) -> Message:
    """The same question, once more."""
    return _asked(seen, "again")


def sort_out(seen: Circumstances) -> Message:
    """Two answers differ; which is right?"""
    return _asked(seen, "differ")


def asked_anew(
    meeting: Meeting, about: Ids, hours_of: Sequence[Person], others: Sequence[str], reader: Reader
) -> Message:
    """The question again, in place of what was noted: whoever tapped the wrong answer gives another.

    `hours_of` are the people on whose clocks the hour is said, if it is; `others` as in `asked_of_the_other`.
    """
    words = Words("letters/did_you_meet", reader)
    times = times_for_all(meeting.starts_at, hours_of, reader) if hours_of else ""
    text = words.mrkdwn("text", meeting=meeting, times=times, others=others)
    return _letter(text, _answers(words, about), words.mrkdwn("why"))


def noted(text: str, about: Ids, reader: Reader) -> Message:
    """What was said about a meeting, with the way back to the question."""
    change = button(Words("letters/did_you_meet", reader).plain("change"), Act("meeting.ask_anew", about))
    return Message(text, [section(text, change)])


def asked_at_home(
    kind: Kind,
    about: Ids,
    meeting: Meeting | None,
    hours_of: Sequence[Person],
    others: Sequence[str],
    reader: Reader,
) -> list[Block]:
    """A question that nobody has answered yet, with the buttons of its message, for somebody's Home.

    Args:
        kind: Which question.
        about: What the buttons carry; for a period without a meeting its `first` and `last` day are said.
        meeting: The meeting it is about, if it is about one.
        hours_of: On whose clocks the hour is said, if it is.
        others: First names of those it was with.
        reader: Whose Home it is.
    """
    words = Words("letters/did_you_meet", reader)
    values: dict[str, object] = {"meeting": meeting, "times": "", "others": others}
    if meeting is None:
        values |= {f"{each}_day": date.fromisoformat(str(about[each])) for each in ("first", "last")}
    elif hours_of:
        values["times"] = times_for_all(meeting.starts_at, hours_of, reader)
    text = words.mrkdwn("differ" if kind is Kind.SORT_OUT else "text", **values)
    return [section(text), actions(_answers(words, about))]


def _asked(seen: Circumstances, part: str) -> Message:
    words, meeting = Words("letters/did_you_meet", seen.reader), seen.meeting
    about: dict[str, int | str] = {"pair": seen.the_pair.id, "subject": seen.ids["subject"]}
    # In somebody's own messages nothing else says with whom.
    others = [each.first_name for each in seen.others] if seen.recipient else []
    values: dict[str, object] = {"meeting": meeting, "times": "", "others": others}
    if meeting:
        about["meeting"] = meeting.id
        if seen.numbers.get("that_day", 1) > 1:
            values["times"] = times_for_all(meeting.starts_at, list(seen.people.values()), seen.reader)
    else:
        about |= {"first": seen.ids.get("first_day", ""), "last": seen.ids.get("last_day", "")}
        if part == "text":
            values |= {key: date.fromisoformat(str(seen.ids[key])) for key in ("first_day", "last_day")}
    return _letter(words.mrkdwn(part, **values), _answers(words, about), words.mrkdwn("why"))


def asked_of_the_other(
    said: Message, other: Meeting, people: Sequence[Person], others: Sequence[str], reader: Reader
) -> Message:
    """What is said to the answer about one of two meetings on a day, and the question about the other below.

    Args:
        said: What is said to the answer.
        other: The meeting that nobody has told of.
        people: Everybody of the pair.
        others: First names of those it was with, for who reads it alone.
        reader: Whose words and zone.
    """
    words, times = Words("letters/did_you_meet", reader), times_for_all(other.starts_at, people, reader)
    about: Ids = {"pair": other.pair_id, "subject": stamp(other.starts_at), "meeting": other.id}
    asked = words.mrkdwn("text", meeting=other, times=times, others=others)
    answered = _letter(asked, _answers(words, about), words.mrkdwn("why"))
    return Message(f"{said.text}\n{answered.text}", [*said.blocks, *answered.blocks])


def _answers(words: Words, about: Ids) -> list[Block]:
    return [
        button(words.plain("met"), Act("meeting.met", about), style="primary"),
        button(words.plain("moved"), Act("meeting.moved", about)),
        button(words.plain("not_yet"), Act("meeting.not_yet", about)),
        button(words.plain("could_not"), Act("meeting.could_not", about)),
    ]


def quiet_check(seen: Circumstances) -> Message:
    """Two periods without a meeting: to each privately, what would help?"""
    words = Words("letters/quiet_check", seen.reader)
    others = [each.first_name for each in seen.others]
    text = words.mrkdwn("text", others=others, since=seen.meeting.starts_at if seen.meeting else None)
    about: Ids = {"pair": seen.the_pair.id}
    buttons = [
        button(words.plain("fine"), Act("pair.fine", about)),
        button(words.plain("rhythm"), Act("agreement.open", about)),
        button(words.plain("pause"), Act("pause.open", about)),
        button(words.plain("help"), Act("pair.help", about)),
        button(words.plain("part"), Act("pair.part", about)),
    ]
    return _letter(text, buttons, words.mrkdwn("why", others=others))


def pause_ends(seen: Circumstances) -> Message:
    """The working day before a break ends: to whoever takes it, or to both where the pair does."""
    words = Words("letters/pause_ends", seen.reader)
    until = datetime.fromisoformat(str(seen.ids["until"]))
    alone = seen.recipient is not None
    about: Ids = {} if alone else {"pair": seen.the_pair.id}
    casual = seen.pair is not None and seen.pair.casual_since is not None
    text = words.mrkdwn("text", until=until, alone=alone, casual=casual)
    buttons = [button(words.plain("longer"), Act("pause.open", about))]
    return _letter(text, buttons, words.mrkdwn("why", alone=alone))


def welcome_back(seen: Circumstances) -> Message:
    """A break is over: what is next."""
    words = Words("letters/welcome_back", seen.reader)
    # Empty where the break was the whole pair's.
    name = seen.recipient.first_name if seen.recipient else ""
    ahead = seen.meeting.starts_at if seen.meeting else None
    times = ""
    if ahead is not None:
        # In the room of people in two zones a time without its place is anybody's.
        times = (
            seen.reader.hour(ahead) if name else times_for_all(ahead, [*seen.people.values()], seen.reader)
        )
    text = words.mrkdwn(
        "text",
        name=name,
        others=[each.first_name for each in seen.others],
        next_meeting=ahead,
        times=times,
        casual=seen.pair is not None and seen.pair.casual_since is not None,
    )
    buttons = []
    if seen.meeting is None:
        buttons = [
            button(words.plain("book"), Act("meeting.book", {"pair": seen.the_pair.id}), style="primary")
        ]
    return _letter(text, buttons, words.mrkdwn("why", name=name))


def catch_up(seen: Circumstances) -> Message:
    """The quarterly hello of a casual pair."""
    words, about = Words("letters/catch_up", seen.reader), {"pair": seen.the_pair.id}
    buttons = [
        button(words.plain("book"), Act("meeting.book", about), style="primary"),
        button(words.plain("skip"), Act("pair.fine", about)),
        button(words.plain("stop"), Act("phase.no_hellos", about)),
    ]
    # People who share no working hour hear it each alone, where nothing else says with whom.
    others = [each.first_name for each in seen.others] if seen.recipient else []
    return _letter(words.mrkdwn("text", others=others), buttons, words.mrkdwn("why"))


def times_for_all(starts_at: datetime, people: Sequence[Person], reader: Reader) -> str:
    """`3:00 PM New York / 8:00 PM London`; one time alone where everybody shares the zone.

    On another day than the reader's the weekday is said: `5:00 PM New York / Tuesday 9:00 AM Sydney`.
    """
    zones: Mapping[str, None] = dict.fromkeys(person.time_zone for person in people)
    said = {starts_at.astimezone(ZoneInfo(zone)).strftime("%d %H:%M") for zone in zones}
    if len(said) <= 1:
        zone = next(iter(zones), "UTC")
        return Reader(ZoneInfo(zone), reader.locale).hour(starts_at)
    return " / ".join(time_in(zone, starts_at, reader) for zone in zones)


def time_in(zone: str, starts_at: datetime, reader: Reader) -> str:
    """`8:00 PM London`, with the weekday where it is another than the reader's."""
    there = Reader(ZoneInfo(zone), reader.locale)
    local = starts_at.astimezone(there.zone)
    another_day = local.date() != starts_at.astimezone(reader.zone).date()
    day = f"{reader.weekday(local.weekday())} " if another_day else ""
    return f"{day}{there.hour(starts_at)} {reader.city(zone)}"


def _place(seen: Circumstances) -> str:
    return seen.terms.place if seen.terms else ""


def _often(seen: Circumstances) -> str:
    terms = seen.terms
    return often(terms.cadence, terms.weekday if terms.plans_itself else None, seen.reader) if terms else ""


def _letter(text: str, buttons: list[Block], why: str) -> Message:
    return Message(text, [section(text), *([actions(buttons)] if buttons else []), context(why)])
