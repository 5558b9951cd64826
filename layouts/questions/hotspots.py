"""The question "Where was more recorded than around?": cells of a study area by class, their ranking with stability."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html

from data.vintage import Vintage
from geo.study_areas import study_areas
from layouts import text
from layouts.figures.change_map import as_address
from layouts.figures.hot_map import COLORS, hot_map
from layouts.questions.parts import asked_select, folded
from layouts.tables import table

Answer = Mapping[str, Any]
FIRST: Final = "mediterranean"
VARIABLES: Final = {
    "incidents": "Incidents", "log_deaths": "People, on a scale that one large event does not rule",
    "dead_or_missing": "People: one large event can make a hot spot by itself",
}  # fmt: skip
SIZES: Final = {"3": "69 km", "2": "180 km", "4": "26 km"}
PATTERNS: Final = {"no": "Not now", "yes": "Months, takes longer"}
HALF: Final = 0.5
METHOD: Final = (
    "Gi* with the cell and its first ring, every cell of the area in the statistic, zeros included; corrected for the "
    "number of cells by Benjamini and Hochberg. It says nothing of danger: a cell has no denominator."
)


def form(vintage: Vintage) -> list[Any]:
    """Return the choices: study area, what is counted, cell size, patterns."""
    del vintage
    areas = {name: area.name for name, area in study_areas().items()}
    first = {FIRST: areas.pop(FIRST)}
    return [
        asked_select("Study area", "region", first | areas),
        asked_select("Counted", "measure", VARIABLES),
        asked_select("Edge of a cell", "resolution", SIZES),
        asked_select("Patterns over months", "emerging", PATTERNS),
    ]


def answer(found: Answer, ranking: tuple[int, int] | None) -> list[Any]:
    """Return the parts of an answer of ``data.hotspots``; ``ranking`` is how many of the ten highest remain (H7)."""
    mark = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if found["is_demonstration"] else []
    return [
        html.H3(sentence(found)),
        html.P(f"{found['study_area']['words']} {left_out(found)}", className="caution"),
        *mark,
        *_map(found),
        *_ranking(found, ranking),
        *_patterns(found),
        html.P(METHOD, className="caution"),
    ]


def sentence(found: Answer) -> str:
    """Return how many cells are hot at 95% in one sentence, or why none can be called so (RULES G4, G6)."""
    if found["not_computable"]:
        return f"{text.NO_ANSWER} {found['not_computable']}"
    hot = sum(one["class"] in ("hot 95%", "hot 99%") for one in found["cells"])
    cells = text.number(found["cells_in_study_area"])
    head = text.counted(hot, "cell", "cells")
    return f"In {head} of {cells} ({found['study_area']['name']}), more {_thing(found)} recorded than around."


def _thing(found: Answer) -> str:
    return "incidents were" if found["measure"] == "incidents" else "people dead or missing were"


def left_out(found: Answer) -> str:
    """Return what of the total is in no cell of the area (RULES C5)."""
    unit = "people" if found["unit"] == "people" else found["unit"]
    inside, outside, nowhere = (text.number(found[name]) for name in ("in_area", "outside_area", "not_located"))
    return (
        f"Of {text.number(found['total'])} {unit} in all, {inside} are in this area, {outside} outside, "
        f"{nowhere} at places too imprecise for this size."
    )


def _map(found: Answer) -> list[Any]:
    if not found["cells"]:
        return []
    label = f"Map of the cells by class. {sentence(found)} The numbers are in the table."
    counts = {name: sum(one["class"] == name for one in found["cells"]) for name in COLORS}
    rows = [
        html.Span([html.Span(className="patch", style={"backgroundColor": color}), f" {name}: {counts[name]}"])
        for name, color in COLORS.items()
        if counts[name]
    ]
    hatched = html.Span([html.Span(className="patch dominated"), " one event is more than half"])
    picture = html.Img(src=as_address(hot_map(found["cells"], label=label)), alt=label, className="answer-map")
    return [picture, html.P([*rows, hatched], className="map-legend"), html.P(text.BOUNDARIES, className="caution")]


def _ranking(found: Answer, ranking: tuple[int, int] | None) -> list[Any]:
    """Return the ten highest with their stability: never the list alone (RULES H6)."""
    top = sorted((one for one in found["cells"] if one["rank"]), key=lambda one: one["rank"])
    rows = [
        [one["rank"], one["place"], one["class"], one["counted"], _share(one["stability"]), _largest(one["dominance"])]
        for one in top
    ]
    heads = [
        "Rank",
        "Place of the cell's centre",
        "Class",
        "Counted",
        "Stays among the ten in",
        "Largest event's share",
    ]
    remain = (
        f" Ranking changes with cell size: of the {ranking[1]} highest at 69 km, {ranking[0]} remain."
        if ranking
        else ""
    )
    caption = f"The highest cells. {found['ranking']['words']}{remain}"
    listed = [[*row[:1], *row[1:3], text.number(row[3]), *row[4:]] for row in rows]
    return [_wide(table(caption, heads, [[str(row[0]), *row[1:]] for row in listed], words=6))] if rows else []


def _share(value: float) -> str:
    return f"{value:.0%} of the draws"


def _largest(value: float | None) -> str:
    return "–" if value is None else f"{text.share(value)}{', one event decides' if value > HALF else ''}"


def _patterns(found: Answer) -> list[Any]:
    """Return the cells with a pattern over months; said where there is none (RULES G5)."""
    if found["emerging"] is None:
        return []
    cells: Sequence[Answer] = [one for one in found["cells"] if one.get("emerging", "no pattern") != "no pattern"]
    if not cells:
        return [html.P("No cell shows one of the eight patterns over months.")]
    rows = [[one["place"], one["emerging"], text.number(one["counted"])] for one in cells]
    listed = _wide(table("Patterns over months.", ["Place of the cell's centre", "Pattern", "Counted"], rows, words=3))
    return [folded(f"Patterns over months in {text.counted(len(cells), 'cell', 'cells')}", listed)]


def _wide(part: Any) -> html.Div:
    return html.Div(part, className="wide", tabIndex=0, role="region", **{"aria-label": "Table of cells"})
