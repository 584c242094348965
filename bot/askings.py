"""Surveys that send themselves: asked in people's hours and budget, reminded of once."""

from collections.abc import Iterable
from datetime import datetime

from bot.heard import Listeners, Tick
from bot.told import Told
from mentoring.hours import zone_of
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.facts import Participant
from mentoring.nudges.notices import Beside
from mentoring.phase_askings import Asking
from mentoring.surveys.requests import SurveyRequest, reminder_due_at
from mentoring.surveys.sent import minimum_group, version_in_use
from messages.instruments.loader import shipped_instrument
from storage.facts import Known


def ask_surveys(this: Tick, known: Known, people: Listeners, told: Told) -> datetime | None:
    """Send the surveys that are open to each person; returns when those that wait for them may be sent."""
    waiting: list[datetime] = []
    for key, (who, asking) in told.coming[known.pair.id].askings.items():
        if key in told.asked:
            continue
        place = people.place_for(who.person_id, asking.opens_at)
        if place.at > this.now:
            waiting.append(place.at)
            this.hold(known.pair, Beside.SURVEY, key, place, asking.sent_until)
        else:
            _ask(this, known, who, asking, key)
            people.tell(who.person_id)
    waiting += _remind(this, known, people, told.unreminded.get(known.pair.id, ()))
    return min(waiting, default=None)


def _ask(this: Tick, known: Known, one: Participant, asking: Asking, key: str) -> None:
    """Ask somebody."""
    pair, name = known.pair, asking.instrument_id
    version = version_in_use(known.program, name) or shipped_instrument(name).version
    request = SurveyRequest(
        id=0,
        instrument_id=name,
        version=version,
        person_id=one.person_id,
        pair_id=pair.id,
        opens_at=this.now,
        closes_at=asking.closes_at,
        minimum_group=minimum_group(known.program),
    )
    letter = Notice(
        kind="survey",
        to=ToPerson(one.person_id),
        key=key,
        not_before=this.now,
        expires_at=asking.closes_at,
        ids={"instrument": name, "pair_id": pair.id},
        why=f"{asking.instrument_id} is due",
    )
    this.survey(pair, request, letter)


def _remind(
    this: Tick,
    known: Known,
    people: Listeners,
    open_ones: Iterable[SurveyRequest],
) -> Iterable[datetime]:
    """Send each open survey's one reminder when it is due; yields when the others are."""
    pair = known.pair
    active = {each.person_id: each for each in known.facts.participants if each.active}
    for request in open_ones:
        one = active.get(request.person_id)
        due = _reminder_due_at(request, one) if one else None
        if one is None or due is None:
            continue
        at = people.free_after(one.person_id, max(due, this.now))
        if at >= request.closes_at:
            continue
        if at > this.now:
            yield at
            continue
        letter = Notice(
            kind="survey_reminder",
            to=ToPerson(one.person_id),
            key=f"survey_reminder:request {request.id}",
            not_before=this.now,
            expires_at=request.closes_at,
            ids={
                "request": request.id,
                "instrument": request.instrument_id,
                "pair_id": pair.id,
                "closes_at": request.closes_at.isoformat(),
            },
            why="asked some working days ago",
        )
        this.remind(pair, request, letter)
        people.tell(one.person_id)


def _reminder_due_at(request: SurveyRequest, one: Participant) -> datetime | None:
    return reminder_due_at(request, zone=zone_of(one.calendar.zone), is_working_day=one.calendar.is_workday)
