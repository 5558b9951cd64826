"""The layers of any file of lines, by its kind."""

from pathlib import Path
from typing import Any

from data.readers.drawn_routes import read_drawn_routes
from data.readers.geojson_lines import read_geojson
from data.readers.geopackage_lines import read_geopackage
from data.readers.json_text import read_json
from data.readers.kml_lines import read_kml, read_kmz
from data.readers.line_layers import Layer, check_size
from data.readers.shapefile_lines import read_shapefile, read_zipped_shapefiles
from data.readers.sniff import FileKind


def read_layers(path: Path, kind: FileKind) -> list[Layer]:
    """Return every layer of a file of lines; raise DataError where it is refused whole."""
    if kind in ("geojson", "route-lines"):
        content: Any = read_json(path)
        layers = read_geojson(path, content) if kind == "geojson" else read_drawn_routes(content, file=path.name)
    elif kind == "gpkg":
        layers = read_geopackage(path)
    elif kind in ("kml", "kmz"):
        layers = read_kml(path) if kind == "kml" else read_kmz(path)
    else:
        layers = read_shapefile(path) if kind == "shapefile" else read_zipped_shapefiles(path)
    check_size(layers, file=path.name)
    return layers
