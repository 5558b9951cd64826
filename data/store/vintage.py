"""A vintage: the tables as they were published once, read-only."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

import polars as pl

from data.model import vocabulary
from data.model.countries import country_names
from data.model.errors import QueryError
from data.model.notices import say
from data.model.roles import Role
from data.model.route_names import plain_names
from data.model.schema import SCHEMA_VERSION, WHERE_NEEDED, empty
from data.model.spellings import id_by_spelling
from data.readers.sources import source_of
from data.store.coarsening import Scope
from data.store.counts_once import counted_once
from data.store.cubes import BESIDE_CUBES, CUBES, summary_of_cubes
from data.store.older import (
    country_codes,
    ids_of_today,
    names_of_today,
    with_codes,
    with_editions,
    with_later_columns,
)
from data.store.publication import Publication
from data.store.reconcile import nothing_replaced
from data.store.sensitivity import said_in
from data.store.summary import SourceSummary, names_of_origins, parse_summary, summary_of, with_origins
from data.store.tiers import narrowed, public_ids, restricted_sources, scope_of, told_of, with_cells, with_days
from data.store.verify import Seal

LINES: Final = ("segments", "segment_cells")
WITHOUT_PLACE: Final = ("counts", *WHERE_NEEDED, *LINES, "sources", "quarantine", "log", CUBES, BESIDE_CUBES)
DAYS: Final = ("source", "date_from", "date_to")


@dataclass(frozen=True, eq=False)
class Vintage:
    """One published state of the store, as one role sees it. Nothing changes it; a new ingest makes a new one."""

    kept_bytes: ClassVar[int] = 0  # held by its store, not by what is kept about it

    name: str
    folder: Path
    manifest: dict[str, Any] = field(repr=False)
    publication: Publication = field(default=Publication(), repr=False)
    seal: Seal | None = field(default=None, repr=False)  # None: it is held in memory
    role: Role = Role.OPERATOR  # who sees it
    today: date | None = None  # the day of reading, of a view by tier
    withheld: frozenset[str] = frozenset()  # of a view: the sources that were said not to be public since

    @cached_property
    def mark(self) -> str:
        """Return name and a short hash of the manifest: two stores may each have a vintage of the same name."""
        seen = [self.role, self.today, *sorted(self.withheld)] if self.scope else []
        stated = json.dumps([self.manifest, *seen] if seen else self.manifest, sort_keys=True, default=str)
        return f"{self.name}-{hashlib.sha256(stated.encode()).hexdigest()[:8]}"

    @cached_property
    def stored_sources(self) -> pl.DataFrame:
        """Return one row per edition as it is stored: for what decides who may see it, never for a reader."""
        return self._with_days(self._scan_stored("sources").collect())

    @cached_property
    def scope(self) -> Scope | None:
        """Return what of this vintage is restricted for the role that sees it; None where all may be seen (RULES 9)."""
        if self.role is Role.OPERATOR:
            return None
        return scope_of(self.stored_sources, self.role, self.today, withheld=self.withheld)

    @cached_property
    def restricted(self) -> frozenset[str]:
        """Return the sources that are not public, as far as the role that sees this vintage may not see all of them."""
        return self.scope.sources if self.scope else frozenset()

    @cached_property
    def _views(self) -> dict[tuple[Role, date | None, frozenset[str]], "Vintage"]:
        return {}

    def seen_by(self, role: Role, *, today: date) -> "Vintage":
        """Return this vintage as a role may see it on a day; readers share one view of what is all public."""
        if role is Role.OPERATOR:
            return self
        withheld = said_in(self.folder.parent).withheld(self.stored_sources["source"])
        others = restricted_sources(self.stored_sources) | withheld
        key = (role, today, withheld) if others else (Role.PUBLIC, None, withheld)
        for old in [old for old in self._views if old[1:] != key[1:]]:
            self._views.pop(old, None)
        if key not in self._views:
            told = self.manifest
            if others:
                told = told_of(told, public_ids(self.summary, self.counts, self.segments, others=others))
            said = replace(self.publication, history=()) if others else self.publication
            self._views[key] = replace(
                self, manifest=told, publication=said, role=key[0], today=key[1], withheld=withheld
            )
        return self._views[key]

    def with_views(self) -> list["Vintage"]:
        """Return this vintage and its views: all that anything may be kept about."""
        return [self, *self._views.values()]

    @property
    def is_broken(self) -> bool:
        """Return whether a file was found changed since the vintage was opened: it is to be opened again."""
        return self.seal is not None and self.seal.is_broken

    def _file(self, name: str) -> Path:
        """Return the file of a table; raise StoreError where it was changed since its hash was found right."""
        if self.seal is not None:
            self.seal.check(f"{name}.parquet")
        return self.folder / f"{name}.parquet"

    def _table(self, name: str) -> pl.DataFrame:
        if self.scope:
            return narrowed(name, self._scan_stored(name), self.scope).collect()
        return pl.read_parquet(self._file(name), glob=False) if self.is_of_today else self._scan_stored(name).collect()

    @cached_property
    def is_of_today(self) -> bool:
        """Return whether this program's version of the schema wrote it."""
        return bool(self.manifest.get("schema_version") == SCHEMA_VERSION)

    def _scan_stored(self, name: str) -> pl.LazyFrame:
        """Return a table as it was published, with the columns of today."""
        rows = pl.scan_parquet(self._file(name), glob=False)
        return with_later_columns(rows, name, self.manifest)

    def scan(self, name: str) -> pl.LazyFrame:
        """Return a table that is read only as far as a query needs it."""
        rows = self._scan_stored(name)
        rows = rows if name in WITHOUT_PLACE else with_codes(rows, country_codes(self.manifest))
        return narrowed(name, rows, self.scope) if self.scope else rows

    def has(self, name: str) -> bool:
        """Return whether it has such a table; some are written only where they have rows."""
        return f"{name}.parquet" in self.manifest.get("files", {})

    def read_stored(self, name: str) -> pl.DataFrame:
        """Return all of a table as it was published, in today's words; of a reader's view what the role may see."""
        if not self.has(name):
            return nothing_replaced(name.removeprefix("replaced_"))
        rows = self._scan_stored(name)
        rows = rows if name in WITHOUT_PLACE else with_codes(rows, country_codes(self.manifest))
        return (narrowed(name, rows, self.scope) if self.scope else rows).collect()

    @cached_property
    def incidents(self) -> pl.DataFrame:
        """Return every accepted incident of every source, sorted by source, then by cell; see ``incident_rows``."""
        if self.scope or country_codes(self.manifest):
            return self.scan("incidents").collect()
        return self._table("incidents")

    @cached_property
    def summary(self) -> dict[str, SourceSummary]:
        """Return what the incidents of each source hold in short."""
        made = self.manifest.get("summary")
        if made is not None:
            made = with_origins(ids_of_today(self.manifest, made), lambda: self.scan("incidents"))
        else:  # a vintage from before it was stated, or a view of it by tier
            made = summary_of(self.incidents.lazy() if "incidents" in vars(self) else self.scan("incidents"))
            if self.has(CUBES):
                made |= summary_of_cubes(self.scan(CUBES), self.scan(BESIDE_CUBES))
        return parse_summary(made)

    def is_large(self, source: str | None) -> bool:
        """Return whether a source has more incidents than a worker keeps."""
        return source in self.summary and self.summary[source].is_large

    def is_summed(self, source: str | None) -> bool:
        """Return whether only cubes of a source are held, no single incident."""
        return source in self.summary and self.summary[source].is_summed

    def incident_rows(self) -> pl.LazyFrame:
        """Return every incident, as ``incidents``; where one source is large, nothing is kept of them."""
        is_kept = not any(one.is_large for one in self.summary.values())
        return self.incidents.lazy() if is_kept else self.scan("incidents")

    def incidents_of(self, source: str | None) -> pl.LazyFrame:
        """Return every incident of one source, in the order of the store; raise QueryError where it is held in sums."""
        found = self.summary.get(source or "")
        if found is None:
            return self.incident_rows().limit(0)
        if found.is_summed:
            raise QueryError(say("store.summed", source=source, vintage=self.name), parameter="source")
        if found.is_together:
            return self.incident_rows().slice(found.start, found.rows)
        return self.incident_rows().filter(pl.col("source") == source)  # a vintage from before the store sorted

    @cached_property
    def counts(self) -> pl.DataFrame:
        """Return every accepted count of every source."""
        return self._table("counts")

    @cached_property
    def counts_marked(self) -> pl.DataFrame:
        """Return ``counts`` with what tells which of them are summed where several count the same people."""
        return self.counts.hstack(counted_once(self.counts))

    def scan_where_needed(self, name: str) -> pl.LazyFrame:
        """Return a table that a vintage has only where it has rows (schema.WHERE_NEEDED), else one without rows.

        Tables of indicators are long: whoever asks reads the figures of one, and nothing of the others is kept.
        """
        return self.scan(name) if self.has(name) else empty(name).lazy()

    @cached_property
    def segments(self) -> pl.DataFrame:
        """Return the route segments."""
        return self._table("segments")

    @cached_property
    def segment_cells(self) -> pl.DataFrame:
        """Return the cells that each segment passes through, with its share of length in each."""
        cells = self._table("segment_cells")
        return with_cells(cells, self.segments, self.scope) if self.scope else cells

    @cached_property
    def sources(self) -> pl.DataFrame:
        """Return one row per edition in this vintage, each with the day on which it came in."""
        rows = self._with_days(self._table("sources"))
        if self.scope is None:
            return rows
        tables = (self.scan("incidents"), self.counts.lazy(), self.scan_where_needed("indicators"))
        return with_days(rows, (one.select(*DAYS) for one in tables), self.scope)

    def _with_days(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return editions, each with the day on which it came in."""
        days = self.publication.retrieved
        came_in = pl.col("edition").replace_strict(dict(days), default=None, return_dtype=pl.String).str.to_date()
        return rows.with_columns(retrieved=pl.coalesce("retrieved", came_in)) if days else rows

    @cached_property
    def quarantine(self) -> pl.DataFrame:
        """Return the rows that were refused."""
        return with_editions(self._table("quarantine"), self.sources)

    @cached_property
    def log(self) -> pl.DataFrame:
        """Return every change to a value."""
        return with_editions(self._table("log"), self.sources)

    @cached_property
    def published(self) -> date | None:
        """Return the day on which this vintage was published; None for one from before that was kept."""
        stated = self.publication.published
        return date.fromisoformat(stated) if stated else None

    @cached_property
    def is_demonstration(self) -> bool:
        """Return whether anything in this vintage is invented (RULES P8)."""
        return bool(self.sources["is_demonstration"].any())

    @cached_property
    def incident_sources(self) -> list[str]:
        """Return the incident databases, the first to be shown first; they are never added up (E6)."""
        return sorted(self.summary, key=lambda source: (source_of(source).priority, source))

    @cached_property
    def primary_source(self) -> str | None:
        """Return the incident database that is shown unless the reader chooses another."""
        return self.incident_sources[0] if self.incident_sources else None

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Return names by id for route, cause, region, country and origin, with those only this vintage has."""
        return {
            "route": plain_names(self.published_routes),
            "cause": vocabulary.cause_names(),
            "region": self.manifest.get("names", {}).get("region", {}),
            "country": names_of_today(self.manifest) | country_names(),
            "origin": names_of_origins(self.summary, are_withheld=bool(self.restricted)),
        }

    @cached_property
    def published_routes(self) -> dict[str, str]:
        """Return each route's name by id as its publishers write it."""
        return vocabulary.route_names() | dict(self.manifest.get("names", {}).get("route", {}))

    @cached_property
    def _ids_by_name(self) -> dict[str, dict[str, str]]:
        found = {kind: {name.casefold(): value for value, name in names.items()} for kind, names in self.names.items()}
        found["route"] |= {name.casefold(): value for value, name in self.published_routes.items()}
        return found

    def name_of(self, kind: str, value: str) -> str:
        """Return the name a reader sees for an id; the id itself where there is none."""
        return self.names.get(kind, {}).get(value, value)

    def id_of(self, kind: str, text: str) -> str:
        """Return the id for a name as a publisher spells it, or the text itself where there is none."""
        return self._ids_by_name.get(kind, {}).get(text.casefold()) or id_by_spelling(kind, text) or text
