"""Damaged files of search-and-rescue regions: each is read whole, or refused with a sentence that names it."""

import random
from pathlib import Path

import numpy as np
import pytest

from data.model.errors import UNSEEN, DataError
from data.readers.registry import read_file
from tests.harness.gml import EAST, HOLE, SQUARE, gml, polygon, ring
from tests.harness.hostile.mutations import of_bytes, of_text, of_xml

WHOLE = gml(polygon("One", ring(SQUARE), ring(HOLE, "interior")), polygon("Two", ring(EAST)))
CHANGES = (of_xml, of_xml, of_text, of_bytes)


def damaged(seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311  # no secret
    content = WHOLE.encode()
    for _ in range(chance.choice((1, 1, 2, 5))):
        content = chance.choice(CHANGES)(chance, content)
    return content


def is_sentence(words: str, name: str) -> bool:
    return words.startswith(name) and not UNSEEN.search(words)


def ended(path: Path, seed: int) -> str:
    path.write_bytes(damaged(seed))
    try:
        results = read_file(path)
    except DataError as error:
        return "refused" if is_sentence(str(error), path.name) else f"seed {seed}: {error}"
    for result in results:
        assert result.rows_read == result.accepted + result.quarantined + result.duplicates
        for rings in result.frame["rings"].to_list() if result.kind == "sar_regions" else []:
            places = np.array([place for one in rings for place in one])
            assert (np.abs(places) <= (360, 90)).all(), seed
    return "read"


def test_100_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    assert {ended(tmp_path / "regions.gml", seed) for seed in range(100)} == {"read", "refused"}


@pytest.mark.long
def test_3_000_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    assert {ended(tmp_path / "regions.gml", seed) for seed in range(100, 3_000)} == {"read", "refused"}


def test_a_comment_and_texts_without_end_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "regions.gml"
    path.write_text(gml(polygon(), rcc="\n \t" * 500 + "Sandport"), encoding="utf-8")
    assert read_file(path)[0].frame["rcc"].to_list() == ["An area"]  # the name does not stand on its line
    path.write_text(gml(polygon(), rcc="\n \t" * 200_000), encoding="utf-8")
    with pytest.raises(DataError, match="the file is XML"):
        read_file(path)
    nested = "<gml:a><gml:description>d</gml:description>" * 20_000
    path.write_text(gml(nested + polygon() + "</gml:a>" * 20_000), encoding="utf-8")
    assert read_file(path)[0].accepted == 1
    path.write_text(gml(polygon("x" * 2_000_000)), encoding="utf-8")
    with pytest.raises(DataError, match="2,000,000 letters"):
        read_file(path)
