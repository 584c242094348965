"""The log in words: every code in both languages, nothing private, and what is old still shown."""

import re
from collections.abc import Mapping

import pytest

from mentoring.deeds import DEEDS
from messages.deeds import Done, Names, in_words, part_of
from messages.sample_parts import parts_of
from messages.samples import LOCALES, ZONE
from messages.words import TEMPLATES, Reader

ROBIN, ANA, BEN = 1, 2, 3
NAMES = Names(
    people={ROBIN: "Robin Ellery", ANA: "Ana Ruiz", BEN: "Ben Cole"},
    pairs={7: ["Ben Cole", "Ana Ruiz"]},
    surveys={"check_in_start": "A first look"},
    resources={1: "Negotiating well"},
)
PAIR: Mapping[str, int | str] = {"pair": 7}
PROGRAM: Mapping[str, int | str] = {"program": 3}
WRITTEN: dict[str, Mapping[str, int | str]] = {
    "apply.decide": {"person": ANA, "decision": "wait"},
    "audit.export": {},
    "broadcast.cancel": {"broadcast": 4},
    "broadcast.send": {"broadcast": 4},
    "care.by_hand": PAIR,
    "care.extend": {**PAIR, "ends_on": "2026-09-01"},
    "care.message": PAIR,
    "care.message_many": {"pairs": 9},
    "care.move": {**PAIR, "before": 6},
    "care.nudge": PAIR,
    "care.offer_pause": PAIR,
    "care.places": {"person": ANA, "places": 3},
    "care.pause": {**PAIR, "until": "2026-04-14"},
    "charter.first": PROGRAM,
    "charter.people": PROGRAM,
    "charter.success": PROGRAM,
    "charter.support": {**PROGRAM, "asked": 2},
    "debrief.written": {"debrief": 5, "actions": 1},
    "desk.again": {"letter": 9},
    "desk.again_all": {"letters": 12},
    "desk.seen": PAIR,
    "desk.seen_many": {"pairs": 9},
    "desk.settings": {"look": 40, "fine": 70},
    "desk.snooze": PAIR,
    "export.send": {"what": "people", "shape": "csv"},
    "invite": {"asked": 12},
    "lessons.changed": PROGRAM,
    "match.approve": {"run": 2, "pairs": 12},
    "match.rules": PROGRAM,
    "match.settings": PROGRAM,
    "match.wall": PROGRAM,
    "match.wall_remove": PROGRAM,
    "nominate": {"person": BEN},
    "pair.completed": {**PAIR, "why": "completed"},
    "pair.help": PAIR,
    "pair.left": PAIR,
    "pair.left_group": {**PAIR, "reason": "fit"},
    "pair.parted": {**PAIR, "reason": "fit"},
    "pause": {"until": "2026-04-14"},
    "privacy.delete": {"person": ANA},
    "privacy.keep_for": {"months": 24, "hold": "off"},
    "privacy.retention": {},
    "program.asked": PROGRAM,
    "program.close_enrollment": PROGRAM,
    "program.new": {**PROGRAM, "from": 2},
    "program.open": PROGRAM,
    "program.phases": PROGRAM,
    "program.words": PROGRAM,
    "report.plan": {"report": "activity", "every": "week", "person": ANA},
    "report.send": {"report": "activity", "shape": "pdf", "person": ANA},
    "report.stop": {"report": "activity", "person": ANA},
    "resource.retire": {"resource": 1},
    "resource.save": {"resource": 1},
    "roster.import": {"new": 3, "updated": 1},
    "staff.add": {"person": BEN, "role": "viewer"},
    "staff.claim": {},
    "staff.remove": {"person": BEN},
    "survey.changed": {**PROGRAM, "instrument": "check_in_start", "version": 2},
    "survey.sent": {**PROGRAM, "instrument": "check_in_start", "sending": 1},
    "survey.withdrawn": {"sending": 1},
}
"""What stands beside each code in the log."""


def said(action: str, subject: Mapping[str, int | str] | None = None, language: str = "en") -> str:
    done = Done(action, ROBIN, WRITTEN[action] if subject is None else subject)
    return in_words(done, NAMES, Reader.of(ZONE, LOCALES[language]))


@pytest.mark.parametrize("language", LOCALES)
def test_every_deed_has_words_in_every_language_and_all_words_have_a_deed(language: str) -> None:
    """Say it in `messages/templates/LANGUAGE/forms/audit_deeds.jinja`."""
    text = (TEMPLATES / language / "forms" / "audit_deeds.jinja").read_text("utf-8")
    worded = re.findall(r"{% block (\w+) %}", text)
    assert sorted(worded) == sorted(part_of(each) for each in DEEDS)
    assert len(set(worded)) == len(DEEDS), "two codes would share their words"
    assert len(parts_of("forms/audit_deeds")) == len(DEEDS)


