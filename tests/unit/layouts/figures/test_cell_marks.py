"""Every class of the cells is told from land and sea, and from its neighbours: in grey and by every eye (RULES P6)."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from geo.map.basemap import LAND, SEA
from layouts.figures import cell_marks as marks

ASSETS = Path(__file__).parents[4] / "layouts" / "assets"
LEAST_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: graphical objects
LEAST_STEP = 8.5  # OKLab × 100; about 5 is the smallest that is told apart in areas of a map
# Linear light as it is seen without one kind of cone (Viénot 1999 for the first two, Brettel 1997 in one plane).
EYES = {
    "every cone": np.eye(3),
    "deuteranopia": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
    "protanopia": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    "tritanopia": [[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911]],
    "greyscale": [[0.2126, 0.7152, 0.0722]] * 3,
}


def linear(color: str) -> np.ndarray:
    share = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def oklab(light: np.ndarray) -> np.ndarray:
    cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                      [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    axes = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                     [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    return axes @ np.cbrt(np.clip(cones @ light, 0, None))


def tokens_of(selector: str) -> dict[str, str]:
    """Return the colours that the stylesheets state for a theme, by name."""
    found = {}
    for name in ("tokens.css", "cells.css"):
        block = (ASSETS / name).read_text(encoding="utf-8").split(f"{selector} {{")[1].split("}")[0]
        found |= dict(re.findall(r"--([\w-]+): (#\w{6})", block))
    return found


def of_classes(tokens: dict[str, str], name: str) -> list[str]:
    return [tokens[f"{name}-{number}"] for number in range(1, 7)]


@pytest.fixture(params=[":root", ':root[data-theme="dark"]'], ids=["light", "dark"])
def tokens(request: pytest.FixtureRequest) -> dict[str, str]:
    return tokens_of(request.param)


@pytest.mark.rule("P6", "X9")
@pytest.mark.parametrize("ground", ["land", "sea"])
def test_every_outline_is_told_from_land_and_sea(tokens: dict[str, str], ground: str) -> None:
    edges = [*of_classes(tokens, "toll-edge"), tokens["toll-wider-edge"], tokens["muted"]]
    assert min(contrast(edge, tokens[ground]) for edge in edges) >= LEAST_CONTRAST


@pytest.mark.rule("P6")
@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_classes_are_told_apart_by_every_eye(tokens: dict[str, str], eye: str) -> None:
    seen = [oklab(np.clip(np.array(EYES[eye]) @ linear(color), 0, 1)) for color in of_classes(tokens, "toll")]
    steps = [100 * float(np.linalg.norm(one - other)) for one, other in pairwise(seen)]
    assert min(steps) >= LEAST_STEP, steps
    away = [abs(one[0] - oklab(linear(tokens["paper"]))[0]) for one in seen]
    assert away == sorted(away)  # more people, always further from the ground in lightness
    assert list(marks.SHARES) == sorted(marks.SHARES)  # and larger


@pytest.mark.rule("X5", "P6")
@pytest.mark.parametrize("number", [3, 4, 5, 6])  # from 20 people on
def test_a_hatch_is_told_from_the_class_that_it_lies_on(tokens: dict[str, str], number: int) -> None:
    hatch = tokens["toll-hatch"] if number <= marks.LIGHT else tokens["paper"]
    assert contrast(tokens[f"toll-{number}"], hatch) >= LEAST_CONTRAST


def test_dark_by_the_system_and_dark_by_choice_are_the_same() -> None:
    assert tokens_of(":root:not([data-theme])") == tokens_of(':root[data-theme="dark"]')


def test_the_page_draws_by_the_same_values() -> None:
    light = tokens_of(":root")
    stated = {f"toll-{number}": color for number, color in enumerate(marks.FILLS, 1)}
    stated |= {f"toll-edge-{number}": color for number, color in enumerate(marks.EDGES, 1)}
    stated |= {"toll-wider": marks.WIDER_FILL, "toll-wider-edge": marks.WIDER_EDGE}
    stated |= {"toll-unreported": marks.UNREPORTED_HATCH, "toll-hatch": marks.DARK_HATCH}
    stated |= {"land": LAND, "sea": SEA, "muted": marks.UNREPORTED_EDGE}
    assert {name: light[name] for name in stated} == stated
    script = (ASSETS / "map" / "marks.mjs").read_text(encoding="utf-8")
    shares, wash = (re.search(rf"{name} = \[(.*)\]", script) for name in ("SHARES", "WASH"))
    assert shares is not None
    assert wash is not None
    assert [float(one) for one in shares[1].split(",")] == [*marks.SHARES, marks.UNREPORTED_SHARE]
    assert [float(one) for one in wash[1].split(",")] == list(marks.WIDER_OPACITY)
