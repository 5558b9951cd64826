"""Numbers that leave: exactly what is shown, with all that a reader needs to know of them, the same bytes each time."""

from collections.abc import Callable
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.counting.measures import select_incidents
from data.counting.tables import TABLES, table_of
from data.exports import files
from data.exports.about import About, about
from data.exports.citation import FORMS
from data.exports.geopackage import geopackage
from data.exports.sources_shown import sources_shown
from data.model.errors import AbsentError, QueryError
from data.model.notices import say
from data.query.restriction import reader_marks, require_exportable
from data.query.selection import Selection
from data.store.vintage import Vintage

MOST_ROWS: Final = 200_000  # some 1.6 s of CPU, packed for the way
KINDS: Final[dict[str, tuple[str, Callable[[pl.DataFrame, About], bytes]]]] = {
    "zip": ("application/zip", files.csv_and_about),
    "csv": ("text/csv", files.bare_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.workbook),
    "parquet": ("application/vnd.apache.parquet", files.parquet),
    "geojson": ("application/geo+json", files.geojson),
    "gpkg": ("application/geopackage+sqlite3", geopackage),
}
PLACED: Final = ("geojson", "gpkg")
FIGURES: Final[dict[str, dict[str, str]]] = {  # figure: its formats, each with its media type
    **{
        figure: {kind: media for kind, (media, _) in KINDS.items() if figure != "series" or kind not in PLACED}
        for figure in TABLES
    },
    "citation": {kind: media for kind, (media, _) in FORMS.items()},
}


def export_numbers(
    vintage: Vintage, selection: Selection, *, figure: str, kind: str, sentence: str, site: str = ""
) -> tuple[bytes, str, str]:
    """Return (content, media type, file name) of one figure's numbers.

    Parameters
    ----------
    figure : cells, incidents, series, segments or citation
    kind : txt, bib, ris or json of a citation; else csv (alone), zip (CSV with what it means beside it),
        xlsx, parquet; geojson and gpkg of what has a place
    sentence : what the selection states, as the page says it
    site : where the page is, for the address that opens the view again

    Raises
    ------
    QueryError
        The figure or the kind is not known, a series is asked for as a map, the source may not leave at this
        precision (RULES 9), or there are more than MOST_ROWS rows.
    """
    if figure == "citation":
        return _citation(vintage, selection, kind, sentence)
    if figure not in TABLES:
        raise AbsentError(say("exports.refused.figure", name=figure[:40], known=", ".join(TABLES)), parameter="figure")
    if kind not in KINDS:
        raise AbsentError(say("exports.refused.format", name=kind[:40], known=", ".join(KINDS)), parameter="format")
    if kind not in FIGURES[figure]:
        raise AbsentError(say("exports.refused.no_place"), parameter="format")
    require_exportable(vintage, selection, figure)
    if kind == "csv" and reader_marks(vintage):
        raise QueryError(say("exports.refused.bare"), parameter="format")
    if figure == "incidents":  # counted before they are read: a large source has millions
        _check_rows(select_incidents(vintage, selection).select(pl.len()).collect(engine="streaming").item())
    table = table_of(vintage, selection, figure)
    _check_rows(table.height)
    media_type, write = KINDS[kind]
    details = about(vintage, selection, figure=figure, sentence=sentence, columns=table.columns)
    return write(table, replace(details, site=site)), media_type, f"crossings-{figure}-{vintage.name}.{kind}"


def _check_rows(rows: int) -> None:
    if rows > MOST_ROWS:
        raise QueryError(say("exports.refused.rows", rows=rows, most=MOST_ROWS), parameter="figure")


def _citation(vintage: Vintage, selection: Selection, kind: str, sentence: str) -> tuple[bytes, str, str]:
    if kind not in FORMS:
        raise AbsentError(say("exports.refused.format", name=kind[:40], known=", ".join(FORMS)), parameter="format")
    media_type, write = FORMS[kind]
    details = about(vintage, selection, figure="view", sentence=sentence, columns=())
    cited = replace(details, sources=tuple(sources_shown(vintage, selection, details)))
    return write(cited).encode(), media_type, f"crossings-citation-{vintage.name}.{kind}"
