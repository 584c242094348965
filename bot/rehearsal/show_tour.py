"""The guided tour: six steps from an empty channel to looking back, each done by the visitor or for them."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.rehearsal.show_run import Show
from bot.rehearsal.stage import COORDINATOR
from mentoring.kinds import Role
from mentoring.programs import ProgramState
from playground.page.direction import Point, Step, Welcome
from storage.outbox import LetterState
from storage.tables import AgreementRow, AnswerRow, LetterRow, MemberRow, PairRow, PersonRow

NUDGES = ("book", "meeting_due", "did_you_meet")


POINTS = (
    Point(
        "people",
        "Be anybody",
        "The coordinator, a mentor, a mentee. Everybody you are not answers by themselves.",
    ),
    Point(
        "clock",
        "Hold the clock",
        "Move a day, a phase, or to the end, and watch half a year go by.",
    ),
    Point(
        "info",
        "Ask why",
        "Every message says why it came, when it would have been too late, and what was held back before it.",
    ),
    Point(
        "shield",
        "Show it to IT and your sponsor",
        "Each call the app makes stands under “Behind the scenes”. It reads nobody's conversations, and "
        "nothing leaves this machine.",
    ),
)
"""What a coordinator, who has to convince IT and a sponsor, should know before they start."""


def welcome(people: int) -> Welcome:
    """What greets a visitor."""
    return Welcome(
        title="See a whole mentoring program in five minutes",
        lead=f"This is the real app in a make-believe workspace. {people} people are waiting for their "
        "program, and you run it.",
        points=POINTS,
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the program is, as the tour sees it; `mentee` and `channel` are those of the first pair."""

    state: ProgramState | None
    mentee: str
    channel: str
    announced: bool
    agreed: bool
    nudged: bool
    answered: bool


def progress(show: Show) -> Progress:
    """Look at the facts."""
    with show.stage.database.read() as session:
        mentee, channel = _first_pair(session)
        return Progress(
            state=show.state,
            mentee=mentee or _first_mentee(show),
            channel=channel,
            announced=bool(channel),
            agreed=_some(session, select(AgreementRow.id).where(AgreementRow.state == "in force")),
            nudged=_some(
                session,
                select(LetterRow.id).where(LetterRow.kind.in_(NUDGES), LetterRow.state == LetterState.SENT),
            ),
            answered=_some(session, select(AnswerRow.id).where(AnswerRow.instrument.startswith("final_"))),
        )


def steps(seen: Progress, channel: str) -> tuple[Step, ...]:
    """The six steps; `channel` is where the program is announced."""
    matched = seen.state in (ProgramState.MATCHED, ProgramState.RUNNING, ProgramState.CLOSED)
    opened = seen.state not in (None, ProgramState.DRAFT)
    group = seen.channel or "messages"
    return (
        Step(
            "enroll",
            "Open enrollment",
            "You are Robin, who coordinates. The program is drafted, and people are on its list. Press Open "
            "enrollment on Home. Then be somebody else (top left), and press Join.",
            COORDINATOR,
            channel if opened else "home",
            "" if opened else "Open it for me",
            opened,
        ),
        Step(
            "match",
            "Review the matches",
            "A week later most have joined. Type “/mentoring match”: the proposal arrives in Messages, each "
            "pair with its reasons. Nobody is told anything before you approve.",
            COORDINATOR,
            "messages",
            "" if matched else "Let a week pass and match",
            matched,
        ),
        Step(
            "announce",
            "The two hear of each other",
            "Each pair gets a group conversation: why these two, and one first step. The app cannot read "
            "what they write there. Where it is night, the message waits for the morning.",
            seen.mentee,
            group,
            "" if seen.announced else "Wait for the morning",
            seen.announced,
        ),
        Step(
            "agree",
            "Agree on how to work",
            "Press Set up our agreement: the form starts from what the program suggests. The other one "
            "accepts with one tap, or changes something. From then on, the pair's own rhythm counts.",
            seen.mentee,
            group,
            "Let a few days pass",
            seen.agreed,
        ),
        Step(
            "nudge",
            "Nudges, and silence",
            "A reminder before a meeting, one question after it. People who meet hear little; who says "
            "nothing is asked once more, then left alone. Press Why? on a message to see what made it come.",
            seen.mentee,
            group,
            "Let two weeks pass",
            seen.nudged,
        ),
        Step(
            "look-back",
            "Look back",
            "Check-ins at each phase, a last survey, then quiet: go to the end and read Home. How many "
            "messages would your own people get? Find out under Rehearse my program (bottom left).",
            COORDINATOR,
            "home",
            "Go to the end",
            seen.answered,
        ),
    )


def _first_pair(session: Session) -> tuple[str, str]:
    query = (
        select(PersonRow.slack_id, PairRow.channel_id)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(PairRow.channel_id.is_not(None))
        .order_by(PairRow.id, MemberRow.role == Role.MENTOR)
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1] or "") if found else ("", "")


def _first_mentee(show: Show) -> str:
    mentees = [row.user_id for row in show.stage.roster.rows if Role.MENTEE in row.roles]
    return mentees[0] if mentees else COORDINATOR


def _some(session: Session, query: Select[int] | Select[str]) -> bool:
    return session.execute(query.limit(1)).first() is not None
