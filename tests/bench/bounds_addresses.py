"""The worst that every public path can be asked, path by path; a path without one fails the bench."""

from collections.abc import Iterator, Mapping
from typing import Final

from dash import Dash

from callbacks.server.interface import ANSWERS, LISTS
from data.store.vintage import Vintage
from tests.harness.description import paths

NO_ROWS: Final = ("static", "_dash_assets.static", "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
                  "/_favicon.ico", "/<path:path>", "absent", "no_export", "module_file", "basemap_file", "worker", "manifest",
                  "script", "face")  # fmt: skip
WIDE: Final = ("", "from=2016-02-03&to=2022-11-05", "min_quality=3&route=central-mediterranean",
               "measure=events&step=quarter&from=2015-03-02&min_quality=2&resolution=6")  # fmt: skip
LIST: Final = {
    "figures": ("indicator=trafficking_victims", "indicator=protection_share", "indicator=asylum_decisions&area=ITA"),
    "totals": (*(f"by={one}" for one in ("year", "quarter", "month", "route", "region", "cause", "country")),
               *(f"measure={one}&by=month" for one in ("dead", "missing", "incidents", "events", "detections")),
               "measure=events&by=country&from=2015-03-02&min_quality=2"),
    "cells": (*(f"resolution={one}" for one in (0, 3, 6)), "measure=events&resolution=6&min_quality=2",
              "measure=arrivals&resolution=6"),
    "incidents": ("limit=1000", "limit=10000", "limit=1&offset=9999999", "limit=10000&offset=9990000",
                  "limit=10000&offset=5000000", "limit=10000&from=2018-01-01&to=2018-03-01&offset=20000",
                  "limit=10000&measure=events&min_quality=2&offset=3000000"),
    "series": ("limit=10000", "step=year&from=2015-03-02"),
    "segments": ("limit=10000",),
}  # fmt: skip
SECTOR: Final = ("area=Libya&since=2016-01-01", "place=Tripoli&radius_km=500&since=2016-01-01&resolution=6",
                 "polygon=-20,0;60,0;60,60;-20,60&since=2014-01-01")  # fmt: skip
