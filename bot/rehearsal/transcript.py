"""What was said and done, one JSON object a line, and last a summary."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import func, select

from bot.rehearsal.diary import Diary
from bot.rehearsal.rates import phases_reached, response_rates
from bot.rehearsal.stage import Stage
from mentoring.enrollment import EnrollmentState
from mentoring.meetings import MeetingState
from mentoring.pairs import PairState
from playground import ApiCall
from storage.database import Database
from storage.outbox import LetterState
from storage.tables import AnswerRow, EnrollmentRow, LetterRow, MeetingRow, PairRow, SkipRow

SAID = {"chat.postMessage", "chat.update", "chat.postEphemeral"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the outbox knows of a message."""

    letter: str
    key: str
    why: str


def lines(stage: Stage, diary: Diary) -> Iterator[dict[str, Any]]:
    """Everything in order: what the bot said, and what people did."""
    letters = _letters(stage.database)
    deeds = iter(diary.deeds)
    deed = next(deeds, None)
    number = 0
    for position, call in enumerate(stage.playground.calls):
        while deed is not None and deed.after_call <= position:
            number += 1
            yield {
                "n": number,
                "at": deed.at.isoformat(),
                "by": deed.by,
                "does": deed.does,
                "channel": deed.channel,
                "error": deed.error,
            }
            deed = next(deeds, None)
        if call.method in SAID:
            number += 1
            yield _said(number, call, stage, letters)
    while deed is not None:
        number += 1
        yield {"n": number, "at": deed.at.isoformat(), "by": deed.by, "does": deed.does, "error": deed.error}
        deed = next(deeds, None)


def _said(number: int, call: ApiCall, stage: Stage, letters: Mapping[str, Told]) -> dict[str, Any]:
    arguments = call.arguments
    channel = str(call.response.get("channel") or arguments.get("channel"))
    metadata = arguments.get("metadata") or {}
    told = letters.get((metadata.get("event_payload") or {}).get("id", ""))
    return {
        "n": number,
        "at": call.at.isoformat(),
        "by": "bot",
        "method": call.method,
        "channel": channel,
        "members": _members(stage, channel),
        "letter": told.letter if told else None,
        "key": told.key if told else None,
        "why": told.why if told else None,
        "text": arguments.get("text"),
        "blocks": arguments.get("blocks"),
        "ok": call.ok,
    }


def _members(stage: Stage, channel: str) -> list[str]:
    try:
        room = stage.playground.channel(channel)
    except KeyError:
        return []
    return [each for each in room.members if each != stage.playground.bot_user_id]


def _letters(database: Database) -> dict[str, Told]:
    with database.read() as session:
        query = select(LetterRow.mark, LetterRow.kind, LetterRow.key, LetterRow.why)
        return {mark: Told(kind, key, why) for mark, kind, key, why in session.execute(query)}


def summary(stage: Stage, diary: Diary, behavior: str, seed: int) -> dict[str, Any]:
    """The whole in numbers; `errors` lists everything that should not have happened."""
    with stage.database.read() as session:

        def counted(column: Any, *where: Any) -> dict[str, int]:
            query = select(column, func.count()).where(*where).group_by(column)
            return {str(name): number for name, number in session.execute(query)}

        enrollments = counted(EnrollmentRow.state)
        meetings, answers = counted(MeetingRow.state), counted(AnswerRow.instrument)
        letters, skips = counted(LetterRow.state), counted(SkipRow.reason)
        asked = counted(LetterRow.kind, LetterRow.state == LetterState.SENT)
        pairs = counted(PairRow.state)
        rates, phases = response_rates(session), phases_reached(session)
        reasons = counted(LetterRow.reason, LetterRow.state.in_([LetterState.CANCELLED, LetterState.EXPIRED]))
    return {
        "behavior": behavior,
        "seed": seed,
        "people": len(stage.roster.rows),
        "joined": sum(enrollments.get(each, 0) for each in (EnrollmentState.JOINED, EnrollmentState.MATCHED)),
        "matched": enrollments.get(EnrollmentState.MATCHED, 0),
        "unmatched": enrollments.get(EnrollmentState.JOINED, 0),
        "declined": enrollments.get(EnrollmentState.DECLINED, 0),
        "not answered": enrollments.get(EnrollmentState.INVITED, 0),
        "pairs": sum(pairs.get(each, 0) for each in PairState),
        "messages": asked,
        "messages a person": _budget(stage),
        "meetings held": meetings.get(MeetingState.HELD, 0),
        "meetings": meetings,
        "answers": answers,
        "response rates": rates,
        "phases": phases,
        "letters": letters,
        "not sent": reasons,
        "skipped": skips,
        "errors": errors(stage, diary),
    }


def _budget(stage: Stage) -> dict[str, float]:
    """Messages each person got: median, 95th percentile, worst."""
    heard: Counter[str] = Counter({row.user_id: 0 for row in stage.roster.rows})
    for message in stage.playground.posts:
        room = stage.playground.channel(message.channel)
        if room.kind in ("im", "mpim"):
            heard.update(each for each in room.members if each in heard)
    counts = sorted(heard.values()) or [0]
    return {
        "median": median(counts),
        "95th percentile": counts[min(len(counts) - 1, round(0.95 * len(counts)))],
        "worst": counts[-1],
    }


def errors(stage: Stage, diary: Diary) -> list[str]:
    """Calls the workspace refused, acts that failed, letters given up."""
    found = [f"refused: {call.method}: {call.error}" for call in stage.playground.refused]
    found += [f"{deed.by} {deed.does}: {deed.error}" for deed in diary.deeds if deed.error]
    with stage.database.read() as session:
        failed = session.execute(
            select(LetterRow.key, LetterRow.reason).where(LetterRow.state == LetterState.FAILED)
        )
        found += [f"given up: {key}: {reason}" for key, reason in failed]
    return found


def write(path: Path, stage: Stage, diary: Diary, result: dict[str, Any]) -> None:
    """Write the transcript, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as out:
        for line in lines(stage, diary):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        out.write(json.dumps({"summary": result}, ensure_ascii=False) + "\n")
    draft.replace(path)
