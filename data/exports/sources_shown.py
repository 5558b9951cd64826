"""Whose numbers and lines a view shows: what its brief lists and what is cited for it."""

import polars as pl

from data.counting.measures import select_counts
from data.counting.tables import shown_flow
from data.exports.about import About, CitedSource
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

FLOW_LAYERS = frozenset({"interceptions", "arrivals"})


def sources_shown(vintage: Vintage, selection: Selection, details: About) -> list[CitedSource]:
    """Return the sources of ``details`` that are in the map or the series: incidents, then counts, then lines."""
    always = selection.replace(start=None, end=None)  # the series shows its window, it is not cut to it
    counts = [select_counts(vintage, always, measure).select("source").unique()
              for measure in (shown_flow(selection), "arrivals")]  # fmt: skip
    used = {incident_source(vintage, selection), *pl.concat(counts).collect()["source"]}
    if FLOW_LAYERS & set(selection.layers):
        used |= set(vintage.segments["source"])
    return [one for one in details.sources if one.source in used]
