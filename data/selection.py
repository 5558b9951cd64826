"""The one typed query: what a reader, an address, a command or an API call has chosen."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qs, quote

from data.errors import ContradictionError, QueryError
from data.units import FLOW_MEASURES, INCIDENT_MEASURES

MEASURES: Final = tuple(INCIDENT_MEASURES)
FLOWS: Final = tuple(FLOW_MEASURES)
STEPS: Final = ("month", "quarter", "year")
LAYERS: Final = ("cells", "incidents", "interceptions", "arrivals")
RESOLUTIONS: Final = range(7)  # RULES H2: nothing is known more finely than 6
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
MOST_ITEMS, MOST_CHARACTERS = 50, 4000
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CELL_PATTERN = re.compile(r"8[0-9a-f]{14}")
VINTAGE_PATTERN = re.compile(r"v\d{6}", re.ASCII)
ADDRESS_VERSION: Final = 1  # of the words below; an address without ``v`` is of version 1

View = tuple[float, float, float]


@dataclass(frozen=True)
class Selection:
    """All that can be chosen; a default for each field. ``start`` and ``end`` are both included."""

    measure: str = "dead_or_missing"
    flow: str = "detections"
    start: date | None = None
    end: date | None = None
    routes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    min_quality: int | None = None
    source: str | None = None
    step: str = "month"
    size: int | None = None  # the resolution that the reader chose; None: as the zoom asks
    zoomed: int = 3  # the resolution that the zoom asks for, RULES H3 before any zoom
    layers: tuple[str, ...] = ("cells", "interceptions", "arrivals")
    cell: str | None = None
    view: View | None = None
    vintage: str | None = None  # a vintage by name, or the day as known on which; None: the newest

    @classmethod
    def parse(cls, query: Mapping[str, Iterable[str]]) -> "Selection":
        """Return the selection that ``query`` states; raise QueryError at the first thing it cannot mean."""
        values: dict[str, Any] = {}
        for key, given in _of_this_version(query).items():
            field = _FIELD_OF.get(key)
            if field is None:
                raise QueryError(
                    f"There is no parameter '{key[:60]}'. Known: {', '.join(_FIELD_OF)}.", parameter=key[:60]
                )
            values[field.name] = field.read(_one(key, given), key)
        selection = cls(**values)
        if selection.start and selection.end and selection.start > selection.end:
            raise ContradictionError("'from' is later than 'to'. Exchange them.", parameter="from")
        return selection

    @staticmethod
    def pinned_in(query: Mapping[str, Iterable[str]]) -> str | None:
        """Return the vintage that a query names, before the rest of it can be understood; None for the newest."""
        return _vintage(_one("vintage", query["vintage"]), "vintage") if "vintage" in query else None

    @classmethod
    def from_query(cls, text: object) -> "Selection":
        """Return the selection an address states, leaving out whatever cannot be understood."""
        if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
            return cls()
        kept: dict[str, list[str]] = {}
        for key, given in parse_qs(text.lstrip("?"), max_num_fields=None).items():
            try:
                cls.parse({**kept, key: given})
            except QueryError:
                continue
            kept[key] = given
        return cls.parse(kept)

    def to_query(self) -> str:
        """Return the canonical query string; defaults are left out, lists are sorted."""
        default = Selection()
        parts = []
        for field in _FIELDS:
            value = getattr(self, field.name)
            if field.name == "zoomed" and self.size is not None:
                continue  # the reader has chosen: the zoom changes nothing
            if value != getattr(default, field.name):
                parts.append(f"{field.key}={quote(field.write(value), safe=',:._-')}")
        return "&".join(parts)

    def but(self, **changes: Any) -> "Selection":
        """Return the selection with some fields changed."""
        if unknown := changes.keys() - self.__dict__.keys():
            raise TypeError(f"a selection has no {', '.join(sorted(unknown))}")
        made = object.__new__(
            type(self)
        )  # a fifth of the time of dataclasses.replace: a change of a filter asks 15 times
        made.__dict__.update(self.__dict__ | changes)
        return made

    @property
    def resolution(self) -> int:
        """The H3 resolution of the cells: the reader's choice, else the zoom's."""
        return self.zoomed if self.size is None else self.size

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out compared with the whole data set."""
        names = ("start", "end", "routes", "regions", "causes", "countries", "min_quality")
        return any(getattr(self, name) not in (None, ()) for name in names)


