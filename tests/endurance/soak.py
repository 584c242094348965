"""Sets a soak up: workspaces with a small roster each, a fleet, and one PostgreSQL."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from cryptography.fernet import Fernet

from bot.manifest_command import for_http, read_manifest
from bot.office import Office
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.driven import SharedClock
from bot.rehearsal.stage import UNHURRIED_S, Stage, people_of
from bot.rehearsal.timeline import Timeline, dawn
from bot.tokens import OAuthApp
from mentoring.kinds import ProgramKind
from mentoring.roster import Roster
from playground import ManyWorkspaces
from playground.http_line import HttpLine
from storage.database import Database
from storage.sealing import seal_with
from tests.bot.test_fleet import code_for, installation
from tests.endurance.conductor import Conductor, Trouble
from tests.endurance.crew import Hand, Orders, listen, work
from tests.endurance.line import RoughLine
from tests.faults.killing import ten_people
from tests.support.ports import free_port
from tests.support.postgres import Server
from tests.support.waiting import until
from tests.support.web import Browser

STARTS_ON = date(2026, 1, 5)
ADDRESS = "https://ours.example"


@dataclass(frozen=True)
class Size:
    """How much is played.

    Args:
        people: On each workspace's roster, ten at most.
        hours: Length of a step of the clock.
    """

    workspaces: int
    people: int
    weeks: int
    listeners: int
    workers: int
    hours: int
    trouble: Trouble
    seed: int = 0

    @property
    def steps(self) -> int:
        """About how many steps: enrollment, the program and its end, without nights and weekends."""
        return max(1, (self.weeks + 7) * 5 * 12 // self.hours)


@dataclass
class Nobody:
    """The fleet looks by itself."""

    office: Office
    workspace_id: int

    def beat(self) -> None:
        """Nothing: others work."""

    def refresh_directory(self) -> None:
        """Read the workspace's people; the fleet does it every minute of real time."""
        self.office.refresh_people_of(self.workspace_id)


@contextmanager
def soak(size: Size, database: Database, server: Server, log: Path) -> Iterator[Conductor]:
    """Everything ready to be played; every process has ended at the end."""
    key = Fernet.generate_key().decode()
    seal_with([key])
    clock = SharedClock(dawn(STARTS_ON))
    manifest = for_http(read_manifest(), ADDRESS)
    manifest["settings"]["token_rotation_enabled"] = False
    with ManyWorkspaces(manifest, clock=clock, patience=UNHURRIED_S) as slack, ExitStack() as at_the_end:
        me = slack.add("Where the app comes from").world.me
        app = OAuthApp(me.client_id, me.client_secret, me.signing_secret, slack.api_url, ADDRESS)
        office = Office(database, app, clock)
        ports = [free_port() for _ in range(size.listeners)]
        orders = Orders(database.url, app, key, clock.micros, log)
        hands = [Hand("listeners", listen, (orders, port)) for port in ports]
        hands += [Hand("workers", work, (orders,)) for _ in range(size.workers)]
        lines = [_line(slack, size, number, ports) for number in range(size.workspaces)]
        timelines = [_firm(slack, office, size, number, line) for number, line in enumerate(lines)]
        for each in hands:
            at_the_end.callback(each.kill)
            each.start()
        for port in ports:
            until(lambda port=port: _is_ready(port))  # type: ignore[misc] # mypy does not see the default
        chance = Random(f"soak {size.seed}")
        yield Conductor(
            timelines, lines, clock, database, server, hands, size.trouble, chance, size.hours, size.steps
        )
    seal_with([])


def errors_in(log: Path) -> Counter[str]:
    """What the processes logged as errors, and how often; whatever no process should say is told whole."""
    found: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        try:
            said = json.loads(line)
        except ValueError:
            found[line[:200]] += 1
            continue
        if said.get("level") == "error":
            found[f"{said.get('event')}: {said.get('error') or ''} {said.get('where') or ''}"] += 1
    return found


def _firm(slack: ManyWorkspaces, office: Office, size: Size, number: int, line: RoughLine) -> Timeline:
    firm = slack.add(f"Firm {number + 1}")
    roster = _roster(size.people)
    channel = people_of(firm, roster, STARTS_ON)
    answer = slack.oauth.access(
        {"code": code_for(slack, firm), "redirect_uri": f"{ADDRESS}/back"},
        firm.world.me.client_id,
        firm.world.me.client_secret,
    )
    office.tokens.store.save(installed := installation(answer))
    workspace = office.tokens.welcome(installed, office.clock.now())
    firm.deliver_to(line)
    clock: Any = office.clock
    stage = Stage(firm, clock, office.database, roster, Nobody(office, workspace.id), channel)
    ends_on = STARTS_ON + timedelta(weeks=size.weeks, days=-1)
    seed = size.seed * 1_000 + number
    kind, diary = ProgramKind.TRADITIONAL, Diary(firm)
    return Timeline(stage, kind, STARTS_ON, ends_on, Behavior.MIXED, seed, diary)


def _line(slack: ManyWorkspaces, size: Size, number: int, ports: list[int]) -> RoughLine:
    secret = slack.workspaces[0].signing_secret
    ways = [HttpLine(f"http://127.0.0.1:{each}/slack/events", secret, UNHURRIED_S) for each in ports]
    return RoughLine(ways, Random(f"line {size.seed} {number}"))


def _roster(people: int) -> Roster:
    """So many of the ten, mentors and mentees by halves."""
    whole = ten_people()
    mentors, mentees = whole.rows[:4], whole.rows[4:]
    kept = [*mentors[: people // 2], *mentees[: people - people // 2]]
    return replace(whole, rows=tuple(kept))


def _is_ready(port: int) -> bool:
    try:
        return Browser().get(f"http://127.0.0.1:{port}/readyz").status == 200
    except OSError:
        return False
