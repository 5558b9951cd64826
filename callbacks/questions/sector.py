"""The answer to "What is new in my sector?": the sheet of ``data.sectors.sheet``, as the printed page has it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import polars as pl
from dash.development.base_component import Component

from callbacks.api.answers.sectors import FORM, Query, address, draw_map, drop_empty_fields
from data.counting.coverage import last_day
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.sectors.containment import only_incidents
from data.sectors.sector import KEYS, Sector, split_query
from data.sectors.sheet import parse_since, sector_sheet
from data.sectors.thresholds import parse_thresholds
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions import sector as shown

DAYS: Final = 30


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the answer; an invitation where no sector is stated yet."""
    del store
    query = query_of_form(options)
    if not any(key in query for key in KEYS):
        return shown.invitation()
    since, rest = parse_since(query)
    thresholds, rest = parse_thresholds(rest)
    where, _ = split_query(rest)
    sector, selection = Sector.parse(where), only_incidents(selection)
    source = incident_source(vintage, selection)
    last = last_day(vintage, selection)
    since = since or (last - timedelta(days=DAYS) if last else None)
    sheet = sector_sheet(vintage, selection, sector, since=since, thresholds=thresholds)
    titles = vintage.sources.filter(pl.col("source") == source)["title"] if source else pl.Series([], dtype=pl.String)
    link = address(selection, sector, since=since, thresholds=thresholds)
    hot = bool(sheet.hot_spots.cells)
    picture = shown.figure(
        *draw_map(vintage, selection, sector, sheet), hot=hot, is_demonstration=vintage.is_demonstration
    )
    source = titles[0] if titles.len() else None
    return shown.answer(sheet, sector, selection, vintage.names, picture=picture, source=source, query=link)


def query_of_form(options: Mapping[str, str]) -> Query:
    """Return the query that the form's fields state; a circle without a middle is none yet."""
    query = drop_empty_fields({key: [value] for key, value in options.items() if key in (*FORM, "by")})
    query = {key: values for key, values in query.items() if values != [""]}
    return query if {*query} & {*KEYS} - {"radius_km"} else {}
