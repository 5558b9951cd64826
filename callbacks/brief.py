"""The brief of a view at ``/api/v1/exports/brief.pdf?…``, its pages also as pictures."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import polars as pl
from dash import Dash
from flask import Response

from callbacks.address import view_address
from callbacks.api import refusal
from callbacks.leaving import (
    Picture,
    asked_view,
    dates_of,
    details_of,
    place_of,
    ranked_cells,
    sent,
    until,
)
from callbacks.page import words as page_words
from callbacks.picture_tables import undrawn_words
from callbacks.reading import parts
from data.errors import AbsentError, CrossingsError
from data.exports.about import BOUNDARIES, DEMONSTRATION, PARTS, SCOPE, About
from data.exports.shown import shown_flow, sources_shown
from data.selection import Selection
from data.store import Store
from data.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.vintage import Vintage
from geo.basemap import ATTRIBUTION
from layouts import text
from layouts.brief import Contents, Figure, Row, SourceEntry, brief_pdf, brief_png, brief_svg, words
from layouts.pictures.words import DASHES

HIGHEST: Final = 10
SIZES: Final = {False: ("quiet-map", "quiet-series"), True: ("low-map", "quiet-series")}  # True: under a banner
UNDATED_FILE: Final = date(2000, 1, 1)  # no clock goes into a file
KINDS: Final = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}
PAGES: Final = ("1", "2")
OUTSIDE: Final = ("hidden_by_quality", "undated_outside_window")  # not in the total: filters leave them out

Stability = Callable[[Vintage, Selection], Mapping[str, float]]
"""Gives the stability (RULES H6) of the highest cells by their index as text, 0 to 1."""


def register(app: Dash, store: Store, picture: Picture, stability: Stability | None = None) -> None:
    """Serve the brief of what is shown; ``picture`` draws its map and its series."""

    @app.server.get("/api/v1/exports/brief.<kind>")
    def brief(kind: str) -> Response:
        try:
            if kind not in KINDS:
                raise AbsentError(f"A brief is one of {', '.join(KINDS)}; found '{kind[:40]}'.", parameter="format")
            beside = {} if kind == "pdf" else {"page": PAGES}
            vintage, selection, chosen = asked_view(store, **beside)
            contents = brief_contents(vintage, selection, picture, stability=stability)
            page = chosen.get("page", "")
            content = _made(contents, kind, int(page or 1))
        except CrossingsError as error:
            return refusal(error)
        number = f"-{page}" if page else ""
        return sent(
            content,
            media_type=KINDS[kind],
            name=f"crossings-brief-{vintage.name}{number}.{kind}",
            is_pinned=selection.vintage is not None,
        )


def _made(contents: Contents, kind: str, page: int) -> bytes:
    if kind == "pdf":
        return brief_pdf(contents)
    return brief_png(contents, page=page) if kind == "png" else brief_svg(contents, page=page)


def brief_contents(
    vintage: Vintage,
    selection: Selection,
    picture: Picture,
    *,
    stability: Stability | None = None,
    sizes: tuple[str, str] | None = None,
) -> Contents:
    """Return what the brief of a selection states, its map and series in ``sizes``, else in those of its pages.

    Raises
    ------
    QueryError
        The source may not leave so finely (RULES 9).
    """
    sentence, notes = page_words(vintage, selection)
    sizes = sizes or SIZES[vintage.is_demonstration]
    details = details_of(vintage, selection)
    ranked = ranked_cells(vintage, selection)
    steady = stability(vintage, selection) if stability else {}
    sources = sources_shown(vintage, selection, details)
    retrieved = [date.fromisoformat(one["retrieved"]) for one in sources if one["retrieved"]]
    return Contents(
        title=f"{words.NAME}: {sentence}", sentence=sentence, notes=notes,
        map=Figure(picture(vintage, selection, "map", "svg", sizes[0]), words.map_alt(sentence)),
        series=Figure(picture(vintage, selection, "series", "svg", sizes[1]),
                      words.series_alt(selection.step, units(selection))),
        rows=tuple(_row(row, steady) for row in ranked.head(HIGHEST).iter_rows(named=True)),
        ranked_by=text.MEASURE[selection.measure].lower(), not_in_rows=_rest(vintage, selection, ranked),
        method=method(selection, details), sources=tuple(_entry(one) for one in sources),
        vintage=vintage.name, data_until=until(vintage, selection), address=view_address(details.query),
        boundaries=f"{undrawn_words(vintage, selection)} {BOUNDARIES} {DASHES}".strip(), attribution=ATTRIBUTION,
        demonstration=DEMONSTRATION if vintage.is_demonstration else "",
        file_date=max(retrieved, default=UNDATED_FILE),
    )  # fmt: skip


def _row(row: Mapping[str, Any], steady: Mapping[str, float]) -> Row:
    return Row(place=place_of(row["cell"]), people=row["dead_or_missing"], incidents=row["incidents"],
               largest_share=row["dominance"], stability=steady.get(row["cell"]))  # fmt: skip


def _rest(vintage: Vintage, selection: Selection, ranked: pl.DataFrame) -> str:
    """Return who is in none of the rows: in the other cells, or in no cell of this size (RULES C5)."""
    others = ranked.slice(HIGHEST)
    nowhere = parts(vintage, selection.but(measure="dead_or_missing"))["not_located"] or 0
    return words.rest(others.height, int(others["dead_or_missing"].sum() or 0), nowhere)


def units(selection: Selection) -> list[str]:
    """Return the names of what the three series count, each in its own unit (RULES R1)."""
    return [text.MEASURE_UNIT["dead_or_missing"].replace("people", "people dead or missing"),
            *(text.FLOW_UNIT[flow] for flow in (shown_flow(selection), "arrivals"))]  # fmt: skip


def method(selection: Selection, details: About) -> tuple[tuple[str, str], ...]:
    """Return the method box: counted, scope, places, left out, units (RULES C4, C5, C7, H2, R1, R2)."""
    measure = INCIDENT_MEASURES[selection.measure]
    left_out = {name: f"{details.parts[name]:,} {said}" for name, said in PARTS.items() if details.parts[name]}
    inside = [said for name, said in left_out.items() if name not in OUTSIDE]
    outside = [said for name, said in left_out.items() if name in OUTSIDE]
    flows = [FLOW_MEASURES[name] for name in (shown_flow(selection), "arrivals")]
    found = [
        (words.METHOD["counted"], f"{text.MEASURE[measure.id]}. {measure.caution} {words.AT_LEAST}"),
        (words.METHOD["scope"], SCOPE if SCOPE in details.notes else ""),
        (words.METHOD["places"], words.precision(selection.resolution)),
        (words.METHOD["left_out"], words.left_out(inside, outside, measure.unit)),
        (words.METHOD["units"], words.units([flow.caution for flow in flows], text.unfiltered(selection))),
    ]
    return tuple((head, said) for head, said in found if said)


def _entry(source: dict[str, str]) -> SourceEntry:
    return SourceEntry(title=source["title"], citation=source["citation"], licence=source["licence"],
                       dates=dates_of(source), url=source["url"])  # fmt: skip
