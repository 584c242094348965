"""Sample values for every part of every template, so that each can be rendered before a person reads it.

What a part needs is read from the template itself: `day(x)` wants a date, `x == 1` a number, `for a, b in x`
a list of pairs, `x.name` a thing with a name. So a new template is checked from its first day on, and nobody
keeps a list of samples.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace

from jinja2 import nodes

from messages.samples import CASES, NOW, Case, profile_of, program_of
from messages.words import TEMPLATES, Reader, Words, environment

LONGEST = 120
"""Letters of a sample: what people write, cut as forms cut it."""
NUMBERS = {"none": 0, "one": 1, "two": 2, "very long": 1200, "apostrophe": 5, "injected mention": 21}
DAY = date(2026, 3, 4)
DATES = {"day": "day", "moment": "moment", "hour": "moment"}
TEXTS = {"lower", "capitalize"}
KNOWN: Mapping[str, Callable[[Case], object]] = {"program": program_of, "profile": profile_of}
"""Things that are the same in every template, and so need not be guessed."""
ORDER = ("things", "moment", "day", "thing", "list", "choice", "number", "text", "flag")
"""What a value is used as, the most telling first."""


@dataclass(slots=True)
class Shape:
    """How a template uses one of its values.

    Args:
        uses: Names from `ORDER`.
        choices: Words it is compared with.
        parts: What is asked of it by attribute, if anything.
        each: What its members are, where it is gone through; one a name that the loop gives them.
    """

    uses: set[str] = field(default_factory=set)
    choices: list[object] = field(default_factory=list)
    parts: dict[str, "Shape"] = field(default_factory=dict)
    each: list["Shape"] = field(default_factory=list)


def template_names() -> list[str]:
    """Every template we ship but the letters, which have samples of their own: `forms/join`."""
    english = TEMPLATES / "en"
    names = (path.relative_to(english).with_suffix("").as_posix() for path in english.rglob("*.jinja"))
    return sorted(name for name in names if not name.startswith("letters/"))


def parts_of(name: str) -> list[str]:
    """The parts of a template, in the order they stand."""
    return [block.name for block in _tree(name).find_all(nodes.Block)]


def rendered(name: str, part: str, case_name: str, reader: Reader) -> str:
    """One part, as people in this case would read it.

    Raises:
        TemplateError, TypeError, ValueError: It cannot be rendered.
    """
    return Words(name, reader).mrkdwn(part, **values_for(name, case_name))


def takes_values(name: str, part: str) -> bool:
    """Whether a part says different things to different people."""
    block = next(each for each in _tree(name).find_all(nodes.Block) if each.name == part)
    return any(not isinstance(each, nodes.TemplateData) for each in block.find_all(nodes.Expr))


def values_for(name: str, case_name: str) -> dict[str, object]:
    """Values for all parts of a template, in one of the awkward cases of `messages.samples`."""
    case, turn = CASES[case_name], [*CASES].index(case_name)
    read = {key: _value(key, shape, case, case_name, turn) for key, shape in _shapes(name).items()}
    return {**read, **{key: made(case) for key, made in KNOWN.items() if key in read}}


def _value(key: str, shape: Shape, case: Case, case_name: str, turn: int) -> object:
    kind = next((each for each in ORDER if each in shape.uses), "text")
    if kind == "thing":
        parts = shape.parts.items()
        return SimpleNamespace(**{part: _value(part, one, case, case_name, turn) for part, one in parts})
    if kind == "things":
        members = [_value(key, one, case, case_name, turn) for one in shape.each]
        return [members[0] if len(members) == 1 else tuple(members)] * min(NUMBERS[case_name], 2)
    simple: dict[str, object] = {
        "day": DAY + timedelta(days=turn),
        "moment": NOW + timedelta(days=turn),
        "list": [name[:LONGEST] for name in case.names] if case.words else [],
        "number": NUMBERS[case_name],
        "choice": shape.choices[turn % len(shape.choices)] if shape.choices else "",
        "flag": turn % 2 == 0,
    }
    return simple.get(kind, (case.names[0] if "name" in key else case.words)[:LONGEST])


@cache
def _tree(name: str) -> nodes.Template:
    return environment().parse((TEMPLATES / "en" / f"{name}.jinja").read_text("utf-8"))


@cache
def _shapes(name: str) -> dict[str, Shape]:
    known: dict[str, Shape] = {}
    _read(_tree(name), known)
    return {key: shape for key, shape in known.items() if key not in DATES}


def _read(node: nodes.Node, known: dict[str, Shape]) -> None:
    """Note how the values below a node are used; `known` is by the names that are in sight there."""
    if isinstance(node, nodes.For):
        _read_loop(node, known)
        return
    for shape, use in _uses(node, known):
        shape.uses.add(use)
    for child in node.iter_child_nodes():
        _read(child, known)


def _read_loop(node: nodes.For, known: dict[str, Shape]) -> None:
    targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
    names = [each.name for each in targets if isinstance(each, nodes.Name)]
    inner = {name: Shape() for name in names}
    source = _shape(node.iter, known)
    if source is not None:
        source.uses.add("things")
        source.each = list(inner.values())
    in_sight = {**known, **inner}
    for child in (*node.body, *([node.test] if node.test else ())):
        _read(child, in_sight)
    known.update({key: shape for key, shape in in_sight.items() if key not in inner})


def _uses(node: nodes.Node, known: dict[str, Shape]) -> Iterator[tuple[Shape, str]]:
    """What one node says of the values right below it."""
    if isinstance(node, nodes.Compare):
        yield from _compared(node, known)
    elif isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Dict):
        yield from _one_of([node.arg], _constants(each.key for each in node.node.items), known)
    for each, use in _asked(node):
        shape = _shape(each, known)
        if shape is not None:
            yield shape, use


def _asked(node: nodes.Node) -> list[tuple[nodes.Node, str]]:
    """The nodes right below one, each with what it has to be."""
    asked: list[tuple[nodes.Node, str]] = []
    match node:
        case nodes.Output() | nodes.Concat():
            asked = [(each, "text") for each in node.nodes]
        case nodes.If() | nodes.CondExpr():
            ways = (node.expr1, node.expr2) if isinstance(node, nodes.CondExpr) else ()
            asked = [(node.test, "flag"), *((each, "text") for each in ways if each is not None)]
        case nodes.Not():
            asked = [(node.node, "flag")]
        case nodes.Filter() | nodes.Call():
            asked = _asked_by_name(node)
        case nodes.And() | nodes.Or():
            asked = [(node.left, "flag"), (node.right, "flag")]
        case nodes.BinExpr():
            sides = [node.left, node.right]
            words = isinstance(node, nodes.Add) and any(isinstance(each, str) for each in _constants(sides))
            asked = [(each, "text" if words else "number") for each in sides]
        case _:
            pass
    return asked


def _asked_by_name(node: nodes.Filter | nodes.Call) -> list[tuple[nodes.Node, str]]:
    """What a filter or function wants."""
    if isinstance(node, nodes.Filter):
        given = [(node.node, "text" if node.name in TEXTS else "list")] if node.node is not None else []
        return [*given, *((each, "number") for each in node.args if node.name == "format")]
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    return [(each, DATES.get(name, "number")) for each in node.args]


def _compared(node: nodes.Compare, known: dict[str, Shape]) -> Iterator[tuple[Shape, str]]:
    sides = [node.expr, *(each.expr for each in node.ops)]
    words = [each for each in _constants(sides) if isinstance(each, str)]
    yield from _one_of(sides, words, known)


def _constants(items: Iterable[nodes.Node]) -> list[object]:
    return [each.value for each in items if isinstance(each, nodes.Const)]


def _one_of(
    items: list[nodes.Expr], choices: Sequence[object], known: dict[str, Shape]
) -> Iterator[tuple[Shape, str]]:
    """These are one of the choices; numbers, where there are none."""
    for each in items:
        shape = _shape(each, known)
        if shape is not None:
            shape.choices += [one for one in choices if one not in shape.choices]
            yield shape, "choice" if choices else "number"


def _shape(node: nodes.Node, known: dict[str, Shape]) -> Shape | None:
    """The shape behind a name or an attribute of one; None for anything else."""
    if isinstance(node, nodes.Name):
        return known.setdefault(node.name, Shape())
    if isinstance(node, nodes.Getattr):
        owner = _shape(node.node, known)
        if owner is not None:
            owner.uses.add("thing")
            return owner.parts.setdefault(node.attr, Shape())
    return None
