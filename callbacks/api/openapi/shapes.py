"""What the answers hold, in the interface's description, made from their types."""

from collections.abc import Mapping
from typing import Final

from callbacks.server.interface import EVERY
from callbacks.server.responses import Problem
from data.model.answers import Answer, schemas
from data.query.kinds import Schema

_OF_ANSWERS: Final[list[type[Answer]]] = [kind for one in EVERY.values() for kind in one.types]
_TYPES: Final[tuple[type[Answer], ...]] = (Problem, *_OF_ANSWERS)
_OF_TYPES, NAMED = schemas(_TYPES, where="#/components/schemas/")
"""``NAMED``: what the schemas of answers refer to, by name."""
_BY_TYPE: Final = dict(zip(_TYPES, _OF_TYPES, strict=True))
PROBLEM: Final[Schema] = _BY_TYPE[Problem]


def _shape(*several: Schema) -> Schema:
    return several[0] if len(several) == 1 else {"anyOf": list(several)}


SHAPES: Final[Mapping[str, Schema]] = {
    name: _shape(*(_BY_TYPE[kind] for kind in one.types)) for name, one in EVERY.items() if one.types
}
