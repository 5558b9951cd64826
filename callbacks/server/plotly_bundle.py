"""Plotly's bundle without what no figure here draws: 46 kinds of trace are in it, and the page has three.

The bundle is what esbuild writes: one function whose body defines each module by name and runs none until it is called
for. So a module that nothing kept speaks of can go, and the rest is Plotly's own text, byte for byte, licences
included. What is cut is made after install and never committed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

TRACES: Final = ("bar", "choroplethmap")  # beside scatter, which is in Plotly's core
JAVASCRIPT: Final = Language(tree_sitter_javascript.language())
NAMES: Final = Query(JAVASCRIPT, "[(identifier) (shorthand_property_identifier)] @name")
REGISTERED: Final = re.compile(rb"\.register\(\[([^\]]*)\]\)")
EXPORTED: Final = re.compile(rb"\.exports=([\w$]+)\(\)")
NAMED: Final = re.compile(rb'[{,]name:"(\w+)"')


class UnknownFormError(ValueError):
    """The bundle is not of the form that is known here."""


@dataclass(frozen=True)
class Bundle:
    """What a bundle defines by name, and who speaks of whom.

    ``defined`` are the pieces that run only when they are called for, ``always`` all others; ``at`` and ``named`` are
    the places, in bytes and in order, where a piece is named, and its name.
    """

    defined: dict[bytes, Node]
    always: tuple[Node, ...]
    entry: bytes
    at: tuple[int, ...]
    named: tuple[bytes, ...]

    def spoken_of(self, piece: Node) -> set[bytes]:
        """Return the pieces that one names."""
        return set(self.named[bisect_left(self.at, piece.start_byte) : bisect_left(self.at, piece.end_byte)])


def cut(text: bytes, traces: tuple[str, ...] = TRACES) -> bytes:
    """Return the bundle without the modules that these kinds of trace do not need.

    Raises
    ------
    UnknownFormError
        Where the bundle is not written as esbuild writes it, or has no such kind of trace.
    """
    bundle = _read(text)
    listed = REGISTERED.search(_text(bundle.defined[bundle.entry]))
    if listed is None:
        raise UnknownFormError("no list of kinds of trace is registered")
    modules = [one.removesuffix(b"()") for one in listed[1].split(b",")]
    kinds = {kind: one for one in modules if (kind := _kind(bundle, one))}
    if missing := set(traces) - set(kinds):
        raise UnknownFormError(f"no trace of the kind {', '.join(sorted(missing))}")
    chosen = [kinds[one] for one in traces]
    needed = _reached(bundle, set(modules) - set(chosen))
    changes = [(node, _hollow(name, node)) for name, node in bundle.defined.items() if name not in needed]
    entry = bundle.defined[bundle.entry]
    changes.append((entry, _text(entry).replace(listed[1], b",".join(one + b"()" for one in chosen))))
    return _changed(text, changes)


def _read(text: bytes) -> Bundle:
    body = _body(Parser(JAVASCRIPT).parse(text).root_node)
    defined, always, entry = {}, [], b""
    for node in _pieces(body):
        name = node.child_by_field_name("name")
        if node.type == "return_statement":
            entry = _text(node).removeprefix(b"return ").removesuffix(b";").removesuffix(b"()")
        elif name is not None and (node.type == "function_declaration" or _runs_when_called(node)):
            defined[_text(name)] = node
        else:
            always.append(node)
    if entry not in defined:
        raise UnknownFormError("the bundle returns nothing that it defines")
    spoken = QueryCursor(NAMES).captures(body)["name"]
    places = sorted((node.start_byte, _text(node)) for node in spoken if _text(node) in defined)
    at, named = zip(*places, strict=True)
    return Bundle(defined, tuple(always), entry, at, named)


def _body(node: Node) -> Node:
    """Return the body of ``var Plotly = (() => { … })()``."""
    while node.type != "variable_declarator" or _text(node.children[0]) != b"Plotly":
        half = (node.end_byte - node.start_byte) / 2
        larger = [child for child in node.children if child.end_byte - child.start_byte > half]
        if not larger:
            raise UnknownFormError("no variable Plotly holds most of the bundle")
        node = larger[0]
    for kind in ("call_expression", "parenthesized_expression", "arrow_function", "statement_block"):
        node = next((child for child in node.children if child.type == kind), node)
    if node.type != "statement_block":
        raise UnknownFormError("Plotly is not what one function returns")
    return node


def _pieces(body: Node) -> Iterator[Node]:
    for statement in body.named_children:
        if statement.type == "variable_declaration":
            yield from statement.named_children
        else:
            yield statement


def _runs_when_called(declarator: Node) -> bool:
    """Tell whether a variable holds a function, or a module that esbuild wraps in one: neither does a thing yet."""
    value = declarator.child_by_field_name("value")
    if value is None or value.type == "arrow_function":
        return value is not None
    arguments = value.child_by_field_name("arguments") if value.type == "call_expression" else None
    return arguments is not None and [one.type for one in arguments.named_children] == ["arrow_function"]


def _kind(bundle: Bundle, module: bytes) -> str | None:
    """Return the kind of trace that a registered module is, as its own text or the one it hands on names it."""
    text = _text(bundle.defined[module])
    handed_on = EXPORTED.search(text)
    named = NAMED.search(_text(bundle.defined[handed_on[1]]) if handed_on else text)
    return named[1].decode() if named else None


def _reached(bundle: Bundle, without: set[bytes]) -> set[bytes]:
    """Return every piece that is needed from the entry on, where the entry does not name ``without``."""
    todo = {bundle.entry}.union(*(bundle.spoken_of(piece) for piece in bundle.always))
    seen: set[bytes] = set()
    while todo:
        name = todo.pop()
        seen.add(name)
        spoken = bundle.spoken_of(bundle.defined[name])
        todo |= (spoken - without if name == bundle.entry else spoken) - seen
    return seen


def _hollow(name: bytes, node: Node) -> bytes:
    """Return what is left of a piece that is not needed: a variable keeps its name, a function leaves nothing."""
    return name if node.type == "variable_declarator" else b""


def _changed(text: bytes, changes: list[tuple[Node, bytes]]) -> bytes:
    parts, at = [], 0
    for node, instead in sorted(changes, key=lambda change: change[0].start_byte):
        parts += [text[at : node.start_byte], instead]
        at = node.end_byte
    return b"".join((*parts, text[at:]))


def _text(node: Node) -> bytes:
    return node.text or b""
