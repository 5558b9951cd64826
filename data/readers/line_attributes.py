"""Attributes of lines into their columns: of any type and in any script; a value that cannot be meant is told."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from data.model.errors import UNSEEN, shown

SYNONYMS: Final = {
    "route": ("route", "route_name", "migration_route", "migration route"),
    "segment_id": ("segment_id", "id", "fid"),
    "name": ("name", "label", "title"),
    "order": ("order", "sequence", "seq"),
    "is_major": ("is_major", "major"),
}
LONGEST: Final = 300  # characters of a name
LARGEST_ORDER: Final = 2**31 - 1
TRUE: Final = frozenset({"true", "yes", "y", "t", "1", "1.0"})
FALSE: Final = frozenset({"false", "no", "n", "f", "0", "0.0"})
Fault = tuple[str, str, str]  # column, value, reason


@dataclass
class Attributes:
    """What the attributes of one feature say; ``faults`` are values that could not be read and stand as unknown."""

    segment_id: str | None = None
    route: str | None = None
    name: str | None = None
    order: int | None = None
    is_major: bool | None = None
    faults: list[Fault] = field(default_factory=list)


def parse_attributes(found: Mapping[str, Any]) -> Attributes:
    """Return a feature's attributes by their meaning; a blank is unknown, a value of another kind is a fault."""
    taken = _taken(found)
    made = Attributes()
    for column in ("segment_id", "route", "name"):
        setattr(made, column, _text(taken, column, made.faults))
    made.order = _order(taken, made.faults)
    made.is_major = _truth(taken, made.faults)
    return made


def unread_columns(every: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the attributes of features that no column is made of, in the order in which they come."""
    names = list(dict.fromkeys(name for one in every for name in one))
    read = read_columns(names)
    return tuple(name for name in names if name not in read)


def read_columns(names: Iterable[str]) -> frozenset[str]:
    """Return the attributes among these of which a column is made."""
    known = {spelling for spellings in SYNONYMS.values() for spelling in spellings}
    return frozenset(name for name in names if _plain(name) in known)


def _plain(name: str) -> str:
    return name.strip().casefold()


def _taken(found: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Return for each column the attribute that states it: its name as written and its value, if it is not blank."""
    folded: dict[str, tuple[str, Any]] = {}
    for name, value in found.items():
        folded.setdefault(_plain(name), (name, value))
    taken = {}
    for column, spellings in SYNONYMS.items():
        there = (folded[one] for one in spellings if one in folded)
        stated = next((one for one in there if not _is_blank(one[1])), None)
        if stated is not None:
            taken[column] = stated
    return taken


def _is_blank(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (isinstance(value, str) and not _clean(value))
    )


def _clean(text: str) -> str:
    """Return text on one line, without marks of control or direction; letters of every script stay."""
    return " ".join(UNSEEN.sub(lambda found: "" if found[0] > "\u2029" else " ", text).split())


def _text(taken: Mapping[str, tuple[str, Any]], column: str, faults: list[Fault]) -> str | None:
    if column not in taken:
        return None
    name, value = taken[column]
    if isinstance(value, bool | dict | list | tuple | bytes):
        faults.append(_fault(name, value, "a text or a number"))
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _clean(str(value))
    if len(text) > LONGEST:
        faults.append(_fault(name, text, f"at most {LONGEST} characters, not {len(text):,}"))
        return None
    return text


def _order(taken: Mapping[str, tuple[str, Any]], faults: list[Fault]) -> int | None:
    if "order" not in taken:
        return None
    name, value = taken["order"]
    number = value if isinstance(value, int) and not isinstance(value, bool) else _number(value)
    if number is not None and math.isfinite(number) and number == int(number) and abs(number) <= LARGEST_ORDER:
        return int(number)
    faults.append(_fault(name, value, "a whole number"))
    return None


def _number(value: Any) -> float | None:
    if isinstance(value, bool | dict | list | tuple | bytes):
        return None
    try:
        return float(str(value).strip())
    except ValueError:
        return None


def _truth(taken: Mapping[str, tuple[str, Any]], faults: list[Fault]) -> bool | None:
    if "is_major" not in taken:
        return None
    name, value = taken["is_major"]
    plain = str(value).strip().casefold()
    if not isinstance(value, dict | list | tuple | bytes) and plain in TRUE | FALSE:
        return plain in TRUE
    faults.append(_fault(name, value, "true or false, yes or no, 1 or 0"))
    return None


def _fault(name: str, value: Any, expected: str) -> Fault:
    return name, shown(value), f"found {shown(value)}, expected {expected}. The line is read; this stands as unknown."
