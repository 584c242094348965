"""Changing a survey: question by question, or the whole as text; what is not right is said at its line."""

from sqlalchemy.orm import Session

from handlers.instruments import read
from handlers.survey_desk import check_unchanged, opened, save
from handlers.typed_parts import NAME, faults_by_field, typed_parts
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.surveys.instruments import QuestionKind, Visibility
from messages.answers import Answer, Faults, Show
from messages.forms.survey_desk import Opened, heading_form, question_form, survey_form, text_form
from messages.instruments.editing import (
    GONE,
    Edited,
    Plain,
    moved,
    with_heading,
    with_new_question,
    with_question,
    without,
)
from messages.instruments.loader import (
    OPTION_LIMIT,
    Translated,
    as_yaml,
    parse_instrument,
    revised_copy,
    to_plain,
    to_yaml,
)
from messages.instruments.yaml_lines import BadFileError
from storage.own_surveys import own_surveys


def menu(visit: Visit) -> Answer:
    """The three dots beside a question: change it, move it, or take it out."""
    what, _, question_id = (visit.picked or "").partition(" ")
    with visit.database.write() as session:
        found = opened(session, visit)
        plain = to_plain(found.survey)
        match what:
            case "edit":
                if found.survey.in_locale("en").question(question_id) is None:
                    raise NoLongerOpen(GONE)
                return Show(question_form(found, question_id, visit.reader))
            case "up" | "down":
                changed = moved(plain, question_id, -1 if what == "up" else 1)
            case "out":
                changed = without(plain, question_id)
            case _:
                raise NoLongerOpen(GONE)
        check_unchanged(visit, found)
        return _saved(session, visit, found, changed)


def open_question(visit: Visit) -> Answer:
    """“Add a question”."""
    with visit.database.read() as session:
        return Show(question_form(opened(session, visit), None, visit.reader))


def open_question_again(visit: Visit) -> Answer:
    """The form of a question as it would be filled in now; a new one's is empty whatever others do."""
    with visit.database.read() as session:
        found, question_id = opened(session, visit), visit.act.ids.get("question")
        if question_id is not None:
            _kind_of(found, str(question_id))
        return Show(question_form(found, None if question_id is None else str(question_id), visit.reader))


def submit_question(visit: Visit) -> Answer:
    """A question came back, new or changed."""
    with visit.database.write() as session:
        found = opened(session, visit)
        plain = to_plain(found.survey)
        question_id = visit.act.ids.get("question")
        if question_id is None:
            changed = with_new_question(plain, _edited(visit, None), _ids_ever(session, found))
        else:
            changed = with_question(
                plain, str(question_id), _edited(visit, _kind_of(found, str(question_id)))
            )
        return _saved(session, visit, found, changed)


def _kind_of(found: Opened, question_id: str) -> QuestionKind:
    question = found.survey.in_locale("en").question(question_id)
    if question is None:
        raise NoLongerOpen(GONE)
    return question.kind


def _edited(visit: Visit, kind: QuestionKind | None) -> Edited:
    kind = kind or visit.pick("kind", QuestionKind)
    options = [line.strip() for line in visit.typed("options").splitlines() if line.strip()]
    _check_options(kind, options)
    visibility = visit.pick("visibility", Visibility)
    if kind.is_text and visibility in (Visibility.GROUPED, Visibility.OWN):
        raise Refusal(
            "Words cannot be shown in groups. Let the team see them, if they tick “share”.", "visibility"
        )
    return Edited(
        texts={"en": visit.typed("text"), "es": visit.typed("text_es")},
        kind=kind,
        visibility=visibility,
        required="yes" in visit.chosen("required"),
        options=options,
        low=visit.typed("low"),
        high=visit.typed("high"),
    )


def _check_options(kind: QuestionKind, options: list[str]) -> None:
    if not kind.has_options:
        return
    if not options:
        raise Refusal("Write the choices, one a line.", "options")
    longest = max(options, key=len)
    if len(longest) > OPTION_LIMIT:
        raise Refusal(f"“{longest[:20]}…” is too long. {OPTION_LIMIT} characters fit in a choice.", "options")
    if len(set(options)) < len(options):
        raise Refusal("One choice stands there twice. Take one of them out.", "options")


def _ids_ever(session: Session, found: Opened) -> set[str]:
    """Question ids that any version of this survey has used: none is ever used for another question."""
    name = found.survey.in_locale("en").id
    versions = [
        read(text) for (one, _), text in own_surveys(session, found.program.id).items() if one == name
    ]
    return {question.id for each in versions for question in each.in_locale("en").questions}


def open_heading(visit: Visit) -> Answer:
    """“Title and purpose”."""
    with visit.database.read() as session:
        return Show(heading_form(opened(session, visit), visit.reader))


def submit_heading(visit: Visit) -> Answer:
    """Title and purpose came back."""
    with visit.database.write() as session:
        found = opened(session, visit)
        title, purpose = (
            {"en": visit.typed(name), "es": visit.typed(f"{name}_es")} for name in ("title", "purpose")
        )
        return _saved(session, visit, found, with_heading(to_plain(found.survey), title, purpose))


def _saved(session: Session, visit: Visit, found: Opened, changed: Plain) -> Answer:
    """Judge a changed survey as any file is judged, and keep it."""
    try:
        draft = parse_instrument(as_yaml(changed), "")
    except BadFileError as error:
        sentence = error.problems[0].split(": ", 1)[-1]
        raise Refusal(f"That does not fit together: {sentence}.", _field_at_fault(sentence)) from None
    return _kept(session, visit, found, draft)


def _field_at_fault(sentence: str) -> str:
    for field in ("option", "visibility", "low", "high", "title", "purpose"):
        if field in sentence:
            return "options" if field == "option" else field
    return "text"


def open_text(visit: Visit) -> Answer:
    """“As text”."""
    with visit.database.read() as session:
        found = opened(session, visit)
    return Show(text_form(found, to_yaml(found.survey), visit.reader))


def submit_text(visit: Visit) -> Answer:
    """The survey came back as text: it is kept whole, or every line at fault is named and nothing is kept."""
    parts = typed_parts(visit)
    with visit.database.write() as session:
        found = opened(session, visit)
        check_unchanged(visit, found, next(iter(parts)))
        try:
            draft = parse_instrument("\n".join(parts.values()), NAME)
        except BadFileError as error:
            return Faults(faults_by_field(error, parts, 0, visit.reader))
        try:
            return _kept(session, visit, found, draft)
        except Refusal as refusal:
            raise Refusal(refusal.sentence, next(iter(parts))) from None


def _kept(session: Session, visit: Visit, found: Opened, draft: Translated) -> Answer:
    # Checks what a version must keep: its name, and a promise of anonymity once it was given.
    revised_copy(found.survey, draft)
    return Show(survey_form(save(session, visit, found, draft), visit.reader))
