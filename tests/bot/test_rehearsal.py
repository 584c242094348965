"""The rehearsal: a whole program with simulated people, judged by its transcript."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.rehearsal import verify
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearse
from bot.rehearsal.stage import COORDINATOR
from handlers.roster_import import read_or_refuse
from mentoring.kinds import ProgramKind
from mentoring.roster import Roster, RosterRow
from storage.database import Database
from storage.tables import AskRow, MeetingRow

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbor-law-60.csv"
ABOUT_MEETINGS = {"book", "did_you_meet", "second_ask", "quiet_check"}
NUDGES = ABOUT_MEETINGS | {"meeting_due", "survey"}
WEEKS = 8
DAY_BEGINS, DAY_ENDS = time(9), time(17, 30)


@dataclass(frozen=True, slots=True)
class Played:
    """One rehearsal's outcome."""

    lines: list[dict[str, Any]]
    summary: dict[str, Any]
    rows: dict[str, RosterRow]
    digest: str
    database: Path

    @property
    def letters(self) -> list[dict[str, Any]]:
        return [each for each in self.lines if each.get("letter")]


def few(number: int) -> Roster:
    roster = read_or_refuse(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    kept = {row.user_id for row in roster.rows[:number]}
    rows = tuple(
        replace(
            row,
            do_not_pair_with=row.do_not_pair_with & kept,
            reports_to=row.reports_to if row.reports_to in kept else None,
        )
        for row in roster.rows
        if row.user_id in kept
    )
    return Roster(rows, ())


def play(
    folder: Path,
    *,
    seed: int = 1,
    behavior: Behavior = Behavior.DILIGENT,
    people: int = 16,
    weeks: int = WEEKS,
    kind: ProgramKind = ProgramKind.TRADITIONAL,
) -> Played:
    roster = few(people)
    wishes = Wishes(roster, kind, date(2026, 1, 5), weeks, seed, behavior)
    folder.mkdir(exist_ok=True)
    out = folder / f"{behavior}-{seed}.jsonl"
    database = folder / f"{behavior}-{seed}.db"
    summary = rehearse(wishes, out, lambda _share: None, database)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert lines[-1] == {"summary": summary}
    digest = out.with_suffix(".md").read_text(encoding="utf-8")
    return Played(lines[:-1], summary, {row.user_id: row for row in roster.rows}, digest, database)


@pytest.fixture(scope="module")
def where_played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rehearsal")


@pytest.fixture(scope="module")
def quiet(where_played: Path) -> Played:
    return play(where_played, behavior=Behavior.SILENT, people=10)


@pytest.fixture(scope="module")
def played(where_played: Path, quiet: Played) -> Played:
    """The second rehearsal of this process: nothing that the first left in memory may be seen in it."""
    assert quiet.lines
    return play(where_played)


def test_the_same_wishes_give_the_same_rehearsal_to_the_letter(
    played: Played, where_played: Path, tmp_path: Path
) -> None:
    """Whether it is the second of its process or the first of another, where sets have another order."""
    program = "import sys, pathlib, tests.bot.test_rehearsal as it; it.play(pathlib.Path(sys.argv[1]))"
    subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", program, str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "17"},
        cwd=Path(__file__).parents[2],
    )
    assert len(played.lines) > 500
    for name in ("diligent-1.jsonl", "diligent-1.md"):
        assert (tmp_path / name).read_bytes() == (where_played / name).read_bytes()


def test_nothing_goes_wrong_and_the_main_job_is_done(played: Played) -> None:
    assert played.summary["errors"] == []
    assert played.summary["pairs"] >= 4
    assert played.summary["meetings held"] >= 10
    assert any(name.startswith("check_in_start") for name in played.summary["answers"])
    assert any(name.startswith("final_") for name in played.summary["answers"])


def test_it_goes_through_all_four_phases_and_says_how_many_answered(played: Played) -> None:
    assert all(played.summary["phases"][phase] > 0 for phase in ("start", "middle", "end", "casual"))
    rates = played.summary["response rates"]
    assert "of" in rates["final_mentee"]
    answered, asked = (int(word) for word in rates["whole"].split(" (")[0].split(" of "))
    assert 0.5 < answered / asked < 1
    assert f"| final mentee | {rates['final_mentee']} |" in played.digest


def test_every_approved_pair_is_announced_once(played: Played) -> None:
    introductions = [each for each in played.letters if each["letter"] == "introduction"]
    assert len(introductions) == played.summary["pairs"]
    assert len({tuple(sorted(each["members"])) for each in introductions}) == len(introductions)


def test_nobody_gets_the_same_key_twice(played: Played) -> None:
    keys = Counter(each["key"] for each in played.letters)
    assert [key for key, count in keys.items() if count > 1] == []


def test_nudges_come_in_the_working_hours_of_everybody_who_gets_them(played: Played) -> None:
    nudges = [each for each in played.letters if each["letter"] in NUDGES]
    assert nudges
    for each in nudges:
        for slack_id in each["members"]:
            local = datetime.fromisoformat(each["at"]).astimezone(ZoneInfo(played.rows[slack_id].time_zone))
            assert DAY_BEGINS <= local.time() <= DAY_ENDS, (each["key"], slack_id, local)
            assert local.weekday() < 5, (each["key"], slack_id, local)


