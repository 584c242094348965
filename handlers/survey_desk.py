"""`/mentoring survey`: a program's surveys in a coordinator's hands: look, preview, copy, go back to ours."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from handlers.instruments import in_use, read
from handlers.meanwhile import who_changed
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.at_hand import NOT_OVER
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.programs import Program
from mentoring.surveys.answers import answers_so_far
from mentoring.surveys.instruments import Instrument
from mentoring.surveys.sent import VERSIONS_SETTING, version_in_use, with_version
from messages.actions import Act
from messages.answers import Answer, Show
from messages.blocks import Block
from messages.forms.survey_desk import TEMPLATE, Listed, Opened, Sent, list_form, survey_form
from messages.instruments.form import Submission, read_submission, survey_view
from messages.instruments.loader import TITLE_LIMIT, Translated, as_yaml, shipped, to_plain, to_yaml
from messages.words import Words
from storage.outbox import audit
from storage.own_surveys import keep_own_survey, own_surveys, was_asked
from storage.programs import program, save_program
from storage.sendings import sendings_of

GONE = "This is no longer open: that survey is not there any more."
CHANGED: Deed = "survey.changed"
"""How a change of a survey stands in the audit log."""
COPY = "own_"
"""Ids of surveys that began as a copy."""


def command(visit: Visit) -> Answer:
    """`/mentoring survey`: the surveys of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "survey.list", NOT_OVER)
        return Show(_list(session, visit, found))


def show_list(visit: Visit) -> Answer:
    """“All surveys”."""
    with visit.database.read() as session:
        return Show(_list(session, visit, _program(session, visit)))


def _list(session: Session, visit: Visit, about: Program) -> Block:
    own = own_surveys(session, about.id)
    listed = []
    for name in [*shipped(), *sorted({name for name, _ in own} - set(shipped()))]:
        version = version_in_use(about, name)
        text = own.get((name, version)) if version else None
        if text is None and name not in shipped():
            continue
        survey = read(text) if text is not None else shipped()[name]
        listed.append(Listed(survey.in_locale(visit.person.locale), text is not None))
    return list_form(about, listed, visit.reader)


def open_survey(visit: Visit) -> Answer:
    """One survey: its questions, and what can be done with it."""
    with visit.database.read() as session:
        return Show(survey_form(opened(session, visit), visit.reader))


def opened(session: Session, visit: Visit) -> Opened:
    """The survey an act names, as its program asks it from now on.

    Raises:
        NoLongerOpen: There is no such survey.
    """
    about, name = _program(session, visit), visit.act.code("instrument")
    if name not in shipped() and version_in_use(about, name) is None:
        raise NoLongerOpen(GONE)
    survey = in_use(session, about, name)
    own = version_in_use(about, name) is not None
    return Opened(about, survey, own, mark_of(survey), _sendings(session, about, name, visit.now))


def _sendings(session: Session, about: Program, name: str, now: datetime) -> list[Sent]:
    return [
        Sent(
            each.id,
            str(each.segment["whom"]),
            each.segment["departments"],
            each.sent_at,
            each.closes_at,
            each.asked,
            each.answered,
            "taken back" if each.withdrawn_at else "open" if each.is_open(now) else "closed",
        )
        for each in sendings_of(session, about.id, name)
    ]


def mark_of(survey: Translated) -> str:
    """A short mark of a survey's text: another text has another one."""
    return sha256(to_yaml(survey).encode()).hexdigest()[:12]


def check_unchanged(visit: Visit, found: Opened, field: str | None = None) -> None:
    """Let pass whoever changes what they have seen.

    Raises:
        Refusal: Somebody else has changed it since; in a form at a field, so that what was typed stays.
    """
    if visit.act.ids.get("seen", found.seen) != found.seen:
        who = who_changed(visit, CHANGED) or "Somebody"
        raise Refusal(
            f"{who} has changed this survey while you had it open. "
            "Copy your words, close, and open it again.",
            field,
        )


