"""The form that chooses a sector: three ways, each with its own fields; sent as an address, without a script."""

from collections.abc import Mapping

from markupsafe import Markup

from data.sectors import LARGEST_KM, area_names
from data.thresholds import THRESHOLDS
from layouts.markup import el
from layouts.sector_words import THRESHOLD

WAYS = {"area": "A country", "place": "A place and a radius", "polygon": "A polygon"}
POLYGON_HINT = "longitude,latitude; one corner after the other, joined by semicolons"


def sector_form(filled: Mapping[str, str], kept: Mapping[str, str]) -> Markup:
    """Return the form, filled in as it was sent; ``kept`` is what else the address states and goes on stating."""
    chosen = next(
        (way for way in WAYS if filled.get("by") == way or (not filled.get("by") and filled.get(way))), "place"
    )
    at = filled.get("at", "")
    where = el(
        "fieldset", el("legend", "Where"),
        _way("area", chosen), _countries(filled.get("area", "")),
        _way("place", chosen),
        el("div", _field("place", "Town", filled.get("place", "") or at, maxlength="100", placeholder="Lampedusa"),
           _field("radius_km", "Radius, km", filled.get("radius_km", "100"), inputmode="decimal", size="6"),
           class_="pair"),
        el("p", f"A town of 1,000 people or more, or longitude,latitude. 1 to {LARGEST_KM:g} km.", class_="hint"),
        _way("polygon", chosen), _polygon(filled.get("polygon", "")),
    )  # fmt: skip
    since = _field("since", "First day, such as 2025-01-31", filled.get("since", ""), maxlength="10")
    limits = [
        _field(f"{name}_above", THRESHOLD[name], filled.get(f"{name}_above", ""), inputmode="numeric", maxlength="8")
        for name in THRESHOLDS
    ]
    hidden = [el("input", type="hidden", name=name, value=value) for name, value in sorted(kept.items())]
    return el(
        "form", el("h2", "Choose a sector"), where,
        el("fieldset", el("legend", "What is new since"), since),
        el("fieldset", el("legend", "Planning thresholds"), *limits,
           el("p", "Leave empty what you do not plan by. Counts need a chosen route.", class_="hint")),
        *hidden, el("button", "Show the sector", class_="button primary", type="submit"),
        action="/sector", method="get", id="choose", class_="choose", aria_label="Choose a sector",
    )  # fmt: skip


def _way(way: str, chosen: str) -> Markup:
    mark = el("input", type="radio", name="by", value=way, checked=way == chosen)
    return el("label", mark, WAYS[way], class_="way")


def _field(name: str, label: str, value: str, **more: str) -> Markup:
    return el("label", el("span", label), el("input", name=name, value=value, type="text", autocomplete="off", **more),
              class_="field")  # fmt: skip


def _countries(chosen: str) -> Markup:
    options = [
        el("option", label, value=shape, selected=chosen in (shape, label)) for shape, label in area_names().items()
    ]
    return el("label", el("span", "Country"), el("select", el("option", "", value=""), *options, name="area"),
              class_="field")  # fmt: skip


def _polygon(value: str) -> Markup:
    area = el("textarea", value, name="polygon", rows="3", spellcheck="false", aria_describedby="polygon-hint")
    return el("div", el("label", el("span", "Corners"), area, class_="field"),
              el("p", POLYGON_HINT, class_="hint", id="polygon-hint"))  # fmt: skip
