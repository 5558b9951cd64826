"""Places by the beginning of their name: ``/places?named=lamped``, as the search field of the page asks."""

from typing import Final

import orjson
from dash import Dash
from flask import Flask, Response

from callbacks.server.responses import asked_query, problem_response
from data.model.errors import CrossingsError
from data.model.notices import say
from geo.map.named_places import Found, places_beginning

LONGEST: Final = 80  # characters: no name is longer


def register(app: Dash) -> None:
    """Serve the places as points, at most six; of text that begins no name, none."""
    server: Flask = app.server

    @server.get("/places")
    def named() -> Response:
        try:
            asked = asked_query().get("named", [""])
        except CrossingsError as error:
            return problem_response(error)
        found = places_beginning(asked[0][:LONGEST])
        answer = orjson.dumps({"type": "FeatureCollection", "features": [_feature(one) for one in found]})
        return Response(answer, mimetype="application/json", headers={"Cache-Control": "public, max-age=86400"})


def _feature(one: Found) -> dict[str, object]:
    kind = say("page.filters.place_kind", kind=one.kind, country=one.country)
    point = {"type": "Point", "coordinates": [round(one.longitude, 3), round(one.latitude, 3)]}
    return {"type": "Feature", "properties": {"name": one.name, "kind": kind, "zoom": one.zoom}, "geometry": point}
