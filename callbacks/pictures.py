"""Pictures that leave, each at an address of its own: ``/api/v1/exports/map.png?size=square&scale=2&…``."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from dash import Dash
from flask import Response

from callbacks.answers import Answers
from callbacks.api import asked_query, finished, refusal
from callbacks.picture_tables import picture_of
from callbacks.queue import Queue
from callbacks.reading import understood
from data.errors import AbsentError, CrossingsError, QueryError
from data.selection import MOST_CHARACTERS, Selection
from data.store import Store
from data.totals import checked, with_ids
from data.vintage import Vintage
from geo.basemap import nearest_place
from geo.ground import LINES, labels, land_in, lines_in
from layouts.pictures.description import SCALES, SIZES
from layouts.pictures.write import MEDIA, WRITERS, write

FIGURES: Final = {"map": "its numbers are cells.csv and incidents.csv", "series": "its numbers are series.csv"}
MOST_BYTES: Final = 64_000_000
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

    @property
    def name(self) -> str:
        """Return what tells the file from others of the same vintage."""
        if self.kind == "txt":
            return self.figure
        return f"{self.figure}-{self.size}{f'@{self.scale}x' if self.kind == 'png' and self.scale > 1 else ''}"


def register(app: Dash, store: Store, drawing: "Drawing") -> None:
    """Serve pictures and their descriptions."""

    @app.server.get("/api/v1/exports/map.<kind>", defaults={"figure": "map"})
    @app.server.get("/api/v1/exports/series.<any(png, svg, pdf, txt):kind>", defaults={"figure": "series"})
    def picture(figure: str, kind: str) -> Response:
        try:
            query = asked_query()
            vintage = store.asked(Selection.pinned_in(query))
            asked = parsed(vintage, figure, kind, query)
            content = drawing.drawn(vintage, asked)
        except CrossingsError as error:
            return refusal(error)
        return _response(content, asked, vintage)


def _response(content: bytes, asked: Asked, vintage: Vintage) -> Response:
    response = Response(content, mimetype=MEDIA[asked.kind])
    name = f"crossings-{asked.name}-{vintage.name}.{asked.kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return finished(response, is_pinned=asked.selection.vintage is not None)


def warm() -> None:
    """Read what every picture needs, so that a reader's first one does not wait for it."""
    for name in LINES:
        lines_in(name, NOWHERE, tolerance=0)
    land_in(NOWHERE, tolerance=0)
    labels()
    nearest_place(longitude=12.6, latitude=35.5)


def parsed(vintage: Vintage, figure: str, kind: str, query: dict[str, list[str]]) -> Asked:
    """Return what a request asks for; raise QueryError at what cannot be meant. ``scale`` changes a PNG alone."""
    if kind not in MEDIA:
        raise AbsentError(
            f"There is no format '{kind[:40]}' of this picture. Known: {', '.join(MEDIA)}; {FIGURES[figure]}.",
            parameter="format",
        )
    size = _one(query.pop("size", ["article"]), tuple(SIZES), "size")
    scale = int(_one(query.pop("scale", ["1"]), SCALES, "scale"))
    if sum(len(value) for values in query.values() for value in values) > MOST_CHARACTERS:
        raise QueryError(f"The selection is longer than {MOST_CHARACTERS:,} characters.", parameter="query")
    selection = understood(vintage, checked(vintage, Selection.parse(with_ids(query, vintage))))
    return Asked(figure, kind, size, scale if kind == "png" else 1, selection)


def _one(given: list[str], options: tuple[str, ...], key: str) -> str:
    if len(given) != 1 or given[0] not in options:
        found = given[0][:40] if len(given) == 1 else f"{len(given)} values"
        raise QueryError(f"'{key}' is one of {', '.join(options)}; found '{found}'.", parameter=key)
    return given[0]


class Drawing:
    """Draws pictures, each once for the same question about the same vintage, a few at a time."""

    def __init__(self) -> None:
        """Keep what is drawn, bounded."""
        self._kept, self._queue = Answers(MOST_BYTES, largest=LARGEST), Queue()

    def __call__(self, vintage: Vintage, selection: Selection, figure: str, kind: str, size: str) -> bytes:
        """Return a picture at scale 1: what sheets that hold pictures ask for."""
        return self.drawn(vintage, Asked(figure, kind, size, 1, selection))

    def drawn(self, vintage: Vintage, asked: Asked) -> bytes:
        """Return a picture as it was asked for; raise BusyError where too many wait."""
        form: tuple[Any, ...] = (asked.figure, asked.kind, asked.size, asked.scale)
        key = hashlib.sha256(repr((str(vintage.folder), form, asked.selection.to_query())).encode()).digest()
        if (found := self._kept.get(key)) is not None:
            return found[2]
        with self._queue.turn():
            if (found := self._kept.get(key)) is not None:
                return found[2]
            content = _made(vintage, asked)
        self._kept.keep(key, ("200 OK", [], content))
        return content


def _made(vintage: Vintage, asked: Asked) -> bytes:
    picture = picture_of(vintage, asked.selection, asked.figure)
    if asked.kind in WRITERS:
        return write(picture, size=asked.size, kind=asked.kind, scale=asked.scale)
    return f"{picture.words.alternative}\n".encode()
