"""Lines in cells: shares of length along the great circle, exact and complete."""

from itertools import pairwise

import h3
import numpy as np
import pytest

from geo.cells import cell_text
from geo.map.segments import cell_shares, length_km

LINES = [
    [(12.08, 32.93), (13.0, 34.3), (12.6, 35.5)],
    [(178.5, -17.0), (-178.0, -16.0)],
    [(-118.0, 32.0), (20.0, 78.0)],
    [(0.0, 64.7), (20.0, 64.7)],
]


def unit(longitude: float, latitude: float) -> np.ndarray:
    lon, lat = np.radians(longitude), np.radians(latitude)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def along(start: tuple[float, float], end: tuple[float, float], count: int) -> list[tuple[float, float]]:
    """Return points at equal steps along the great circle as (latitude, longitude)."""
    a, b = unit(*start), unit(*end)
    angle = np.arccos(np.clip(a @ b, -1, 1))
    steps = (np.arange(count) + 0.5) / count * angle
    points = (np.sin(angle - steps)[:, None] * a + np.sin(steps)[:, None] * b) / np.sin(angle)
    return [(float(np.degrees(np.arcsin(z))), float(np.degrees(np.arctan2(y, x)))) for x, y, z in points]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("resolution", [1, 3, 4])
def test_shares_sum_to_one_and_agree_with_dense_points(line: list[tuple[float, float]], resolution: int) -> None:
    shares = {cell_text(cell): share for cell, share in cell_shares(line, resolution=resolution)}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
    total = length_km(line)
    sampled: dict[str, float] = {}
    for start, end in pairwise(line):
        weight = length_km([start, end]) / total / 4000
        for latitude, longitude in along(start, end, 4000):
            cell = h3.latlng_to_cell(latitude, longitude, resolution)
            sampled[cell] = sampled.get(cell, 0) + weight
    wrong = sum(abs(shares.get(cell, 0) - sampled.get(cell, 0)) for cell in shares.keys() | sampled.keys()) / 2
    assert wrong < 0.0002 * len(shares) + 0.001  # the sampling's own step


@pytest.mark.parametrize("line", LINES)
def test_direction_does_not_matter(line: list[tuple[float, float]]) -> None:
    there, back = (dict(cell_shares(points, resolution=3)) for points in (line, line[::-1]))
    assert there == pytest.approx(back, abs=1e-9)
