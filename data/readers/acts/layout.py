"""What a list is: a treaty's participants, dated policies, the operator's campaigns and tracing services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from data.model.sources import Publication, Source

Kind = Literal["treaties", "policy_events", "campaigns", "tracing_services"]

UNITS: Final = {"campaigns": "campaigns", "tracing_services": "services"}  # what the rows of a list are, if not acts


@dataclass(frozen=True)
class ActLayout:
    """One publisher's list.

    ``kind`` is the table of the store that its rows belong to, ``treaty`` the id of the treaty that all rows are of;
    the rest is as in ``CountLayout``.
    """

    id: str
    source: str
    publication: Publication
    kind: Kind
    headers: frozenset[str]
    treaty: str = ""
    optional: frozenset[str] = frozenset()
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def about(self) -> Source:
        """Return the data set that its rows belong to."""
        return Source.of(self.publication, id=self.source, kind=self.kind, unit=UNITS.get(self.kind, "acts"))

    def fits(self, columns: Iterable[str]) -> bool:
        """Return whether headings are those of this layout."""
        return self.headers <= set(columns)

    def columns_kept(self, columns: Iterable[str]) -> frozenset[str]:
        """Return from which columns of a table something is read."""
        return frozenset((self.headers | self.optional) & set(columns))
