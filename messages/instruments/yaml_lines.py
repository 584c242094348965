"""Reading YAML so that every complaint names its line, and all complaints come at once."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import yaml

from mentoring.errors import MentoringError
from mentoring.surveys.instruments import ID_PATTERN

LANGUAGES = ("en", "es")
"""What our own texts are written in; the first is what others fall back to."""
FALLBACK = LANGUAGES[0]

DEEPEST = 50
"""Brackets within brackets; ours need two."""

_STRING, _WHOLE, _DECIMAL, _BOOLEAN = (f"tag:yaml.org,2002:{tag}" for tag in ("str", "int", "float", "bool"))


class BadFileError(MentoringError):
    """A file of texts has mistakes; `problems` names each as `file:line: sentence`."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def language_of(locale: str) -> str:
    """Find the language to speak for a locale as Slack or Babel writes it: `es-MX`, `es_ES`, `es`."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else FALLBACK


@dataclass
class Complaints:
    """The problems found in one file so far, in the order of their lines.

    Args:
        name: How the file is called in a complaint.
        first_line: The line of the file on which the YAML begins, counted from 0.
    """

    name: str
    first_line: int = 0
    _found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """Note a problem on a line of the YAML, counted from 0."""
        self._found.append((self.first_line + line + 1, sentence))

    def raise_any(self) -> None:
        """Stop if anything was found.

        Raises:
            BadFileError: With everything found, by line.
        """
        if self._found:
            raise BadFileError([f"{self.name}:{line}: {sentence}" for line, sentence in sorted(self._found)])


@dataclass(frozen=True)
class Cursor:
    """A place in a YAML document, which complains with its own line."""

    node: yaml.Node
    complaints: Complaints
    what: str

    @property
    def line(self) -> int:
        """The line, counted from 0."""
        return self.node.start_mark.line

    def complain(self, sentence: str) -> None:
        """Say what is wrong here."""
        self.complaints.add(self.line, sentence)

    def keys(self, known: Collection[str], required: Collection[str] = ()) -> Mapping[str, "Cursor"]:
        """Read a mapping, complaining of unknown, doubled and missing keys."""
        if not isinstance(self.node, yaml.MappingNode):
            self.complain(f"{self.what} must be a set of `key: value` lines")
            return {}
        found: dict[str, Cursor] = {}
        for key_node, value_node in self.node.value:
            key = str(key_node.value)
            here = Cursor(key_node, self.complaints, self.what)
            if key in found:
                here.complain(f"`{key}` stands twice in {self.what}")
            elif key not in known:
                here.complain(f"{self.what} has no `{key}`; it takes {', '.join(known)}")
            else:
                found[key] = Cursor(value_node, self.complaints, f"`{key}`")
        for key in required:
            if key not in found:
                self.complain(f"{self.what} lacks `{key}`")
        return found

    def items(self) -> list["Cursor"]:
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.complain(f"{self.what} must be a list")
            return []
        return [Cursor(node, self.complaints, f"an entry of {self.what}") for node in self.node.value]

    def string(self, default: str = "") -> str:
        """Read a text; `default` stands in after a complaint."""
        if self._is(_STRING) and self.node.value.strip():
            return str(self.node.value).strip()
        quotes = "; put it in quotes" if self._is(_WHOLE, _DECIMAL, _BOOLEAN) else ""
        self.complain(f"{self.what} must be a text{quotes}")
        return default

    def text(self, limit: int) -> str:
        """Read a text of a limited length."""
        text = self.string()
        if len(text) > limit:
            self.complain(f"{self.what} is {len(text)} characters long and {limit} fit")
        return text

    def whole(self, default: int = 0) -> int:
        """Read a whole number."""
        if self._is(_WHOLE):
            return int(yaml.safe_load(self.node.value))
        self.complain(f"{self.what} must be a whole number")
        return default

    def number(self, default: float = 0) -> float:
        """Read a number."""
        if self._is(_WHOLE, _DECIMAL) and math.isfinite(number := float(yaml.safe_load(self.node.value))):
            return number
        self.complain(f"{self.what} must be a number")
        return default

    def boolean(self) -> bool:
        """Read yes or no."""
        if self._is(_BOOLEAN):
            return bool(yaml.safe_load(self.node.value))
        self.complain(f"{self.what} must be true or false")
        return False

    def one_of(self, allowed: Collection[str], default: str) -> str:
        """Read one word of a list."""
        word = self.string(default)
        if word not in allowed:
            self.complain(f"{self.what} must be one of {', '.join(allowed)}, not `{word}`")
            return default
        return word

    def translated(self, limit: int) -> dict[str, str]:
        """Read a text in one language (`text: Hello`, which stands for English) or more (`text: {en: …}`)."""
        if isinstance(self.node, yaml.ScalarNode):
            texts = {FALLBACK: self.string()}
        else:
            found = self.keys(LANGUAGES, (FALLBACK,))
            texts = {
                language: replace(at, what=f"{self.what} in {language}").string()
                for language, at in found.items()
            }
        for text in texts.values():
            if len(text) > limit:
                self.complain(f"{self.what} is {len(text)} characters long and {limit} fit")
        return texts

    def _is(self, *tags: str) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag in tags


def id_at(at: Cursor) -> str:
    """Read an id of ours; a stand-in comes back after a complaint."""
    id_ = at.string("unnamed")
    if not ID_PATTERN.match(id_):
        at.complain(f"`{id_}` is no id: small letters, digits and _, starting with a letter, 60 at most")
    return id_


def _check_depth(text: str) -> None:
    """Stop before brackets within brackets cost seconds: the work grows with the square of the depth."""
    depth = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if depth > DEEPEST:
            raise RecursionError


def parse_yaml(text: str, name: str, what: str, first_line: int = 0) -> Cursor:
    """Open a YAML document.

    Args:
        text: The document.
        name: How the file is called in a complaint.
        what: What the document describes: "a survey".
        first_line: The line of the file on which the text begins, counted from 0.

    Raises:
        BadFileError: It is no YAML at all, or empty.
    """
    complaints = Complaints(name, first_line)
    try:
        _check_depth(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        complaints.add(mark.line if mark else 0, f"this is not YAML: {error.problem}")
        node = None
    except yaml.reader.ReaderError as error:
        complaints.add(text[: error.position].count("\n"), f"this is not YAML: {error.reason}")
        node = None
    except RecursionError:
        complaints.add(0, "this is nested too deeply")
        node = None
    else:
        if node is None:
            complaints.add(0, f"this file is empty; it should describe {what}")
    complaints.raise_any()
    assert node is not None  # noqa: S101 - without a node there was a complaint, and it was raised
    return Cursor(node, complaints, what)
