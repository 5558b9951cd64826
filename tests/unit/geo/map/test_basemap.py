"""The basemap: known names, nothing endorsed by a label, lines in dispute dashed, and every request our own."""

import json
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from shapely.geometry import shape

from geo.map import basemap


def names() -> set[str]:
    return {feature["properties"]["name"] for feature in json.loads(basemap.content("places"))["features"]}


def test_names_are_those_of_the_table() -> None:
    shown = names()
    assert {"Türkiye", "North Macedonia", "Western Sahara", "South Sudan"} <= shown
    assert not {"Turkey", "N. Cyprus", "Somaliland", "W. Sahara", "Siachen Glacier"} & shown


@pytest.mark.rule("P7")
def test_lines_in_dispute_are_in_a_layer_of_their_own_that_is_dashed() -> None:
    style = basemap.map_style()
    dashed = next(layer for layer in style["layers"] if layer["id"] == "disputed")
    assert dashed["paint"]["line-dasharray"]
    disputed = {f["properties"]["name"] for f in json.loads(basemap.content("disputed"))["features"]}
    assert {"Western Sahara", "Abyei", "Jammu and Kashmir", "Kosovo", "Golan"} <= disputed
    assert {name for name, _, _ in json.loads(basemap.content("borders"))} == {""}


def test_the_style_asks_nobody_else() -> None:
    assert "http" not in json.dumps(basemap.map_style())
    assert "glyphs" not in basemap.map_style()


def test_another_file_is_not_there() -> None:
    with pytest.raises(KeyError):
        basemap.content("../disputed.csv")


@pytest.mark.parametrize(
    ("longitude", "latitude", "words"),
    [(12.487, 32.793, "Libya"), (14.5, 35.9, "Malta"), (26.55, 39.1, "Lesbos|Mytilene|Greece|Türkiye")],
)
def test_a_place_is_named_by_the_nearest_town(longitude: float, latitude: float, words: str) -> None:
    assert any(word in basemap.nearest_place(longitude=longitude, latitude=latitude) for word in words.split("|"))


def test_a_far_place_has_a_distance_and_a_direction() -> None:
    assert (
        basemap.nearest_place(longitude=-150, latitude=-40)
        .split(" of ")[0]
        .endswith(("north", "south", "east", "west"))
    )


def test_no_shape_of_land_crosses_the_antimeridian_or_itself() -> None:
    land = json.loads((basemap.FILES / "land.json").read_text("utf-8"))["features"]
    areas = {feature["properties"]["name"]: shape(feature["geometry"]) for feature in land}
    steps = [
        np.abs(np.diff(np.array(part.exterior.coords)[:, 0])).max() for area in areas.values() for part in area.geoms
    ]
    assert max(steps) < 90
    assert [name for name, area in areas.items() if not all(part.is_valid for part in area.geoms)] == []
    assert areas["Fiji"].area == pytest.approx(1.56, abs=0.05)


@pytest.mark.parametrize("name", basemap.PACKED)
def test_what_is_packed_comes_back_point_by_point(name: str) -> None:
    def points(steps: list[Any]) -> list[Any]:
        if isinstance(steps[0], list):
            return [points(part) for part in steps]
        x, y = accumulate(steps[::2]), accumulate(steps[1::2])
        return [[a / 100, b / 100] for a, b in zip(x, y, strict=True)]

    original = json.loads((basemap.FILES / f"{name}.json").read_text("utf-8"))["features"]
    sent = json.loads(basemap.content(name))
    assert len(sent) == len(original) > 100
    for (title, kind, steps), feature in zip(sent, original, strict=True):
        assert (title, kind) == (feature["properties"]["name"], feature["geometry"]["type"])
        assert points(steps) == feature["geometry"]["coordinates"]
