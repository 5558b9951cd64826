"""Pages and sheets for tests: a reader of HTML, the contents of a brief, and pictures quickly drawn."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.brief import Contents, Figure, Row, SourceEntry

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}'
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="120" height="80">'
    b'<path d="M5 5h60v40z" fill="#703263"/><text x="5" y="70" font-family="DejaVu Sans" font-size="9">Legend</text></svg>'
)


class Parts(HTMLParser):
    """Collects tags with their attributes, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def parsed(page: str) -> Parts:
    parts = Parts()
    parts.feed(page)
    return parts


def picture(vintage: Vintage, selection: Selection, figure: str, kind: str, size: str) -> bytes:
    words = f"{figure} {size} {selection.to_query()}".replace("&", "&amp;")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">'
        f'<text x="5" y="20" font-family="DejaVu Sans" font-size="9">{words}</text></svg>'
    ).encode()


def contents(**changes: Any) -> Contents:
    rows = tuple(Row(f"{n} km north of Town {n}, Country", 1000 - n, 10 + n, 0.1 * n) for n in range(1, 11))
    source = SourceEntry(
        "A data set", "Publisher, a data set", "CC BY 4.0", "2014 to 2024", "https://publisher.example"
    )
    plain = Contents(
        title="Crossings: a view", sentence="At least 2,853 people died or went missing in 2017.",
        notes="Of these, 214 are not placed on the map.", map=Figure(SVG, "A map of cells"),
        series=Figure(SVG, "Three series by month"), rows=rows, ranked_by="dead or missing",
        not_in_rows="The other 5 cells hold 61 people.", method=(("Counted", "A minimum."), ("Scope", "Who is counted.")),
        sources=(source,), vintage="v000007", data_until="31 May 2025", address="https://crossings.example/?from=2017-01-01",
        boundaries="The boundaries do not imply endorsement.", attribution="Made with Natural Earth.",
        demonstration="", file_date=date(2025, 5, 31),
    )  # fmt: skip
    return replace(plain, **changes)
