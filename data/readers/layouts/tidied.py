"""What tables tidied by IOM's gdidata have in common: codes that are no country, and how their licence is stated."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import From

NO_COUNTRY: Final = ("OOO", "OOS", "STL")  # other or unknown; other south of the Sahara; stateless
NATIONALITY: Final = From("nat", form="nationality", none=NO_COUNTRY)


def tidied(publisher: str, title: str, citation: str, url: str) -> Publication:
    """Return a publication whose own terms are not stated, in the form in which IOM's gdidata has it."""
    return Publication(
        publisher, title, f"{citation}; tidied by IOM (gdidata)",
        "Not stated by the publisher; MIT (as tidied by IOM, gdidata)", url,
    )  # fmt: skip
