"""The words around every survey form: a missing translation is a missing argument, and the types say so."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.surveys.instruments import Visibility
from messages.instruments.yaml_lines import language_of


@dataclass(frozen=True)
class Wording:
    """One language's words; `{minimum}` stands for the smallest group shown.

    Args:
        visible_to: Who sees an answer that is stored with the name.
        visible_to_anonymous: The same where no name is stored.
        promise: Said before the first question of an anonymous survey.
        about_names: Said before the first question of every other one, where not all answers are seen alike.
        skip: Added where no answer is needed.
        about_low_scores: Added where a low score can bring a pair to the coordinator's notice.
        share_label: Asks whether to share a note.
        share: The box to tick under a free text.
        share_note: What ticking it does.
        share_note_anonymous: The same where no name is stored.
        submit: Sends the form.
        done: Closes a preview.
        the_other: Stands for the other one of a pair where no name is given.
        close: Leaves it.
        preview: Heads a form a coordinator only looks at.
        pick: Stands in an empty list.
    """

    visible_to: Mapping[Visibility, str]
    visible_to_anonymous: Mapping[Visibility, str]
    promise: str
    about_names: str
    skip: str
    about_low_scores: str
    share_label: str
    share: str
    share_note: str
    share_note_anonymous: str
    submit: str
    done: str
    the_other: str
    close: str
    preview: str
    pick: str

    def who_sees(self, visibility: Visibility, *, anonymous: bool) -> str:
        """Say who sees the answer to a question."""
        return (self.visible_to_anonymous if anonymous else self.visible_to).get(
            visibility, self.visible_to[visibility]
        )


ENGLISH = Wording(
    visible_to={
        Visibility.GROUPED: "Who sees this: no one by name. Shown only in groups of {minimum} or more.",
        Visibility.OWN: "Who sees this: you. Others see only groups of {minimum} or more.",
        Visibility.TEAM_IF_SHARED: "Who sees this: the program team, if you tick the box below. Else no one.",
        Visibility.TEAM: "Who sees this: the program team, with your name.",
        Visibility.COORDINATOR: "Who sees this: the coordinator, and no one else.",
    },
    visible_to_anonymous={
        Visibility.TEAM_IF_SHARED: (
            "Who sees this: the program team, without your name, and only if you tick the box below. "
            "Leave out names and details that would point to you."
        ),
    },
    promise=(
        "*This survey is anonymous.* We store that you answered, not what you answered. "
        "Results are shown only when {minimum} or more people have answered."
    ),
    about_names="Under each question you can read who sees your answer.",
    skip="Skip what you like.",
    about_low_scores=(
        "After a low score the coordinator may look in on your pair. They are not told who gave it."
    ),
    share_label="Share this note?",
    share="Share my note with the program team",
    share_note="Not ticked: nobody reads it.",
    share_note_anonymous="Your name is not stored with it. Not ticked: nobody reads it.",
    submit="Send",
    done="Done",
    the_other="the other person",
    close="Not now",
    preview="*Preview.* This is what people will see. Nothing you enter here is kept.",
    pick="Pick one",
)

SPANISH = Wording(
    visible_to={
        Visibility.GROUPED: "Quién lo ve: nadie con tu nombre. Solo en grupos de {minimum} o más.",
        Visibility.OWN: "Quién lo ve: tú. Los demás solo ven grupos de {minimum} o más.",
        Visibility.TEAM_IF_SHARED: "Quién lo ve: el equipo del programa, si marcas la casilla. Si no, nadie.",
        Visibility.TEAM: "Quién lo ve: el equipo del programa, con tu nombre.",
        Visibility.COORDINATOR: "Quién lo ve: la coordinación, y nadie más.",
    },
    visible_to_anonymous={
        Visibility.TEAM_IF_SHARED: (
            "Quién lo ve: el equipo del programa, sin tu nombre, y solo si marcas la casilla. "
            "No pongas nombres ni detalles que te señalen."
        ),
    },
    promise=(
        "*Esta encuesta es anónima.* Guardamos que respondiste, no lo que respondiste. "
        "Los resultados se ven solo cuando hay {minimum} respuestas o más."
    ),
    about_names="Debajo de cada pregunta dice quién ve tu respuesta.",
    skip="Puedes saltar las que quieras.",
    about_low_scores=(
        "Con una calificación baja, la coordinación puede acercarse a la pareja. No sabe quién la dio."
    ),
    share_label="¿Compartir esta nota?",
    share="Compartir mi nota con el equipo del programa",
    share_note="Si no la marcas, nadie la lee.",
    share_note_anonymous="Tu nombre no se guarda con ella. Si no la marcas, nadie la lee.",
    submit="Enviar",
    done="Listo",
    the_other="la otra persona",
    close="Ahora no",
    preview="*Vista previa.* Esto es lo que verán. Nada de lo que escribas aquí se guarda.",
    pick="Elige una",
)

_BY_LANGUAGE = {"en": ENGLISH, "es": SPANISH}


def wording_for(locale: str) -> Wording:
    """Give the words for a locale; English where we have nothing closer."""
    return _BY_LANGUAGE[language_of(locale)]
