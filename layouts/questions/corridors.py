"""The question "Which route lines are the deaths near?": its half-width, and the answer in words, bars and a table."""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.hotspots.answer_model import CorridorsAnswer, CorridorSegment
from data.model.notices import say
from data.query.parameters import WITHIN_KM
from data.store.vintage import Vintage
from layouts.figures.corridors import corridor_bars
from layouts.parts.tables import packed_table
from layouts.questions.on_map import corridors_key, on_map
from layouts.questions.parts import asked_text, figure_panel, folded
from layouts.text import page as text

BARS: Final = 12


def form(vintage: Vintage) -> list[Component]:
    """Return the choice: within how many km of a line."""
    del vintage
    bounds = WITHIN_KM.schema
    label = say("corridors.within", least=bounds["minimum"], most=bounds["maximum"])
    return [asked_text(label, WITHIN_KM.name, start=str(WITHIN_KM.default))]


def answer(
    found: CorridorsAnswer, *, context: str, source: str, routes: Mapping[str, str], address: str
) -> list[Component]:
    """Return the answer; ``routes`` names each route, at ``address`` the map asks for what it shows."""
    unit = text.MEASURE_UNIT[found.measure]
    some = [(_name(one), one.value) for one in found.segments if one.value]
    shown: list[Component] = [html.H3(str(found.sentence)), html.P(context, className="muted")]
    shown.append(on_map(corridors_key(within_km=found.within_km), back=say("on_map.back"), corridors=address))
    if some:
        bars = corridor_bars([name for name, _ in some[:BARS]], [value for _, value in some[:BARS]], unit=unit,
                             is_demonstration=found.is_demonstration)  # fmt: skip
        lines = min(BARS, len(some))
        heading = say("corridors.heading", shown=lines, lines=len(some), within_km=found.within_km)
        shown += [html.H4(heading), figure_panel(bars, kind="corridor-bars", height=54 + 27 * lines)]
    vintage = say("corridors.vintage", vintage=found.vintage)
    cautions = " ".join((*map(str, found.caution), source, vintage))
    rows = folded(say("corridors.table.summary"), _table(found, unit, routes))
    return [*shown, rows, html.P(cautions, className="caution")]


def _name(one: CorridorSegment) -> str:
    return one.name or one.segment_id


def _table(found: CorridorsAnswer, unit: str, routes: Mapping[str, str]) -> html.Div:
    """Return every line, then what is near none and what is not located, and the total (RULES C5)."""
    measure = text.MEASURE[found.measure]
    heads = [say("corridors.table.line"), say("corridors.table.route"), measure, say("corridors.table.per_100_km"),
             say("corridors.table.incidents"), say("corridors.table.other_route")]  # fmt: skip
    rows: list[list[str | float | None]] = [
        [_name(one), routes.get(one.route or "", one.route or "–"), one.value, one.per_100_km, one.incidents,
         one.other_route]
        for one in found.segments
    ]  # fmt: skip
    rest: list[list[str | float | None]] = [
        [say("corridors.table.off"), "–", found.off, None, None, None],
        [say("corridors.table.not_located"), "–", found.not_located, None, None, None],
        [say("corridors.table.total"), "–", found.total, None, None, None],
    ]
    return packed_table(say("corridors.table.caption", measure=measure, unit=unit), heads, [*rows, *rest], words=2)
