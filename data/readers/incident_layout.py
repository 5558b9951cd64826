"""A publisher's table of incidents, declared: which heading holds each field, and what its rows are.

``incident_layouts.py`` gathers the declarations, one file per publisher; ``incident_tables.py`` reads by them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from data.model.sources import Publication, Source

Rows = Literal["incidents", "groups", "people"]
Prepare = Callable[[pl.DataFrame, str], tuple[pl.DataFrame, pl.DataFrame]]  # texts and file: texts, log
MMP: Final = "International Organization for Migration (IOM), Missing Migrants Project"
MMP_CITED: Final = "IOM, Missing Migrants Project, missingmigrants.iom.int"
MMP_PAGE: Final = "https://missingmigrants.iom.int"


def plain(header: str) -> str:
    """Return a header for comparison: lower-case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


@dataclass(frozen=True)
class IncidentLayout:
    """One layout.

    ``fields`` has the heading of each field (``incident_fields.FIELDS``), as ``plain`` writes it; ``needs`` are the
    headings that tell the layout. ``persons`` name people and ``dropped`` say more of them: neither ever comes in.
    ``rows``: ``incidents``, one each; ``people``, one each, so that each row is one death; ``groups``: each row sums
    several incidents, so that it is in totals, in no cell and no count of events (RULES E4). ``key`` is a heading that
    goes into a row's id and is not kept. ``prepare`` brings texts of the publisher's own forms into those that all
    readers know.
    """

    id: str
    source: str
    publication: Publication
    fields: Mapping[str, str]
    needs: frozenset[str]
    priority: int
    persons: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    rows: Rows = "incidents"
    key: str | None = None
    prepare: Prepare | None = None
    notes: tuple[str, ...] = field(default=())

    def about(self) -> Source:
        """Return the data set that files of the layout are editions of: never another's (RULES E6)."""
        return Source.of(self.publication, id=self.source, kind="incidents", unit="people", priority=self.priority)

    def fits(self, columns: Sequence[str]) -> bool:
        """Return whether a table has the headings that tell the layout."""
        return self.needs <= {plain(column) for column in columns}

    def columns_of(self, columns: Sequence[str]) -> dict[str, str]:
        """Return which column of a table holds each field."""
        by_plain: dict[str, str] = {}
        for column in columns:
            by_plain.setdefault(plain(column), column)
        return {name: by_plain[heading] for name, heading in self.fields.items() if heading in by_plain}


@dataclass(frozen=True)
class Shape:
    """What is to be known of a layout.

    ``is_grouped``: each row sums several incidents (E4). ``stated``: the fields that it states, where it has no ids and
    a record's id is made of its content. ``notes`` go into the report, ``log`` has what was read before. ``headings``:
    the column of the file that holds each field.
    """

    has_total: bool
    is_grouped: bool = False
    stated: frozenset[str] | None = None
    notes: tuple[str, ...] = ()
    log: pl.DataFrame | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
