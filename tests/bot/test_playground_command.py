"""`mentoring playground` as somebody types it: what the terminal says, also when things go wrong."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import structlog
from typer.testing import CliRunner

from bot.cli import command_line
from bot.playground_command import PORT
from bot.rehearsal.show_stage import PLAN_FILE, WORKSPACE_FILE
from mentoring.errors import MentoringError
from tests.browser.stage import small_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Refused = Callable[..., str]

MENTORING = [sys.executable, "-c", "from bot.cli import main; main()", "playground"]
PATIENCE_SECONDS = 60
"""Real seconds a start or a stop may take on a busy machine."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where --keep keeps: a folder of this test's own. There is no screen for a browser either."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A short list, so that starting is quick."""
    roster = tmp_path / "few.csv"
    roster.write_text(small_roster(), "utf-8")
    return roster


class Running:
    """A playground in a process of its own, without a terminal, and what it has said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self.address = ""
        for line in process.stdout or ():
            self.said.append(line.strip())
            if line.startswith("The page is at "):
                self.address = line.split()[-1]
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError(f"it did not start: {self.said}")

    def ask(self, path: str = "", body: object = None) -> str:
        """One request to the page."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data)  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - the same
            return str(answer.read().decode())

    def stop(self, number: signal.Signals) -> None:
        """Interrupt it, and wait for its last words."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        self.said += rest.split("\n")


@contextmanager
def running(*words: str | Path | int) -> Iterator[Running]:
    with subprocess.Popen(  # noqa: S603 - our own command
        [*MENTORING, *(str(word) for word in words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


@pytest.fixture
def refused() -> Iterator[Refused]:
    """Types a command that cannot start, and gives the sentence it ends with."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def type_it(*words: str | Path | int) -> str:
        typed = ["playground", "--no-open", *(str(word) for word in words)]
        done = CliRunner().invoke(command_line(typed), typed)
        assert isinstance(done.exception, MentoringError), done.output
        return str(done.exception)

    yield type_it
    for number, handler in before.items():
        signal.signal(number, handler)
    structlog.reset_defaults()


@contextmanager
def taken(port: int = 0) -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        try:
            other.bind(("127.0.0.1", port))
        except OSError:
            # Taken by somebody else already, which serves as well.
            yield port
            return
        other.listen()
        yield int(other.getsockname()[1])


def test_it_serves_without_a_terminal_stops_at_ctrl_c_and_goes_on_where_it_was(few: Path, home: Path) -> None:
    del home
    look = {"spot": {"as": "U0COORD001", "at": "home"}, "have": {}}
    with running("--roster", few, "--port", 0, "--keep") as play:
        assert play.said[1] == "A workspace with 10 people and their coordinator."
        assert play.address.startswith("http://127.0.0.1:"), "bound to loopback only"
        assert "Nothing leaves this machine" in play.ask()
        play.ask("direct", look | {"order": {"what": "step", "to": "enroll"}})
        while 'class=\\"moving' in play.ask("state", look):
            pass
        play.stop(signal.SIGINT)
        assert play.process.returncode == 0
        assert any(line.startswith("Opening enrollment: ") for line in play.said)
        assert "Stopped. Start with --keep to go on from here." in play.said
    with taken(PORT), running("--keep") as again:
        assert any(line.startswith("Going on where it was.") for line in again.said)
        assert "A workspace with 10 people and their coordinator." in again.said, "the list is remembered"
        assert f":{PORT}/" not in again.address, "a port nobody asked for gives way"
        told = json.loads(again.ask("state", look))
        assert "done" in told["regions"]["tour"]["html"], "enrollment is still open"
        again.stop(signal.SIGTERM)
        assert again.process.returncode == 0


def test_what_was_kept_and_is_damaged_is_told(few: Path, home: Path, refused: Refused) -> None:
    folder = home / "data" / "mentoring" / "playground"
    folder.mkdir(parents=True)
    (folder / WORKSPACE_FILE).write_text("{}", "utf-8")
    (folder / PLAN_FILE).write_text("half a pl", "utf-8")
    said = refused("--roster", few, "--port", 0, "--keep")
    assert "is damaged. Remove its folder to begin anew." in said
    assert str(folder) in said


def test_a_port_asked_for_and_taken_is_refused_with_what_to_do(few: Path, refused: Refused) -> None:
    with taken() as port:
        said = refused("--roster", few, "--port", port)
    assert said == f"Port {port} is taken. Choose another with --port, or --port 0 for any free one."


def test_a_broken_list_is_told_line_by_line_and_nothing_starts(tmp_path: Path, refused: Refused) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("user_id,name,role\nU1,Ada,mentor\nU1,Bo,wizard\n", "utf-8")
    said = refused("--roster", broken, "--port", 0)
    assert said.startswith("Nothing was started. Please mend:")
    assert "line 3" in said
    assert "wizard" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"user_id,name\xff\xfe\n", "line 1: This is not UTF-8 text. In your spreadsheet choose"),
        (None, "There is no such file. Check the name and the folder."),
    ],
)
def test_a_file_that_is_no_list_is_told(
    tmp_path: Path, content: bytes | None, sentence: str, refused: Refused
) -> None:
    odd = tmp_path / "odd.csv"
    if content is not None:
        odd.write_bytes(content)
    assert sentence in refused("--roster", odd, "--port", 0)