def test_nobody_hears_more_than_one_nudge_a_day(played: Played) -> None:
    heard: Counter[tuple[str, date]] = Counter()
    for each in played.letters:
        if each["letter"] in NUDGES:
            for slack_id in each["members"]:
                zone = ZoneInfo(played.rows[slack_id].time_zone)
                heard[slack_id, datetime.fromisoformat(each["at"]).astimezone(zone).date()] += 1
    assert [who for who, count in heard.items() if count > 1] == []


def test_the_message_itself_carries_only_an_opaque_mark(played: Played) -> None:
    said = {each["key"]: json.dumps(each["blocks"]) for each in played.letters}
    assert all(key not in blocks for key, blocks in said.items())


def test_the_digest_shows_every_kind_of_message(played: Played) -> None:
    kinds = {each["letter"] for each in played.letters}
    assert all(f"### {kind}:" in played.digest for kind in kinds)


def test_the_transcript_tells_who_did_what_when_in_order(played: Played) -> None:
    assert [each["n"] for each in played.lines] == list(range(1, len(played.lines) + 1))
    instants = [datetime.fromisoformat(each["at"]) for each in played.lines]
    assert all(after - before >= -timedelta(seconds=1) for before, after in pairwise(instants))
    assert {each["by"] for each in played.lines} > {"bot"}


def test_the_coordinator_looks_after_the_pairs_on_the_list(played: Played) -> None:
    does = [each["does"] for each in played.lines if each["by"] == COORDINATOR]
    assert "opens Home" in does
    assert {"sends care.message", "presses desk.pair"} <= {*does}


def test_people_who_seldom_answer_are_asked_each_thing_once_a_period_at_most(quiet: Played) -> None:
    """They never agree on a rhythm, so the program's own holds: every two weeks."""
    assert quiet.summary["errors"] == []
    asked = [each for each in quiet.letters if each["letter"] in ABOUT_MEETINGS]
    heard = Counter((each["letter"], *each["members"]) for each in asked)
    assert heard
    assert max(heard.values()) <= WEEKS / 2


Line = dict[str, Any]


@pytest.fixture
def lines(played: Played) -> list[Line]:
    """The transcript, to be spoiled."""
    found: list[Line] = json.loads(json.dumps(played.lines))
    return found


@pytest.fixture
def kept(played: Played, tmp_path: Path) -> Iterator[Database]:
    """The database, to be spoiled."""
    shutil.copy(played.database, tmp_path / "kept.db")
    found = Database(f"sqlite:///{tmp_path / 'kept.db'}")
    yield found
    found.close()


def of_kind(lines: list[Line], kind: str) -> Line:
    return next(each for each in lines if each.get("letter") == kind)


def test_what_was_really_played_keeps_every_promise(lines: list[Line], kept: Database) -> None:
    assert verify.faults(lines, kept) == []


def lose_an_introduction(lines: list[Line]) -> None:
    lines.remove(of_kind(lines, "introduction"))


def introduce_twice(lines: list[Line]) -> None:
    lines.append({**of_kind(lines, "introduction"), "key": "another"})


def introduce_strangers(lines: list[Line]) -> None:
    lines.append({**of_kind(lines, "introduction"), "key": "another", "members": ["U1", "U2"]})


def say_again(lines: list[Line]) -> None:
    lines.append(of_kind(lines, "survey"))


def nudge_at_night(lines: list[Line]) -> None:
    of_kind(lines, "did_you_meet")["at"] = datetime(2026, 2, 4, 3, tzinfo=UTC).isoformat()


def nudge_on_a_sunday(lines: list[Line]) -> None:
    of_kind(lines, "survey")["at"] = datetime(2026, 2, 8, 16, tzinfo=UTC).isoformat()


def answer_more(lines: list[Line]) -> None:
    lines.append(next(each for each in lines if each.get("does") == "sends survey"))


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lose_an_introduction, "was introduced 0 times instead of 1"),
        (introduce_twice, "was introduced 2 times instead of 1"),
        (introduce_strangers, "introduced without being a pair: U1, U2"),
        (say_again, "2 times"),
        (nudge_at_night, "outside the working hours"),
        (nudge_on_a_sunday, "outside the working hours"),
        (answer_more, "answers are kept"),
    ],
)
def test_a_transcript_that_breaks_a_promise_is_found_out(
    lines: list[Line], kept: Database, spoil: Callable[[list[Line]], None], found: str
) -> None:
    spoil(lines)
    assert any(found in each for each in verify.faults(lines, kept))


def test_being_asked_twice_to_book_one_period_is_found_out(lines: list[Line], kept: Database) -> None:
    with kept.write() as session:
        first, second = session.scalars(select(AskRow).where(AskRow.kind == "did_you_meet").limit(2))
        for each in (first, second):
            each.kind, each.pair_id, each.heard_by = "book", first.pair_id, first.heard_by
            each.period_key = first.period_key
    assert any("2 times to book" in each for each in verify.faults(lines, kept))


def test_a_nudge_off_the_beat_is_found_out(lines: list[Line], kept: Database) -> None:
    with kept.write() as session:
        one = session.scalars(select(AskRow).where(AskRow.kind == "did_you_meet").limit(1)).one()
        next_day = date.fromisoformat(one.period_key or "") + timedelta(days=1)
        one.kind, one.period_key = "book", next_day.isoformat()
    assert any("begins no period of its rhythm" in each for each in verify.faults(lines, kept))


def test_meetings_that_were_told_and_not_kept_are_found_out(lines: list[Line], kept: Database) -> None:
    with kept.write() as session:
        session.execute(update(MeetingRow).values(state="missed"))
    assert any("no meeting is kept" in each for each in verify.faults(lines, kept))
