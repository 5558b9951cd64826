"""The question "Near which route lines?": the half-width that is chosen, and the answer in words, bars and a table."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html

from data.corridors import DEFAULT_KM, WITHIN_KM
from data.vintage import Vintage
from layouts import text
from layouts.figures.corridors import corridor_bars
from layouts.questions.parts import asked_text, drawn, folded
from layouts.tables import packed

BARS: Final = 12


def form(vintage: Vintage) -> list[Any]:
    """Return the choice: within how many km of a line."""
    del vintage
    return [asked_text(f"Within, km ({WITHIN_KM[0]} to {WITHIN_KM[-1]})", "within_km", start=str(DEFAULT_KM))]


def answer(found: Mapping[str, Any], *, context: str, source: str, routes: Mapping[str, str]) -> list[Any]:
    """Return the answer; ``found`` is that of ``data.corridors``, ``routes`` names each route."""
    unit = text.MEASURE_UNIT[found["measure"]]
    some = [one for one in found["segments"] if one["value"]]
    head = html.H3(found["sentence"])
    shown = [head, html.P(context, className="muted")]
    if some:
        bars = corridor_bars([one["name"] or one["segment_id"] for one in some[:BARS]],
                             [one["value"] for one in some[:BARS]], unit=unit,
                             is_demonstration=found["is_demonstration"])  # fmt: skip
        shown += [
            html.H4(f"{min(BARS, len(some))} of {len(some)} route lines with the most, within {found['within_km']} km"),
            drawn(bars, kind="corridor-bars", height=54 + 27 * min(BARS, len(some))),
        ]
    cautions = " ".join((*found["caution"], source, f"Vintage {found['vintage']}."))
    rows = folded("Every route line, as a table", _table(found, unit, routes))
    return [*shown, rows, html.P(cautions, className="caution")]


def _table(found: Mapping[str, Any], unit: str, routes: Mapping[str, str]) -> html.Div:
    """Return every line, then what is near none and what is not located, and the total (RULES C5)."""
    heads = ["Route line", "Route", f"{text.MEASURE[found['measure']]}", "Per 100 km", "Incidents",
             "Filed under another route"]  # fmt: skip
    rows = [
        [one["name"] or one["segment_id"], routes.get(one["route"], one["route"] or "–"), one["value"],
         one["per_100_km"], one["incidents"], one["other_route"]]
        for one in found["segments"]
    ]  # fmt: skip
    rest = [
        ["Near no line", "–", found["off"], None, None, None],
        ["Not located", "–", found["not_located"], None, None, None],
        ["Total", "–", found["total"], None, None, None],
    ]
    return packed(f"{text.MEASURE[found['measure']]} by route line ({unit})", heads, [*rows, *rest], words=2)
