"""A proposal that waits for somebody's yes: found again from Home, a reminder or the command."""

from handlers import agreement
from handlers.visit import Visit
from mentoring.agreements import waiting
from messages.answers import Answer, Tell
from messages.letters.context import Circumstances
from messages.letters.pairing import agreement_proposed
from storage.agreements import versions
from storage.pairs import live_pair
from storage.people import people
from storage.programs import program


def look(visit: Visit) -> Answer:
    """“Look at it”: what it says, to accept or change; where nothing waits for them, the form."""
    with visit.database.read() as session:
        pair = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        parties = [each.person_id for each in pair.members]
        known = versions(session, pair.id)
        proposal = waiting(known, parties)
        if proposal is None or visit.person.id not in proposal.waits_for(parties):
            return agreement.open_form(visit)
        former = next((each for each in known if each.version == proposal.version - 1), None)
        seen = Circumstances(
            visit.reader,
            visit.now,
            program=program(session, visit.workspace.id, pair.program_id),
            recipient=visit.person,
            pair=pair,
            people=people(session, visit.workspace.id, parties),
            ids={"version": proposal.version, "proposer": proposal.proposed_by},
            terms=proposal.terms,
            former_terms=former.terms if former else None,
        )
    return Tell(agreement_proposed(seen))
