"""Breaks, and a quiet word: what a person asks for in private."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import check_end, read_day
from mentoring.days import read_coming_day
from mentoring.errors import NoLongerOpen
from mentoring.hours import to_instant
from mentoring.notices import Notice, Recipient, ToPair, ToPerson
from mentoring.nudges.notices import Kind
from mentoring.pairs import Pair, PairState
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.pause import pause_form
from messages.replies import say
from messages.words import Words
from storage.meetings import add_pause, answer_asks, end_pause, note_for_coordinators
from storage.outbox import audit, write_letter
from storage.pairs import live_pair, pairs_of_person, wake_pair
from storage.people import coordinators_of, people


def pause_command(visit: Visit) -> Answer:
    """`/mentoring pause [until DATE]`."""
    typed = visit.text.strip()
    if typed.lower() in ("", "until"):
        return open_pause(visit)
    return _pause(visit, read_coming_day(typed, _today(visit)), None)


def open_pause(visit: Visit) -> Answer:
    """Ask until when, and from whom where there are several pairs."""
    with visit.database.read() as session:
        mine = _announced(session, visit)
        names = {each.id: _names(session, visit, each) for each in mine}
    chosen = visit.act.number("pair") if "pair" in visit.act.ids else 0
    return Show(pause_form(visit.reader, _today(visit), names, chosen))


def submit_pause(visit: Visit) -> Answer:
    """The day came back."""
    what = visit.typed("what")
    return _pause(visit, read_day(visit.typed("until"), "until"), int(what) if what.isdecimal() else None)


def _pause(visit: Visit, until: date, pair_id: int | None) -> Answer:
    """Hold everything of a person, or one pair of theirs; whoever it concerns is told until when."""
    check_end(until, _today(visit) + timedelta(days=1), "until")
    with visit.database.write() as session:
        held = _announced(session, visit)
        if pair_id is not None:
            held = [each for each in held if each.id == pair_id]
            if not held:
                raise NoLongerOpen("This is no longer open: that pairing has come to its end.")
        owner = None if pair_id is not None else visit.person.id
        zone = visit.person.time_zone if owner else zone_of_room(session, held[0])
        ends_at = to_instant(until, time(0), zone)
        add_pause(session, visit.workspace.id, owner, visit.now, ends_at, pair_id=pair_id)
        for pair in held:
            tell_of_pause(session, visit, pair, ends_at, away=owner)
            wake_pair(session, pair.id, visit.now)
        subject: dict[str, int | str] = {"until": until.isoformat(), **({"pair": pair_id} if pair_id else {})}
        # Of each program they are in a pair of: whoever runs it reads no log but that.
        concerned: list[int | None] = [*dict.fromkeys(each.program_id for each in held)]
        for about in concerned or [None]:
            audit(session, visit.workspace.id, visit.person.id, "pause", subject, visit.now, program_id=about)
    words = Words("replies/coordinate", visit.reader)
    return Tell(say(words.mrkdwn("paused_pair" if pair_id else "paused", until=until, paired=bool(held))))


def zone_of_room(session: Session, pair: Pair) -> str:
    """The zone in which a pair's messages say a day: a break of the pair ends on that very day."""
    first = pair.members[0].person_id
    return people(session, pair.workspace_id, [first])[first].time_zone


def tell_of_pause(session: Session, visit: Visit, pair: Pair, until: datetime, *, away: int | None) -> None:
    """Neutral words to the partners of whoever is away, or once to both where the pair itself pauses."""
    kind = "pair_paused" if away is None else "partner_away"
    to: list[Recipient] = [ToPair(pair.id)]
    if away is not None:
        to = [ToPerson(each.person_id) for each in pair.others(away)]
    for each in to:
        who = f":person {each.person_id}" if isinstance(each, ToPerson) else ""
        notice = Notice(
            kind=kind,
            to=each,
            key=f"{kind}:pair {pair.id}:by {away or visit.person.id}:{until.isoformat()}{who}",
            not_before=visit.now,
            expires_at=until,
            why="somebody of the pair takes a break",
            ids={"pair": pair.id, "until": until.isoformat(), **({"person": away} if away else {})},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)


def resume(visit: Visit) -> Answer:
    """`/mentoring resume`: ends a break of their own, and of their pairs."""
    with visit.database.write() as session:
        mine = _announced(session, visit)
        ended = end_pause(session, visit.person.id, visit.now, pair_ids=[each.id for each in mine])
        for pair in mine:
            wake_pair(session, pair.id, visit.now)
    words = Words("replies/coordinate", visit.reader)
    return Tell(say(words.mrkdwn("resumed" if ended else "not_paused")))


def fine(visit: Visit) -> Answer:
    """“We're fine”: leave them to it; “Not this time” of those who go on casually: until the next quarter."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        kinds = [Kind.QUIET_CHECK, Kind.CATCH_UP]
        answer_asks(session, pair.id, visit.person.id, "fine", visit.now, kinds=kinds)
        wake_pair(session, pair.id, visit.now)
    words = Words("replies/meetings", visit.reader)
    casually = pair.casual_since is not None
    return Replace(
        say(words.mrkdwn("not_now", again=pair.casual_opted_in) if casually else words.mrkdwn("fine"))
    )


def ask_for_help(visit: Visit) -> Answer:
    """“Talk to the coordinator”: a coordinator sees that they asked; nobody in the pair does."""
    with visit.database.write() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        answer_asks(session, pair.id, visit.person.id, "help", visit.now, kinds=[Kind.QUIET_CHECK])
        _call_coordinators(session, visit, pair)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "pair.help",
            {"pair": pair.id},
            visit.now,
            program_id=pair.program_id,
        )
        names = _names(session, visit, pair)
        wake_pair(session, pair.id, visit.now)
    return Replace(say(Words("replies/meetings", visit.reader).mrkdwn("help", others=names)))


def _call_coordinators(session: Session, visit: Visit, pair: Pair) -> None:
    """Put them on the list by name, and tell each coordinator at once, as on the confidential line."""
    subject = f"pair {pair.id}:person {visit.person.id}:{visit.now.date().isoformat()}"
    me = visit.person.id
    note_for_coordinators(
        session, visit.workspace.id, pair.id, Kind.WANTS_HELP, subject, visit.now, person_id=me
    )
    known = coordinators_of(session, visit.workspace.id, pair.program_id)
    for each in [one for one in known if not pair.has(one.id)] or [one for one in known if one.id != me]:
        notice = Notice(
            kind="wants_a_word",
            to=ToPerson(each.id),
            key=f"wants_help:{subject}:to {each.id}",
            not_before=visit.now,
            ids={"pair": pair.id, "person": me},
            why="somebody asked to talk to a coordinator",
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=pair.program_id)


def _announced(session: Session, visit: Visit) -> list[Pair]:
    mine = pairs_of_person(session, visit.workspace.id, visit.person.id)
    return [each for each in mine if each.state is PairState.ANNOUNCED]


def _names(session: Session, visit: Visit, pair: Pair) -> list[str]:
    others = [each.person_id for each in pair.others(visit.person.id)]
    return [each.first_name for each in people(session, visit.workspace.id, others).values()]


def _today(visit: Visit) -> date:
    return visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
