"""Kinds of values: each reads a text, writes a value back, and states as JSON Schema which texts it takes.

Parser and schema stand side by side in one class, so that they agree: what the schema allows is read, what it forbids
is refused with a sentence. White space around a value means nothing and is dropped. Days, numbers and places are in
``data.query.quantities``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from data.model.errors import QueryError, shown
from data.model.notices import say

Schema = dict[str, Any]
MOST_ITEMS: Final = 50
LONGEST_FOUND: Final = 60  # characters of a value that a sentence repeats
IDENTITY: Final = "[a-z0-9][a-z0-9-]{0,62}"
VIEW_ID: Final = "[a-z][a-z_]{0,62}"
ID_PATTERN = re.compile(IDENTITY)


class Kind(Protocol):
    """What a parameter's value is."""

    def read(self, text: str, key: str) -> Any:
        """Return the value that a text means; raise QueryError where it means none. ``key`` names the parameter."""

    def write(self, value: Any) -> str:
        """Return the text that means a value."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the texts, in the types in which OpenAPI states parameters."""


def found_value(text: str) -> str:
    """Return a value as a sentence may repeat it."""
    return shown(text[: LONGEST_FOUND + 1])[:LONGEST_FOUND]


@dataclass(frozen=True)
class Choice:
    """One word of a list."""

    options: tuple[str, ...]

    def read(self, text: str, key: str) -> str:
        """Return the word."""
        if text not in self.options:
            raise QueryError(
                say("parameters.choice", name=key, options=", ".join(self.options), found=found_value(text)),
                parameter=key,
            )
        return text

    def write(self, value: str) -> str:
        """Return the word."""
        return value

    def schema(self) -> Schema:
        """Return the list."""
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True)
class Choices:
    """Some words of a list, joined by commas, in the order of the list; ``none`` for no word."""

    options: tuple[str, ...]

    def read(self, text: str, key: str) -> tuple[str, ...]:
        """Return the words."""
        chosen = {Choice((*self.options, "none")).read(item, key) for item in items(text, key)}
        return tuple(item for item in self.options if item in chosen)

    def write(self, value: tuple[str, ...]) -> str:
        """Return the words, joined."""
        return ",".join(value) or "none"

    def schema(self) -> Schema:
        """Return a list of these words."""
        return listed({"type": "string", "enum": [*self.options, "none"]})


@dataclass(frozen=True)
class Pattern:
    """A text of one form; ``what`` names the message that says which."""

    pattern: str
    what: str

    def read(self, text: str, key: str) -> str:
        """Return the text."""
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise QueryError(say(f"parameters.form.{self.what}", name=key, found=found_value(text)), parameter=key)
        return text

    def write(self, value: str) -> str:
        """Return the text."""
        return value

    def schema(self) -> Schema:
        """Return the form."""
        return {"type": "string", "pattern": f"^({self.pattern})$"}


@dataclass(frozen=True)
class Known:
    """One id of a long list, which a refusal does not repeat; ``refusal`` is the message of it."""

    options: tuple[str, ...]
    refusal: str

    def read(self, text: str, key: str) -> str:
        """Return the id."""
        if text not in self.options:
            raise QueryError(say(self.refusal, found=found_value(text)), parameter=key)
        return text

    def write(self, value: str) -> str:
        """Return the id."""
        return value

    def schema(self) -> Schema:
        """Return the list."""
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True)
class Ids:
    """Ids, joined by commas, sorted, each once."""

    one: Pattern | Known

    def read(self, text: str, key: str) -> tuple[str, ...]:
        """Return the ids."""
        return tuple(sorted({self.one.read(item, key) for item in items(text, key)}))

    def write(self, value: tuple[str, ...]) -> str:
        """Return the ids, joined."""
        return ",".join(value)

    def schema(self) -> Schema:
        """Return a list of such ids."""
        return listed(self.one.schema())


@dataclass(frozen=True)
class Text:
    """Words as a person types them, at most so many characters."""

    longest: int

    def read(self, text: str, key: str) -> str:
        """Return the words."""
        if not text:
            raise QueryError(say("parameters.empty", name=key), parameter=key)
        if len(text) > self.longest:
            raise QueryError(say("parameters.long", name=key, most=self.longest), parameter=key)
        return text

    def write(self, value: str) -> str:
        """Return the words."""
        return value

    def schema(self) -> Schema:
        """Return the length."""
        return {"type": "string", "pattern": r"\S", "maxLength": self.longest}


def listed(one: Schema) -> Schema:
    """Return the schema of a list of these, joined by commas in an address."""
    return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_ITEMS}


def items(text: str, key: str) -> list[str]:
    """Return the items of a list; raise QueryError where there are none or too many."""
    parts = [item.strip() for item in text.split(",") if item.strip()]
    if not parts:
        raise QueryError(say("parameters.nothing", name=key), parameter=key)
    if len(parts) > MOST_ITEMS:
        raise QueryError(say("parameters.many", name=key, found=len(parts), most=MOST_ITEMS), parameter=key)
    return parts


def one_text(key: str, given: Iterable[str]) -> str:
    """Return the one text that a parameter is given; raise QueryError where it is given more or less often."""
    texts = [given] if isinstance(given, str) else list(given)
    if len(texts) != 1:
        raise QueryError(say("parameters.times", name=key, found=len(texts)), parameter=key)
    if not isinstance(texts[0], str):
        raise QueryError(say("parameters.not_text", name=key), parameter=key)
    return texts[0].strip()
