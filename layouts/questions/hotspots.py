"""The question "Where was more recorded than around?": what is chosen, and the answer in words, map and tables.

The words say what was recorded, never what is dangerous: a cell has no denominator (RULES G6, R7).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.hotspots.answer_model import CellRanking, EmergingStated, HotSpotCell, HotSpotsAnswer, StudyAreaStated
from data.hotspots.request import OFFERED
from data.model.notices import Notice, say
from data.query.parameters import VARIABLES
from data.store.vintage import Vintage
from geo.areas.study_areas import StudyArea, study_areas
from layouts.figures.around_marks import DOMINATED, NEITHER, STEP_OF_SPOT, code_of_spot
from layouts.parts.attributes import attributes
from layouts.parts.tables import table
from layouts.questions.on_map import on_map, spots_key
from layouts.questions.parts import asked_select, files, folded, wide
from layouts.text import page as text

PATTERNS: Final = ("new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic", "oscillating",
                   "historical")  # fmt: skip
FILES: Final = ("CSV", "XLSX", "Parquet", "GeoJSON")
RankingKeptBySize = Mapping[int, tuple[int, int] | None]


def form(vintage: Vintage) -> list[Component]:
    """Return the choices: where, how large the cells, what is counted, over the whole time or month by month."""
    del vintage
    areas = {"": say("hotspots.form.as_chosen")} | {name: _named(area) for name, area in study_areas().items()}
    sizes = {str(size): say("hotspots.form.edges", edge=text.WIDTH_KM[size]) for size in OFFERED}
    variables = {name: say(f"hotspots.choice.{name}") for name in VARIABLES}
    parts = {"no": say("hotspots.choice.whole"), "yes": say("hotspots.choice.months")}
    return [
        asked_select(say("hotspots.form.area"), "study_area", areas),
        asked_select(say("hotspots.form.size"), "size", sizes),
        asked_select(say("hotspots.form.counted"), "counted", variables),
        asked_select(say("hotspots.form.shown"), "patterns", parts),
    ]


def answer(
    found: HotSpotsAnswer, *, context: str, source: str, kept: RankingKeptBySize, query: str | None
) -> list[Component]:
    """Return the answer; ``context`` is what is counted in a sentence.

    ``kept`` says how many of the highest cells remain at other sizes (RULES X7); by ``query`` its files are asked for.
    """
    is_people = found.measure == "dead_or_missing"
    shown = [
        html.H3(first_sentence(found)),
        html.P(f"{context} {left_over(found)}", className="muted"),
        *([html.P(say("hotspots.answer.one_shipwreck"), className="caution")] if is_people else []),
    ]
    if found.is_demonstration:
        shown.append(html.P(say("page.words.demonstration_mark"), className="demonstration-mark"))
    if query is not None and not found.not_computable:
        shown.append(spots_on_map(found, query))
    shown += _ranking(found, kept) if found.emerging is None else patterns(found, found.emerging)
    return [*shown, files("hotspots", query, FILES), *_end(found, source)]


def spots_on_map(found: HotSpotsAnswer, query: str) -> html.Div:
    """Return what the map shows: the cells of the study area by their class."""
    unit = say(f"hotspots.choice.{found.measure}").lower()
    has_one_event = any(code_of_spot(one) >= DOMINATED and code_of_spot(one) != NEITHER for one in found.cells)
    key = spots_key(unit=unit, resolution=found.resolution, has_one_event=has_one_event)
    return on_map(key, back=say("on_map.back"), cells=f"/cells/spots?{query}", boxes=found.study_area.boxes)


def first_sentence(found: HotSpotsAnswer) -> str:
    """Return the answer in one sentence; how sure, and corrected for how many tests, is said below (``_end``)."""
    if found.not_computable:
        return say("hotspots.no_answer", reason=found.not_computable)
    classes = [one.class_name for one in found.cells]
    return say(
        "hotspots.answer.head", area=_named_inside(found.study_area), measure=found.measure,
        cells=found.cells_in_study_area,
        hot=sum(classes.count(one) for one in ("hot 95%", "hot 99%")),
        cold=sum(classes.count(one) for one in ("cold 95%", "cold 99%")),
    )  # fmt: skip


def _named(area: StudyArea | StudyAreaStated) -> str:
    return say("hotspots.answer.area", area=say(f"study_areas.name.{area.id}"), surface=area.surface)


def _named_inside(area: StudyAreaStated) -> str:
    """Return an area as it is named after "the"."""
    return say("hotspots.answer.area", area=say(f"study_areas.within.{area.id}"), surface=area.surface)


def left_over(found: HotSpotsAnswer) -> str:
    """Return where all that is counted lies: in the area, outside it, at no known place (RULES C5)."""
    return say("hotspots.answer.left_over", unit=found.unit, in_area=found.in_area, outside_area=found.outside_area,
               not_located=found.not_located)  # fmt: skip


def _short_class(name: str) -> str:
    if name not in STEP_OF_SPOT:
        return say("hotspots.class.not_computable" if name == "not computable" else "hotspots.class.neither")
    side, level = name.removesuffix("%").split(" ")
    return say(f"hotspots.class.{side}", level=level)


def _ranking(found: HotSpotsAnswer, kept: RankingKeptBySize) -> list[Component]:
    """Return the highest cells, never without how firmly each holds its place (RULES X6)."""
    about = found.ranking
    ranked = sorted((one.rank, one) for one in found.cells if one.rank)
    is_log = found.measure == "log_deaths"
    caption = say("hotspots.ranking.caption", cells=len(ranked), by=about.by)
    rows = [_ranked(one, about, is_log=is_log) for _, one in ranked]
    note = say("hotspots.ranking.note", draws=about.draws, top=about.top, by=about.by)
    return [
        html.H4(say("hotspots.ranking.heading")),
        wide(table(caption, _ranking_heads(about, is_log=is_log), rows, words=4 + is_log), caption),
        html.P(f"{note} {remain(kept, about.by, str(found.study_area.name))}", className="caution"),
    ]


def _ranking_heads(about: CellRanking, *, is_log: bool) -> list[str]:
    return [
        say("hotspots.ranking.place"), say("hotspots.ranking.stays", top=about.top), say("hotspots.ranking.recorded"),
        say("hotspots.ranking.z"), *([say("hotspots.ranking.logarithm")] if is_log else []),
        say("hotspots.ranking.incidents"), say("hotspots.ranking.people"),
    ]  # fmt: skip


def _ranked(one: HotSpotCell, about: CellRanking, *, is_log: bool) -> list[Component | str | int]:
    return [
        say("hotspots.ranking.row", rank=one.rank, place=one.place), _stability(one.stability, about),
        _short_class(one.class_name), _z(one.z), *([f"{one.value:.2f}"] if is_log else []),
        one.incidents, one.dead_or_missing or 0,
    ]  # fmt: skip


def remain(kept: RankingKeptBySize, by: str, area: str) -> str:
    """Return how far the ranking of an area's cells changes with their size (RULES X7)."""
    remaining = [
        Notice("hotspots.ranking.remain", remaining=pair[0], of=pair[1], edge=text.WIDTH_KM[size])
        for size, pair in kept.items()
        if pair
    ]
    if not remaining:
        return ""
    return say("hotspots.ranking.sizes", area=area, by=by, edge=text.WIDTH_KM[3], remaining=remaining)


