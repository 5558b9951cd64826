"""Pictures that leave, each at an address of its own: ``/api/v1/exports/map.png?size=square&scale=2&…``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dash import Dash
from flask import Flask, Response

from callbacks.server.address import reader_address
from callbacks.server.response_cache import Answers
from callbacks.server.responses import asked_query, problem_response, with_cache_headers
from callbacks.sheets.picture_data import picture_of
from callbacks.sheets.view_pictures import picture_of_view
from data.counting.engine import with_zoom_in_bounds
from data.model.errors import AbsentError, CrossingsError
from data.model.notices import language_in_use, say
from data.model.roles import reader_in_use
from data.pillars.request import DRAWN_VIEW
from data.query.parameters import SCALE, SERIES_DRAWN, SIZE, Parameter, take
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.map.basemap import nearest_place
from geo.map.projection import LINES, labels, land_in, lines_in
from layouts.pictures.description import Picture
from layouts.pictures.write import MEDIA, WRITERS, write

OWN: Final[Mapping[str, tuple[Parameter, ...]]] = {"series": (SERIES_DRAWN,), "pillar": (DRAWN_VIEW,)}
LARGEST: Final = 12_000_000
NOWHERE: Final = (0.49, 0.49, 0.5, 0.5)  # a small box on the square of the world


@dataclass(frozen=True)
class Asked:
    """One picture: what is shown in it, in what form."""

    figure: str
    kind: str
    size: str
    scale: int
    selection: Selection
    series: str = "all"
    view: str = ""

    @property
    def name(self) -> str:
        """Return what tells the file from others of the same vintage."""
        figure = f"{self.figure}-{self.view}" if self.view else self.figure
        figure = figure if self.series == "all" else f"{figure}-{self.series.replace('_', '-')}"
        if self.kind == "txt":
            return figure
        return f"{figure}-{self.size}{f'@{self.scale}x' if self.kind == 'png' and self.scale > 1 else ''}"


def register(app: Dash, store: Store, drawing: "Drawing") -> None:
    """Serve pictures and their descriptions."""
    server: Flask = app.server

    @server.get("/api/v1/exports/map.<kind>", defaults={"figure": "map"})
    @server.get("/api/v1/exports/series.<any(png, svg, pdf, txt):kind>", defaults={"figure": "series"})
    @server.get("/api/v1/exports/pillar.<any(png, svg, pdf, txt):kind>", defaults={"figure": "pillar"})
    def picture(figure: str, kind: str) -> Response:
        try:
            query = asked_query()
            vintage = store.open(Selection.pinned_in(query))
            asked = parse_picture(vintage, figure, kind, query)
            content = drawing.draw(vintage, asked)
        except CrossingsError as error:
            return problem_response(error)
        return _response(content, asked, vintage)


def _response(content: bytes, asked: Asked, vintage: Vintage) -> Response:
    response = Response(content, mimetype=MEDIA[asked.kind])
    name = f"crossings-{asked.name}-{vintage.name}.{asked.kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return with_cache_headers(response, is_pinned=asked.selection.vintage is not None)


def warm() -> None:
    """Read what every picture needs, so that a reader's first one does not wait for it."""
    for name in LINES:
        lines_in(name, NOWHERE, tolerance=0)
    land_in(NOWHERE, tolerance=0)
    labels()
    nearest_place(longitude=12.6, latitude=35.5)


def parse_picture(vintage: Vintage, figure: str, kind: str, query: dict[str, list[str]]) -> Asked:
    """Return what a request asks for; raise QueryError at what cannot be meant. ``scale`` changes a PNG alone."""
    if kind not in MEDIA:
        sentence = say("pictures.no_format", name=kind[:40], known=", ".join(MEDIA), figure=figure)
        raise AbsentError(sentence, parameter="format")
    own, rest = take(query, SIZE, SCALE, *OWN.get(figure, ()))
    selection = require_known_ids(vintage, Selection.parse(resolve_names(rest, vintage)))
    scale = int(own["scale"]) if kind == "png" else 1
    return Asked(figure, kind, own["size"], scale, with_zoom_in_bounds(selection), own.get("series", "all"),
                 own.get(DRAWN_VIEW.name, ""))  # fmt: skip


def _picture(vintage: Vintage, asked: Asked) -> Picture:
    if asked.view:
        return picture_of_view(vintage, asked.selection, asked.view)
    return picture_of(vintage, asked.selection, asked.figure, asked.series)


class Drawing:
    """Draws pictures, each once for the same question about the same vintage."""

    def __init__(self) -> None:
        """Keep what is drawn, bounded."""
        self._kept = Answers(largest=LARGEST)

    def __call__(self, vintage: Vintage, selection: Selection, figure: str, kind: str, size: str) -> bytes:
        """Return a picture at scale 1: what sheets that hold pictures ask for."""
        return self.draw(vintage, Asked(figure, kind, size, 1, selection))

    def draw(self, vintage: Vintage, asked: Asked) -> bytes:
        """Return a picture as it was asked for."""
        drawn = (asked.figure, asked.kind, asked.size, asked.scale, asked.series, asked.view)
        form: tuple[Any, ...] = (*drawn, language_in_use(), reader_address())
        key = hashlib.sha256(
            repr((str(vintage.folder), vintage.mark, reader_in_use(), form, asked.selection.to_query())).encode()
        ).digest()
        if (found := self._kept.get(key)) is not None:
            return found[2]
        content = _made(vintage, asked)
        self._kept.keep(key, ("200 OK", [], content))
        return content


def _made(vintage: Vintage, asked: Asked) -> bytes:
    picture = _picture(vintage, asked)
    if asked.kind in WRITERS:
        return write(picture, size=asked.size, kind=asked.kind, scale=asked.scale)
    return f"{picture.words.alternative}\n".encode()
