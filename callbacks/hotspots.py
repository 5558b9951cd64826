"""Hot spots over HTTP: ``/api/v1/hotspots?region=mediterranean&resolution=3``."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from dash import Dash
from flask import Response

from callbacks.api import read
from callbacks.reading import HIGHEST, remaining
from data.hotspots import cell_stability, hot_spots_answer
from data.selection import Selection
from data.store import Store
from data.study import Question, gather, parse_hot_spots
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve the hot spots of a selection."""

    @app.server.get("/api/v1/hotspots")
    def hotspots() -> Response:
        return read(store, answer_of)


def answer_of(vintage: Vintage, query: dict[str, list[str]]) -> dict[str, Any]:
    """Return the hot spots that the request asks for, and how far the ranking changes with cell size (RULES H7)."""
    return asked(vintage, parse_hot_spots(query, vintage))


def asked(vintage: Vintage, question: Question) -> dict[str, Any]:
    """Return the hot spots of one question, and how far the ranking changes with cell size (RULES H7)."""
    kept = ranking_kept_in(vintage, question)
    said = None if kept is None else {"kept": kept[0], "of": kept[1]}
    return {**hot_spots_answer(vintage, question), "ranking_kept": said}


def ranking_kept_in(vintage: Vintage, question: Question) -> tuple[int, int] | None:
    """Return how many of the ten highest cells of a study area at the default size remain at the question's (H7)."""
    default, size = Selection().resolution, question.selection.resolution
    if default == size:
        return None
    before, after = (_highest(vintage, replace(question, selection=question.selection.but(size=one), is_emerging=False))
                     for one in (default, size))  # fmt: skip
    return remaining(before, after, coarse=min(default, size))


@lru_cache(maxsize=64)
def _highest(vintage: Vintage, question: Question) -> list[int]:
    found = gather(vintage, question)
    order = np.lexsort((found.area.cells, found.counted))[::-1][:HIGHEST]
    return [int(cell) for cell in found.area.cells[order[found.counted[order] > 0]]]


def stability(vintage: Vintage, selection: Selection) -> Mapping[str, float]:
    """Return the stability of a selection's cells; what it shows on the map beside them changes nothing (RULES H6)."""
    plain = Selection()
    kept = selection.but(flow=plain.flow, step=plain.step, layers=plain.layers, cell=None, view=None,
                         size=selection.resolution, zoomed=plain.zoomed)  # fmt: skip
    return cell_stability(vintage, kept)
