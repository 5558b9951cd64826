"""The question "Where was more recorded than around?": what is chosen, and the answer in words, map and tables.

The words say what was recorded, never what is dangerous: a cell has no denominator (RULES G6, R7).
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html

from data.study import OFFERED
from data.vintage import Vintage
from data.words import counted, number, sentence
from geo.study_areas import SURFACES, study_areas
from layouts import text
from layouts.figures.hotspots import COLORS, PLAIN, hot_spot_map
from layouts.questions.parts import asked_select, files, wide
from layouts.tables import table

AS_CHOSEN: Final = {"": "As the map's filters say"}
SIZES: Final = {str(size): f"Edges of {text.EDGE_KM[size]} km" for size in OFFERED}
VARIABLES: Final = {
    "incidents": "Incidents",
    "log_deaths": "People, logarithm",
    "dead_or_missing": "People, as they are",
}
PARTS: Final = {"no": "Over the whole time", "yes": "Patterns over months"}
WARNING: Final = (
    "People as they are: one large shipwreck can decide the whole picture. Incidents, or the logarithm of people, "
    "say more surely where more was recorded."
)
NOT_DANGER: Final = "This says where more was recorded, not where it is more dangerous: nobody knows how many passed."
METHOD: Final = (
    "Method: Gi* (Getis and Ord) of {variable}, a cell and its first ring, cells where nothing was recorded included; "
    "two-sided, corrected by Benjamini and Hochberg for {tests} tests."
)
STABILITY: Final = (
    "Stability: every record's place is moved by chance within the distance to which it is known, {draws} times; the "
    "share says how often the cell is still among the {top} highest of the area by {by}."
)
PATTERN_WORDS: Final = {
    "new": "More than around in the last month only, never before",
    "consecutive": "More than around without a break up to the last month, never before that run",
    "intensifying": "More than around in nearly every month and the last, and rising",
    "persistent": "More than around in nearly every month, neither rising nor falling",
    "diminishing": "More than around in nearly every month and the last, and falling",
    "sporadic": "More than around in the last month and on and off before, never fewer",
    "oscillating": "More than around in the last month, but fewer than around in some month before",
    "historical": "More than around in nearly every month, but not in the last",
}


def form(vintage: Vintage) -> list[Any]:
    """Return the choices: where, how large the cells, what is counted, over the whole time or month by month."""
    del vintage
    areas = {name: f"{area.name} ({SURFACES[area.surface]})" for name, area in study_areas().items()}
    return [
        asked_select("Study area", "area", AS_CHOSEN | areas),
        asked_select("Size of cells", "size", SIZES),
        asked_select("Counted", "counted", VARIABLES),
        asked_select("Shown", "patterns", PARTS),
    ]


def answer(
    found: Mapping[str, Any],
    *,
    context: str,
    source: str,
    kept: Mapping[int, tuple[int, int] | None],
    query: str | None,
) -> list[Any]:
    """Return the answer; ``found`` is that of ``data.hotspots``, ``context`` what is counted in a sentence.

    ``kept`` says how many of the highest cells remain at other sizes (RULES H7); by ``query`` its files are asked for.
    """
    shown = [
        html.H3(first_sentence(found)),
        html.P(f"{context} {left_over(found)}", className="muted"),
        *([html.P(WARNING, className="caution")] if found["measure"] == "dead_or_missing" else []),
    ]
    if found["emerging"] is not None:
        shown += [*patterns(found), _map(found)]
    else:
        shown += [_map(found), *_ranking(found, kept)]
    taken = files("hotspots", query, ("CSV", "XLSX", "Parquet", "GeoJSON"))
    return [*shown, taken, *_end(found, source)]


def first_sentence(found: Mapping[str, Any]) -> str:
    """Return the answer in one sentence: of how many cells, at which confidence, corrected for how many tests."""
    if found["not_computable"]:
        return f"{text.NO_ANSWER} {found['not_computable']}"
    cells = found["cells"]
    hot = sum(one["class"] in ("hot 95%", "hot 99%") for one in cells)
    cold = sum(one["class"] in ("cold 95%", "cold 99%") for one in cells)
    tests = number(found["cells_in_study_area"])
    what = "incidents" if found["measure"] == "incidents" else "people dead or missing"
    more = f"In {number(hot) if hot else 'none'} of the {tests} cells of the {_area(found)} more {what} were recorded"
    fewer = f"; in {number(cold)}, fewer were" if cold else ""
    return f"{more} than around, at 95% after correction for {tests} tests{fewer}."


def _area(found: Mapping[str, Any]) -> str:
    area = found["study_area"]
    return f"{area['name'].removeprefix('The ')} ({SURFACES[area['surface']]})"


def left_over(found: Mapping[str, Any]) -> str:
    """Return where all that is counted lies: in the area, outside it, at no known place (RULES C5)."""
    return (
        f"Of these: in cells of the study area, {counted(found['in_area'], *_unit(found))}; outside it, "
        f"{number(found['outside_area'])}; at places too imprecise for this cell size, so in no cell, "
        f"{number(found['not_located'])}."
    )


def _unit(found: Mapping[str, Any]) -> tuple[str, str]:
    return ("person", "people") if found["unit"] == "people" else ("incident", "incidents")


def _map(found: Mapping[str, Any]) -> html.Figure:
    label = f"Map of the cells of the {_area(found)} by class. {first_sentence(found)}"
    svg = hot_spot_map(found["study_area"]["boxes"], found["cells"], label=label)
    picture = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    marks = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if found["is_demonstration"] else []
    return html.Figure(
        [html.Img(src=picture, alt=label), *marks, _legend(found), html.P(text.BOUNDARIES, className="caution")],
        className="hot-spots",
    )


def _legend(found: Mapping[str, Any]) -> html.Div:
    times = [one["class"] for one in found["cells"]]
    rows = [
        (html.Span(className="patch", style={"backgroundColor": color}), _class_words(name), times.count(name))
        for name, color in COLORS.items()
        if name in times or name.startswith("hot")
    ]
    plain = sum(name not in COLORS for name in times)
    hatched = sum((one["dominance"] or 0) > 0.5 for one in found["cells"])
    rows += [
        (html.Span(className="patch plain"), "recorded, neither clearly more nor fewer", plain),
        (html.Span(className="patch dominated"), "one event is more than half of the people", hatched),
    ]
    return html.Div(
        [
            html.Span([mark, f"{words}: {counted(count, 'cell', 'cells')}"], className="legend-row")
            for mark, words, count in rows
        ],
        className="legend legend-line",
    )


def _class_words(name: str) -> str:
    kind, _, level = name.partition(" ")
    if kind not in ("hot", "cold"):
        return "neither clearly" if name == PLAIN else name
    return f"{'more' if kind == 'hot' else 'fewer'} than around, {level}"


def _short_class(name: str) -> str:
    return _class_words(name).replace(" than around", "")


def _ranking(found: Mapping[str, Any], kept: Mapping[int, tuple[int, int] | None]) -> list[Any]:
    """Return the highest cells, never without how firmly each holds its place (RULES H6)."""
    ranked = sorted((one for one in found["cells"] if one["rank"]), key=lambda one: one["rank"])
    about = found["ranking"]
    by = "incidents" if about["by"] == "incidents" else "people dead or missing"
    caption = f"The {len(ranked)} cells of the area with the most {by}"
    is_log = found["measure"] == "log_deaths"
    heads = ["Place of the cell's middle", f"Stays among the {about['top']}", "Recorded", "z",
             *(["log(1 + people)"] if is_log else []), "Incidents", "People, at least"]  # fmt: skip
    rows = [
        [f"{one['rank']}. {one['place']}", _stability(one["stability"], about), _short_class(one["class"]),
         _z(one["z"]), *([f"{one['value']:.2f}"] if is_log else []), one["incidents"], one["dead_or_missing"] or 0]
        for one in ranked
    ]  # fmt: skip
    note = STABILITY.format(draws=about["draws"], top=about["top"], by=by)
    return [
        html.H4("The highest cells, and how firmly they hold their place"),
        wide(table(caption, heads, rows, words=4 + is_log), caption),
        html.P(f"{note} {remain(kept, by, found['study_area']['name'])}", className="caution"),
    ]


def remain(kept: Mapping[int, tuple[int, int] | None], by: str, area: str) -> str:
    """Return how far the ranking of an area's cells changes with their size (RULES H7)."""
    said = [f"{pair[0]} of {pair[1]} remain at edges of {text.EDGE_KM[size]} km" for size, pair in kept.items() if pair]
    if not said:
        return ""
    return sentence(
        f"Ranking changes with cell size: of the cells of {area} with the most {by} at edges of {text.EDGE_KM[3]} km, "
        f"{' and '.join(said)}"
    )


