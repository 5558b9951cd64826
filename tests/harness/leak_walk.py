"""A walk over all that an app answers to one reader: every path of the server and of the description, every callback."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.server import reader as readers
from data.model import roles
from data.model.notices import LOCALES, speaking
from data.model.roles import Reader, Role
from data.pillars.views import VIEWS
from data.store import tiered
from data.store.store import Store
from geo.cells import cell_of_point, cell_text
from tests.harness.description import paths
from tests.harness.secrets_planted import LAND, SEA
from tests.harness.tiers import public_app

ENDPOINT: Final = "/_dash-update-component"
SOURCES: Final = ("", "source=incidents-own", "source=counts", "source=nonsense", "route=nonsense")
WINDOWS: Final = "first=2024-01-01..2024-03-31&second=2024-04-01..2024-06-30"
AREA: Final = f"at={SEA[1]:.1f},{SEA[0]:.1f}&radius_km=200"
NEEDED: Final = {  # what an answer cannot do without
    "/api/v1/risk": "route=central-mediterranean&from=2024-01-01&to=2024-12-31",
    "/api/v1/quote": "quote=1%20in%2035", "/api/v1/views": "view=protection",
    **{f"/api/v1/figures{suffix}": "indicator=protection_share"
       for suffix in ("", *(f".{kind}" for kind in ("json", "csv", "arrow", "parquet")))},
    "/api/v1/compare": f"{WINDOWS}&by=cell&resolution=4",
    "/api/v1/sector": AREA, "/api/v1/sector/changes": AREA, "/api/v1/sector/changes.atom": AREA, "/sector": AREA,
    "/api/v1/hotspots": "study_area=mediterranean&resolution=4", "/cells/change": f"{WINDOWS}&resolution=4", "/cells/spots": "study_area=mediterranean&resolution=4",
    "/embed": "figure=map", "/embed.svg": "figure=map&width=low",
    "/incidents/words": "row=0", "/cells/ring": "cell=831f8dfffffffff", "/cells/words": "cell=831f8dfffffffff&resolution=3",
}  # fmt: skip
OWN: Final = "source=incidents-own"
YEAR: Final = "route=central-mediterranean&from=2024-01-01&to=2024-12-31"
VARIED: Final = (f"{OWN}&from=2024-01-01&to=2024-12-31", f"{OWN}&resolution=6&measure=dead", "step=year&flow=arrivals")
DRAWN: Final = (".png", ".pdf", ".svg", "view.html")  # what takes long to make: asked last, and less
FEW: Final = ("resolution=4&flow=arrivals", f"{OWN}&resolution=4")
GROUPED: Final = [f"/api/v1/totals?{source}&by={by}&measure={measure}" for source in SOURCES[:3]
                  for by in ("cause", "country", "route", "region", "month", "year")
                  for measure in ("dead_or_missing", "arrivals")]  # fmt: skip
BY_ORIGIN: Final = [f"{path}?{source}&origin=not-stated" for source in SOURCES[:2]
                    for path in ("/", "/api/v1/totals", "/api/v1/incidents", "/api/v1/cells")]  # fmt: skip


def addresses(app: Dash, mark: str) -> list[str]:
    """Return every path of the server and of the description, with the questions that they take; drawings last."""
    plain = [str(rule) for rule in app.server.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    filled = [
        *(f"/cells/{mark}/{source}/{size}.bin" for source in ("mmp", "incidents-own") for size in range(7)),
        f"/routes/{mark}.json", "/cells/other", "/api/v1/exports/other", "/other", "/basemap/land.json",
        "/assets/main.mjs", "/assets/page-0123456789ab.css", "/assets/x/main.mjs", "/assets/type/x.woff2", "/static/x", "/_dash-component-suites/dash/x.js",
        *(f"/pillars/{number}?{more}" for number in range(1, 5) for more in ("", "route=central-mediterranean")),
        *(f"/api/v1/views?view={view}&{more}" for view in VIEWS for more in ("", "route=central-mediterranean", YEAR)),
        *(f"/api/v1/{path}" for path in ("exports/risk.csv?route=central-mediterranean", "totals.csv", "vintages.json")),
    ]  # fmt: skip
    every = sorted({*plain, *paths()}, key=lambda path: path.endswith(DRAWN))
    asked = [with_query(path, NEEDED.get(path, ""), more) for path in every
             for more in (FEW if path.endswith(DRAWN) else (*SOURCES, *VARIED))]  # fmt: skip
    near = [f"/cells/words?resolution=6&cell={cell_text(cell)}" for cell in _cells()]
    rows = [f"/incidents/words?row={row}&source=incidents-own&resolution=6" for row in range(4)]
    return [*dict.fromkeys([*GROUPED, *BY_ORIGIN, *near, *rows, *filled, *asked])]


def with_query(path: str, *parts: str) -> str:
    query = "&".join(part for part in parts if part)
    return f"{path}?{query}" if query else path


def _cells() -> list[int]:
    return [cell_of_point(latitude=y, longitude=x, resolution=6) for y, x in (SEA, LAND)]


def posted(app: Dash) -> Iterator[dict[str, Any]]:
    """Return a body for every callback of the page, asking about what is not public."""
    for output, declared in app.callback_map.items():
        if "callback" not in declared:
            continue  # the browser's own
        names = output.strip(".").split("...") if output.startswith("..") else [output]
        outputs = [dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True)) for name in names]
        for query in ("", "source=incidents-own", "source=incidents-own&ask=sector&ask.place=Lampedusa"):
            yield {
                "output": output, "outputs": outputs if output.startswith("..") else outputs[0], "changedPropIds": [],
                **{part: [{**one, "value": query if one["property"] == "data" else None} for one in declared[part]]
                   for part in ("inputs", "state")},
            }  # fmt: skip


def walk(app: Dash, client: FlaskClient, mark: str) -> Iterator[tuple[str, TestResponse]]:
    """Return every answer to one reader, in every language."""
    for language in LOCALES:
        with speaking(language):
            for address in addresses(app, mark):
                yield f"{language} {address}", client.get(address, headers={"Accept-Language": language})
            for body in posted(app):
                yield f"{language} {body['output']}", client.post(ENDPOINT, json=body)


class OpenDoor(NamedTuple):
    """A door through which everybody comes in as one reader."""

    reader: Reader

    def find(self, _environ: dict[str, Any]) -> Reader:
        return self.reader

    def note(self, reader: Reader, path: str) -> None:
        assert reader.role is not Role.PUBLIC
        assert path.startswith("/")


def app_of(store: Store, role: Role) -> tuple[Dash, FlaskClient, str]:
    """Return an app in public mode that takes every request for one of a role's, its client and its vintage's mark."""
    app = public_app(store.folder)
    seen: Any = app.whole
    assert isinstance(seen, readers.KnownReader)
    seen.door = OpenDoor(Reader(role, account="someone", agreement="A-1"))
    with roles.reading_as(Reader(role, account="someone", agreement="A-1")):
        mark = tiered.TieredStore(store.folder).current().mark
    return app, app.server.test_client(), mark
