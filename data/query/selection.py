"""The one typed query: what a reader, an address, a command or an API call has chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from data.model.errors import ContradictionError, QueryError
from data.model.notices import say
from data.query.parameters import BY_NAME, LONGEST_ADDRESS, SELECTION, VERSION, VINTAGE, Query, parse_query

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
    origins: tuple[str, ...] = ()  # a record may have several: chosen by each, counted once
    countries: tuple[str, ...] = ()
    min_quality: int | None = None
    source: str | None = None
    step: str = "month"
    resolution_chosen: int | None = None  # the resolution that the reader chose; None: as the zoom asks
    resolution_by_zoom: int = 3  # the resolution that the zoom asks for, RULES X3 before any zoom
    layers: tuple[str, ...] = ("cells", "interceptions", "arrivals")
    height: str = "cut"  # of the bars of flows
    classes: tuple[str, ...] = ()  # of cells that alone are drawn; none: all
    cell: str | None = None
    view: View | None = None
    vintage: str | None = None  # a vintage by name, or the day as known on which; None: the newest

    @classmethod
    def parse(cls, query: Query) -> "Selection":
        """Return the selection that ``query`` states; raise QueryError at the first thing it cannot mean."""
        values: dict[str, Any] = {}
        for key, given in in_words_of_today(query).items():
            one = BY_NAME.get(key)
            if one is None:
                sentence = say("parameters.unknown", name=key[:60], options=", ".join(BY_NAME))
                raise QueryError(sentence, parameter=key[:60])
            values[one.field] = one.read(given)
        selection = cls(**values)
        if selection.start and selection.end and selection.start > selection.end:
            raise ContradictionError(say("parameters.order"), parameter="from")
        return selection

    @staticmethod
    def pinned_in(query: Query) -> str | None:
        """Return the vintage that a query names, before the rest of it can be understood; None for the newest."""
        return str(VINTAGE.read(query["vintage"])) if "vintage" in query else None

    @classmethod
    def from_query(cls, text: object) -> "Selection":
        """Return the selection that this program's own query string states; raise QueryError at any other.

        An address from outside is read by ``data.query.address``, which says what it could not understand.
        """
        if not isinstance(text, str) or len(text) > LONGEST_ADDRESS:
            raise QueryError(say("parameters.query", most=LONGEST_ADDRESS), parameter="query")
        return cls.parse(parse_query(text))

    def to_query(self) -> str:
        """Return the canonical query string; defaults are left out, lists are sorted."""
        parts = []
        for one in SELECTION:
            value = getattr(self, one.field)
            if one.field == "resolution_by_zoom" and self.resolution_chosen is not None:
                continue  # the reader has chosen: the zoom changes nothing
            if value != one.default:
                parts.append(f"{one.name}={quote(one.kind.write(value), safe=',:._-')}")
        return "&".join(parts)

    def only(self, *affects: str) -> "Selection":
        """Return the selection with all that affects none of these as it is by default (``parameters.Parameter``).

        What is kept of an answer is kept by this: two selections that differ in nothing that changes it are one.
        """
        kept = {one.field for one in SELECTION if not set(affects).isdisjoint(one.affects)}
        return Selection().replace(**{name: getattr(self, name) for name in kept})

    def replace(self, **changes: Any) -> "Selection":
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
        return self.resolution_by_zoom if self.resolution_chosen is None else self.resolution_chosen

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out compared with the whole data set."""
        names = ("start", "end", "routes", "regions", "causes", "origins", "countries", "min_quality")
        return any(getattr(self, name) not in (None, ()) for name in names)


def in_words_of_today(query: Query) -> dict[str, Iterable[str]]:
    """Return a query without its version, in the words of ADDRESS_VERSION.

    A selection of version 1 named countries by slugs of their names, which are still taken wherever a name is.
    """
    rest = dict(query)
    if VERSION.name in rest:
        VERSION.read(rest.pop(VERSION.name))
    return rest


_FIELDS: Final = {one.field: one.default for one in SELECTION}
assert {one.name: one.default for one in fields(Selection)} == _FIELDS  # noqa: S101 — one home for each field
