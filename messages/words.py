"""Words: Jinja templates rendered for one reader, in their language, zone and date format.

Jinja renders *text*; Python builds blocks. A template file is one message or form; its named blocks are its
parts (`text`, `why`, a button's label). Two renderings exist: `mrkdwn`, in which every value is escaped for
Slack, and `plain`, for labels and titles, where Slack shows letters as they are.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_decimal
from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from mentoring.people import SOMEONE

TEMPLATES = Path(__file__).parent / "templates"
FALLBACK = "en"
ONE_DOT = re.compile(r"([ap]\.\s?m\.)\.(?!\.)")
"""A Spanish hour ends in a dot of its own (`3:00 p.m.`), which ends the sentence as well."""


@dataclass(frozen=True, slots=True)
class Mrkdwn:
    """Our own mention or link: the one kind of value that is not escaped."""

    text: str

    def __str__(self) -> str:
        return self.text


def mention(slack_id: str) -> Mrkdwn:
    """Point at a person, so that Slack shows their name and card."""
    return Mrkdwn(f"<@{slack_id}>")


def channel_link(channel_id: str) -> Mrkdwn:
    """Point at a channel."""
    return Mrkdwn(f"<#{channel_id}>")


def escape(value: str) -> str:
    """Make a person's words mere text in mrkdwn: `&`, `<` and `>` are all that Slack treats specially."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pass_context
def _for_mrkdwn(context: Context, value: object) -> object:
    return value.text if isinstance(value, Mrkdwn) else escape(str(_grouped(context, value)))


@pass_context
def _for_plain(context: Context, value: object) -> object:
    return value.text if isinstance(value, Mrkdwn) else _grouped(context, value)


LARGE = 1000
"""From here on a whole number is written in groups: `1,000`. What must not be, such as a year, is a text."""


A_NAME = "names"
"""The template of words that stand for a name."""
FORGOTTEN = re.compile(rf"(?P<begins>(?:^|[.!?¡¿:•·\n]\s*)[*_“«(\"]*)?{SOMEONE}")
"""The name of whoever is forgotten, with what is before it where a sentence begins."""


def _grouped(context: Context, value: object) -> object:
    if not isinstance(value, int) or value < LARGE:
        return value
    return context["whole"](value)


KNOWN = 100
"""Texts of our own words to remember: the groups of the help in each language, and room."""

NEVER = re.compile(r"(?!)")
BEFORE_ITS_OWN_SOUND = {
    "y": ("e", re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)),
    "o": ("u", re.compile(r"h?[oó]", re.IGNORECASE)),
}
"""Spanish says “Ana e Inés”, “plata u oro” (Real Academia Española, Diccionario panhispánico de dudas)."""


def listing(items: Iterable[object], word: str = "and") -> "str | Mrkdwn":
    """Join as people do: `a`, `a and b`, `a, b and c`; our own mentions among them stay mentions."""
    items = list(items)
    if any(isinstance(item, Mrkdwn) for item in items):
        texts = [item.text if isinstance(item, Mrkdwn) else escape(str(item)) for item in items]
        return Mrkdwn(str(listing(texts, word)))
    texts = [str(item) for item in items]
    if len(texts) < 2:  # noqa: PLR2004 - one thing needs no joining
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {before(word, texts[-1])} {texts[-1]}"


def before(word: str, following: str) -> str:
    """“and” or “or” as it is said before a word: `e` for `y` where that begins with the same sound."""
    other, sound = BEFORE_ITS_OWN_SOUND.get(word, (word, NEVER))
    return other if sound.match(following) else word


