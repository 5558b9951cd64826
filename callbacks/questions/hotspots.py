"""The answer to "Where was more recorded than around?"."""

from collections.abc import Mapping
from typing import Final

from dash.development.base_component import Component

from callbacks.api.answers.hotspots import answer_to, ranking_kept_in
from callbacks.view.view_model import view_model
from data.counting.coverage import not_covered
from data.counting.engine import coverage
from data.hotspots.request import COUNTED, OFFERED, Question
from data.query.questions import OPTIONS_OF
from data.query.questions import chosen as options_chosen
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.areas.study_areas import study_areas
from layouts.questions import hotspots as layout
from layouts.text import page as text

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


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the answer."""
    del store
    own = options_chosen(options, *OPTIONS_OF["hotspots"].values())
    area, size, measure = own["study_area"] or area_of(selection), int(own["size"]), own["counted"]
    is_emerging = own["patterns"] == "yes"
    chosen = selection.only("incidents", "data").replace(resolution_chosen=size)
    found = answer_to(vintage, Question(chosen, area, measure, is_emerging))
    by = chosen.replace(measure=COUNTED[measure])
    kept = {
        other: ranking_kept_in(vintage, Question(chosen.replace(resolution_chosen=other), area, measure))
        for other in sorted(OFFERED)
        if other != Selection().resolution_by_zoom
    }
    if size != Selection().resolution_by_zoom:
        kept = {size: kept[size]}
    context = text.sentence(
        by, found.total, vintage.names, coverage(vintage, selection).row(0), absent=not_covered(vintage, selection)
    )
    return layout.answer(found, context=context, source=view_model(vintage, selection).source_words, kept=kept,
                         query=file_query(chosen, area, measure, is_emerging=is_emerging))  # fmt: skip


def file_query(selection: Selection, area: str, measure: str, *, is_emerging: bool) -> str:
    """Return what the files of an answer are asked by, as ``/api/v1/hotspots`` is."""
    kept = selection.replace(resolution_chosen=None).to_query()
    emerging = "yes" if is_emerging else "no"
    own = f"study_area={area}&resolution={selection.resolution}&measure={measure}&emerging={emerging}"
    return f"{own}&{kept}" if kept else own


def area_of(selection: Selection) -> str:
    """Return the study area that the selection's route or region names, else the Mediterranean."""
    known = {name: name for name in study_areas()}
    for names, table in ((selection.routes, AREA_OF_ROUTE), (selection.regions, AREA_OF_REGION)):
        areas = {(known | table).get(name, DEFAULT_AREA) for name in names}
        if len(areas) == 1:
            return areas.pop()
    return DEFAULT_AREA