def _stability(share: float, about: CellRanking) -> html.Span:
    words = say("hotspots.ranking.stability", share=text.share(share), draws=about.draws)
    bar = html.Span(
        html.Span(style={"width": f"{100 * share:.0f}%"}), className="share-bar", **attributes(aria_hidden="true")
    )
    return html.Span([bar, words], className="stability")


def _z(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace("-", "−")


def patterns(found: HotSpotsAnswer, about: EmergingStated) -> list[Component]:
    """Return the pattern of each cell over the months, in words (RULES G5)."""
    head = html.H4(say("hotspots.months.heading"))
    if about.not_computable:
        return [head, html.P(say("hotspots.no_answer", reason=about.not_computable))]
    some = [(str(one.emerging), one) for one in found.cells if one.emerging in PATTERNS]
    summary = say(
        "hotspots.months.summary", cells=len(some), months=about.months, first=about.first_month, last=about.last_month,
        unit=found.unit, undated=about.not_dated, has_parts=bool(about.part_months), parts=about.part_months,
        partly=about.in_part_months,
    )  # fmt: skip
    counts = [
        [say(f"hotspots.pattern.{name}"), say(f"hotspots.pattern_meaning.{name}"), sum(one == name for one, _ in some)]
        for name in PATTERNS
    ]
    heads = [say("hotspots.months.pattern"), say("hotspots.months.meaning"), say("hotspots.months.cells")]
    return [head, html.P(summary), table(say("hotspots.months.caption"), heads, counts, words=2),
            *_pattern_places(some)]  # fmt: skip


def _pattern_places(some: Sequence[tuple[str, HotSpotCell]]) -> list[Component]:
    if not some:
        return []
    ordered = sorted(some, key=lambda pair: (PATTERNS.index(pair[0]), pair[1].place))
    rows = [
        [one.place, say(f"hotspots.pattern_in_row.{name}"), one.incidents, one.dead_or_missing or 0]
        for name, one in ordered
    ]
    heads = [say("hotspots.ranking.place"), say("hotspots.months.pattern"), say("hotspots.ranking.incidents"),
             say("hotspots.ranking.people")]  # fmt: skip
    return [table(say("hotspots.months.places"), heads, rows, words=2)]


def _end(found: HotSpotsAnswer, source: str) -> list[Component]:
    """Return what it does not say and whose numbers these are; the method is folded."""
    method = say("hotspots.answer.method", variable=found.measure_name, tests=found.cells_in_study_area)
    vintage = say("hotspots.answer.vintage", vintage=found.vintage)
    how = html.P(f"{method} {found.study_area.words}", className="caution")
    said = html.P(f"{say('hotspots.answer.not_danger')} {source} {vintage}", className="caution")
    return [folded(say("questions.how"), how), said]
