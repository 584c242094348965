"""What a letter's words draw on, read from the database at the moment of sending."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.monday import nothing_to_look_at
from bot.overtaken import overtaken
from bot.particulars import with_particulars
from bot.phase_facts import settled
from mentoring.agreements import Agreement, in_force, suggested_terms, waiting
from mentoring.meetings import Meeting
from mentoring.notices import ToChannel, ToPair, ToPerson
from mentoring.nudges import notices as ladder
from mentoring.nudges.ladder import still_wanted
from mentoring.pairs import Pair
from mentoring.programs import suggestions
from messages.letters.context import Circumstances
from messages.words import Reader
from storage.agreements import versions
from storage.facts import pair_facts
from storage.meetings import ask_by_key, meeting, meetings
from storage.outbox import Letter
from storage.pairs import pair
from storage.people import coordinators_of, people, person
from storage.programs import profiles_of, program
from storage.surveys import survey_request

WITHOUT_TERMS = frozenset({"survey", "survey_reminder", "phase_opens", "go_on", "went_on", "graduation"})
"""Letters about a pair in which nothing is said of how the two work together: half of all there are."""
LADDER_KINDS = frozenset(map(str, ladder.SAID_BY_THE_LADDER))


@dataclass(frozen=True, slots=True)
class Stale:
    """A letter whose reason is gone; it is cancelled, and the reason kept."""

    reason: str


def circumstances(session: Session, letter: Letter, now: datetime) -> Circumstances | Stale:
    """Gather the facts a letter is rendered from, or say why it should not be sent any more."""
    gone = _gone(session, letter, now)
    if gone is not None:
        return Stale(gone)
    seen = Circumstances(Reader.of("UTC", "en-US"), now, ids=letter.ids)
    if letter.program_id is not None:
        seen = replace(seen, program=program(session, letter.workspace_id, letter.program_id))
        # What a channel reads is in the language of those who run the program.
        locales = (
            [each.locale for each in coordinators_of(session, letter.workspace_id, letter.program_id)]
            if isinstance(letter.to, ToChannel)
            else []
        )
        seen = replace(seen, reader=Reader.of_all(seen.the_program.time_zone, locales or ["en-US"]))
    about = _pair(session, letter)
    if about is not None:
        seen = _with_pair(session, seen, about, letter)
    if isinstance(letter.to, ToPerson):
        known = seen.people.get(letter.to.person_id)
        reader = known or person(session, letter.workspace_id, letter.to.person_id)
        if reader is None or not reader.active:
            return Stale("left_the_workspace")
        seen = replace(seen, recipient=reader, reader=Reader.of(reader.time_zone, reader.locale))
    if "sequence" in letter.ids and seen.the_meeting.sequence != letter.ids["sequence"]:
        return Stale("changed_since")
    return with_particulars(session, seen, letter)


def _gone(session: Session, letter: Letter, now: datetime) -> str | None:
    """Why the reason for a letter is gone, if so."""
    # A letter sent in the very instant it was written is as true as the facts it was written from.
    if letter.kind in LADDER_KINDS and letter.written_at != now:
        return _no_longer_wanted(session, letter, now)
    if letter.kind in ("survey", "survey_reminder", "supervisor_asked"):
        request = survey_request(session, letter.workspace_id, int(letter.ids["request"]))
        return "answered_already" if request.answered_at or request.withdrawn_at else None
    return (
        nothing_to_look_at(session, letter, now)
        or settled(session, letter)
        or overtaken(session, letter, now)
    )


def _no_longer_wanted(session: Session, letter: Letter, now: datetime) -> str | None:
    ask = ask_by_key(session, letter.workspace_id, letter.key)
    pair_id = int(letter.ids["pair_id"])
    known = pair_facts(session, [pair_id], now).get(pair_id)
    if known is None or ask is None:
        return "ended"
    notice = ladder.Notice(
        kind=ladder.Kind(letter.kind),
        to=letter.to if isinstance(letter.to, ToPerson) else ToPair(pair_id),
        subject=ask.subject,
        key=letter.key,
        not_before=letter.not_before,
        expires_at=letter.expires_at or now,
        ids=letter.ids,
        people=ask.to,
        period_key=ask.period_key,
        why=letter.why,
    )
    reason = still_wanted(known.facts, notice, now)
    return reason.value if reason else None


def _pair(session: Session, letter: Letter) -> Pair | None:
    if isinstance(letter.to, ToPair):
        return pair(session, letter.workspace_id, letter.to.pair_id)
    for name in ("pair", "pair_id"):
        if name in letter.ids:
            return pair(session, letter.workspace_id, int(letter.ids[name]))
    return None


def _with_pair(session: Session, seen: Circumstances, about: Pair, letter: Letter) -> Circumstances:
    parties = [each.person_id for each in about.members]
    everybody = people(session, letter.workspace_id, parties)
    first = everybody[parties[0]]
    together = Reader.of_all(first.time_zone, [everybody[each].locale for each in parties])
    seen = replace(seen, pair=about, people=everybody, reader=together, meeting=None)
    if letter.kind == "introduction":
        return replace(seen, profiles=profiles_of(session, about.program_id, parties))
    if letter.kind not in WITHOUT_TERMS:
        seen = _with_terms(seen, versions(session, about.id), parties, letter)
    return replace(seen, meeting=_meeting(session, about, letter, seen.now))


def _with_terms(
    seen: Circumstances, known: list[Agreement], parties: list[int], letter: Letter
) -> Circumstances:
    former = next((each for each in known if each.version == letter.ids.get("former")), None)
    if former is not None:
        seen = replace(seen, former_terms=former.terms)
    if "version" in letter.ids:
        chosen = next((each for each in known if each.version == letter.ids["version"]), None)
    else:
        chosen = in_force(known, parties)
    if chosen is not None:
        seen = replace(seen, terms=chosen.terms, signed_at=chosen.signed_at, version=chosen.version)
    elif seen.program is not None:
        seen = replace(seen, terms=suggested_terms(suggestions(seen.program), seen.program.time_zone))
    proposal = waiting(known, parties)
    if letter.kind == ladder.Kind.AGREEMENT and proposal is not None:
        seen = replace(seen, ids={**seen.ids, "proposer": proposal.proposed_by})
    return seen


def _meeting(session: Session, about: Pair, letter: Letter, now: datetime) -> Meeting | None:
    for name in ("meeting_id", "last_met_id"):
        if name in letter.ids:
            return meeting(session, about.id, int(letter.ids[name]))
    if letter.kind == ladder.Kind.WELCOME_BACK:
        ahead = [each for each in meetings(session, about.id) if each.is_ahead and each.starts_at > now]
        return ahead[0] if ahead else None
    return None
