"""Writes GML of search-and-rescue regions as GISIS does. What is invented lies on land: in the Sahara."""

from collections.abc import Sequence
from pathlib import Path

Corners = Sequence[tuple[float, float]]
SQUARE: Corners = ((5, 23), (7, 23), (7, 25), (5, 25), (5, 23))
EAST: Corners = ((6, 23), (9, 23), (9, 25), (6, 25), (6, 23))  # half of SQUARE, and beyond
HOLE: Corners = ((5.5, 23.5), (5.5, 24), (6, 24), (6, 23.5), (5.5, 23.5))
COMMENT = "// GML data generated from GISIS COMSAR module //\nRCC: {rcc}\nDate: {day} 14:15:12\n"


def ring(corners: Corners, kind: str = "exterior", attributes: str = "") -> str:
    """Return a ring; each corner is written in the order given."""
    numbers = " ".join(f"{x} {y}" for x, y in corners)
    return f"<gml:{kind}><gml:LinearRing{attributes}><gml:posList>{numbers}</gml:posList></gml:LinearRing></gml:{kind}>"


def polygon(description: str = "An area", *rings: str, attributes: str = "") -> str:
    """Return a polygon, a square where no rings are given."""
    drawn = "".join(rings or (ring(SQUARE),))
    return (
        f"<gml:Polygon{attributes}><gml:description>{description}</gml:description>{drawn}</gml:Polygon>"
        if description else f"<gml:Polygon{attributes}>{drawn}</gml:Polygon>"
    )  # fmt: skip


def gml(*polygons: str, rcc: str = "Sandport", day: str = "2026-04-07", before: str = "", attributes: str = "") -> str:
    """Return a file; no comment where ``rcc`` is blank."""
    comment = f"<!--{COMMENT.format(rcc=rcc, day=day)}-->" if rcc else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}{comment}<gml:MultiSurface{attributes} gml:id="RCCAreas" '
        f'xmlns:gml="http://www.opengis.net/gml/3.2"><gml:surfaceMembers>{"".join(polygons)}</gml:surfaceMembers>'
        "</gml:MultiSurface>"
    )


def written_gml(folder: Path, text: str, name: str = "sand.gml") -> Path:
    """Return the path of a file with this text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