def save(session: Session, visit: Visit, found: Opened, changed: Translated) -> Opened:
    """Keep a changed survey: as a new version, or in place of one that nobody was asked yet.

    Raises:
        Refusal: As `mentoring.surveys.instruments.revised`.
    """
    about, name = found.program, found.survey.in_locale("en").id
    current = found.survey.in_locale("en").version
    if to_yaml(changed) == to_yaml(found.survey):
        return found
    version = current
    if not found.own or was_asked(session, about.id, name, current):
        own = [each for (one, each) in own_surveys(session, about.id) if one == name]
        version = max([*own, current, *([_shipped_version(name)] if name in shipped() else [])]) + 1
    kept = _numbered(changed, version)
    keep_own_survey(
        session,
        visit.workspace.id,
        about.id,
        name,
        version,
        to_yaml(kept),
        visit.person.id,
        visit.now,
    )
    about = with_version(about, name, version)
    save_program(session, about)
    _note(session, visit, about, name, version)
    return Opened(about, kept, own=True, seen=mark_of(kept))


def _shipped_version(name: str) -> int:
    return shipped()[name].in_locale("en").version


def _numbered(survey: Translated, version: int) -> Translated:
    return Translated({key: replace(each, version=version) for key, each in survey.by_language.items()})


def copy(visit: Visit) -> Answer:
    """“Make a copy”: a survey of the program's own to start from, sent by hand."""
    with visit.database.write() as session:
        found = opened(session, visit)
        numbers = [
            int(name.removeprefix(COPY))
            for name, _ in own_surveys(session, found.program.id)
            if name.startswith(COPY)
        ]
        plain = to_plain(found.survey)
        plain["id"] = f"{COPY}{max(numbers, default=0) + 1}"
        words = Words(TEMPLATE, visit.reader)
        plain["title"] = {
            language: words.plain("copied", title=text)[:TITLE_LIMIT].rstrip()
            for language, text in plain["title"].items()
        }
        made = _numbered(read(as_yaml(plain)), 1)
        about = with_version(found.program, plain["id"], 1)
        keep_own_survey(
            session,
            visit.workspace.id,
            about.id,
            plain["id"],
            1,
            to_yaml(made),
            visit.person.id,
            visit.now,
        )
        save_program(session, about)
        _note(session, visit, about, plain["id"], 1)
    return Show(survey_form(Opened(about, made, own=True, seen=mark_of(made)), visit.reader))


def back_to_ours(visit: Visit) -> Answer:
    """“Back to ours”: the next asking asks what ships with the product."""
    with visit.database.write() as session:
        found = opened(session, visit)
        name = found.survey.in_locale("en").id
        if name not in shipped():
            raise NoLongerOpen(GONE)
        versions = found.program.settings.get(VERSIONS_SETTING)
        kept = (
            {key: each for key, each in versions.items() if key != name} if isinstance(versions, dict) else {}
        )
        about = replace(found.program, settings={**found.program.settings, VERSIONS_SETTING: kept})
        save_program(session, about)
        _note(session, visit, about, name, _shipped_version(name))
    survey = shipped()[name]
    return Show(survey_form(Opened(about, survey, own=False, seen=mark_of(survey)), visit.reader))


def preview(visit: Visit) -> Answer:
    """“Preview”: the very form people will get; nothing in it is kept."""
    with visit.database.read() as session:
        found = opened(session, visit)
    return Show(_preview(visit, found, Submission({}, frozenset())))


def branch_preview(visit: Visit) -> Answer:
    """An answer in the preview decides which questions follow."""
    with visit.database.read() as session:
        found = opened(session, visit)
    return Show(_preview(visit, found, read_submission({"values": visit.values}, _in_words(visit, found))))


def _preview(visit: Visit, found: Opened, so_far: Submission) -> Block:
    instrument = _in_words(visit, found)
    ids = {**found.about, "locale": _locale(visit)}
    return survey_view(
        instrument,
        request_id=Act("survey_preview", ids).value,
        locale=_locale(visit),
        answers=answers_so_far(instrument, so_far.values),
        shared=so_far.shared,
        preview=True,
    )


def _locale(visit: Visit) -> str:
    return str(visit.act.ids.get("locale", visit.person.locale))


def _in_words(visit: Visit, found: Opened) -> Instrument:
    return found.survey.in_locale(_locale(visit))


def _program(session: Session, visit: Visit) -> Program:
    return program(session, visit.workspace.id, visit.act.number("program"))


def _note(session: Session, visit: Visit, about: Program, name: str, version: int) -> None:
    ids: dict[str, int | str] = {"program": about.id, "instrument": name, "version": version}
    audit(
        session,
        visit.workspace.id,
        visit.person.id,
        CHANGED,
        ids,
        visit.now,
        program_id=about.id,
    )
