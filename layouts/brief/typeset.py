"""A brief as bytes: two pages of A4, set by typst from our own template."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from data.model.notices import say
from layouts.brief import words
from layouts.brief.contents import Contents, Row
from layouts.brief.printable import FONTS, all_printable
from layouts.text import page as text

TEMPLATE: Final = Path(__file__).parent / "brief.typ"
PAGES: Final = 2
PPI: Final = 144
MOST_SOURCES, MOST_ADDRESS = 60, 220
HALF: Final = 0.5


def brief_pdf(contents: Contents) -> bytes:
    """Return the brief as a tagged PDF (PDF/UA-1) of exactly two pages; equal contents give equal bytes."""
    return _compiled(contents, format="pdf", pdf_standards=["ua-1"])[0]


def brief_png(contents: Contents, *, page: int) -> bytes:
    """Return page 1 or 2 of the brief as a PNG picture."""
    return _compiled(contents, format="png", ppi=PPI)[page - 1]


def brief_svg(contents: Contents, *, page: int) -> bytes:
    """Return page 1 or 2 of the brief as an SVG drawing."""
    return _compiled(contents, format="svg")[page - 1]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _compiled(contents: Contents, **how: Any) -> list[bytes]:
    moment = datetime.combine(contents.file_date, time(), UTC)
    inputs = {
        "words": json.dumps(all_printable(_given(contents)), ensure_ascii=False),
        "map": contents.map.svg.decode(),
        "series": contents.series.svg.decode(),
    }
    made = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs=inputs, timestamp=moment, **how,
    )  # fmt: skip
    return made if isinstance(made, list) else [made]


def _given(contents: Contents) -> dict[str, Any]:
    """Return what the template reads: every word and number as it is to be printed."""
    sources = contents.words()["sources"]
    shown = sources[:MOST_SOURCES]
    notes = (
        [say("brief.ranked", measure=contents.ranked_by), contents.not_in_rows]
        if contents.rows
        else [say("brief.no_rows")]
    )
    one_event = [say("brief.one_event")] if any(_is_one_event(row) for row in contents.rows) else []
    stable = [say("brief.stability")] if any(row.stability is not None for row in contents.rows) else []
    is_short = len(contents.address) <= MOST_ADDRESS
    return contents.words() | {
        "name": text.NAME,
        "heads": words.heads(),
        "edition": say("brief.edition", vintage=contents.vintage, until=contents.data_until),
        "page_words": words.pages(),
        "table": [_printed(rank, row) for rank, row in enumerate(contents.rows, start=1)],
        "table_note": " ".join(part for part in (*notes, *one_event, *stable) if part),
        "sources": shown,
        "more": [words.more_sources(len(sources) - count) for count in range(len(shown) + 1)],
        "address": contents.address if is_short else words.long_address(len(contents.address)),
        "address_head": say("brief.address") if contents.address else "",
        "link": contents.address if is_short else "",
    }


def _is_one_event(row: Row) -> bool:
    """Return whether one event decides the cell (RULES X5)."""
    return row.largest_share is not None and row.largest_share > HALF


def _printed(rank: int, row: Row) -> dict[str, Any]:
    return {
        "rank": str(rank),
        "place": row.place,
        "people": text.number(row.people),
        "incidents": text.number(row.incidents),
        "share": text.share(row.largest_share),
        "one_event": _is_one_event(row),
        "stability": say("brief.not_computed") if row.stability is None else text.share(row.stability),
    }
