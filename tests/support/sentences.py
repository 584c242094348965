"""Every sentence the source refuses with, found by reading the source: for the test that each is translated.

A sentence is the first argument of `Refusal(...)` and its kin: a literal, an f-string, a named constant,
one of two, an entry of a dictionary, what a helper returns, or what callers hand to a helper. What is known
only at run time becomes a hole, `{}`.
"""

import ast
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from pathlib import Path

ROOMS = ("mentoring", "storage", "messages", "handlers", "bot")
KINDS = frozenset({"Refusal", "NotAllowed", "NoLongerOpen", "MatchRefusal"})
HOLE = "{}"
DEEPEST = 6
"""How many names are followed one after the other; the source needs three."""

Function = ast.FunctionDef


@dataclass
class Module:
    """One source file, by the names in it."""

    path: Path
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    """A name to the module it comes from."""

    @cached_property
    def calls(self) -> list[tuple[Function | None, ast.Call]]:
        """Every call, with the innermost function around it."""
        found: list[tuple[Function | None, ast.Call]] = []
        waiting: list[tuple[ast.AST, Function | None]] = [(self.tree, None)]
        while waiting:
            node, around = waiting.pop()
            if isinstance(node, ast.Call):
                found.append((around, node))
            inside = node if isinstance(node, ast.FunctionDef) else around
            waiting += [(each, inside) for each in ast.iter_child_nodes(node)]
        return found


@cache
def read_source(root: Path) -> dict[str, Module]:
    """Every module of the product by its dotted name; read once, however many ask."""
    found = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            dotted = ".".join(path.relative_to(root).with_suffix("").parts)
            found[dotted.removesuffix(".__init__")] = _read(path)
    return found


def _read(path: Path) -> Module:
    module = Module(path, ast.parse(path.read_text("utf-8")))
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                module.constants[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                module.constants[name] = value
            case ast.FunctionDef(name=name):
                module.functions[name] = node
            case ast.ImportFrom(module=str(source), names=names):
                module.imported.update({(each.asname or each.name): source for each in names})
    return module


@dataclass(frozen=True)
class Place:
    """Where an expression stands: its module, and the function around it."""

    module: Module
    function: Function | None


class Reading:
    """Reads sentences out of expressions, following names."""

    def __init__(self, modules: dict[str, Module]) -> None:
        self.modules = modules

    def raised(self) -> dict[str, str]:
        """Every sentence, with holes, and where it is raised."""
        found = {}
        for module in self.modules.values():
            for function, call in module.calls:
                if not (isinstance(call.func, ast.Name) and call.func.id in KINDS):
                    continue
                named = [each.value for each in call.keywords if each.arg == "sentence"]
                for sentence in self.texts([*call.args[:1], *named][0], Place(module, function)):
                    if sentence.replace(HOLE, "").strip():
                        found[sentence] = f"{module.path}:{call.lineno}"
        return found

    def texts(self, node: ast.expr, place: Place, depth: int = 0) -> list[str]:  # noqa: PLR0911 - one a kind
        """What an expression can say; `{}` where only running tells."""
        if depth > DEEPEST:
            return [HOLE]
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=values):
                parts = [self.texts(each, place, depth) for each in values]
                return ["".join(each) for each in product(*parts)]
            case ast.FormattedValue(value=value, format_spec=None):
                return self.texts(value, place, depth)
            case ast.IfExp(body=one, orelse=other):
                return self.texts(one, place, depth) + self.texts(other, place, depth)
            case ast.BoolOp(values=values):
                return [text for each in values for text in self.texts(each, place, depth)]
            case ast.Name(id=name):
                return self._named(name, place, depth + 1)
            case ast.Subscript(value=ast.Name(id=name)):
                return self._looked_up(name, place, depth + 1)
            case ast.Call(func=ast.Name(id=name)) if name in place.module.functions:
                return self._returned(place.module, name, depth + 1)
        return [HOLE]

    def _named(self, name: str, place: Place, depth: int) -> list[str]:
        function = place.function
        if function is not None:
            assigned = [
                each.value
                for each in ast.walk(function)
                if isinstance(each, ast.Assign)
                and any(isinstance(target, ast.Name) and target.id == name for target in each.targets)
            ]
            if assigned:
                return [text for each in assigned for text in self.texts(each, place, depth)]
            order = [each.arg for each in function.args.args]
            if name in order:
                return self._handed(place.module, function.name, order.index(name), depth)
        found = self._constant(name, place.module)
        return self.texts(found[1], Place(found[0], None), depth) if found else [HOLE]

    def _handed(self, module: Module, function: str, position: int, depth: int) -> list[str]:
        """What the callers of a function of this module hand to it; only sentences count."""
        handed = []
        for around, call in module.calls:
            if isinstance(call.func, ast.Name) and call.func.id == function and len(call.args) > position:
                handed += self.texts(call.args[position], Place(module, around), depth)
        return [each for each in handed if " " in each] or [HOLE]

    def _looked_up(self, name: str, place: Place, depth: int) -> list[str]:
        found = self._constant(name, place.module)
        if found is None or not isinstance(found[1], ast.Dict):
            return [HOLE]
        return [text for each in found[1].values for text in self.texts(each, Place(found[0], None), depth)]

    def _returned(self, module: Module, name: str, depth: int) -> list[str]:
        function = module.functions[name]
        returns = [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
        return [text for each in returns for text in self.texts(each, Place(module, function), depth)]

    def _constant(self, name: str, module: Module) -> tuple[Module, ast.expr] | None:
        if name in module.constants:
            return module, module.constants[name]
        source = self.modules.get(module.imported.get(name, ""))
        return (source, source.constants[name]) if source and name in source.constants else None