def _environment(finalize: Any) -> Environment:
    # Slack's mrkdwn is not HTML: autoescape would turn an apostrophe into `&#39;`. `finalize` escapes values.
    environment = Environment(
        loader=_loader(),
        autoescape=False,  # noqa: S701 - see above
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["listing"] = listing
    return environment


_own: list[Path] = []
"""The folder of an organization's own templates, if any; a file there takes the place of ours."""


def use_own_templates(folder: Path | None) -> None:
    """Put an organization's own templates before the shipped ones; None goes back to ours alone."""
    _own[:] = [folder] if folder else []
    for each in (_environments, _template, _fixed, _known):
        each.cache_clear()


def _loader() -> BaseLoader:
    return FileSystemLoader([*_own, TEMPLATES])


@cache
def _environments() -> dict[str, Environment]:
    return {"mrkdwn": _environment(_for_mrkdwn), "plain": _environment(_for_plain)}


def environment() -> Environment:
    """Jinja as labels and titles are rendered with it, for checking templates."""
    return _environments()["plain"]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom words are made: their language, zone and way of writing dates.

    Args:
        zone: The reader's own time zone; every time they see is in it.
        locale: As Slack writes it, `en-US`.
    """

    zone: tzinfo
    locale: str = "en-US"

    @classmethod
    def of(cls, time_zone: str, locale: str) -> "Reader":
        """Make a reader from a person's facts."""
        return cls(ZoneInfo(time_zone), locale)

    @classmethod
    def of_all(cls, time_zone: str, locales: Collection[str]) -> "Reader":
        """Make a reader for what several read together: in the language of all of them, else in English.

        Args:
            time_zone: The zone whose clock it is told by.
            locales: Theirs, at least one; of several with one language the first says how dates are written.
        """
        first = next(iter(locales))
        alike = len({_language(each) for each in locales}) == 1
        return cls.of(time_zone, first if alike else "en-US")

    @property
    def language(self) -> str:
        """The template folder for them: the language we have, or English."""
        return _language(self.locale)

    @property
    def babel(self) -> Locale:
        """Babel's idea of their locale; English where Slack names one that does not exist."""
        return _locale(self.locale)

    def day(self, when: date | datetime) -> str:
        """`Thursday, March 5`; an instant is first moved into the reader's zone."""
        if isinstance(when, datetime):
            when = when.astimezone(self.zone).date()
        return format_date(when, format=self._pattern("EEEE, MMMM d", "EEEE d 'de' MMMM"), locale=self.babel)

    def hour(self, when: datetime | time) -> str:
        """`3:00 PM`; an instant is first moved into the reader's zone."""
        if isinstance(when, datetime):
            when = when.astimezone(self.zone).time()
        return format_time(when, format="short", locale=self.babel).replace("\u202f", " ")

    def moment(self, when: datetime) -> str:
        """`Thursday, March 5, 3:00 PM`."""
        return f"{self.day(when)}, {self.hour(when)}"

    def whole(self, number: int) -> str:
        """`1,000`, or as they write it."""
        return str(format_decimal(number, format="#,##0", locale=self.babel))

    def city(self, zone: str) -> str:
        """`New York`, or `Nueva York`: by what people know a time zone (IANA name)."""
        return _city(zone, self.babel)

    def weekday(self, number: int) -> str:
        """`Thursday`; Monday is 0."""
        return str(get_day_names("wide", context="stand-alone", locale=self.babel)[number])

    def listing(self, items: Iterable[object]) -> "str | Mrkdwn":
        """`Ann, Ben and Cy`, with their own word for “and”."""
        return listing(items, {"es": "y"}.get(self.language, "and"))

    def _pattern(self, english: str, other: str) -> str:
        return english if self.language == "en" else other


@cache
def _language(locale: str) -> str:
    code = locale.replace("_", "-").split("-")[0].lower()
    return code if (TEMPLATES / code).is_dir() else FALLBACK


@cache
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name, sep="-" if "-" in name else "_")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_US")


