"""Typed answers: a frozen model for each, which the layouts, the JSON and the interface's description read alike."""

from typing import Any, Final

import msgspec

from data.model.notices import Notice

UNSET: Final = msgspec.UNSET
Unset = msgspec.UnsetType


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer is made of. Its fields, in their order, are the keys of the JSON; UNSET ones are left out."""


def plain(value: Any) -> Any:
    """Return what an answer holds as JSON can: a notice as its sentence, in the language in use."""
    if isinstance(value, Notice):
        return str(value)
    raise TypeError(f"an answer cannot hold a {type(value).__name__}")


def as_json(answer: Any) -> bytes:
    """Return an answer as JSON."""
    return msgspec.json.encode(answer, enc_hook=plain)


def as_builtins(answer: Any) -> Any:
    """Return an answer as dicts, lists, text and numbers."""
    return msgspec.to_builtins(answer, enc_hook=plain)


def schemas(types: tuple[type, ...], *, where: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the JSON Schema of each type, and of all that they refer to by name; ``where`` is the path of these."""
    found, named = msgspec.json.schema_components(types, schema_hook=_schema_of, ref_template=f"{where}{{name}}")
    return list(found), named


def _schema_of(kind: type) -> dict[str, Any]:
    if kind is Notice:
        return {"type": "string", "description": "A sentence."}
    raise NotImplementedError(f"an answer cannot hold a {kind.__name__}")
