"""The front door of the matcher: people and settings in, a whole proposal or one refusal out."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate
from mentoring.matching.check import refuse_contradictions
from mentoring.matching.peers import propose_peers
from mentoring.matching.result import MatchResult
from mentoring.matching.roles import propose_roles
from mentoring.matching.round import make_round
from mentoring.matching.settings import MatchSettings, PreviousPair

NOBODY_ELSE: Mapping[str, str] = MappingProxyType({})


def propose(
    candidates: Sequence[Candidate],
    settings: MatchSettings,
    history: Iterable[PreviousPair] = (),
    managers: Mapping[str, str] = NOBODY_ELSE,
) -> MatchResult:
    """Propose who should be matched with whom.

    The same people, settings, history and managers always give the same result, whatever their order.

    Args:
        candidates: Everybody in this round.
        settings: What the coordinator set.
        history: Earlier pairs; people who are not in this round are passed over.
        managers: User id to the manager's user id for people outside this round, so that the
            reporting line is known through them.

    Raises:
        MatchRefusal: The people or the settings contradict each other.
    """
    line = {**managers, **{person.user_id: person.manager for person in candidates if person.manager}}
    refuse_contradictions(candidates, settings, line)
    this = make_round(candidates, settings, tuple(history), line)
    return propose_peers(this) if settings.kind is ProgramKind.PEER else propose_roles(this)
