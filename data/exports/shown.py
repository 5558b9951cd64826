"""Whose numbers and lines a view shows: what its brief lists and what is cited for it."""

import polars as pl

from data.exports.about import About
from data.measures import incident_source, select_counts
from data.selection import Selection
from data.vintage import Vintage

FLOW_LAYERS = frozenset({"interceptions", "arrivals"})


def shown_flow(selection: Selection) -> str:
    """Return the flow of the second series; arrivals have the third to themselves."""
    return selection.flow if selection.flow != "arrivals" else Selection().flow


def sources_shown(vintage: Vintage, selection: Selection, details: About) -> list[dict[str, str]]:
    """Return the sources of ``details`` that are in the map or the series: incidents, then counts, then lines."""
    always = selection.but(start=None, end=None)  # the series shows its window, it is not cut to it
    counts = [select_counts(vintage, always, measure).select("source").unique()
              for measure in (shown_flow(selection), "arrivals")]  # fmt: skip
    used = {incident_source(vintage, selection), *pl.concat(counts).collect()["source"]}
    if FLOW_LAYERS & set(selection.layers):
        used |= set(vintage.segments["source"])
    return [one for one in details.sources if one["source"] in used]
