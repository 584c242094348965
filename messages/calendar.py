"""Meetings as calendar entries: .ics files, and links that add one with a tap.

An entry keeps its UID for life; every change others must see raises its SEQUENCE (RFC 5545, 3.8.7.4), so that
opening the newer file moves or removes what the older one had put there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from mentoring.agreements import rhythm_of
from mentoring.cadence import Rhythm, Slot, planned_meetings, recurrence_rule
from mentoring.hours import to_instant
from mentoring.meetings import AHEAD, Meeting
from messages.letters.context import Attachment, Circumstances
from messages.words import Mrkdwn

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
STAMP, LOCAL = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"
FIRST_WITHIN = timedelta(days=200)
"""In which a fixed slot has its first meeting, whatever the cadence: two quarters."""


def single(meeting: Meeting, title: str, now: datetime, place: str = "") -> Attachment:
    """One meeting; a meeting that is off any more takes its entry away."""
    ahead = meeting.state in AHEAD
    event = _event(meeting.uid, meeting.sequence, title, now, place)
    event.add("status", "CONFIRMED" if ahead else "CANCELLED")
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    return _file(event, "PUBLISH" if ahead else "CANCEL", title)


def one_of_series(seen: Circumstances, title: str) -> Attachment | None:
    """A meeting of the agreed slot that was moved or called off: the one entry of the series, not another.

    None for a meeting somebody booked, or one that the series in force knows nothing of.
    """
    meeting, terms, signed_at = seen.the_meeting, seen.terms, seen.signed_at
    if (
        not (meeting.is_of_a_series and meeting.period_key)
        or terms is None
        or signed_at is None
        or not terms.plans_itself
    ):
        return None
    rhythm = rhythm_of(terms, signed_at)
    planned = next((each for each in _slots(rhythm, meeting) if each.period.key == meeting.period_key), None)
    if planned is None:
        return None
    zone = ZoneInfo(rhythm.zone)
    # The series carries its version as SEQUENCE; what changes one of its entries has to outrank it.
    event = _event(_series_uid(seen), seen.version + meeting.sequence, title, seen.now, terms.place)
    event.add("recurrence-id", planned.starts_at.astimezone(zone))
    event.add("status", "CONFIRMED" if meeting.is_ahead else "CANCELLED")
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    return _file(event, "PUBLISH" if meeting.is_ahead else "CANCEL", title)


def _slots(rhythm: Rhythm, meeting: Meeting) -> Iterator[Slot]:
    """The slots of the series around a meeting's own period."""
    first = to_instant(date.fromisoformat(meeting.period_key), time(0), rhythm.zone)
    return planned_meetings(rhythm, first - timedelta(seconds=1), first + FIRST_WITHIN)


def _series_uid(seen: Circumstances) -> str:
    return f"pair-{seen.the_pair.id}-series@mentoring"


def series(seen: Circumstances, title: str, version: int) -> Attachment | None:
    """All meetings of an agreed slot as one entry; None where they book each time."""
    found = _series(seen)
    if found is None:
        return None
    event = _event(_series_uid(seen), version, title, seen.now, found.place)
    event.add("status", "CONFIRMED")
    event.add("dtstart", found.start)
    event.add("dtend", found.end)
    event.add("rrule", vRecur.from_ical(found.rule))
    return _file(event, "PUBLISH", title)


def series_link(seen: Circumstances, title: str) -> Mrkdwn | None:
    """A link that opens one's own Google Calendar with the whole series; None where they book each time.

    Google reads a rule from its undocumented parameter `recur`, as common makers of such links use it.
    Outlook's link knows no recurrence (those leave it out): for it there is the file.
    """
    found = _series(seen)
    if found is None:
        return None
    asked = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{found.start:{LOCAL}}/{found.end:{LOCAL}}",
        "ctz": str(found.start.tzinfo),
        "recur": f"RRULE:{found.rule}",
        **({"location": found.place} if found.place else {}),
    }
    return Mrkdwn(f"<{GOOGLE}?{urlencode(asked)}|Google Calendar>")


@dataclass(frozen=True, slots=True)
class _Series:
    """The meetings of an agreed slot.

    Args:
        start: Of the first, in the pair's own zone, so that three o'clock stays three o'clock when the clocks
            change.
        rule: As RFC 5545 writes it, with its end.
    """

    start: datetime
    end: datetime
    rule: str
    place: str


def _series(seen: Circumstances) -> _Series | None:
    terms, signed_at = seen.terms, seen.signed_at
    if terms is None or signed_at is None or not terms.plans_itself:
        return None
    rhythm = rhythm_of(terms, signed_at)
    slot = next(planned_meetings(rhythm, signed_at, signed_at + FIRST_WITHIN), None)
    rule = recurrence_rule(rhythm)
    if slot is None or rule is None:
        return None
    start = slot.starts_at.astimezone(ZoneInfo(rhythm.zone))
    end = start + timedelta(minutes=rhythm.minutes)
    return _Series(start, end, f"{rule};UNTIL={_end(seen):{STAMP}}", terms.place)


def links(meeting: Meeting, title: str, place: str = "") -> Mrkdwn:
    """Links that open one's own calendar with the meeting filled in."""
    start, end = meeting.starts_at.astimezone(UTC), meeting.ends_at.astimezone(UTC)
    dates = f"{start:{STAMP}}/{end:{STAMP}}"
    where = {"location": place} if place else {}
    google = urlencode({"action": "TEMPLATE", "text": title, "dates": dates, **where})
    outlook = urlencode({"subject": title, "startdt": start.isoformat(), "enddt": end.isoformat(), **where})
    return Mrkdwn(f"<{GOOGLE}?{google}|Google Calendar> · <{OUTLOOK}?{outlook}|Outlook>")


def _end(seen: Circumstances) -> datetime:
    """The end of the pair's last day, in UTC: a series has to end when the pairing does."""
    last = datetime.combine(seen.the_pair.ends_on, datetime.max.time().replace(microsecond=0))
    return last.replace(tzinfo=UTC)


def _event(uid: str, sequence: int, title: str, now: datetime, place: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", title)
    if place:
        event.add("location", place)
    return event


def _file(event: Event, method: str, title: str) -> Attachment:
    calendar = Calendar()
    calendar.add("prodid", "-//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    for number, zone in enumerate(sorted(calendar.get_missing_tzids())):
        calendar.subcomponents.insert(number, _described(zone))
    return Attachment("meeting.ics", title, calendar.to_ical())


@cache
def _described(zone: str) -> Timezone:
    """A zone as calendars want it described; icalendar goes through 68 years for it, and says to keep it."""
    return Timezone.from_tzid(zone)
