"""Checking own templates: each is compared with ours and rendered with sample people."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from messages.blocks import SECTION_LIMIT
from messages.letters.kinds import KINDS, letter
from messages.sample_parts import parts_of, rendered, template_names
from messages.samples import CASES, LOCALES, ZONE, circumstances
from messages.words import TEMPLATES, Reader, environment, use_own_templates

SHARED = "_letter"
"""What every letter's template extends."""


def problems_of(folder: Path) -> list[str]:
    """Find everything that is wrong with a folder of own templates; an empty list means it can be used.

    Args:
        folder: Holds files named as ours: `en/letters/joined.jinja`.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.jinja"))
    use_own_templates(folder)
    try:
        found = [problem for name in names for problem in _of_one(name)]
        return found or [*_rendered(names), *_parts_rendered(names)]
    finally:
        use_own_templates(None)


def _of_one(name: str) -> Iterator[str]:
    """A template that cannot be read, that we do not have, or that lacks a part which ours has."""
    if not (TEMPLATES / name).exists():
        yield f"{name}: there is no such template; look at the names in {TEMPLATES}"
        return
    try:
        own = environment().get_template(name)
    except TemplateSyntaxError as error:
        yield f"{name}:{error.lineno}: {error.message}"
        return
    ours = environment().from_string((TEMPLATES / name).read_text("utf-8"))
    missing = sorted(set(ours.blocks) - set(own.blocks))
    if missing:
        yield f"{name}: these parts are missing: {', '.join(missing)}"


def _rendered(names: list[str]) -> Iterator[str]:
    """What goes wrong, or gets cut, when the letters these templates word are written to awkward people."""
    for language, locale in LOCALES.items():
        for kind in (each for each in KINDS if _words_of(language, each) & {*names}):
            for case_name, case in CASES.items():
                try:
                    text = letter(kind, circumstances(case, locale, kind)).text
                except (TemplateError, KeyError, TypeError) as error:
                    yield f"{language}, {kind}, {case_name}: {error}"
                    break
                if case_name != "very long" and len(text) > SECTION_LIMIT:
                    yield f"{language}, {kind}, {case_name}: {len(text)} characters, and {SECTION_LIMIT} fit"


def _words_of(language: str, kind: str) -> set[str]:
    """The templates that word a kind of letter: its own and the one all letters share.

    A kind without a template of its own borrows another's, so any template may be the one.
    """
    shared, own = (f"{language}/letters/{name}.jinja" for name in (SHARED, kind))
    if (TEMPLATES / own).exists():
        return {shared, own}
    return {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / language / "letters").iterdir()}


def _parts_rendered(names: list[str]) -> Iterator[str]:
    """What goes wrong when the parts of these templates, other than letters, are rendered."""
    ours = set(template_names())
    for file in names:
        language, name = file.removesuffix(".jinja").split("/", 1)
        if name not in ours or language not in LOCALES:
            continue
        reader = Reader.of(ZONE, LOCALES[language])
        for part, case in product(parts_of(name), CASES):
            try:
                rendered(name, part, case, reader)
            except (TemplateError, KeyError, TypeError, ValueError) as error:
                yield f"{file}, {part}, {case}: {error}"
                break
