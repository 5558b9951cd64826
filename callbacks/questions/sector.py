"""The answer to "What is new in my sector?": the sheet of ``data.sector_sheet``, as the printed page has it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import polars as pl

from callbacks.sectors import FORM, Query, address, drawn, sent
from data.coverage import incident_days
from data.measures import incident_source
from data.sector_parts import only_incidents
from data.sector_sheet import parse_since, sector_sheet
from data.sectors import KEYS, Sector, split_query
from data.selection import Selection
from data.store import Store
from data.thresholds import parse_thresholds
from data.vintage import Vintage
from layouts.questions import sector as shown

DAYS: Final = 30


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the answer; an invitation where no sector is stated yet."""
    del store
    query = asked(options)
    if not any(key in query for key in KEYS):
        return shown.invitation()
    since, rest = parse_since(query)
    thresholds, rest = parse_thresholds(rest)
    where, _ = split_query(rest)
    sector, selection = Sector.parse(where), only_incidents(selection)
    source = incident_source(vintage, selection)
    days = incident_days(vintage, source)
    since = since or (days[1] - timedelta(days=DAYS) if days else None)
    sheet = sector_sheet(vintage, selection, sector, since=since, thresholds=thresholds)
    titles = vintage.sources.filter(pl.col("source") == source)["title"] if source else pl.Series([], dtype=pl.String)
    link = address(selection, sector, {"since": since, "thresholds": thresholds})
    hot = bool(sheet["hot_spots"]["cells"])
    picture = shown.figure(
        *drawn(vintage, selection, sector, sheet), hot=hot, is_demonstration=vintage.is_demonstration
    )
    source = titles[0] if titles.len() else None
    return shown.answer(sheet, sector, selection, vintage.names, picture=picture, source=source, query=link)


def asked(options: Mapping[str, str]) -> Query:
    """Return the query that the form's fields state; a circle without a middle is none yet."""
    query = sent({key: [value] for key, value in options.items() if key in (*FORM, "by")})
    query = {key: values for key, values in query.items() if values != [""]}
    return query if {*query} & {*KEYS} - {"radius_km"} else {}
