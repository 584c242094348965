"""What letters about joining and matching draw on, beyond the program and the pair."""

from dataclasses import replace

from sqlalchemy.orm import Session

from messages.letters.context import Circumstances
from storage.announcing import introductions
from storage.match_checks import checks_of_pair
from storage.match_runs import match_run
from storage.outbox import Letter
from storage.people import people
from storage.programs import enrollment, profiles_of


def with_joining(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """Add the facts of these kinds; all others have enough."""
    match letter.kind:
        case "match_ready" | "match_refused":
            result = match_run(session, letter.workspace_id, int(letter.ids["run"])).result
            counts = {name: len(result.get(name, ())) for name in ("pairs", "unmatched")}
            return replace(seen, numbers=counts, sentence=str(result.get("sentence", "")))
        case "announcing":
            sent, total = introductions(session, int(letter.ids["run"]))
            return replace(seen, numbers={"sent": sent, "total": total})
        case "match_objection" | "decided":
            return replace(seen, sentence=_reason(session, seen, letter))
        case "nominated" | "letter_given_up" if "person" in letter.ids:
            return replace(seen, people=people(session, letter.workspace_id, [int(letter.ids["person"])]))
        case "invited" | "joined" | "not_matched":
            me = seen.the_recipient.id
            return replace(seen, profiles=profiles_of(session, seen.the_program.id, [me]))
        case _:
            return seen


def _reason(session: Session, seen: Circumstances, letter: Letter) -> str:
    """What somebody wrote: against a match, or with a decision about an application."""
    if letter.kind == "match_objection":
        checks = checks_of_pair(session, seen.the_pair.id)
        return " ".join(each.reason for each in checks if each.person_id == letter.ids["person"])
    known = enrollment(session, seen.the_program.id, seen.the_recipient.id)
    return known.reason if known else ""