@pytest.mark.parametrize("language", LOCALES)
def test_what_is_written_is_said_without_codes_or_ids(language: str) -> None:
    """A new deed needs a line in `WRITTEN`, as its handler writes it."""
    assert WRITTEN.keys() == DEEDS
    for action in DEEDS:
        sentence = said(action, language=language)
        assert sentence[0].islower(), f"{action}: a name stands before it"
        assert not re.search(r"\w[._]\w", sentence), f"{action} is shown as code: {sentence}"
        assert not re.search(r"  | [,:;]|\(\)", sentence), f"{action} has a hole: {sentence}"
        assert len(sentence) <= 150, action


@pytest.mark.parametrize(
    ("action", "english", "spanish"),
    [
        ("program.open", "opened enrollment", "abrió la inscripción"),
        ("match.approve", "approved 12 pairs", "aprobó 12 parejas"),
        (
            "pair.parted",
            "ended the pairing of Ben Cole and Ana Ruiz early",
            "terminó antes de tiempo la pareja de Ben Cole y Ana Ruiz",
        ),
        (
            "care.pause",
            "paused reminders for Ben Cole and Ana Ruiz until Tuesday, April 14",
            "detuvo los recordatorios de Ben Cole y Ana Ruiz hasta el martes 14 de abril",
        ),
        ("survey.sent", "sent the survey “A first look”", "envió la encuesta «A first look»"),
        (
            "report.send",
            "sent Ana Ruiz a report: “Activity: are people meeting?”",
            "envió un informe a Ana Ruiz: «Actividad: ¿se reúne la gente?»",
        ),
        (
            "resource.save",
            "added or changed the resource “Negotiating well”",
            "agregó o cambió el recurso «Negotiating well»",
        ),
        ("apply.decide", "put on the waiting list: Ana Ruiz", "puso en la lista de espera a Ana Ruiz"),
    ],
)
def test_a_line_names_people_and_things(action: str, english: str, spanish: str) -> None:
    assert (said(action), said(action, language="es")) == (english, spanish)


def test_a_pause_is_of_a_person_or_of_a_pair() -> None:
    assert said("care.pause", {"person": ANA, "until": "2026-04-14"}).startswith(
        "paused reminders for Ana Ruiz"
    )
    assert said("pause").startswith("took a break until")
    assert said("pause", WRITTEN["care.pause"]).startswith(
        "paused the pairing of Ben Cole and Ana Ruiz until"
    )


def test_a_report_to_oneself_or_a_channel_names_neither() -> None:
    assert said("report.send", {"report": "activity", "person": ROBIN}).startswith("asked for a report:")
    assert said("report.send", {"report": "activity", "channel": "C1"}).startswith(
        "sent a report to a channel:"
    )
    assert said("report.send", {"report": "a_former_one", "person": ANA}).endswith("“a_former_one”")


def test_a_legal_hold_is_said_only_where_there_is_one() -> None:
    assert "hold" not in said("privacy.keep_for")
    assert "legal hold" in said("privacy.keep_for", {"months": 24, "hold": "on"})


@pytest.mark.parametrize("why", ["fit", "time", "work", "quiet", "asked", "away", "unsaid"])
@pytest.mark.parametrize("action", ["pair.parted", "pair.left_group", "pair.completed", "pair.former"])
def test_why_somebody_left_is_in_no_sentence(action: str, why: str) -> None:
    for kept in ("reason", "why"):
        assert said(action, {"pair": 7, kept: why}) == said(action, {"pair": 7})


def test_a_code_without_words_is_shown_as_code_with_its_ids() -> None:
    for language in LOCALES:
        assert (
            said("program.enroll", {"program": 3, "pair": 7}, language)
            == "program.enroll (program 3, pair 7)"
        )
        assert said("care.former", {"person": ANA}, language) == "care.former (Ana Ruiz)"
        assert said("care.former", {}, language) == "care.former"


def test_an_entry_that_lacks_what_its_words_need_is_shown_as_code() -> None:
    assert said("match.approve", {"run": 2}) == "match.approve (run 2)"
    assert said("staff.add", {"person": BEN, "role": "emperor"}) == "staff.add (Ben Cole)"
    assert said("care.extend", {"pair": 7, "ends_on": "some day"}) == "care.extend (pair 7)"


def test_what_is_no_longer_known_is_somebody_or_some_thing() -> None:
    assert said("resource.retire", {"resource": 0}) == "retired a resource"
    assert said("nominate", {"person": 99}) == "nominated somebody as a mentor"
    assert said("desk.seen", {"pair": 99}) == "marked somebody as dealt with"
