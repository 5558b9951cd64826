"""Hot spots over HTTP: ``/api/v1/hotspots?study_area=mediterranean&resolution=3``."""

from collections.abc import Mapping
from dataclasses import replace

import msgspec
import numpy as np
from dash import Dash
from flask import Flask, Response

from callbacks.server.interface import ANSWERS
from callbacks.server.responses import read
from data.counting.engine import HIGHEST, remaining
from data.hotspots.answer import cell_stability, hot_spots_answer
from data.hotspots.answer_model import HotSpotsAnswer, RankingKept
from data.hotspots.request import Question, gather, parse_hot_spots
from data.model.caches import kept_numbers
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve the hot spots of a selection."""
    server: Flask = app.server

    @server.get(ANSWERS["hotspots"].path)
    def hotspots() -> Response:
        return read(store, answer_of)


def answer_of(vintage: Vintage, query: dict[str, list[str]]) -> HotSpotsAnswer:
    """Return the hot spots that the request asks for, and how far the ranking changes with cell size (RULES X7)."""
    return answer_to(vintage, parse_hot_spots(query, vintage))


def answer_to(vintage: Vintage, question: Question) -> HotSpotsAnswer:
    """Return the hot spots of one question, and how far the ranking changes with cell size (RULES X7)."""
    kept = ranking_kept_in(vintage, question)
    stated = None if kept is None else RankingKept(kept=kept[0], of=kept[1])
    return msgspec.structs.replace(hot_spots_answer(vintage, question), ranking_kept=stated)


def ranking_kept_in(vintage: Vintage, question: Question) -> tuple[int, int] | None:
    """Return how many of the ten highest cells of a study area at the default size remain at the question's (X7)."""
    default, size = Selection().resolution, question.selection.resolution
    if default == size:
        return None
    sizes = [question.selection.replace(resolution_chosen=one) for one in (default, size)]
    before, after = (_highest(vintage, replace(question, selection=one, is_emerging=False)) for one in sizes)
    return remaining(before, after, coarse=min(default, size))


@kept_numbers
def _highest(vintage: Vintage, question: Question) -> list[int]:
    found = gather(vintage, question)
    order = np.lexsort((found.area.cells, found.counted))[::-1][:HIGHEST]
    return [int(cell) for cell in found.area.cells[order[found.counted[order] > 0]]]


def stability(vintage: Vintage, selection: Selection) -> Mapping[str, float]:
    """Return the stability of a selection's cells; what it shows on the map beside them changes nothing (RULES X6)."""
    kept = selection.only("incidents", "count").replace(resolution_chosen=selection.resolution)
    return cell_stability(vintage, kept)
