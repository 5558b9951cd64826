"""The lattice of H3's faces, against H3 itself at points all over the globe."""

import numpy as np
import pytest

from geo.cells import ancestors, cells_of_points
from geo.sphere.great_circle import degrees_of
from geo.sphere.lattice import FINEST, NUMBERS, face_of, faces, numbered, on_globe


def all_over(count: int) -> np.ndarray:
    vectors = np.random.default_rng(3).normal(size=(count, 3))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def on_its_plane(vectors: np.ndarray, face: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    some = faces()
    depth, x, y = (np.einsum("ij,ij->i", vectors, axis[face]) for axis in (some.middle, some.ahead, some.aside))
    return x / depth, y / depth


@pytest.mark.parametrize("resolution", range(FINEST + 1))
def test_no_number_stands_for_two_ancestors_and_every_ancestor_has_one(resolution: int) -> None:
    vectors = all_over(200_000)
    face, _ = face_of(vectors)
    number = numbered(*on_its_plane(vectors, face), face, resolution=resolution)
    degrees = degrees_of(vectors)
    stored = cells_of_points(latitude=degrees[:, 1], longitude=degrees[:, 0], resolution=7)
    cell = ancestors(stored, resolution=resolution)
    pairs = np.unique(np.column_stack((number, cell)), axis=0)
    assert np.unique(pairs[:, 0]).size == pairs.shape[0]  # a cell across two faces has a number on each
    assert np.unique(pairs[:, 1]).size == np.unique(cell).size
    assert 0 <= number.min() <= number.max() < NUMBERS


def test_the_faces_are_twenty_and_a_point_comes_back_from_its_plane() -> None:
    vectors = all_over(5_000)
    face, from_edge = face_of(vectors)
    assert np.unique(face).tolist() == list(range(20))
    back = on_globe(*on_its_plane(vectors, face), face)
    assert np.abs(back / np.linalg.norm(back, axis=1, keepdims=True) - vectors).max() < 1e-12
    assert (from_edge >= 0).all()
    assert from_edge.max() == pytest.approx(0.3649, abs=0.01)  # the middle of a face is 20.9 degrees from its edges


def test_a_point_moved_by_less_than_its_way_to_the_edge_stays_on_its_face() -> None:
    vectors = all_over(20_000)
    face, from_edge = face_of(vectors)
    aside = np.cross(vectors, all_over(20_001)[1:])
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    by = (0.999 * from_edge)[:, None]
    again, _ = face_of(np.cos(by) * vectors + np.sin(by) * aside)
    assert (again == face).all()
