"""One act for all pairs that need a look for the same reason: a few words to each, or off the list.

Whoever asked to be called is never among them: they wait for a talk of their own.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.attention import TOGETHER, by_reason
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.notices import Kind
from mentoring.pairs import Pair
from messages.actions import OUTDATED
from messages.answers import Answer, Show, Tell
from messages.forms.together import message_form, reasons_form
from messages.replies import say
from messages.words import Words
from storage.care import add_care_notes
from storage.desk import open_concerns, settle_together
from storage.housekeeping import NOTES_SAID_WITHIN
from storage.namesakes import names_of_people
from storage.outbox import audit, write_letters
from storage.pairs import pairs_by_ids, wake_pairs
from storage.people import people
from storage.programs import program

DEALT_WITH = "They have been dealt with meanwhile, so nothing was done."


def show_reasons(visit: Visit) -> Answer:
    """“Several at once”: how many pairs need a look for which reason, and what can be done for them all."""
    with visit.database.read() as session:
        return _reasons(session, visit)


def seen_many(visit: Visit) -> Answer:
    """All pairs of one reason are dealt with: off the list for it, and for nothing else."""
    with visit.database.write() as session:
        chosen = _chosen(session, visit)
        _settle(session, visit, chosen, "desk.seen_many")
        return _reasons(session, visit, seen=len(chosen))


def open_message(visit: Visit) -> Answer:
    """The same words to all pairs of one reason; the form says how many they are, and names each."""
    reason = _reason(visit)
    with visit.database.read() as session:
        chosen = _chosen(session, visit)
        if not chosen:
            raise NoLongerOpen(DEALT_WITH)
        names = _names(session, visit, chosen)
        about = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(message_form(about.id, reason, _shown_at(visit), names, visit.reader))


def send_message(visit: Visit) -> Answer:
    """The words came back: everybody of these pairs reads them once, in private, and answers directly."""
    text = visit.typed("text")
    if not text:
        raise Refusal("Write a few words, or close this.", "text")
    with visit.database.write() as session:
        chosen = _chosen(session, visit)
        _settle(session, visit, chosen, "care.message_many")
        notes = add_care_notes(session, chosen, visit.person.id, text, visit.now)
        write_letters(session, _letters(visit, chosen, notes), visit.now)
    words = Words("replies/acting", visit.reader)
    gone = max(0, visit.act.number("count") - len(chosen))
    return Tell(say(words.mrkdwn("messaged_many", count=len(chosen), gone=gone)))


def _reason(visit: Visit) -> Kind:
    reason = visit.act.one_of("reason", Kind)
    if reason not in TOGETHER:
        raise NoLongerOpen("Whoever asked to talk to you waits for you alone. Open their pair on Home.")
    return reason


def _shown_at(visit: Visit) -> datetime:
    """When the numbers were counted that the coordinator saw: what arose since is not part of the act."""
    try:
        return datetime.fromisoformat(visit.act.code("at")).astimezone(UTC)
    except ValueError:
        raise NoLongerOpen(OUTDATED) from None


def _chosen(session: Session, visit: Visit) -> list[Pair]:
    """The pairs that needed a look for this reason when the form was drawn, and still do; never one's own."""
    reason, program_id = _reason(visit), visit.act.number("program")
    shown_at = _shown_at(visit)
    concerns = open_concerns(session, program_id, visit.now, visit.person.id)
    ids = {each.pair_id for each in concerns if each.kind is reason and each.since <= shown_at}
    return sorted(pairs_by_ids(session, sorted(ids)), key=lambda each: each.id)


def _settle(session: Session, visit: Visit, chosen: Sequence[Pair], deed: Deed) -> None:
    """Take the pairs off the list for this reason, and keep who did it, not for which reason.

    A coordinator who is in one of them reads the log, too.
    """
    ids, by = [each.id for each in chosen], visit.person.id
    if not settle_together(session, ids, _reason(visit), deed, visit.now, by, shown_at=_shown_at(visit)):
        raise NoLongerOpen(DEALT_WITH)
    subject: dict[str, int | str] = {"pairs": len(ids)}
    about = visit.act.number("program")
    audit(session, visit.workspace.id, by, deed, subject, visit.now, program_id=about)
    wake_pairs(session, dict.fromkeys(ids, visit.now))


def _letters(visit: Visit, chosen: Sequence[Pair], notes: Mapping[int, int]) -> list[tuple[Pair, Notice]]:
    """A letter to everybody: whoever is in several of the pairs reads the same words once, with all named."""
    theirs: dict[int, list[Pair]] = {}
    for about in chosen:
        for each in about.others(visit.person.id):
            theirs.setdefault(each.person_id, []).append(about)
    letters = []
    for person_id, pairs in theirs.items():
        first = pairs[0]
        others = [each.person_id for about in pairs for each in about.others(person_id)]
        ids: dict[str, int | str] = {"pair": first.id, "by": visit.person.id, "note": notes[first.id]}
        if len(pairs) > 1:
            ids["with"] = "+".join(str(each) for each in dict.fromkeys(others))
        notice = Notice(
            kind="care_note",
            to=ToPerson(person_id),
            key=f"care_note:pair {first.id}:{notes[first.id]}:person {person_id}",
            not_before=visit.now,
            expires_at=visit.now + NOTES_SAID_WITHIN,
            why="a coordinator acted",
            ids=ids,
        )
        letters.append((first, notice))
    return letters


def _names(session: Session, visit: Visit, chosen: Sequence[Pair]) -> list[list[str]]:
    known = people(session, visit.workspace.id, {m.person_id for each in chosen for m in each.members})
    names = names_of_people(session, visit.workspace.id, known)
    return [[names[m.person_id] for m in each.mentor_first] for each in chosen]


def _reasons(session: Session, visit: Visit, seen: int = 0) -> Answer:
    about = program(session, visit.workspace.id, visit.act.number("program"))
    counts = by_reason(open_concerns(session, about.id, visit.now, visit.person.id))
    return Show(reasons_form(about, counts, visit.now, visit.reader, seen=seen))
