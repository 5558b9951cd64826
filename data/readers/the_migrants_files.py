"""The Migrants' Files: events on the ways to Europe from 2000 to June 2016, in journalists' hands.

``dead`` and ``missing`` are blank or 0 before 2014; only their total is whole (RULES C1). An event's ``name`` is a
headline and not kept. Days are instants at midnight UTC.
"""

from typing import Final

from data.model.sources import Publication
from data.readers.incident_layout import IncidentLayout

LAYOUT: Final = IncidentLayout(
    id="the-migrants-files",
    source="the-migrants-files",
    publication=Publication(
        "The Migrants' Files (Journalism++ and others)", "The Migrants' Files, events",
        "The Migrants' Files, events during which someone died trying to reach or stay in Europe",
        "ODbL 1.0; contents belong to their owners",
    ),
    needs=frozenset({
        "eventid", "causeofdeath", "dead", "missing", "deadandmissing", "location", "latitude", "longitude",
    }),
    fields={
        "main_id": "eventid", "incident_id": "eventid", "date": "date", "year": "year", "dead": "dead",
        "missing": "missing", "total": "deadandmissing", "cause": "causeofdeath", "place": "location",
        "latitude": "latitude", "longitude": "longitude", "coordinates": "latitudelongitude", "route": "routefrontex",
        "reporter": "source", "url": "sourceurl",
    },
    dropped=("name",),
    priority=4,
)  # fmt: skip
