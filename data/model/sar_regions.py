"""The columns of search-and-rescue regions at sea, as states declare them and IMO publishes them."""

from hashlib import sha256
from typing import Final

import polars as pl

from data.model.columns import EDITION, SHEET, columns
from data.model.vocabulary import normal, slug

SAR_REGIONS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Which polygon of the file, from 1; a region may have several."),
    ("region", pl.String, "", "Id of the region: of the country, where the file's name states it, and the centre."),
    ("rcc", pl.String, "", "Rescue coordination centre, as published."),
    ("name", pl.String, "", "What the file calls the polygon; null if it does not say."),
    ("country", pl.String, "", "ISO 3166 alpha-3 with which the publisher's file name begins; null if it does not."),
    ("date_from", pl.Date, "day", "Day on which the publisher made the file; null if not stated."),
    ("date_to", pl.Date, "day", "The same day."),
    (
        "rings",
        pl.List(pl.List(pl.List(pl.Float64))),
        "degrees",
        "Outline as published, then holes: closed rings of longitude and latitude, WGS 84.",
    ),
)

NO_LETTERS: Final = slug("")  # of a name without a letter or digit of ASCII


def centre_id(name: str) -> str:
    """Return an id of a rescue centre; one that is written in other letters has one of these letters, not of none."""
    plain = slug(name)
    return plain if plain != NO_LETTERS else f"rcc-{sha256(normal(name).encode()).hexdigest()[:8]}"
