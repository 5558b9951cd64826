"""The answer of ``cells``: the same for the command, the API and the page."""

from collections.abc import Mapping
from typing import Any

from data.counting.engine import cells
from data.counting.flows import flow_cells_answer
from data.counting.models import Cells, FlowCells, IncidentCell
from data.counting.not_placed import not_placed
from data.counting.totals import total_parts
from data.model.units import FLOW_MEASURES, unit_of
from data.query.parameters import ANY_MEASURE, Query, take
from data.query.resolve import incident_source, require_known_ids, require_source_counts, resolve_names
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_text, resolution_of


def parse_cells(query: Query, vintage: Vintage) -> tuple[Selection, str]:
    """Return (selection, measure) of a cells query; raise QueryError at what it cannot mean."""
    own, rest = take(resolve_names(query, vintage), ANY_MEASURE)
    selection, measure = Selection.parse(rest), own["measure"]
    counted = selection if measure in FLOW_MEASURES else selection.replace(measure=measure)
    return require_known_ids(vintage, counted), measure


def cells_answer(vintage: Vintage, selection: Selection, measure: str = "dead_or_missing") -> Cells | FlowCells:
    """Return the cells of a selection, of a flow where ``measure`` names one, else by the selection's measure."""
    require_known_ids(vintage, selection)
    require_source_counts(vintage, selection, measure)
    if measure in FLOW_MEASURES:
        return flow_cells_answer(vintage, selection, measure)
    return incident_cells_answer(vintage, selection)


def incident_cells_answer(vintage: Vintage, selection: Selection) -> Cells:
    """Return the cells of incidents: total = sum of their values + not_located, for every filter (C5, X1, X9)."""
    found = total_parts(vintage, selection, measure=selection.measure, by=selection.step)
    people = total_parts(vintage, selection, measure="dead_or_missing")
    return Cells(
        measure=selection.measure,
        unit=unit_of(selection.measure),
        resolution=selection.resolution,
        total=found.total,
        not_located=found.not_located,
        not_located_parts=not_placed(vintage, selection.only("incidents").replace(measure=selection.measure)),
        wider_area=found.wider_area,
        not_dated=found.not_dated,
        undated_outside_window=people.undated_outside_window,
        hidden_by_quality=people.hidden_by_quality,
        source=incident_source(vintage, selection),
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        cells=tuple(incident_cell(row, selection.measure) for row in cells(vintage, selection).iter_rows(named=True)),
    )


def incident_cell(row: Mapping[str, Any], measure: str) -> IncidentCell:
    """Return a row of ``measures.incidents_by_cell`` as an answer has it; a measure of its own is the value alone."""
    stated = {name: row[name] for name in IncidentCell.__struct_fields__ if name in row}
    cell = row["cell"]
    return IncidentCell(**{**stated, "cell": cell_text(cell)}, resolution=resolution_of(cell), value=row[measure])
