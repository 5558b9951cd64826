"""The lines of routes that this project has drawn by hand: ``files/main_lines.csv``, in the order of travel."""

import csv
from functools import cache
from typing import Final

from data.model.vocabulary import FILES

NAME: Final = "main_lines.csv"


@cache
def lines_by_hand() -> dict[str, list[list[float]]]:
    """Return (longitude, latitude) of 3 to 6 points by route, the landing end last."""
    found: dict[str, list[list[float]]] = {}
    with (FILES / NAME).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["route"], []).append([float(row["longitude"]), float(row["latitude"])])
    return found
