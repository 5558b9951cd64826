"""What is known of a data set before any file of it is read: publisher, citation, terms, sensitivity.

The data sets themselves are declared beside their readers: ``data/readers/sources.py`` gathers them.
"""

from dataclasses import dataclass
from typing import Final

INVENTED: Final = "Demonstration data. Invented."
DEMONSTRATION: Final = "demonstration"  # the column that marks a table as invented (RULES P8)
PUBLIC, RESTRICTED = "public", "restricted"
SENSITIVITIES: Final = (PUBLIC, RESTRICTED)


@dataclass(frozen=True)
class Publication:
    """Who publishes a data set, its title, how to cite it, its terms as the publisher states them, and its page.

    ``sensitivity`` is ``public`` where the publisher publishes it at this precision, else ``restricted`` (RULES 9).
    """

    publisher: str
    title: str
    citation: str
    licence: str
    url: str = ""
    sensitivity: str = PUBLIC


@dataclass(frozen=True)
class Source:
    """One publisher's data set. ``priority`` settles which incident database is shown first (RULES E6)."""

    id: str
    kind: str
    publisher: str
    title: str
    citation: str
    licence: str
    url: str
    unit: str
    sensitivity: str = PUBLIC
    priority: int = 9
    is_demonstration: bool = False

    @staticmethod
    def of(published: Publication, *, id: str, kind: str, unit: str, priority: int = 9) -> "Source":  # noqa: A002
        """Return the data set ``id`` of a publication."""
        return Source(
            id, kind, published.publisher, published.title, published.citation, published.licence, published.url,
            unit, published.sensitivity, priority,
        )  # fmt: skip


def demonstration_of(source: Source) -> Source:
    """Return the data set of invented files in a publisher's layout: it is nobody's data (RULES P8)."""
    title = f"Demonstration: {source.title[:1].lower()}{source.title[1:]}"
    return Source(f"{DEMONSTRATION}-{source.id}", source.kind, "Crossings", title, INVENTED, "CC0 1.0", "", source.unit,
                  is_demonstration=True)  # fmt: skip
