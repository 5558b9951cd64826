"""Search-and-rescue regions in GML: whose they are is said as published, and a shape without a part is never told."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.model.errors import DataError
from data.readers.coordinates import is_latitude_first
from data.readers.registry import read_file
from data.readers.result import ReadResult
from geo.areas.regions import region_of_rings
from tests.harness.gml import EAST, HOLE, SQUARE, gml, polygon, ring, written_gml

URN = "urn:ogc:def:crs:EPSG::4326"
TURNED = tuple((y, x) for x, y in SQUARE)


def read(folder: Path, text: str, name: str = "sand.gml", layout_id: str | None = None) -> ReadResult:
    (result,) = read_file(written_gml(folder, text, name), layout_id=layout_id)
    return result


def refusal(folder: Path, text: str) -> DataError:
    with pytest.raises(DataError) as refused:
        read_file(written_gml(folder, text))
    assert refused.value.file == "sand.gml"
    return refused.value


def outlines(result: ReadResult) -> list[list[list[list[float]]]]:
    found: list[list[list[list[float]]]] = result.frame["rings"].to_list()
    return found


def test_a_region_is_named_as_its_file_names_it(tmp_path: Path) -> None:
    row = read(tmp_path, gml(polygon("Sand SRR")), "NER-RCCAreas-12.gml").frame.row(0, named=True)
    assert (row["rcc"], row["name"], row["country"], row["region"]) == ("Sandport", "Sand SRR", "NER", "ner-sandport")
    assert (row["date_from"], row["date_to"]) == (date(2026, 4, 7), date(2026, 4, 7))
    assert row["rings"] == [[[float(x), float(y)] for x, y in SQUARE]]


@pytest.mark.parametrize("name", ["sand.gml", "ZZZ-RCCAreas-1.gml", "NER.gml"])
def test_a_country_is_told_from_no_other_file_name_and_never_from_the_outline(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, gml(polygon()), name).frame["country"].to_list() == [None]


def test_without_a_comment_the_description_names_the_centre(tmp_path: Path) -> None:
    result = read(tmp_path, gml(polygon("MRCC Sandport"), rcc=""))
    assert (result.frame["rcc"][0], result.frame["name"][0], result.frame["date_from"][0]) == (
        "MRCC Sandport",
        None,
        None,
    )
    assert any("does not say of which day" in note for note in result.notes)
    assert "whose region" in str(refusal(tmp_path, gml(polygon(""), rcc="")))


def test_holes_and_several_polygons_are_read(tmp_path: Path) -> None:
    text = gml(polygon("One", ring(SQUARE), ring(HOLE, "interior")), polygon("Two", ring(EAST)))
    result = read(tmp_path, text)
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 2, 0)
    assert [len(one) for one in outlines(result)] == [2, 1]
    shape = region_of_rings([[np.array(one) for one in rings] for rings in outlines(result)[:1]])
    assert shape.contains(np.array([5.7, 5.2]), np.array([23.7, 23.7])).tolist() == [False, True]


@pytest.mark.parametrize(
    ("system", "corners"),
    [
        (URN, TURNED), ("http://www.opengis.net/def/crs/EPSG/0/4326", TURNED), ("urn:ogc:def:crs:OGC:1.3:CRS84", SQUARE),
        ("EPSG:4326", SQUARE), ("http://www.opengis.net/gml/srs/epsg.xml#4326", SQUARE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["file", "polygon", "ring"])
def test_the_order_of_the_axes_is_that_of_the_system_that_is_named(
    tmp_path: Path, system: str, corners: tuple[tuple[float, float], ...], place: str
) -> None:
    named = f' srsName="{system}"'
    drawn = ring(corners, attributes=named if place == "ring" else "")
    text = gml(
        polygon("A", drawn, attributes=named if place == "polygon" else ""), attributes=named if place == "file" else ""
    )
    assert outlines(read(tmp_path, text))[0][0] == [[float(x), float(y)] for x, y in SQUARE]
    assert is_latitude_first(system) is (corners is TURNED)


def test_heights_are_left_out_and_positions_may_stand_alone(tmp_path: Path) -> None:
    heights = " ".join(f"{x} {y} 0" for x, y in SQUARE)
    alone = "".join(f"<gml:pos>{x} {y}</gml:pos>" for x, y in SQUARE)
    for inner in (f'<gml:posList srsDimension="3">{heights}</gml:posList>', alone):
        drawn = f"<gml:exterior><gml:LinearRing>{inner}</gml:LinearRing></gml:exterior>"
        assert outlines(read(tmp_path, gml(polygon("A", drawn))))[0][0] == [[float(x), float(y)] for x, y in SQUARE]


def test_a_ring_that_is_open_is_closed_and_said(tmp_path: Path) -> None:
    result = read(tmp_path, gml(polygon("A", ring(SQUARE[:-1]))))
    assert outlines(result)[0][0][-1] == [5, 23]
    assert any("it was closed" in note for note in result.notes)


def test_an_outline_that_crosses_itself_is_kept_and_its_place_is_said(tmp_path: Path) -> None:
    bow = ((5, 23), (7, 25), (7, 23), (5, 25), (5, 23))
    result = read(tmp_path, gml(polygon("A", ring(bow))))
    assert outlines(result)[0][0] == [[float(x), float(y)] for x, y in bow]
    assert any("Polygon 1: its outline crosses itself near 6.0000, 24.0000" in note for note in result.notes)
    shape = region_of_rings([[np.array(bow, dtype=np.float64)]])
    assert shape.contains(np.array([5.2, 6.8, 6.0]), np.array([24.0, 24.0, 24.9])).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        (
            ((5, 23), (7, 95), (7, 25), (5, 23)),
            "polygon 2 of its outline: position 2: found 7, 95, expected a latitude",
        ),
        (((5, 23), (7, 23), (400, 25), (5, 23)), "position 3: found 400, 25"),
        (((5, 23), (float("nan"), 23), (7, 25), (5, 23)), "position 2: found nan, 23"),
        (((5, 23), (7, 23), (5, 23)), "at least 4, three of them different"),
        (((5, 23), (6, 24), (7, 25), (5, 23)), "encloses nothing"),
        (((-90, 23), (90, 23), (90, 25), (-90, 23)), "half round the globe"),
        (((-120, 80), (0, 80), (120, 80), (-120, 80)), "round a pole"),
    ],
)
def test_a_shape_that_lies_nowhere_refuses_its_file_with_its_place(
    tmp_path: Path, corners: tuple[tuple[float, float], ...], words: str
) -> None:
    assert words in str(refusal(tmp_path, gml(polygon(), polygon("B", ring(corners)))))


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<gml:exterior><gml:Ring><gml:curveMember/></gml:Ring></gml:exterior>", "found Ring, expected one LinearRing"),
        ("<gml:exterior/>", "found nothing, expected one LinearRing"),
        (ring(SQUARE) + ring(SQUARE), "it has 2 outlines"),
        (ring(SQUARE, "interior"), "it has 0 outlines"),
        ("<gml:exterior><gml:LinearRing/></gml:exterior>", "found no posList"),
        (ring(SQUARE).replace("5 23", "5,0 23"), "found 5,0, expected numbers"),
        (ring(SQUARE).replace("</gml:posList>", " 1</gml:posList>"), "found 11 numbers"),
        (ring(SQUARE, attributes=' srsDimension="9"'), "found srsDimension 9"),
        (ring(SQUARE, attributes=' srsName="EPSG:0"'), "is not known"),
    ],
)
def test_what_is_written_otherwise_is_refused_with_what_was_found(tmp_path: Path, inner: str, words: str) -> None:
    assert words in str(refusal(tmp_path, gml(polygon("A", inner))))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('<gml:surfaceMember xlink:href="#other"/>', "found a link to #other"),
        (f"<gml:patches><gml:Rectangle>{ring(SQUARE)}</gml:Rectangle></gml:patches>", "found a Rectangle"),
        (f"<gml:patches><gml:Triangle>{ring(SQUARE[:4])}</gml:Triangle></gml:patches>", "found a Triangle"),
    ],
)
def test_a_part_that_is_no_polygon_is_never_left_out_in_silence(tmp_path: Path, part: str, words: str) -> None:
    text = gml(polygon("A"), part).replace("xmlns:gml=", 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:gml=', 1)
    error = refusal(tmp_path, text)
    assert (error.row, words in str(error)) == (2, True)


def test_two_centres_over_one_file_are_not_told_apart_by_a_guess(tmp_path: Path) -> None:
    error = refusal(tmp_path, gml(polygon("A"), rcc="MRCC One\nRCC: MRCC Two"))
    assert "names 2 centres, MRCC One, MRCC Two" in str(error)


def test_a_document_type_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert refusal(tmp_path, gml(polygon("&b;"), before=bomb)).code == "ENTITY"
    assert refusal(tmp_path, gml(polygon("&b;"))).code == "TRUNCATED"
    assert refusal(tmp_path, gml(polygon())[:-20]).code == "TRUNCATED"


def test_areas_of_which_nothing_says_that_they_are_such_regions_are_refused_unless_a_person_says_so(
    tmp_path: Path,
) -> None:
    other = gml(polygon("A SAR image of the sea"), rcc="").replace(' gml:id="RCCAreas"', "")
    error = refusal(tmp_path, other)
    assert (error.code, "--layout imo-sar-regions" in str(error)) == ("XML", True)
    assert read(tmp_path, other, layout_id="imo-sar-regions").accepted == 1
    assert refusal(tmp_path, gml()).code == "NO_ROWS"


@pytest.mark.rule("R9")
def test_a_name_that_holds_a_person_is_never_stored(tmp_path: Path) -> None:
    error = refusal(tmp_path, gml(polygon("Call +39 06 5908 4527, duty@mrcc.example")))
    assert (error.code, "5908" in str(error)) == ("PERSONAL_DATA", False)


@pytest.mark.parametrize("day", ["2026-13-40", "1066-10-14", "soon"])
def test_a_day_that_is_none_stands_undated(tmp_path: Path, day: str) -> None:
    result = read(tmp_path, gml(polygon(), day=day))
    assert result.frame["date_from"].to_list() == [None]
    assert any("stands undated" in note for note in result.notes)


def test_the_system_that_a_box_around_it_names_holds_for_a_polygon(tmp_path: Path) -> None:
    urn = 'srsName="urn:ogc:def:crs:EPSG::4326"'
    turned = ring([(y, x) for x, y in SQUARE])
    box = f"<gml:boundedBy><gml:Envelope {urn}/></gml:boundedBy>"
    text = gml(polygon("An area", turned)).replace("<gml:surfaceMembers>", f"{box}<gml:surfaceMembers>")
    assert outlines(read(tmp_path, text))[0][0] == [list(map(float, one)) for one in SQUARE]


def test_heights_that_are_not_stated_are_not_read_as_places(tmp_path: Path) -> None:
    threes = " ".join(f"{x} {y} 0" for x, y in SQUARE)
    inner = f"<gml:exterior><gml:LinearRing><gml:posList>{threes}</gml:posList></gml:LinearRing></gml:exterior>"
    assert "srsDimension" in str(refusal(tmp_path, gml(polygon("An area", inner))))


def test_a_corner_on_the_last_meridian_is_one(tmp_path: Path) -> None:
    pacific = [(170, 0), (180, 0), (180, -10), (170, -10), (170, 0)]
    assert len(outlines(read(tmp_path, gml(polygon("An area", ring(pacific)))))) == 1