def _stability(share: float, about: Mapping[str, Any]) -> html.Span:
    words = f"{text.share(share)} of {about['draws']} draws"
    bar = html.Span(html.Span(style={"width": f"{100 * share:.0f}%"}), className="share-bar", **{"aria-hidden": "true"})
    return html.Span([bar, words], className="stability")


def _z(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace("-", "−")


def patterns(found: Mapping[str, Any]) -> list[Any]:
    """Return the pattern of each cell over the months, in words (RULES G5)."""
    about = found["emerging"]
    head = html.H4("Patterns over months")
    if about["not_computable"]:
        return [head, html.P(f"{text.NO_ANSWER} {about['not_computable']}")]
    some = [one for one in found["cells"] if one["emerging"] in PATTERN_WORDS]
    undated = counted(about["not_dated"], *_unit(found))
    parts = " and ".join(about["part_months"])
    partly = counted(about["in_part_months"], *_unit(found))
    left_out = f" Left out, as only a part of it is covered: {parts}, with {partly}." if parts else ""
    said = html.P(
        f"{counted(len(some), 'cell has', 'cells have')} a pattern over the {number(about['months'])} months from "
        f"{about['first_month']} to {about['last_month']}.{left_out} "
        f"In no known month: {undated}. A month counts as more than around at 90%, corrected over all cells and "
        "months; nearly every month is 90% of them."
    )
    counts = [
        [name.capitalize(), words, sum(one["emerging"] == name for one in some)]
        for name, words in PATTERN_WORDS.items()
    ]
    return [head, said, table("Cells by pattern", ["Pattern", "What it says", "Cells"], counts, words=2),
            *_pattern_places(some)]  # fmt: skip


def _pattern_places(some: Sequence[Mapping[str, Any]]) -> list[Any]:
    if not some:
        return []
    rows = [[one["place"], one["emerging"], one["incidents"], one["dead_or_missing"] or 0] for one in some]
    heads = ["Place of the cell's middle", "Pattern", "Incidents", "People, at least"]
    return [table("The cells that have a pattern, not ranked", heads,
                  sorted(rows, key=lambda row: (list(PATTERN_WORDS).index(row[1]), row[0])), words=2)]  # fmt: skip


def _end(found: Mapping[str, Any], source: str) -> list[Any]:
    name = {"incidents": "incidents per cell", "log_deaths": "log(1 + people dead or missing) per cell"}
    variable = name.get(found["measure"], "people dead or missing per cell")
    method = METHOD.format(variable=variable, tests=number(found["cells_in_study_area"]))
    return [
        html.P(
            f"{NOT_DANGER} {method} {found['study_area']['words']} {source} Vintage {found['vintage']}.",
            className="caution",
        )
    ]
