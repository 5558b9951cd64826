"""The polygons of the cells, once per vintage and cell size, so that a change of colour sends none of them."""

import gzip
from functools import lru_cache

import orjson
import polars as pl
from dash import Dash
from flask import Response, abort, request

from data.store import Store
from data.vintage import Vintage
from geo.cells import cell_ring, cell_text, parent

FOREVER = "public, max-age=31536000, immutable"


def geometry_address(vintage: Vintage, resolution: int) -> str:
    """Return where the polygons of a cell size are served."""
    return f"/geometry/{vintage.name}/{resolution}.json"


def register(app: Dash, store: Store) -> None:
    """Serve the polygons. An address holds its vintage, so an answer never changes."""

    @app.server.get("/geometry/<name>/<int:resolution>.json")
    def geometry(name: str, resolution: int) -> Response:
        vintage = store.current()
        if name != vintage.name or not 0 <= resolution <= 6:
            abort(404)
        packed = cell_polygons(vintage, resolution)
        accepts = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = Response(packed if accepts else gzip.decompress(packed), mimetype="application/geo+json")
        if accepts:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Cache-Control"] = FOREVER
        answer.headers["Vary"] = "Accept-Encoding"
        return answer


@lru_cache(maxsize=16)
def cell_polygons(vintage: Vintage, resolution: int) -> bytes:
    """Return GeoJSON of every cell that any incident may enter at ``resolution``, compressed."""
    located = vintage.incidents.lazy().filter(pl.col("finest_resolution") >= resolution).drop_nulls("cell")
    found = located.select(parent(pl.col("cell"), resolution=resolution)).unique().sort("cell").collect()["cell"]
    features = [
        {
            "type": "Feature",
            "id": cell_text(cell),
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[(round(x, 4), round(y, 4)) for x, y in cell_ring(cell)]]},
        }
        for cell in found
    ]
    return gzip.compress(orjson.dumps({"type": "FeatureCollection", "features": features}), 6, mtime=0)
