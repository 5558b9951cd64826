"""Every figure in every size and format: it opens, says what it must, and nothing is cut off or written over."""

import io
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from data.counting.classes import class_names
from data.model.notices import say
from layouts.figures import theme
from layouts.figures.map import TOLL_FLOORS
from layouts.pictures import fonts
from layouts.pictures.description import QUIET, SIZES, Picture
from layouts.pictures.frame import framed
from layouts.pictures.map import Ground, scale_km
from layouts.pictures.write import SETTINGS, draw, write
from tests.harness.small_pictures import a_map, a_series, words

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = ("map", "series")
ALL = [(figure, size) for figure in FIGURES for size in SIZES]
LEGEND = {"map": ("1–4", "300 or more", "one event is more than half", "number not reported", "people, at least",
                  "chosen cell", "only the area is known", "people who arrived"),
          "series": ("dead", "missing, presumed dead", "no figure", "Detections, not persons", "2016")}  # fmt: skip


@lru_cache(maxsize=2)
def picture(figure: str) -> Picture:
    return a_map() if figure == "map" else a_series()


@lru_cache(maxsize=32)
def written(figure: str, size: str, kind: str) -> bytes:
    return write(picture(figure), size=size, kind=kind)


def joined(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def svg_text(content: bytes) -> str:
    root = ET.fromstring(content)  # noqa: S314 — drawn here
    return joined(" ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text")))


def said_in(text: str, figure: str) -> list[str]:
    wanted = [words().title, "214 not placed on the map", "CC BY 4.0", "29 April 2025", "v000007",
              say("statement.scope"), say("statement.demonstration"), "read each as “at least”", *LEGEND[figure]]  # fmt: skip
    wanted += [say("statement.boundaries"), "GeoNames", "km at"] if figure == "map" else []
    return [one for one in wanted if one not in text]


@pytest.mark.parametrize(("figure", "size"), ALL)
def test_a_png_opens_in_its_size_and_its_picture_is_not_blank(figure: str, size: str) -> None:
    image = Image.open(io.BytesIO(written(figure, size, "png"))).convert("RGB")
    expected = {"article": (1200, 675), "square": (1080, 1080), "story": (1080, 1920), "a4": (1240, 1754)}
    assert image.size == expected[size]
    blocks = getattr(picture(figure), "blocks", ())
    box, per = framed(SIZES[size], picture(figure).words, blocks).box, image.width / SIZES[size].width
    inside = image.crop(tuple(int(side * per) for side in (box.left, box.top, box.left + box.wide, box.top + box.high)))
    colors = {color for _, color in inside.getcolors(1 << 22) or ()}
    wanted = (theme.SEA, theme.TOLL[5], theme.ARRIVED) if figure == "map" else (theme.INTERCEPTED, theme.ARRIVED)
    near = [min(sum(abs(a - b) for a, b in zip(color, _rgb(one), strict=True)) for color in colors) for one in wanted]
    assert max(near) < 60, "each of the picture's colours is in it"
    assert len(colors) > 50


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.parametrize(("figure", "size"), ALL)
def test_an_svg_says_everything_as_text_and_draws_paths(figure: str, size: str) -> None:
    content = written(figure, size, "svg")
    assert said_in(svg_text(content), figure) == []
    root = ET.fromstring(content)  # noqa: S314 — drawn here
    assert sum(len(one.attrib.get("d", "")) for one in root.iter(f"{SVG}path")) > 2_000
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == picture(figure).words.title
    assert root.findtext(f"{SVG}desc") == picture(figure).words.alternative
    assert "data:font/woff2;base64," in content.decode()
    assert not list(root.iter(f"{SVG}image")), "no part of it is a picture of pixels"


@pytest.mark.parametrize(("figure", "size"), ALL)
def test_a_pdf_says_everything_as_text_in_type_that_travels(figure: str, size: str) -> None:
    reader = PdfReader(io.BytesIO(written(figure, size, "pdf")))
    assert said_in(joined(reader.pages[0].extract_text()), figure) == []
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == (
        picture(figure).words.title, picture(figure).words.alternative,
    )  # fmt: skip
    assert "/CreationDate" not in reader.metadata
    if size == "a4":
        wide, high = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
        assert (float(wide), float(high)) == pytest.approx((595.28, 841.89), abs=0.2)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_picture_is_the_same_bytes(figure: str, kind: str) -> None:
    assert write(picture(figure), size="square", kind=kind) == written(figure, "square", kind)


def test_a_png_carries_its_description() -> None:
    image = Image.open(io.BytesIO(written("map", "article", "png")))
    assert image.info["Title"] == words().title
    assert image.info["Description"] == picture("map").words.alternative


def test_a_scale_multiplies_the_pixels() -> None:
    content = write(a_series(), size="article", kind="png", scale=3)
    assert struct.unpack(">II", content[16:24]) == (3600, 2025)


LONG = "At least 12,345 people died or went missing " + "on the route from Here to There and Everywhere Else " * 4
HARD = [("map", {}), ("series", {}), ("map", {"title": LONG, "long": 4}), ("series", {"title": LONG, "long": 4}),
        ("map", {"title": "نساء وأطفال " * 12 + "漢字 $x_1$ " * 3, "mark": ""})]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("figure", "how"), HARD)