ANSWER: Final = {
    "risk": ("route=central-mediterranean&from=2016-01-01&to=2024-12-31",),
    "quote": ("text=1 in 35",),
    "trends": ("", "route=central-mediterranean&step=year"),
    "compare": (*(f"first=2015-01-01..2018-12-31&second=2019-01-01..2023-12-31&by={one}"
                  for one in ("route", "cell", "month")),
                "first=2015-01-01..2018-12-31&second=2019-01-01..2023-12-31&by=cell&measure=events&resolution=6"),
    "corridors": ("within_km=500", "within_km=100&measure=events"),
    "hotspots": ("", "resolution=4&emerging=yes&study_area=mediterranean", "resolution=1&measure=log_deaths&emerging=yes"),
    "sector": SECTOR,
    "sector/changes": SECTOR,
    "sector/changes.atom": SECTOR,
}  # fmt: skip
FIGURE: Final = {
    "risk": ("route=central-mediterranean&step=half-year",),
    "hotspots": ("", "resolution=4&emerging=yes&study_area=mediterranean"),
    "map": ("scale=3", "route=central-mediterranean&layers=cells,incidents,arrivals,interceptions", "resolution=6"),
    "cells": ("resolution=3", "resolution=6"),
    "incidents": ("", "from=2018-01-01&to=2018-12-31"),
}  # fmt: skip
ROUTE: Final[Mapping[str, tuple[str, ...]]] = {
    "/": ("/", "/?route=central-mediterranean&layers=cells,incidents", "/?resolution=6&measure=events&from=2015-03-02"),
    "/_dash-layout": ("/_dash-layout",),
    "/_dash-dependencies": ("/_dash-dependencies",),
    "/_reload-hash": ("/_reload-hash",),
    "shapes": tuple(f"/cells/MARK/SOURCE/{one}.bin" for one in (0, 3, 6)),
    "values": tuple(f"/cells/values?{one}" for one in (*WIDE, "zoomed=6&measure=events&box=-20,0,60,60")),
    "cube": tuple(f"/cells/cube?{one}" for one in WIDE),
    "words_of_cell": ("/cells/words?cell=831f8dfffffffff", "/cells/words?resolution=6&cell=861f8d807ffffff"),
    "change_cells": tuple(f"/cells/change?first=2022-01-01..2022-12-31&second=2023-01-01..2023-12-31{one}"
                          for one in ("", "&resolution=6&measure=events")),
    "spot_cells": ("/cells/spots?study_area=mediterranean", "/cells/spots?study_area=sahara"),
    "near": ("/incidents/near", "/incidents/near?within_km=200&route=central-mediterranean"),
    "still": ("/first.svg", "/first.svg?measure=events&step=year"),
    "pillars": ("/pillars",),
    "pillar": tuple(f"/pillars/{pillar}{one}" for pillar in range(1, 5) for one in ("", "?route=central-mediterranean")),
    "search_for_relatives": ("/pillars/1/relatives",),
    "lines_of_routes": ("/routes/MARK.json",),
    "route_lines": ("/routes/MARK.json",),
    "incident_points": tuple(f"/incidents/points?{one}" for one in (*WIDE, "from=2018-01-01&to=2018-02-20")),
    "words_of_incident": ("/incidents/words?row=0", "/incidents/words?row=9999999"),
    "cell_outline": ("/cells/ring?cell=831f8dfffffffff",),
    "described": ("/api/v1/openapi.json",),
    "examples": ("/api/v1/",),
    "sector_sheet_page": tuple(f"/sector?{one}" for one in SECTOR),
    "view": ("/api/v1/exports/view.html", "/api/v1/exports/view.html?route=central-mediterranean&resolution=6"),
    "embed": ("/embed", "/embed?figure=series&measure=events"),
    "drawing": ("/embed.svg", "/embed.svg?figure=series&measure=events",
                "/embed.svg?route=central-mediterranean&layers=cells,incidents"),
    "stylesheet": ("/embed.css",),
    "healthz": ("/healthz",),
    "readyz": ("/readyz",),
}  # fmt: skip
DESCRIBED: Final = ("exported", "listed", "api_risk", "api_quote", "api_trends", "api_compare", "api_corridors",
                    "hotspots", "sector_answer", "sector_changes", "sector_feed", "picture", "brief")  # fmt: skip


def addresses(app: Dash, vintage: Vintage) -> list[str]:
    """Return every address to ask; raise LookupError at a path that has none."""
    found = [
        *_of_routes(app),
        *(f"{path}{'?' if query else ''}{query}" for path in paths() for query in _queries(path)),
    ]
    return [one.replace("SOURCE", str(vintage.primary_source)).replace(" ", "%20") for one in dict.fromkeys(found)]


def _of_routes(app: Dash) -> Iterator[str]:
    for rule in app.server.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in (*NO_ROWS, *DESCRIBED):
            continue
        if rule.endpoint not in ROUTE:
            raise LookupError(
                f"tests/bench/bounds_addresses.py: ROUTE has no address for {rule.rule} ({rule.endpoint})."
            )
        yield from ROUTE[rule.endpoint]


def _queries(path: str) -> tuple[str, ...]:
    name = path.removeprefix("/api/v1/")
    if name.startswith("exports/"):
        return FIGURE.get(name.removeprefix("exports/").split(".")[0], ("", WIDE[1]))
    if name in ANSWERS:
        return ANSWER[name]
    listed, _, suffix = name.partition(".")
    worst = LIST.get(listed, ("",)) if listed in LISTS else ("",)
    return worst if suffix in ("", "geojson") else worst[:2] if listed == "incidents" else worst[:1]