def _of_this_version(query: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    """Return a query in the words of ADDRESS_VERSION; an older version's words would be replaced here."""
    rest = dict(query)
    if "v" in rest:
        _integer(range(1, ADDRESS_VERSION + 1))(_one("v", rest.pop("v")), "v")
    return rest


def _one(key: str, given: Iterable[str]) -> str:
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1:
        raise QueryError(f"'{key}' is given {len(items)} times. Give it once, lists joined by commas.", parameter=key)
    text = items[0]
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
        raise QueryError(f"'{key}' is longer than {MOST_CHARACTERS} characters.", parameter=key)
    return text.strip()


def _choice(options: Iterable[str]) -> Callable[[str, str], str]:
    allowed = tuple(options)

    def read(text: str, key: str) -> str:
        if text not in allowed:
            raise QueryError(f"'{key}' is one of {', '.join(allowed)}; found '{text[:60]}'.", parameter=key)
        return text

    return read


def _choices(options: Iterable[str]) -> Callable[[str, str], tuple[str, ...]]:
    allowed = tuple(options)
    one = _choice(allowed)

    def read(text: str, key: str) -> tuple[str, ...]:
        chosen = {one(item, key) for item in _items(text, key) if item != "none"}
        return tuple(item for item in allowed if item in chosen)

    return read


def _items(text: str, key: str) -> list[str]:
    items = [item.strip() for item in text.split(",") if item.strip()]
    if len(items) > MOST_ITEMS:
        raise QueryError(f"'{key}' lists {len(items)} items; at most {MOST_ITEMS}.", parameter=key)
    return items


def _ids(text: str, key: str) -> tuple[str, ...]:
    found = tuple(sorted({_id(item, key) for item in _items(text, key)}))
    if not found:
        raise QueryError(f"'{key}' names nothing. Leave it out for all.", parameter=key)
    return found


def _id(text: str, key: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise QueryError(f"'{key}' takes ids such as 'central-mediterranean'; found '{text[:60]}'.", parameter=key)
    return text


def _day(text: str, key: str) -> date:
    try:
        day = date.fromisoformat(text) if DAY_PATTERN.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise QueryError(f"'{key}' is a date such as 2024-06-30; found '{text[:60]}'.", parameter=key)
    if not EARLIEST <= day <= LATEST:
        raise QueryError(f"'{key}' is between {EARLIEST} and {LATEST}; found {day}.", parameter=key)
    return day


def _integer(allowed: range) -> Callable[[str, str], int]:
    def read(text: str, key: str) -> int:
        if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) not in allowed:
            raise QueryError(
                f"'{key}' is a whole number from {allowed[0]} to {allowed[-1]}; found '{text[:60]}'.",
                parameter=key,
            )
        return int(text)

    return read


def _cell(text: str, key: str) -> str:
    if not CELL_PATTERN.fullmatch(text):
        raise QueryError(f"'{key}' is an H3 index such as 83194dfffffffff; found '{text[:60]}'.", parameter=key)
    return text


def _vintage(text: str, key: str) -> str:
    return text if VINTAGE_PATTERN.fullmatch(text) else _day(text, key).isoformat()


def _view(text: str, key: str) -> View:
    try:
        longitude, latitude, zoom = (float(part) for part in text.split(","))
    except ValueError:
        raise QueryError(f"'{key}' is longitude, latitude, zoom; found '{text[:60]}'.", parameter=key) from None
    inside = all(map(math.isfinite, (longitude, latitude, zoom)))
    if not (inside and abs(longitude) <= 180 and abs(latitude) <= 85 and 0 <= zoom <= 14):
        raise QueryError(f"'{key}' lies off the map: {text[:60]}.", parameter=key)
    return round(longitude, 3), round(latitude, 3), round(zoom, 2)


def _plain(value: Any) -> str:
    return ",".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class _Field:
    name: str
    key: str
    read: Callable[[str, str], Any]
    write: Callable[[Any], str] = _plain


_FIELDS: Final = (
    _Field("measure", "measure", _choice(MEASURES)),
    _Field("flow", "flow", _choice(FLOWS)),
    _Field("start", "from", _day),
    _Field("end", "to", _day),
    _Field("routes", "route", _ids),
    _Field("regions", "region", _ids),
    _Field("causes", "cause", _ids),
    _Field("countries", "country", _ids),
    _Field("min_quality", "min_quality", _integer(range(1, 6))),
    _Field("source", "source", _id),
    _Field("step", "step", _choice(STEPS)),
    _Field("size", "resolution", _integer(RESOLUTIONS)),
    _Field("zoomed", "zoomed", _integer(RESOLUTIONS)),
    _Field("layers", "layers", _choices(LAYERS)),
    _Field("cell", "cell", _cell),
    _Field("view", "view", _view),
    _Field("vintage", "vintage", _vintage),
)


def parameter_names() -> tuple[str, ...]:
    """Return the words of an address, in the order in which a selection writes them."""
    return tuple(field.key for field in _FIELDS)


_FIELD_OF: Final = {field.key: field for field in _FIELDS}
assert {field.name for field in _FIELDS} == {field.name for field in fields(Selection)}  # noqa: S101 — one home for each field
