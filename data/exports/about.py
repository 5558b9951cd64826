"""What travels with every file: what was asked, what is left out, whose numbers they are and on what terms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from data.measures import incident_source
from data.schema import INCIDENTS, SEGMENTS
from data.selection import Selection
from data.totals import totals
from data.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.vintage import Vintage

SCOPE: Final = (
    "The Missing Migrants Project counts people who die at external borders or on the way to an international "
    "destination, whatever their status. It leaves out deaths in detention, in camps or housing, during "
    "deportation or after forced return, of settled residents, of people displaced inside their own country, "
    "and from labour exploitation."
)
BOUNDARIES: Final = (
    "The boundaries and names shown on this map do not imply endorsement or acceptance by any organisation."
)
DEMONSTRATION: Final = "Demonstration data. Invented to try the software; no figure here is real."
AT_LEAST: Final = "Every number of dead or missing is a minimum: read it as 'at least' (RULES C4)."
PARTS: Final = {
    "not_located": "at places too imprecise for a cell of this size",
    "not_dated": "not dated to a period of the series",
    "no_route": "on no named route",
    "hidden_by_quality": "left out by the chosen source quality",
    "undated_outside_window": "without a date, so in no window",
}
BOTH: Final = ("counts", "segments")
ORDER: Final = {"incidents": 0, "counts": 1, "segments": 2}
OWN_COLUMNS: Final = {  # columns that are made here; all others are in data/schema.py
    "cell": ("H3 index", "H3 cell, as text."),
    "resolution": ("H3 resolution", "Resolution of the cell."),
    "incidents": ("records", "Published records in the cell or period."),
    "events": ("events", "Distinct events in the cell (E1)."),
    "largest_incident": ("people", "Dead or missing of the largest record in the cell."),
    "largest_event": ("people", "Dead or missing of the largest event in the cell (H5)."),
    "dominance": ("0 to 1", "Largest event as a share of the people in the cell; above 0.5 one event dominates (H5)."),
    "area_km2": ("km²", "True area of the cell."),
    "per_1000_km2": ("people per 1,000 km²", "Dead or missing per area (H4)."),
    "exact": ("records", "Records in the cell whose place is known to 1 km (Q3)."),
    "place_known": ("records", "Records in the cell whose place is known to 25 km (Q3)."),
    "area_only": ("records", "Records in the cell whose place is known to 100 km (Q3)."),
    "period": ("day", "First day of the period."),
    "flow": ("as flow_unit", "Interceptions or the like in the period; empty: no figure, never 0."),
    "flow_unit": ("", "What the flow counts; units are never added up (R1)."),
    "arrivals": ("people", "People who arrived in the period; empty: no figure, never 0."),
    "route_flow": ("as flow_unit", "Counted on the whole route in the window, not on this line; empty: no figure."),
    "route_arrivals": ("people", "Arrived by the whole route in the window, not by this line; empty: no figure."),
    "wkt": ("degrees", "The line as WKT, longitude before latitude, in parts at ±180°."),
    "is_demonstration": ("", "The row is invented, to try the software; no figure in it is real (P8)."),
    "resolution_limit": ("H3 resolution", "Finest cell size that the record may enter (H2)."),
}


@dataclass(frozen=True)
class About:
    """All that a file says of itself; ``total`` and ``parts`` are people or records, in ``unit``."""

    title: str
    sentence: str
    figure: str
    measure: str
    unit: str
    query: str
    vintage: str
    data_until: str
    total: int | None
    parts: dict[str, int]
    sources: tuple[dict[str, str], ...]
    notes: tuple[str, ...]
    columns: dict[str, tuple[str, str]]

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> list[tuple[str, str]]:
        """Return (name, words) of everything but the columns."""
        left_out = [
            (f"Of these, {words}", f"{self.parts[name]:,}") for name, words in PARTS.items() if self.parts.get(name)
        ]
        whose = [
            (f"Source: {one['title']}", f"{one['citation']}. {one['licence']}. {one['until']}".strip())
            for one in self.sources
        ]
        total = "not reported" if self.total is None else f"{self.total:,}"
        return [
            ("Title", self.title), ("What is shown", self.sentence), ("Total", f"{total} ({self.unit})"), *left_out,
            *whose, ("Vintage", f"{self.vintage}, data until {self.data_until}"),
            ("Address of this view", f"/?{self.query}"), *(("Note", note) for note in self.notes),
        ]  # fmt: skip


def plain_words(selection: Selection) -> str:
    """Return a selection in words without a page: what the command line says."""
    asked = selection.to_query().replace("&", ", ").replace("=", " ")
    return f"Everything that is known, with {asked}." if asked else "Everything that is known."


def about(vintage: Vintage, selection: Selection, *, figure: str, sentence: str, columns: Sequence[str]) -> About:
    """Return what travels with one figure of a selection (RULES C4, C5, C7, P7, P8)."""
    source = incident_source(vintage, selection)
    asked = selection if selection.source in vintage.incident_sources else selection.but(source=None)
    measure = selection.measure
    if figure == "segments":  # flows know no region, cause, country or quality
        measure = selection.flow
        own = selection.source if selection.source not in vintage.incident_sources else None
        asked = Selection(start=selection.start, end=selection.end, routes=selection.routes, source=own)
    found = totals(vintage, asked, measure=measure, by=selection.step)
    shown = vintage.sources.filter(pl.col("source") == source) if source else vintage.sources.clear()
    beside = {"series": ("counts",), "segments": BOTH, "view": BOTH}.get(figure, ())
    if beside:
        own_rows = shown.clear() if figure == "segments" else shown
        shown = pl.concat([own_rows, vintage.sources.filter(pl.col("kind").is_in(beside))])
    until = shown["last_date"].max()
    notes = [AT_LEAST] if figure != "segments" else [FLOW_MEASURES[measure].caution]
    notes += [SCOPE] if figure != "segments" and source is not None and source.startswith("mmp") else []
    notes += [BOUNDARIES] if figure != "series" else []
    notes += [DEMONSTRATION] if vintage.is_demonstration else []
    return About(
        title=f"Crossings: {figure}", sentence=sentence, figure=figure, measure=measure,
        unit=_unit_words(measure), query=selection.to_query(), vintage=vintage.name,
        data_until=str(until or "–"),
        total=found["total"], parts={name: int(found[name] or 0) for name in PARTS},
        sources=tuple(source_words(row) for row in _ordered(shown)),
        notes=tuple(notes), columns=_meanings(columns),
    )  # fmt: skip


def _ordered(sources: pl.DataFrame) -> list[dict[str, Any]]:
    return sorted(sources.to_dicts(), key=lambda row: (ORDER.get(row["kind"], len(ORDER)), row["source"]))


def _unit_words(measure: str) -> str:
    return (INCIDENT_MEASURES | FLOW_MEASURES)[measure].unit


def source_words(row: dict[str, Any]) -> dict[str, str]:
    """Return whose data a row of the sources is, on what terms, and until when."""
    names = ("source", "title", "publisher", "citation", "licence", "url", "edition")
    dates = {"retrieved": row["retrieved"], "first_date": row["first_date"], "last_date": row["last_date"]}
    until = f"Until {row['last_date']}." if row["last_date"] else ""
    return (
        {name: str(row[name] or "") for name in names} | {k: str(v or "") for k, v in dates.items()} | {"until": until}
    )


def _meanings(columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    known = {column.name: (column.unit, column.meaning) for column in (*SEGMENTS, *INCIDENTS)}
    return {name: OWN_COLUMNS.get(name) or known[name] for name in columns}