def test_no_text_is_cut_off_or_over_another(figure: str, how: dict[str, object], size: str) -> None:
    told = words(is_map=figure == "map", **how)  # type: ignore[arg-type]
    with mpl.rc_context(SETTINGS):
        sheet = draw(a_map(told=told) if figure == "map" else a_series(told=told), SIZES[size])
        renderer = FigureCanvasAgg(sheet.figure).get_renderer()
        boxes = [(one, one.get_window_extent(renderer)) for one in sheet.axes.texts if isinstance(one, Text)]
    wide, high = sheet.figure.bbox.width, sheet.figure.bbox.height
    for one, box in boxes:
        assert box.x0 >= 0.4 * SIZES[size].margin, one.get_text()
        assert box.x1 <= wide - 0.9 * SIZES[size].margin, one.get_text()
        assert 0 <= box.y0 < box.y1 <= high, one.get_text()
    for (one, box), (other, second) in combinations(boxes, 2):
        across = min(box.x1, second.x1) - max(box.x0, second.x0)
        down = min(box.y1, second.y1) - max(box.y0, second.y0)
        assert not (across > 1 and down > 0.3 * min(box.height, second.height)), (one.get_text(), other.get_text())


def test_markup_in_a_publishers_words_stays_words() -> None:
    told = words(title="<script>alert(1)</script> & <a href='javascript:x'>died</a>\u202e\x00.")
    content = write(a_map(told=told), size="article", kind="svg").decode()
    assert "<script" not in content
    assert "<a " not in content
    assert "<script>alert(1)</script> & <a href='javascript:x'>died</a>." in svg_text(content.encode())


def test_letters_that_the_font_lacks_become_a_sign_and_arabic_stays() -> None:
    assert fonts.plain("漢 طرابلس\n Αθήνα\u200f") == "\ufffd طرابلس Αθήνα"
    assert write(a_series(told=words(is_map=False, title="طرابلس 漢字 $broken_{")), size="square", kind="pdf")


def test_a_cell_over_180_degrees_is_on_both_sides_of_a_world() -> None:
    ring = np.array([[179.0, 0.0], [-179.0, 0.0], [-179.0, 2.0], [179.0, 2.0], [179.0, 0.0]])
    box = framed(SIZES["article"], words(), ()).box
    ground = Ground(box, (0.0, 0.0, 0.0), 1.0)
    copies = ground.copies(ring)
    assert len(copies) == 2
    assert all(np.ptp(one[:, 0]) < 0.01 * ground.world for one in copies)
    assert abs(copies[1][0, 0] - copies[0][0, 0]) == pytest.approx(ground.world)


def test_the_middle_of_a_view_is_the_middle_of_its_box() -> None:
    box = framed(SIZES["square"], words(), ()).box
    ground = Ground(box, (14.0, 36.0, 4.0), 1.0)
    (dot,) = ground.copies(np.array([[14.0, 36.0]]))
    assert dot[0] == pytest.approx((box.left + box.wide / 2, box.top + box.high / 2))
    assert ground.world == pytest.approx(512 * 16)


def test_a_scale_bar_is_a_kilometre_long_where_the_map_is() -> None:
    box = framed(SIZES["article"], words(), ()).box
    ground = Ground(box, (14.0, 36.0, 4.0), 1.0)
    (line,) = ground.copies(np.array([[14.0, 36.0], [15.0, 36.0]]))
    km = 111.195 * np.cos(np.radians(36))
    assert (line[1, 0] - line[0, 0]) / km == pytest.approx(ground.km_to_units(), rel=1e-3)
    assert (scale_km(0.13, 160), scale_km(2.0, 300)) == (1000, 100)


def test_many_words_are_set_smaller_and_leave_the_picture_its_room() -> None:
    for size in SIZES.values():
        frames = [framed(size, words(title=title, long=long), ()) for title, long in (("Short.", 1), (LONG, 4))]
        assert frames[0].factor == 1.0
        assert frames[1].factor <= 1.0
        assert all(frame.box.high >= size.least * size.height for frame in frames)


@pytest.mark.parametrize("figure", FIGURES)
def test_a_quiet_picture_keeps_its_legend_and_leaves_its_title_and_sources_to_the_sheet(figure: str) -> None:
    drawn = write(picture(figure), size=f"quiet-{figure}", kind="svg").decode()
    shown = drawn[drawn.index("</style>") :]
    said = picture(figure).words
    assert said.title in drawn  # for those who do not see it
    assert said.title not in shown
    assert all(part not in shown for part in (*said.terms, *said.sources))
    keys = [block.name for block in getattr(picture(figure), "blocks", ())] or ["People"]
    assert all(key in shown for key in keys)
    assert f"quiet-{figure}" not in SIZES


def test_no_number_of_a_narrow_legend_is_broken() -> None:
    shown = a_map()
    drawn = draw(replace(shown, blocks=(shown.blocks[0], shown.blocks[2])), QUIET["narrow-map"])
    found = [text.get_text() for text in drawn.axes.texts]
    assert [name for name in class_names(TOLL_FLOORS)[:5] if name not in found] == []
    assert [one for one in found if one.endswith((",", "–"))] == []