@cache
def _city(zone: str, locale: Locale) -> str:
    """The city CLDR names a zone by in a language; the one of its own name where that needs no other."""
    if zone.startswith("Etc/GMT") and zone[-1].isdigit():
        # POSIX counts them westward: `Etc/GMT+5` is five hours behind, which everybody else writes UTC-5.
        return zone.translate({ord("+"): "-", ord("-"): "+"}).replace("Etc/GMT", "UTC")
    newer: Mapping[str, str] = get_global("zone_aliases")
    now = newer.get(zone, zone)
    # A locale keeps some cities under the name their zone had before.
    names = [now, *(old for old, new in newer.items() if new == now)]
    found = [locale.time_zones[each].get("city") for each in names if each in locale.time_zones]
    return next(filter(None, found), now.rsplit("/", maxsplit=1)[-1].replace("_", " "))


@cache
def _template(way: str, language: str, name: str) -> Template:
    # Jinja's own cache looks at the file again each time, and a message has twenty parts.
    return _environments()[way].select_template([f"{language}/{name}.jinja", f"{FALLBACK}/{name}.jinja"])


@cache
def _fixed(way: str, language: str, name: str, part: str) -> str:
    """A part into which nothing is put: the same for every reader of the language, and most parts are."""
    return _rendered(_template(way, language, name), part, {})


def with_someone(text: str, reader: Reader) -> str:
    """Call whoever is forgotten what the reader's language calls anybody, as it stands in its sentence."""
    word = _fixed("plain", reader.language, A_NAME, "someone")

    def said(found: re.Match[str]) -> str:
        begins = found["begins"]
        return word if begins is None else f"{begins}{word[0].upper()}{word[1:]}"

    return FORGOTTEN.sub(said, text)


def compile_ahead(language: str, pattern: str) -> None:
    """Compile the templates of a language whose names match a pattern, such as `replies/*.jinja`."""
    folder = TEMPLATES / language
    for each in folder.glob(pattern):
        for way in _environments():
            _template(way, language, each.relative_to(folder).with_suffix("").as_posix())


@lru_cache(KNOWN)
def _known(way: str, language: str, name: str, part: str, values: tuple[tuple[str, object], ...]) -> str:
    """A part into which the same few things are put for everybody; see `Words.known`."""
    return _rendered(_template(way, language, name), part, dict(values))


def _rendered(template: Template, part: str, values: dict[str, object]) -> str:
    if part not in template.blocks:
        raise KeyError(f"{template.name} has no part {part!r}")
    text = "".join(template.blocks[part](template.new_context(values))).strip()
    return ONE_DOT.sub(r"\1", text)


@dataclass(frozen=True, slots=True)
class Words:
    """One template file for one reader.

    Args:
        name: The file below the language's folder, without ending: `letters/joined`.
    """

    name: str
    reader: Reader

    def mrkdwn(self, part: str, **values: object) -> str:
        """Render a part for a mrkdwn text; every value is escaped."""
        return self._render("mrkdwn", part, values)

    def known(self, part: str, **values: Hashable) -> str:
        """Render for a mrkdwn text what is put together from our own words alone, and remember it.

        The help was a fifth of what its answer computes, the same for everybody of a language and a role.
        Numbers, dates and people's words do not belong here: they differ from reader to reader.
        """
        return _known("mrkdwn", self.reader.language, self.name, part, tuple(values.items()))

    def plain(self, part: str, **values: object) -> str:
        """Render a part for a label, title or placeholder."""
        return self._render("plain", part, values)

    def has(self, part: str) -> bool:
        """Whether the template has this part."""
        return part in self._template("plain").blocks

    def _template(self, way: str) -> Template:
        return _template(way, self.reader.language, self.name)

    def _render(self, way: str, part: str, values: dict[str, object]) -> str:
        if not values:
            return _fixed(way, self.reader.language, self.name, part)
        reader = self.reader
        told = {"day": reader.day, "hour": reader.hour, "moment": reader.moment, "whole": reader.whole}
        text = _rendered(self._template(way), part, told | values)
        return with_someone(text, reader) if SOMEONE in text else text
