"""The brief of a view at ``/api/v1/exports/brief.pdf?…``, its pages also as pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import polars as pl
from dash import Dash
from flask import Flask, Response

from callbacks.server.address import printed_address
from callbacks.server.responses import problem_response
from callbacks.sheets.export_request import (
    Picture,
    asked_view,
    dates_of,
    place_of,
    sent,
)
from callbacks.sheets.picture_data import undrawn_words
from callbacks.sheets.view_pictures import said_of
from callbacks.view.view_model import ViewModel, view_model
from data.counting.tables import WIDER_AREA, shown_flow
from data.exports.about import PARTS, About, CitedSource
from data.model.errors import AbsentError, CrossingsError
from data.model.notices import say
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.pillars.request import ADDED_VIEW, asked_of
from data.pillars.views import VIEWS, view_of
from data.query.parameters import PAGE
from data.query.restriction import reader_marks
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.brief import Contents, Figure, Row, SourceEntry, brief_pdf, brief_png, brief_svg, words
from layouts.text import page as text

HIGHEST: Final = 10
SIZES: Final = {False: ("quiet-map", "quiet-series"), True: ("low-map", "quiet-series")}  # True: under a banner
UNDATED_FILE: Final = date(2000, 1, 1)  # no clock goes into a file
KINDS: Final = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}
OUTSIDE: Final = ("hidden_by_quality", "undated_outside_window")  # not in the total: filters leave them out

Stability = Callable[[Vintage, Selection], Mapping[str, float]]
"""Gives the stability (RULES X6) of the highest cells by their index as text, 0 to 1."""


def register(app: Dash, store: Store, picture: Picture, stability: Stability | None = None) -> None:
    """Serve the brief of what is shown; ``picture`` draws its map and its series."""
    server: Flask = app.server

    @server.get("/api/v1/exports/brief.<kind>")
    def brief(kind: str) -> Response:
        try:
            if kind not in KINDS:
                raise AbsentError(say("brief.no_format", known=", ".join(KINDS), found=kind[:40]), parameter="format")
            vintage, selection, chosen = asked_view(store, ADDED_VIEW, *([] if kind == "pdf" else [PAGE]))
            contents = brief_contents(vintage, selection, picture, stability=stability)
            contents = with_view(contents, vintage, selection, chosen[ADDED_VIEW.name])
            page = chosen.get("page", "")
            content = _made(contents, kind, int(page or 1))
        except CrossingsError as error:
            return problem_response(error)
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
    view = view_model(vintage, selection)
    sentence, ranked = view.sentence, view.ranked_cells.filter(pl.col("place_known_to") != WIDER_AREA)
    sizes = sizes or SIZES[vintage.is_demonstration]
    steady = stability(vintage, selection) if stability else {}
    retrieved = [day for *_, day in (one.days for one in view.sources) if day]
    return Contents(
        title=f"{text.NAME}: {sentence}", sentence=sentence,
        notes=" ".join([*map(str, reader_marks(vintage)), view.notes]),
        map=Figure(picture(vintage, selection, "map", "svg", sizes[0]), words.map_alt(sentence)),
        series=Figure(picture(vintage, selection, "series", "svg", sizes[1]),
                      words.series_alt(selection.step, units(selection))),
        rows=tuple(_row(row, steady) for row in ranked.head(HIGHEST).iter_rows(named=True)),
        ranked_by=text.MEASURE_INLINE[selection.measure], not_in_rows=_rest(view),
        method=method(selection, view.details), sources=tuple(_entry(one) for one in view.sources),
        vintage=vintage.name, data_until=view.data_until, address=printed_address(view.details.query),
        boundaries=_boundaries(vintage, selection),
        attribution=say("statement.attribution"),
        demonstration=say("statement.demonstration") if vintage.is_demonstration else "",
        file_date=max(retrieved, default=UNDATED_FILE),
    )  # fmt: skip


def with_view(contents: Contents, vintage: Vintage, selection: Selection, name: str | None) -> Contents:
    """Return a brief that says a view of the pillars as well: its figure, how it is counted, and whose it is."""
    if name is None:
        return contents
    view = view_of(vintage, VIEWS[name], asked_of(selection))
    said = " ".join([view.words, said_of(view), view.caveat, *view.notes])
    held = {one.title for one in contents.sources}
    more = [SourceEntry(one.title, one.citation, one.licence, text.dates(one.first_date, one.last_date), one.url)
            if one.first_date and one.last_date else SourceEntry(one.title, one.citation, one.licence, "", one.url)
            for one in view.sources if one.title not in held]  # fmt: skip
    return replace(contents, method=(*contents.method, (view.question, said)), sources=(*contents.sources, *more))


def _boundaries(vintage: Vintage, selection: Selection) -> str:
    undrawn = undrawn_words(vintage, selection)
    return " ".join([*([undrawn] if undrawn else []), say("statement.boundaries"), say("pictures.dashes")])


def _row(row: Mapping[str, Any], steady: Mapping[str, float]) -> Row:
    return Row(place=place_of(row["cell"]), people=row["dead_or_missing"], incidents=row["incidents"],
               largest_share=row["dominance"], stability=steady.get(row["cell"]))  # fmt: skip


def _rest(view: ViewModel) -> str:
    """Return who is in none of the rows: in the other cells, in wider areas, or not placed (RULES C5, X9)."""
    is_wider = pl.col("place_known_to") == WIDER_AREA
    others, areas = view.ranked_cells.filter(~is_wider).slice(HIGHEST), view.ranked_cells.filter(is_wider)
    in_others, in_areas = (int(some["dead_or_missing"].sum() or 0) for some in (others, areas))
    return words.rest(others.height, in_others, wider=in_areas, nowhere=view.people_not_located)


def units(selection: Selection) -> list[str]:
    """Return the names of what the three series count, each in its own unit (RULES R1)."""
    return [say("brief.people"),
            *(text.FLOW_UNIT[flow] for flow in (shown_flow(selection), "arrivals"))]  # fmt: skip


def method(selection: Selection, details: About) -> tuple[tuple[str, str], ...]:
    """Return the method box: counted, scope, places, left out, units (RULES C4, C5, C7, X2, R1, R2)."""
    measure, scope = INCIDENT_MEASURES[selection.measure], say("statement.scope")
    left_out = {name: say(f"brief.part.{name}", count=details.parts[name]) for name in PARTS if details.parts[name]}
    inside = [said for name, said in left_out.items() if name not in OUTSIDE]
    outside = [said for name, said in left_out.items() if name in OUTSIDE]
    flows = [FLOW_MEASURES[name] for name in (shown_flow(selection), "arrivals")]
    found = [
        (
            words.METHOD["counted"],
            say(
                "brief.counted",
                measure=text.MEASURE[measure.id],
                caution=measure.caution,
                at_least=say("brief.at_least"),
            ),
        ),
        (words.METHOD["scope"], scope if scope in details.notes else ""),
        (words.METHOD["places"], words.precision(selection.resolution)),
        (words.METHOD["left_out"], words.left_out(inside, outside, measure.unit)),
        (words.METHOD["units"], words.units([flow.caution for flow in flows], text.unfiltered(selection))),
    ]
    return tuple((head, said) for head, said in found if said)


def _entry(source: CitedSource) -> SourceEntry:
    return SourceEntry(title=source.title, citation=source.citation, licence=source.licence,
                       dates=dates_of(source), url=source.url)  # fmt: skip
