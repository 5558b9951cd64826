"""What travels with every file: what was asked, what is left out, whose numbers they are and on what terms."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from data.counting.totals import total_parts
from data.model.answers import Answer
from data.model.notices import Labels, number, say
from data.model.schema import INCIDENTS, SEGMENTS
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.query.address import versioned
from data.query.resolve import incident_source
from data.query.restriction import reader_marks
from data.query.selection import Selection
from data.store.vintage import Vintage

PARTS: Final = ("not_located", "wider_area", "not_dated", "no_route", "hidden_by_quality", "undated_outside_window")
BOTH: Final = ("counts", "segments")
ORDER: Final = {"incidents": 0, "counts": 1, "segments": 2}
OWN_COLUMNS: Final = {  # columns that are made here, with their unit; all others are in data/model/schema.py
    "cell": "h3_index",
    "resolution": "h3_resolution",
    "place_known_to": "",
    "incidents": "records",
    "events": "events",
    "largest_incident": "people",
    "largest_event": "people",
    "dominance": "share",
    "area_km2": "km2",
    "per_1000_km2": "people_per_1000_km2",
    "exact": "records",
    "place_known": "records",
    "area_only": "records",
    "period": "day",
    "flow": "flow_unit",
    "flow_unit": "",
    "arrivals": "people",
    "status": "",
    "obs_status": "",
    "flow_status": "",
    "flow_obs_status": "",
    "flow_places": "",
    "arrivals_status": "",
    "arrivals_obs_status": "",
    "arrivals_places": "",
    "route_flow": "flow_unit",
    "route_arrivals": "people",
    "wkt": "degrees",
    "is_demonstration": "",
    "resolution_limit": "h3_resolution",
}
UNIT: Final = Labels("exports.unit", (
    "h3_index", "h3_resolution", "records", "events", "people", "share", "km2", "people_per_1000_km2", "day",
    "flow_unit", "degrees", "route_id", "attempts", "variable", "fraction",
))  # fmt: skip
MEANING: Final = Labels("exports.column", OWN_COLUMNS)


class CitedSource(Answer, frozen=True, kw_only=True):
    """Whose data an edition is, on what terms, and of which days; what is not stated is blank."""

    source: str
    title: str
    publisher: str
    citation: str
    licence: str
    url: str
    edition: str
    retrieved: str
    first_date: str
    last_date: str
    until: str

    @property
    def days(self) -> tuple[date | None, date | None, date | None]:
        """Return the first and the last day that it covers, and the day on which it was retrieved."""
        first, last, retrieved = (
            date.fromisoformat(day) if day else None for day in (self.first_date, self.last_date, self.retrieved)
        )
        return first, last, retrieved


class About(Answer, frozen=True, kw_only=True):
    """All that a file says of itself; ``total`` and ``parts`` are people or records, in ``unit``.

    ``site`` is where the page is, without a closing slash; blank where nobody knows.
    """

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
    sources: tuple[CitedSource, ...]
    notes: tuple[str, ...]
    columns: dict[str, tuple[str, str]]
    site: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Return (name, words) of everything but the columns."""
        left_out = [
            (say(f"exports.of_these.{name}"), number(self.parts[name])) for name in PARTS if self.parts.get(name)
        ]
        whose = [
            (say("exports.source", title=one.title),
             say("exports.terms", citation=one.citation, licence=one.licence, until=one.until or None))
            for one in self.sources
        ]  # fmt: skip
        notes = [(say("exports.line.note"), note) for note in self.notes]
        return [
            (say("exports.line.title"), self.title), (say("exports.line.shown"), self.sentence),
            (say("exports.line.total"), say("exports.total_and_unit", total=self.total, unit=self.unit)), *left_out,
            *whose,
            (say("exports.line.vintage"), say("exports.edition", vintage=self.vintage, until=self.data_until)),
            (say("exports.line.address"), f"{self.site}/?{versioned(self.query)}"), *notes,
        ]  # fmt: skip


def plain_words(selection: Selection) -> str:
    """Return a selection in words without a page: what the command line says."""
    asked = selection.to_query().replace("&", ", ").replace("=", " ")
    return say("exports.everything_with", asked=asked) if asked else say("exports.everything")


def about(vintage: Vintage, selection: Selection, *, figure: str, sentence: str, columns: Sequence[str]) -> About:
    """Return what travels with one figure of a selection (RULES C4, C5, C7, P7, P8)."""
    source = incident_source(vintage, selection)
    asked = selection if selection.source in vintage.incident_sources else selection.replace(source=None)
    measure = selection.measure
    if figure == "segments":  # flows know no region, cause, origin, country or quality
        measure = selection.flow
        own = selection.source if selection.source not in vintage.incident_sources else None
        asked = Selection(start=selection.start, end=selection.end, routes=selection.routes, source=own)
    found = total_parts(vintage, asked, measure=measure, by=selection.step)
    shown = vintage.sources.filter(pl.col("source") == source) if source else vintage.sources.clear()
    beside = {"series": ("counts",), "segments": BOTH, "view": BOTH}.get(figure, ())
    if beside:
        own_rows = shown.clear() if figure == "segments" else shown
        shown = pl.concat([own_rows, vintage.sources.filter(pl.col("kind").is_in(beside))])
    until = shown["last_date"].max()
    notes = [say("statement.at_least")] if figure != "segments" else [FLOW_MEASURES[measure].caution]
    is_scoped = figure != "segments" and source is not None and source.startswith("mmp")
    notes += [say("statement.scope")] if is_scoped else []
    notes += [say("statement.boundaries")] if figure != "series" else []
    notes += [say("statement.demonstration")] if vintage.is_demonstration else []
    notes += map(str, reader_marks(vintage))
    return About(
        title=say("exports.title", figure=figure), sentence=sentence, figure=figure, measure=measure,
        unit=_unit_words(measure), query=selection.to_query(), vintage=vintage.name,
        data_until=str(until or "–"),
        total=found.total, parts={name: found.part(name) for name in PARTS},
        sources=tuple(cited_source(row) for row in _ordered(shown)),
        notes=tuple(notes), columns=_meanings(columns),
    )  # fmt: skip


def _ordered(sources: pl.DataFrame) -> list[dict[str, Any]]:
    return sorted(sources.to_dicts(), key=lambda row: (ORDER.get(row["kind"], len(ORDER)), row["source"]))


def _unit_words(measure: str) -> str:
    return (INCIDENT_MEASURES | FLOW_MEASURES)[measure].unit


def cited_source(row: Mapping[str, Any]) -> CitedSource:
    """Return whose data a row of the sources is, on what terms, and until when."""
    names = [name for name in CitedSource.__struct_fields__ if name != "until"]
    until = say("exports.until", day=str(row["last_date"])) if row["last_date"] else ""
    return CitedSource(**{name: str(row[name] or "") for name in names}, until=until)


def _meanings(columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    known = {column.name: (column.unit, column.meaning) for column in (*SEGMENTS, *INCIDENTS)}
    return {name: own_column(name) if name in OWN_COLUMNS else known[name] for name in columns}


def own_column(name: str) -> tuple[str, str]:
    """Return (unit, meaning) of a column that is made here; no unit is blank."""
    return UNIT.get(OWN_COLUMNS[name], ""), MEANING[name]
