"""What the first answer of a worker would wait for, read beside as it starts."""

from callbacks.questions.hotspots import DEFAULT_AREA
from data.query.selection import Selection
from geo.areas.study_areas import area_cells
from geo.map.basemap import nearest_place
from geo.map.gazetteer import towns_named


def warm() -> None:
    """Read shapes of land, places and towns, and the cells of the study area that is asked first."""
    area_cells(DEFAULT_AREA, Selection().resolution)
    nearest_place(longitude=12.6, latitude=35.5)
    towns_named("Lampedusa")
