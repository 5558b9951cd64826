"""The answer to "Where was more recorded than around?"."""

from collections.abc import Mapping
from typing import Any, Final

from callbacks.hotspots import asked, ranking_kept_in
from callbacks.page import source_words
from callbacks.reading import coverage
from data.errors import QueryError
from data.selection import Selection
from data.store import Store
from data.study import COUNTED, OFFERED, Question
from data.vintage import Vintage
from geo.study_areas import study_areas
from layouts import text
from layouts.questions import hotspots as layout

DEFAULT_AREA: Final = "mediterranean"
AREA_OF_ROUTE: Final = {
    "western-africa-atlantic": "atlantic-west-africa",
    "sahara-desert-crossing": "sahara",
    "us-mexico-border-crossing": "us-mexico-border",
    "central-america-to-us": "central-america-darien",
    "darien": "central-america-darien",
    "horn-of-africa-to-yemen": "horn-of-africa-yemen",
    "eastern-route-ehoa": "horn-of-africa-yemen",
    "afghanistan-to-iran": "iran-afghanistan",
    "iran-to-turkiye": "iran-afghanistan",
    "western-balkans": "europe-by-land",
    "turkiye-europe-land-route": "europe-by-land",
    "belarus-eu-border": "europe-by-land",
    "italy-to-france": "europe-by-land",
    "bay-of-bengal-andaman-sea": "south-east-asia",
    "malaysia-to-indonesia": "south-east-asia",
    "caribbean-to-us": "caribbean",
    "caribbean-to-central-america": "caribbean",
    "dominican-republic-to-puerto-rico": "caribbean",
    "venezuela-to-caribbean": "caribbean",
}
AREA_OF_REGION: Final = {
    "central-america": "central-america-darien",
    "north-america": "us-mexico-border",
    "south-eastern-asia": "south-east-asia",
    "europe": "europe-by-land",
    "northern-africa": "sahara",
    "eastern-africa": "horn-of-africa-yemen",
    "western-africa": "atlantic-west-africa",
}


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the answer."""
    del store
    area = _option(options, "area", ("", *study_areas())) or area_of(selection)
    size = int(_option(options, "size", tuple(map(str, OFFERED))))
    measure = _option(options, "counted", tuple(COUNTED))
    is_emerging = _option(options, "patterns", ("no", "yes")) == "yes"
    plain = Selection()
    chosen = selection.but(size=size, zoomed=plain.zoomed, measure=plain.measure, flow=plain.flow, step=plain.step,
                           layers=plain.layers, cell=None, view=None)  # fmt: skip
    found = asked(vintage, Question(chosen, area, measure, is_emerging))
    by = chosen.but(measure=COUNTED[measure])
    kept = {
        other: ranking_kept_in(vintage, Question(chosen.but(size=other), area, measure))
        for other in sorted(OFFERED)
        if other != Selection().zoomed
    }
    if size != Selection().zoomed:
        kept = {size: kept[size]}
    context = text.sentence(by, found["total"], vintage.names, coverage(vintage, selection).row(0))
    return layout.answer(found, context=context, source=source_words(vintage, selection), kept=kept,
                         query=file_query(chosen, area, measure, is_emerging=is_emerging))  # fmt: skip


def file_query(selection: Selection, area: str, measure: str, *, is_emerging: bool) -> str | None:
    """Return what the files of an answer are asked by, as ``/api/v1/hotspots`` is; None where a region is chosen.

    ``region`` is a study area there, so that a file cannot keep the region of the selection.
    """
    if selection.regions:
        return None
    kept = selection.but(size=None).to_query()
    own = f"region={area}&resolution={selection.resolution}&measure={measure}&emerging={'yes' if is_emerging else 'no'}"
    return f"{own}&{kept}" if kept else own


def area_of(selection: Selection) -> str:
    """Return the study area that the selection's route or region names, else the Mediterranean."""
    known = {name: name for name in study_areas()}
    for names, table in ((selection.routes, AREA_OF_ROUTE), (selection.regions, AREA_OF_REGION)):
        areas = {(known | table).get(name, DEFAULT_AREA) for name in names}
        if len(areas) == 1:
            return areas.pop()
    return DEFAULT_AREA


def _option(options: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return what is chosen of a list, the first by default; raise QueryError at anything else."""
    given = options.get(name, allowed[0])
    if given not in allowed:
        known = ", ".join(one for one in allowed if one)
        raise QueryError(f"'{name}' is one of {known}; found '{given[:60]}'.", parameter=name)
    return given
