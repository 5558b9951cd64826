"""The basemap: known names, nothing endorsed by a label, lines in dispute dashed, and every request our own."""

import json

import pytest

from geo import basemap


def names() -> set[str]:
    return {feature["properties"]["name"] for feature in json.loads(basemap.content("places"))["features"]}


def test_names_are_those_of_the_table() -> None:
    shown = names()
    assert {"Türkiye", "North Macedonia", "Western Sahara", "South Sudan"} <= shown
    assert not {"Turkey", "N. Cyprus", "Somaliland", "W. Sahara", "Siachen Glacier"} & shown


def test_lines_in_dispute_are_in_a_layer_of_their_own_that_is_dashed() -> None:
    style = basemap.map_style()
    dashed = next(layer for layer in style["layers"] if layer["id"] == "disputed")
    assert dashed["paint"]["line-dasharray"]
    disputed = {f["properties"]["name"] for f in json.loads(basemap.content("disputed"))["features"]}
    assert {"Western Sahara", "Abyei", "Jammu and Kashmir", "Kosovo", "Golan"} <= disputed
    assert {f["properties"]["name"] for f in json.loads(basemap.content("borders"))["features"]} == {""}


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
